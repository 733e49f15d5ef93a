"""The coordinator's own sentences of "In one minute"."""

from typing import Any

from django.db import IntegrityError, transaction

from cohes3ion.lib.versions import write_fields
from journeys.models import SummarySentence
from mapping.models import RegionMap
from mapping.services.records import keep_history


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
    saved: SummarySentence = write_fields(
        _sentence_row(region_map=region_map, slot=slot),
        field="text",
        values={"text": text, "figures_fingerprint": figures},
        expected=expected,
        by=by,
        after=lambda fresh: keep_history(fresh, reason="text", by=by),
    )
    return saved
