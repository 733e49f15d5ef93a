"""How the numbers of a gap analysis were computed, as far as the reader may see them."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from journeys.selectors import words
from journeys.selectors.explained import Explained, Number
from journeys.selectors.group_figures import GROUPS, group_cells
from journeys.selectors.sources import DiagnosisSource
from journeys.selectors.statement_explanations import links_to, statements_of

Json = dict[str, Any]
SCORE_LIMITS = ("min_coverage", "interval_n", "confidence", "interval_draws", "min_difference")


def _level(value: float | None) -> str:
    return "–" if value is None else words.at_most(value, 2)


def _line(label: str, value: float | None, method: str, reason: str = "") -> Number:
    missing = words.reason(reason) if value is None and reason else ""
    return Number(label=label, value=_level(value), method=method, reason=missing)


def theme(source: DiagnosisSource, key: str) -> Explained | None:
    """One theme: level, interval, gaps, agreement."""
    row = next((row for row in source.dimensions if row["code"] == key), None)
    if row is None:
        return None
    return Explained(
        title=words.dimension(key),
        lead=_("Level of a theme in the region, its interval, and its gaps."),
        numbers=_theme_numbers(row),
        columns=(_("Group"), _("Level"), _("Respondents"), _("Coverage")),
        rows=tuple(_group_rows(source, key)),
        n=row["n"],
        invited=row["invited"],
        coverage=row["coverage"],
        parameters=(*SCORE_LIMITS, "min_peers"),
        dimension=key,
        back="figure-gaps",
        sentences=tuple(_sentences(row, counts=source.sees_small_groups)),
        is_withheld=is_withheld(source, code=key),
        more=(
            *links_to(source, codes=statements_of(source, dimension=key)),
            (_("Order of the gaps"), "gap-order", "all"),
        ),
    )


def _theme_numbers(row: Json) -> tuple[Number, ...]:
    why = row["reasons"]
    ends = None if row["lower"] is None else f"{_level(row['lower'])} – {_level(row['upper'])}"
    hidden = row["reason"]
    return (
        _line(_("Level now"), row["score"], "score", hidden),
        _line(_("Coverage"), row["coverage"], "coverage", why.get("coverage", "")),
        Number(
            # xgettext:no-python-format
            label=_("90 % interval"),
            value=ends or "–",
            method="interval",
            reason="" if ends else words.reason(row["interval_reason"]),
        ),
        _line(_("Gap to the level needed"), row["target_gap"], "target-gap", hidden or why.get("target", "")),
        _line(
            _("Gap to the median of the others"),
            row["peer_gap"],
            "peer-gap",
            hidden or row["peer_reason"],
        ),
        _line(_("Gap to the best of the others"), row["best_gap"], "peer-gap", hidden or row["peer_reason"]),
        _line(_("Krippendorff's alpha"), row["alpha"], "agreement", hidden or why.get("alpha", "")),
        _line(
            _("Share of disagreement between groups"),
            row["between_groups"],
            "between-groups",
            hidden or why.get("between_groups", ""),
        ),
        _line(_("Importance"), row["importance"], "order-of-work", hidden or why.get("importance", "")),
    )


def is_withheld(source: DiagnosisSource, *, code: str) -> bool:
    """Whether the level of a theme, or that of a group in it, is not shown."""
    row = next((row for row in source.dimensions if row["code"] == code), None)
    cells = group_cells(source)
    means = [cells.get((code, group), {"mean": None})["mean"] for group in GROUPS]
    return row is not None and (row["score"] is None or None in means)


def _sentences(row: Json, *, counts: bool) -> list[str]:
    """counts: how many answers are missing is for the team and who runs the round, not for the public."""
    told = []
    if row["target"] is not None and row["score"] is not None:
        told.append(
            _("Needed level %(needed)d, set by the region; level now %(now)s.")
            % {"needed": row["target"], "now": _level(row["score"])}
        )
    if row["confirmed"] is True:
        told.append(_("The whole interval lies below the needed level, so the gap is confirmed."))
    elif row["gap_status"] == "possible":
        told.append(
            _("Only the level itself lies below the needed level, so the gap is possible, not confirmed.")
        )
    if row["gap_holds"] is not None:
        told.append(
            _(
                "With one respondent less, the level stays on the same side of the needed one in "
                "%(share)d %% of the cases."
            )
            % {"share": round(100 * row["gap_holds"])}
        )
    if counts and row["reason"] and row["needed"] and row["reason"] != "SUPPRESSED":
        told.append(_("At least %(n)d more answers are needed for a level to appear.") % {"n": row["needed"]})
    return told


def _group_rows(source: DiagnosisSource, key: str) -> list[tuple[str, ...]]:
    cells = group_cells(source)
    rows = []
    for group in GROUPS:
        cell = cells.get((key, group))
        if cell is None:
            rows.append((str(words.GROUPS[group]), words.reason("NO_DATA"), "–", "–"))
            continue
        level = _level(cell["mean"]) if cell["mean"] is not None else words.reason(cell["reason"])
        share = "–" if cell["coverage"] is None else f"{round(100 * cell['coverage'])} %"
        rows.append((str(words.GROUPS[group]), level, str(cell["n"]), share))
    return rows


def overall(source: DiagnosisSource, key: str) -> Explained | None:
    """The level over all themes; inside the partnership also while few answered."""
    if source.gaps is None or key != "all":
        return None
    region = source.gaps["region"]
    return Explained(
        title=_("Level over all themes"),
        lead=_("The mean over the themes that have a level."),
        numbers=(_line(_("Level now"), region["overall"], "score", region["overall_reason"]),),
        columns=(_("Theme"), _("Level")),
        rows=tuple(
            (
                words.dimension(row["code"]),
                _level(row["score"]) if row["score"] is not None else words.reason(row["reason"]),
            )
            for row in source.dimensions
        ),
        n=region["n"],
        invited=region["invited"],
        coverage=region["coverage"],
        parameters=("min_coverage",),
        back="figure-gaps",
    )


MEASURES: dict[str, Callable[[DiagnosisSource, str], Explained | None]] = {"theme": theme, "overall": overall}
