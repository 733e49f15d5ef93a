"""Two runs of an exercise compared, in words."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohes3ion.lib.jobs import JobState
from governance.analysis.changed_answers import changed_respondents
from governance.analysis.comparison import Change, RunComparison, compare_runs
from governance.enums import AnalysisKind, Dimension, Group
from governance.models import Analysis
from governance.scoring.settings import Thresholds
from governance.selectors.thresholds import WORDS, short_number
from mapping.models import Capability, Exercise, Region

SHOWN = 300
FIELDS = {
    "score": gettext_lazy("level"),
    "lower": gettext_lazy("lower end of the interval"),
    "upper": gettext_lazy("upper end of the interval"),
    "target": gettext_lazy("level needed"),
    "target_gap": gettext_lazy("gap"),
    "gap_status": gettext_lazy("status of the gap"),
    "peer_gap": gettext_lazy("gap to the median of the others"),
    "best_gap": gettext_lazy("gap to the best of the others"),
    "statements_of_order": gettext_lazy("order of gaps"),
    "order_of_work": gettext_lazy("order of work"),
    "kind": gettext_lazy("verdict"),
    "coordination": gettext_lazy("coordination"),
    "threshold": gettext_lazy("threshold"),
    "answers": gettext_lazy("answers that differ"),
    "released": gettext_lazy("map published"),
    "strength": gettext_lazy("strength"),
    "depth": gettext_lazy("depth"),
    "role": gettext_lazy("role"),
    "priority_id": gettext_lazy("linked priority"),
    "codes": gettext_lazy("codes"),
    "table": gettext_lazy("table of statistics"),
    "priorities": gettext_lazy("declared as a priority"),
    "method": gettext_lazy("method"),
    "seed": gettext_lazy("seed"),
}
ORDER_SAID = {
    None: gettext_lazy("no statement"),
    "robust": gettext_lazy("stands firm"),
    "not_robust": gettext_lazy("does not stand firm"),
}


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    region: str
    about: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class ComparisonPage:
    """`runs`: what can be chosen. Without two finished runs of one kind there is no comparison.

    withheld: regions whose levels are not compared for this reader.
    """

    exercise: Exercise
    runs: list[Analysis]
    before: Analysis | None
    after: Analysis | None
    causes: list[ChangeLine]
    changes: list[ChangeLine]
    n_changes: int
    n_same: int
    withheld: list[str] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        return self.before is not None and self.after is not None


def _number(text: str | None) -> int:
    """The id of a run as the page sends it; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def comparison_page(
    *, exercise: Exercise, before: str | None, after: str | None, user: Any
) -> ComparisonPage:
    rows = Analysis.objects.filter(exercise=exercise, state=JobState.DONE)
    runs = list(rows.defer("inputs", "result")[:60])
    chosen = {row.pk: row for row in rows.filter(pk__in=[_number(before), _number(after)])}
    first, second = chosen.get(_number(before)), chosen.get(_number(after))
    if first is None or second is None or first.kind != second.kind:
        return ComparisonPage(
            exercise=exercise,
            runs=runs,
            before=first,
            after=None if first and second else second,
            causes=[],
            changes=[],
            n_changes=0,
            n_same=0,
        )
    found = compare_runs(_told(first), _told(second))
    withheld = [] if user.has_perm("governance.see_single_ratings", exercise) else _withheld(first, second)
    changes = [change for change in found.changes if not _gives_away(change, withheld)]
    words = _names(exercise, found)
    return ComparisonPage(
        exercise=exercise,
        runs=runs,
        before=first,
        after=second,
        causes=[_with_reason(_line(change, words), change, second) for change in found.causes[:SHOWN]],
        changes=[_line(change, words) for change in changes[:SHOWN]],
        n_changes=len(changes),
        n_same=found.n_same,
        withheld=[words.get(slug, slug) for slug in withheld],
    )


def _withheld(first: Analysis, second: Analysis) -> list[str]:
    """Regions where so few stakeholders changed an answer that a difference tells what they said."""
    if first.kind != AnalysisKind.GAPS:
        return []
    old, new = ({row["region"]: row for row in run.inputs["regions"]} for run in (first, second))
    k = max(Thresholds(**run.inputs["thresholds"]).k_team for run in (first, second))
    return [
        slug
        for slug in sorted({*old, *new})
        if 0 < changed_respondents(old.get(slug), new.get(slug), groups=(Group.STAKEHOLDER,)) < k
    ]


def _gives_away(change: Change, withheld: list[str]) -> bool:
    """A level of such a region, or of another region beside it: the median may be the score of that one."""
    return bool(withheld) and (change.region in withheld or change.field in ("peer_gap", "best_gap"))


def _told(run: Analysis) -> tuple[dict[str, Any], dict[str, Any]]:
    """Inputs and result of a run; values of small groups stay hidden inside the partnership too."""
    result = run.result or {}
    if run.kind == AnalysisKind.GAPS:
        # As it was written beside the result: what the public may read of a region is worked out in a worker.
        parts = {row.region.slug: row.result for row in run.parts.select_related("region").defer("public")}
        lines = next(iter(parts.values()), {})
        result = result | {name: lines.get(name) for name in ("importance_line", "level_line")}
        result |= {"regions": [parts[row["region"]]["region"] for row in result["regions"]]}
    return run.inputs | {"method": run.made_by}, result


def _names(exercise: Exercise, found: RunComparison) -> dict[str, str]:
    """Names of regions by slug and of capabilities by id."""
    regions = Region.objects.filter(maps__exercise=exercise).values_list("slug", "name")
    ids = {part for change in found.changes if change.kind == "verdict" for part in change.key.split("-")}
    known = [int(part) for part in ids if part.isdigit()]
    capabilities = Capability.objects.filter(pk__in=known).values_list("pk", "name")
    return {**dict(regions), **{str(pk): name for pk, name in capabilities}}


def _line(change: Change, names: dict[str, str]) -> ChangeLine:
    about = change.key
    if change.kind == "verdict":
        about = " – ".join(names.get(part, part) for part in change.key.split("-"))
    elif change.kind == "order":
        about = " > ".join(_theme(part) for part in change.key.split(" > "))
    elif change.key in Dimension.values:
        about = _theme(change.key)
    elif change.field == "threshold" and change.key in WORDS:
        about = str(WORDS[change.key][0])
    return ChangeLine(
        region=names.get(change.region, change.region),
        about=about,
        field=str(FIELDS.get(change.field, change.field)),
        before=_order_said(change.before) if change.kind == "order" else _said(change.before),
        after=_order_said(change.after) if change.kind == "order" else _said(change.after),
    )


def _with_reason(line: ChangeLine, change: Change, run: Analysis) -> ChangeLine:
    """What the facilitator gave as the reason, beside a number that is not the method's own."""
    given = {row["name"]: row["reason"] for row in run.changed_parameters}
    if change.field != "threshold" or not given.get(change.key):
        return line
    return replace(line, after=f"{line.after} ({given[change.key]})")


def _theme(code: str) -> str:
    return str(Dimension(code).label) if code in Dimension.values else code


def _order_said(value: str | None) -> str:
    return str(ORDER_SAID[value])


def _said(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return short_number(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
