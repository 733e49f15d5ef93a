"""The numbers of the method that an exercise may change: their words, their bounds, and what stands now."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from governance.enums import AnalysisKind
from governance.models import ThresholdChange
from governance.scoring.settings import UPWARDS_ONLY, Thresholds
from mapping.analysis.synergy_inputs import SynergyThresholds
from mapping.models import Exercise

SETS: dict[str, type[Any]] = {AnalysisKind.GAPS: Thresholds, AnalysisKind.SYNERGIES: SynergyThresholds}

SMALLEST, ROUNDING = 0.0005, 1e-12  # below the first three decimals say 0; below the second it is 0

# name -> what it is, lowest, highest. The seed belongs to the exercise, the tie to the arithmetic.
WORDS: dict[str, tuple[Any, float, float]] = {
    "min_coverage": (_("Share of answers below which there is no score"), 0.1, 1),
    "k_team": (_("Respondents behind a value the partnership sees"), 3, 50),
    "k_public": (_("Respondents behind a value the public sees"), 5, 50),
    "uncertainty": (_("Levels within which a withheld value must stay unknown"), 1, 3),
    "perception_flag": (_("Levels between groups that make a perception gap"), 0.5, 4),
    "perception_n": (_("Respondents in the other group for a perception gap"), 1, 50),
    "min_difference": (_("Levels below which nothing is called a difference"), 0.1, 2),
    "interval_n": (_("Respondents from which an interval is given"), 3, 50),
    "t_interval_n": (_("Respondents from which the interval is Student's t"), 10, 1000),
    "confidence": (_("Confidence of an interval"), 0.5, 0.99),
    "interval_draws": (_("Draws for an interval"), 200, 10000),
    "min_peers": (_("Other regions needed for a median of peers"), 3, 50),
    "robust_share": (_("Share of scenarios in which an order must hold"), 0.5, 1),
    "weight_change": (_("Share by which weights are changed"), 0, 0.9),
    "weight_draws": (_("Draws of changed weights"), 200, 10000),
    "few_answers": (_("Respondents below which few answers are pointed out"), 1, 100),
    "low_response": (_("Share of those invited below which it is pointed out"), 0, 1),
    "dominance": (_("Share of one group above which it is pointed out"), 0.34, 1),
    "overlap_same": (_("Overlap from which two fields are the same"), 0.05, 1),
    "overlap_related": (_("Overlap from which two fields are related"), 0.05, 1),
    "strength_present": (_("Strength from which a capability counts"), 1, 5),
    "strength_leading": (_("Strength from which a capability leads"), 1, 5),
    "strength_weak": (_("Strength up to which a capability is weak"), 1, 4),
    "depth_used": (_("Depth of a space from which a synergy is used"), 1, 5),
    "weight_economic": (_("Weight of economic codes in the overlap"), 0, 1),
    "weight_scientific": (_("Weight of scientific codes in the overlap"), 0, 1),
    "weight_policy": (_("Weight of policy codes in the overlap"), 0, 1),
    "profile_depth": (_("Depth of the codes by which regions are compared"), 1, 4),
    "top_pairs": (_("Pairs of each kind that are kept for a region"), 10, 1000),
    "top_partners": (_("Partners that are kept for a region"), 1, 50),
    "top_reasons": (_("Codes named in a reason"), 1, 20),
    "top_examples": (_("Examples for a pair of regions"), 0, 10),
    "noise_draws": (_("Shuffles for the noise level"), 1, 200),
}
PARTS = {
    AnalysisKind.GAPS: _("Scores and gaps"),
    AnalysisKind.SYNERGIES: _("Synergies"),
}


@dataclass(frozen=True, kw_only=True)
class ThresholdLine:
    """One threshold of an exercise: the method's number, the one in use, and how that came about."""

    name: str
    label: Any
    default: float
    value: float
    lowest: float
    highest: float
    is_whole: bool
    version: int
    reason: str
    history: list[ThresholdChange]

    @property
    def is_changed(self) -> bool:
        return self.value != self.default

    @property
    def last(self) -> ThresholdChange | None:
        return self.history[0] if self.history else None


