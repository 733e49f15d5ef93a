"""How groups see the themes, and which theme to act on first."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.selectors import words
from journeys.selectors.sources import DiagnosisSource
from mapping.charts.figure import Figure, Heading
from mapping.charts.heat import HeatRow, HeatWords, heat_figure
from mapping.charts.quadrant import QuadrantPoint, QuadrantWords, quadrant_figure

Json = dict[str, Any]
Head = Callable[..., Heading]
GROUPS = ("team", "unit", "stakeholder")
WIDE = 0.3
# Whole sentences: other languages inflect the groups, and not each by the same rule.
HIGHER = {
    ("team", "unit"): gettext_lazy(
        "%(theme)s: the regional team rates it %(levels)s levels higher than the territorial units"
    ),
    ("team", "stakeholder"): gettext_lazy(
        "%(theme)s: the regional team rates it %(levels)s levels higher than the stakeholders"
    ),
    ("unit", "team"): gettext_lazy(
        "%(theme)s: the territorial units rate it %(levels)s levels higher than the regional team"
    ),
    ("unit", "stakeholder"): gettext_lazy(
        "%(theme)s: the territorial units rate it %(levels)s levels higher than the stakeholders"
    ),
    ("stakeholder", "team"): gettext_lazy(
        "%(theme)s: the stakeholders rate it %(levels)s levels higher than the regional team"
    ),
    ("stakeholder", "unit"): gettext_lazy(
        "%(theme)s: the stakeholders rate it %(levels)s levels higher than the territorial units"
    ),
}


def group_cells(source: DiagnosisSource) -> dict[tuple[str, str], Json]:
    """Scores of dimensions by (dimension, group), as this reader may see them."""
    if source.gaps is None:
        return {}
    codes = {row["code"] for row in source.dimensions}
    return {
        (row["code"], row["group"]): row
        for row in source.gaps["region"]["scores"]
        if row["code"] in codes and row["unit"] is None and row["group"] in GROUPS
    }


def widest_difference(cells: dict[tuple[str, str], Json]) -> tuple[str, str, str, float] | None:
    """The theme and the two groups that differ most: (theme, high group, low group, levels)."""
    found = []
    for code in dict.fromkeys(code for code, _group in cells):
        known = [
            (cells[code, group]["mean"], group)
            for group in GROUPS
            if (code, group) in cells and cells[code, group]["mean"] is not None
        ]
        if len(known) > 1:
            found.append((max(known)[0] - min(known)[0], code, max(known)[1], min(known)[1]))
    if not found:
        return None
    difference, code, high, low = max(found, key=lambda row: row[0])
    return code, high, low, difference


def groups_title(cells: dict[tuple[str, str], Json]) -> str:
    widest = widest_difference(cells)
    if widest is None:
        return _("Too few answers to compare the groups")
    code, high, low, difference = widest
    if difference < WIDE:
        return _("The groups see every theme much alike")
    return str(HIGHER[high, low]) % {
        "theme": words.dimension(code),
        "levels": words.number(difference),
    }


def groups_figure(source: DiagnosisSource, *, heading: Head) -> Figure | None:
    cells = group_cells(source)
    if not cells:
        return None
    rows = []
    for row in source.dimensions:
        mine = [cells.get((row["code"], group)) for group in GROUPS]
        known = [cell["mean"] for cell in mine if cell and cell["mean"] is not None]
        rows.append(
            HeatRow(
                label=words.dimension(row["code"]),
                values=tuple(cell["mean"] if cell else None for cell in mine),
                reasons=tuple(words.reason((cell or {}).get("reason") or "NO_DATA") for cell in mine),
                spread=max(known) - min(known) if len(known) > 1 else None,
                strong=len(known) > 1 and max(known) - min(known) >= 1.5,
            )
        )
    people = {
        group: max((cells[key]["n"] for key in cells if key[1] == group), default=0) for group in GROUPS
    }
    return heat_figure(
        rows,
        heading=heading(
            source,
            key="groups",
            number=2,
            title=groups_title(cells),
            subtitle=_(
                "Level now by group of respondents. Spread: highest minus lowest; 1.5 or more is bold."
            ),
            n=sum(people.values()),
        ),
        words=HeatWords(
            row=_("Theme"),
            columns=tuple(str(words.GROUPS[group]) for group in GROUPS),
            notes=tuple(words.answers(people[group]) for group in GROUPS),
            spread=_("Spread"),
        ),
    )


def _quadrant_title(points: list[QuadrantPoint], lines: tuple[float, float]) -> str:
    first = [
        point
        for point in points
        if point.now is not None
        and point.importance is not None
        and point.importance >= lines[1] - 1e-9
        and point.now < lines[0] - 1e-9
    ]
    if not first:
        return _("No theme is at once important and weak")
    first.sort(key=lambda point: (point.now or 0) - (point.importance or 0))
    names = words.and_list([point.label for point in first[:3]])
    return _("Act first: %(themes)s") % {"themes": names}


def quadrant_figure_of(source: DiagnosisSource, *, heading: Head) -> Figure | None:
    if source.gaps is None or source.gaps["level_line"] is None or source.gaps["importance_line"] is None:
        return None
    lines = (source.gaps["level_line"], source.gaps["importance_line"])
    points = [
        QuadrantPoint(
            label=words.dimension(row["code"]),
            now=row["score"],
            importance=row["importance"],
            reason=words.reason(row["reason"]) if row["reason"] else "",
        )
        for row in source.dimensions
    ]
    return quadrant_figure(
        points,
        heading=heading(
            source,
            key="quadrant",
            number=3,
            title=_quadrant_title(points, lines),
            subtitle=_("Importance against level now, both 1 to 5."),
            n=source.gaps["region"]["n"],
        ),
        words=QuadrantWords(
            row=_("Theme"),
            now=_("Level now"),
            importance=_("Importance"),
            act_first=_("Act first"),
            keep_strong=_("Keep strong"),
            watch=_("Watch"),
            enough=_("Enough for now"),
            lines=_("Lines: mean of all statements in the published regions"),
            missing=_("Not shown"),
        ),
        lines=lines,
    )
