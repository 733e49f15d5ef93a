"""The coordinator's own sentences of "In one minute"."""

from typing import Any

from django.db import IntegrityError, transaction

from journeys.models import SummarySentence
from mapping.models import RegionMap
from mapping.services.records import write_kept


def _sentence_row(*, region_map: RegionMap, slot: int) -> SummarySentence:
    row = SummarySentence.objects.filter(region_map=region_map, slot=slot).first()
    if row is not None:
        return row
    try:
        with transaction.atomic():
            return SummarySentence.objects.create(region_map=region_map, slot=slot)
    except IntegrityError:
        return SummarySentence.objects.get(region_map=region_map, slot=slot)


def save_sentence(
    *, region_map: RegionMap, slot: int, text: str, figures: str, expected: int, by: Any
) -> SummarySentence:
    """Write a sentence with the fingerprint of the figures it was written for. Raises StaleVersion."""
    saved: SummarySentence = write_kept(
        _sentence_row(region_map=region_map, slot=slot),
        field="text",
        values={"text": text, "figures_fingerprint": figures},
        expected=expected,
        by=by,
    )
    return saved