@dataclass(frozen=True, kw_only=True)
class ThresholdPage:
    exercise: Exercise
    parts: list[tuple[Any, list[ThresholdLine]]]
    n_changed: int
    may_change: bool


def short_number(value: float) -> str:
    """As people read it: no digits that say nothing, three decimals at most; what these hide as 1e-9."""
    if ROUNDING < abs(value) < SMALLEST:
        digits, power = f"{value:.2e}".split("e")
        return f"{short_number(float(digits))}e{int(power)}"
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    decimals = len(text.partition(".")[2])
    return str(number_format(float(text), decimal_pos=decimals, use_l10n=True))


def bounds(name: str, values: Mapping[str, float]) -> tuple[float, float]:
    """Lowest and highest number that goes together with the others as they stand."""
    _label, low, high = WORDS[name]
    limits = {
        "overlap_same": (values["overlap_related"], high),
        "overlap_related": (low, values["overlap_same"]),
        "strength_weak": (low, values["strength_present"] - 1),
        "strength_present": (values["strength_weak"] + 1, values["strength_leading"]),
        "strength_leading": (values["strength_present"], high),
    }
    return limits.get(name, (low, high))


def values_in_use(exercise: Exercise) -> dict[str, float]:
    """Every threshold by name, with what the exercise changed."""
    changes = exercise.thresholds
    return {
        **vars(Thresholds.from_overrides(changes)),
        **vars(SynergyThresholds.from_overrides(changes, seed=exercise.seed)),
    }


def threshold_line(*, exercise: Exercise, name: str) -> ThresholdLine:
    """One threshold with its history. KeyError when no exercise may change it."""
    return _line(name, exercise, list(ThresholdChange.objects.filter(exercise=exercise, name=name)))


def _line(name: str, exercise: Exercise, history: list[ThresholdChange]) -> ThresholdLine:
    values = values_in_use(exercise)
    low, high = bounds(name, values)
    kind = next(kind for kind in SETS.values() if name in kind.__dataclass_fields__)
    item = exercise.thresholds.get(name, {})
    return ThresholdLine(
        name=name,
        label=WORDS[name][0],
        default=getattr(kind(), name),
        value=values[name],
        lowest=low,
        highest=high,
        is_whole=kind.__dataclass_fields__[name].type is int,
        version=history[0].version if history else 1,
        reason=item.get("reason", "") if isinstance(item, Mapping) else "",
        history=history,
    )


def threshold_page(*, exercise: Exercise, user: Any) -> ThresholdPage:
    """All thresholds of an exercise. One query, whatever their history."""
    history: dict[str, list[ThresholdChange]] = {}
    for row in ThresholdChange.objects.filter(exercise=exercise).select_related("edited_by"):
        history.setdefault(row.name, []).append(row)
    parts = [
        (
            PARTS[AnalysisKind(kind)],
            [_line(f.name, exercise, history.get(f.name, [])) for f in fields(of_kind) if f.name in WORDS],
        )
        for kind, of_kind in SETS.items()
    ]
    return ThresholdPage(
        exercise=exercise,
        parts=parts,
        n_changed=sum(line.is_changed for _title, lines in parts for line in lines),
        may_change=user.has_perm("mapping.change_thresholds", exercise),
    )


def changed_parameters(*, exercise: Exercise, kind: str) -> list[dict[str, Any]]:
    """What an analysis of this kind uses otherwise than the method does, with the reasons given."""
    if kind not in SETS:
        return []
    own, values = SETS[kind](), values_in_use(exercise)
    return [
        {
            "name": f.name,
            "value": values[f.name],
            "default": getattr(own, f.name),
            "reason": str((exercise.thresholds[f.name] or {}).get("reason", "")),
        }
        for f in fields(SETS[kind])
        if f.name in WORDS and f.name in exercise.thresholds and values[f.name] != getattr(own, f.name)
    ]


def worded_parameters(changed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The frozen differences of a run in the reader's language."""
    return [
        {
            **row,
            "label": str(WORDS[row["name"]][0]) if row["name"] in WORDS else row["name"],
            "value_text": short_number(row["value"]),
            "default_text": short_number(row["default"]),
        }
        for row in changed
    ]


def is_protection(name: str) -> bool:
    """The smallest group that may be shown can only be raised."""
    return name in UPWARDS_ONLY
