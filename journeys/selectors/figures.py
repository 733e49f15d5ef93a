"""Figures of a diagnosis: each title states the finding and changes when the answers do."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from journeys.selectors import words
from journeys.selectors.annex_figures import criteria_figure, wheel_figure
from journeys.selectors.group_figures import groups_figure, quadrant_figure_of
from journeys.selectors.link_figures import links_figure
from journeys.selectors.map_figures import matrix_figure_of, spaces_figure
from journeys.selectors.sources import DiagnosisSource
from journeys.selectors.statistics import statistics_figure
from mapping.charts.drawing import draw
from mapping.charts.figure import Figure, Heading
from mapping.charts.gaps import GapRow, GapWords, gap_figure
from mapping.charts.heat import HeatTable, heat_table

Json = dict[str, Any]
WIDE = 0.3  # a smaller difference is never worded as a difference (method.md)
EXPLORABLE = ("gaps", "matrix")
EXPLAINED_BY = {
    "gaps": ("gap-order", "all"),
    "groups": ("perception", "all"),
    "quadrant": ("order", "all"),
    "spaces": ("spaces", "coverage"),
    "matrix": ("priorities", "all"),
    "links": ("network", "units"),
    "statistics": ("fields", "all"),
}


@dataclass(frozen=True, kw_only=True)
class DrawnFigure:
    """A figure with its drawing, ready for the page."""

    figure: Figure
    svg: SafeString
    narrow: SafeString
    heat: HeatTable | None
    can_be_explored: bool
    # Where its numbers are explained: the run, the measure and its key.
    explained: tuple[int, str, str] | None = None
    note: str = ""

    @property
    def texts(self) -> list[list[str]]:
        return self.figure.table.texts(words.number)


def heading(source: DiagnosisSource, *, key: str, number: int, title: str, subtitle: str, n: int) -> Heading:
    """What stands around every figure of a diagnosis: source, n, date and that answers may be invented."""
    run = source.run_of(key)
    when = run.finished_at if run and run.finished_at else source.published_at
    return Heading(
        key=key,
        number=str(number),
        title=title,
        subtitle=subtitle,
        source=_("Source: %(exercise)s, %(region)s")
        % {"exercise": source.exercise.name, "region": source.region.name},
        n=words.answers(n) if n else "",
        date=date_format(when, "DATE_FORMAT") if when else "",
        provenance=_("Answers and scores are invented for the demonstration")
        if source.exercise.project.is_demo
        else "",
        language=get_language() or "en",
    )


def gap_title(rows: list[Json]) -> str:
    """The widest gaps, named only when they stand out from the next by at least 0.3 levels."""
    ranked = sorted(
        (row for row in rows if row["target_gap"] is not None), key=lambda row: -row["target_gap"]
    )
    if not ranked:
        if any(row["score"] is not None for row in rows):
            return _("No needed levels are set, so there is no gap to the target")
        return _("Too few answers to show levels")
    if ranked[0]["target_gap"] < WIDE:
        return _("Every theme is close to the level the region needs")
    top = [row for row in ranked if ranked[0]["target_gap"] - row["target_gap"] < WIDE]
    names = words.and_list([words.dimension(row["code"]) for row in top])
    if len(top) == 1:
        return _("%(theme)s is furthest from what the region needs") % {"theme": names}
    if len(top) <= 3:
        return _("%(themes)s are furthest from what the region needs") % {"themes": names}
    return _("%(n)d themes are about equally far from what the region needs") % {"n": len(top)}


def _gaps_figure(source: DiagnosisSource) -> Figure | None:
    if source.gaps is None:
        return None
    rows = source.dimensions
    place = {code: index for index, code in enumerate(source.gaps["region"]["order"])}
    rows.sort(key=lambda row: place.get(row["code"], 99))
    return gap_figure(
        [
            GapRow(
                label=words.dimension(row["code"]),
                now=row["score"],
                needed=row["target"],
                median=row["peer_median"],
                low=row["lower"],
                high=row["upper"],
                gap=row["target_gap"],
                strong=bool(row["confirmed"]),
                reason=words.reason(row["reason"]) if row["reason"] else "",
            )
            for row in rows
        ],
        heading=heading(
            source,
            key="gaps",
            number=1,
            title=gap_title(rows),
            subtitle=_(
                # xgettext:no-python-format
                "Level in place now and level needed, 1 (not in place) to 5 (established). Ordered by gap; "
                "a bold gap is confirmed: the whole 90 % interval lies below the needed level."
            ),
            n=source.gaps["region"]["n"],
        ),
        words=GapWords(
            row=_("Theme"),
            now=_("In place now"),
            needed=_("Needed"),
            median=_("Median of the other regions"),
            gap=_("Gap"),
            unit=_("levels"),
            levels=words.levels(),
            low=_("Lower end"),
            high=_("Upper end"),
            # xgettext:no-python-format
            interval=_("90 % interval"),
        ),
    )


def explanation_of(source: DiagnosisSource, *, key: str) -> tuple[int, str, str] | None:
    """Where the numbers of a figure are explained; None for what no run computed."""
    run = source.evidence_run if key == "statistics" else source.run_of(key)
    if run is None or key not in EXPLAINED_BY:
        return None
    measure, part = EXPLAINED_BY[key]
    return run.pk, measure, part


def firmness_of(source: DiagnosisSource, *, key: str) -> str:
    """How much of the order that a figure shows stands firm; empty where nothing is ordered."""
    part = {"gaps": "statements_of_order", "quadrant": "order_of_work"}.get(key)
    pairs = source.gaps["region"][part] if source.gaps and part else []
    if not pairs:
        return ""
    told = {"firm": sum(row["robust"] for row in pairs), "all": len(pairs)}
    if key == "gaps":
        text = _(
            "Order of the gaps: %(firm)d of %(all)d neighbours stand firm when one respondent is left out "
            "and weights change."
        )
    else:
        text = _(
            "Order of the statements behind it: %(firm)d of %(all)d neighbours stand firm when one "
            "respondent is left out and weights change."
        )
    return text % told


def drawn(figure: Figure, *, explained: tuple[int, str, str] | None = None, note: str = "") -> DrawnFigure:
    """Draw a figure wide, and narrow for phones where the chart has such a drawing."""
    svg = draw(figure, number=words.number)
    narrow = draw(figure, narrow=True, number=words.number) if figure.key == "gaps" else ""
    return DrawnFigure(
        figure=figure,
        # Made by our own chart modules, which escape every text.
        svg=mark_safe(svg),
        narrow=mark_safe(narrow),
        heat=heat_table(figure, number=words.number) if figure.key == "groups" else None,
        can_be_explored=figure.key in EXPLORABLE,
        explained=explained,
        note=note,
    )


def figures_of(source: DiagnosisSource) -> dict[str, Figure]:
    """All figures of a diagnosis by key, those without data left out."""
    made = (
        _gaps_figure(source),
        groups_figure(source, heading=heading),
        quadrant_figure_of(source, heading=heading),
        matrix_figure_of(source, heading=heading),
        spaces_figure(source, heading=heading),
        links_figure(source, heading=heading),
        statistics_figure(source, heading=heading),
        wheel_figure(source, heading=heading),
        criteria_figure(source, heading=heading),
    )
    return {figure.key: figure for figure in made if figure is not None}
