"""The two annexes as figures: the wheel of the strategy, and the seven criteria."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from governance.selectors.annexes import wheel_of
from journeys.selectors import words
from journeys.selectors.sources import DiagnosisSource
from mapping.charts.checklist import CheckRow, CheckWords, State, checklist_figure
from mapping.charts.figure import Figure, Heading
from mapping.charts.radar import RadarWords, Spoke, radar_figure

Json = dict[str, Any]
Head = Callable[..., Heading]
FAIR = 3
STATES: dict[str, State] = {"met": "yes", "partly": "partly", "not": "no"}


def annex_rows(source: DiagnosisSource, name: str) -> list[Json]:
    """What the team sent; empty when it was not asked, or an edition is from before annexes were kept."""
    return list((source.content.get("annexes") or {}).get(name) or [])


def _mark(row: Json) -> int | None:
    return int(row["value"]) if row["value"] else None


def wheel_title(rows: list[Json]) -> str:
    """The weakest factors by name, where any is below fair."""
    rated = [(mark, row["short"]) for row in rows if (mark := _mark(row)) is not None]
    if not rated:
        return _("No factor of the wheel is rated yet")
    low = [name for mark, name in rated if mark < FAIR]
    if not low:
        return _("No factor of the strategy is rated below fair")
    if len(low) > 3:
        told = {"low": len(low), "n": len(rated)}
        return _("%(low)d of %(n)d rated factors of the strategy are below fair") % told
    return _("Below fair: %(factors)s") % {"factors": words.and_list(low)}


def wheel_figure(source: DiagnosisSource, *, heading: Head) -> Figure | None:
    rows = annex_rows(source, "wheel")
    if not rows:
        return None
    rated = sum(_mark(row) is not None for row in rows)
    head = heading(
        source,
        key="wheel",
        number=8,
        title=wheel_title(rows),
        subtitle=_(
            "RIS3 assessment wheel: six steps with three factors each, 1 (poor) to 5 (excellent), as the "
            "regional team agreed. Where there is no information, the line is broken."
        ),
        n=0,
    )
    told = {"rated": rated, "all": len(rows)}
    head = replace(head, n=_("%(rated)d of %(all)d factors rated") % told)
    return radar_figure(
        [
            Spoke(label=row["short"], now=_mark(row), reason=str(words.CRITERIA.get(row["kind"], "")))
            for row in rows
        ],
        heading=head,
        words=RadarWords(row=_("Factor"), now=_("Mark"), missing=_("No information"), decimals=0),
    )


def wheel_steps(source: DiagnosisSource) -> list[tuple[str, ...]]:
    """The six steps: factors rated, and the score from 0 to 100, or the reason why there is none."""
    steps: dict[str, list[Json]] = {}
    for row in annex_rows(source, "wheel"):
        steps.setdefault(row["section_title"], []).append(row)
    lines = []
    for title, rows in steps.items():
        found = wheel_of(rows, exercise=source.exercise)
        score = words.reason(found["reason"]) if found["score"] is None else words.number(found["score"], 0)
        rated = _("%(rated)d of %(all)d") % {"rated": found["n_valid"], "all": len(rows)}
        lines.append((title, rated, score))
    return lines


def criteria_title(rows: list[Json]) -> str:
    """How many are met, and how many are not, of those that apply."""
    rows = [row for row in rows if row["kind"] != "does_not_apply"]
    met, missed = (sum(row["value"] == state for row in rows) for state in ("met", "not"))
    told = {"met": met, "all": len(rows), "missed": missed}
    if met == len(rows):
        return _("All criteria of the enabling condition are met, says the team")
    if missed:
        return _("%(met)d of %(all)d criteria met, %(missed)d not met, says the team") % told
    return _("%(met)d of %(all)d criteria met, none missed altogether, says the team") % told


def criteria_figure(source: DiagnosisSource, *, heading: Head) -> Figure | None:
    rows = annex_rows(source, "criteria")
    if not rows:
        return None
    known = sum(row["value"] is not None or row["kind"] == "does_not_apply" for row in rows)
    head = heading(
        source,
        key="criteria",
        number=9,
        title=criteria_title(rows),
        subtitle=_(
            "Seven criteria of the enabling condition of 2021-2027, checked by the regional team itself. "
            "This replaces no assessment by the European Commission."
        ),
        n=0,
    )
    told = {"known": known, "all": len(rows)}
    head = replace(head, n=_("%(known)d of %(all)d criteria answered") % told)
    return checklist_figure(
        [
            CheckRow(
                label=row["short"],
                state=STATES.get(row["value"] or "", ""),
                said=str(words.CRITERIA.get(row["value"] or row["kind"], "")),
            )
            for row in rows
        ],
        heading=head,
        words=CheckWords(row=_("Criterion"), state=_("State")),
    )
