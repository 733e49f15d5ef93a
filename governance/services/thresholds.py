"""Thresholds of an exercise, changed by its facilitator with a reason."""

from typing import Any

from django.db import IntegrityError, transaction

from cohes3ion.lib.versions import StaleVersion
from governance.models import ThresholdChange
from governance.scoring.settings import Thresholds
from governance.services.scores import refresh_scores
from mapping.analysis.synergy_inputs import SynergyThresholds
from mapping.models import Exercise, RegionMap

# What the stored scores rest on; the other thresholds are only read by an analysis.
OF_SCORES = ("min_coverage",)


def change_threshold(
    *, exercise: Exercise, name: str, value: float | None, reason: str, expected: int, by: Any
) -> ThresholdChange | None:
    """Set one threshold, or with value None go back to the method's own. None: it stands like that already.

    Raises StaleVersion when somebody changed it since `expected`, and ValueError when the numbers do not go
    together.
    """
    try:
        with transaction.atomic():
            return _change(exercise, name, value, reason, expected=expected, by=by)
    except IntegrityError:  # two people at the same moment: the other one was first
        last = ThresholdChange.objects.filter(exercise=exercise, name=name).latest("version")
        raise StaleVersion(last, "value") from None  # type: ignore[arg-type]


def _change(
    exercise: Exercise, name: str, value: float | None, reason: str, *, expected: int, by: Any
) -> ThresholdChange | None:
    current = Exercise.objects.select_for_update().get(pk=exercise.pk)
    last = ThresholdChange.objects.filter(exercise=current, name=name).order_by("-version").first()
    if last is not None and (last.value, last.reason) == (value, reason):
        return None
    version = last.version if last is not None else 1
    if version != expected:
        assert last is not None
        raise StaleVersion(last, "value")  # type: ignore[arg-type]
    changes = {key: item for key, item in current.thresholds.items() if key != name}
    if value is not None:
        changes[name] = {"value": value, "reason": reason, "by": by.name if by is not None else ""}
    Thresholds.from_overrides(changes)
    SynergyThresholds.from_overrides(changes)
    row = ThresholdChange.objects.create(
        exercise=current, name=name, version=version + 1, value=value, reason=reason, edited_by=by
    )
    Exercise.objects.filter(pk=current.pk).update(thresholds=changes)
    if name in OF_SCORES:
        for region_map in RegionMap.objects.filter(exercise=current).select_related("exercise"):
            refresh_scores(region_map=region_map)
    return row
