"""The start page: which regions take part, how far each map is, and what is published."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cohes3ion.lib.jobs import JobState
from cohes3ion.lib.search.words import search_text
from governance.enums import AnalysisKind
from governance.models import Analysis, MapEdition
from journeys.selectors import words
from journeys.selectors.maps import codes_of, drawn_map, drawn_maps, geography, state_figure
from mapping.charts.drawing import draw
from mapping.charts.figure import Figure, Heading
from mapping.charts.heat import HeatRow, HeatTable, HeatWords, heat_figure, heat_table
from mapping.enums import MapState
from mapping.models import Exercise, Region, RegionMap


@dataclass(frozen=True, kw_only=True)
class RegionLine:
    """A region of the partnership. `address` only when its diagnosis is public."""

    slug: str
    name: str
    country: str
    state: str
    state_name: str
    nuts: tuple[str, ...]
    address: str


@dataclass(frozen=True, kw_only=True)
class StartMap:
    """The map of Europe, wide and for phones, with its figure for the table."""

    figure: Figure
    svg: SafeString
    narrow: SafeString

    @property
    def texts(self) -> list[list[str]]:
        return self.figure.table.texts(words.number)


@dataclass(frozen=True, kw_only=True)
class Start:
    exercise: Exercise | None
    lines: list[RegionLine]
    published: int
    respondents: int
    figure: Figure | None
    heat: HeatTable | None
    map: StartMap | None = None

    @property
    def texts(self) -> list[list[str]]:
        return self.figure.table.texts(words.number) if self.figure else []


def _newest_exercise() -> Exercise | None:
    """The newest exercise with something published."""
    shown = MapEdition.objects.filter(withdrawn_at=None).values("region_map__exercise")
    rows = Exercise.objects.filter(pk__in=shown).select_related("project")
    return rows.order_by("-opens_on", "pk").first()


def region_lines(exercise: Exercise) -> list[RegionLine]:
    """Every region of the exercise; that a region takes part is public, what it wrote is not. One query."""
    public = MapEdition.objects.filter(region_map=OuterRef("pk"), withdrawn_at=None)
    rows = RegionMap.objects.filter(exercise=exercise).select_related("region").annotate(shown=Exists(public))
    return [_region_line(row.region, row.state, row.shown) for row in rows.order_by("region__name")]


def _region_line(region: Region, state: str, is_public: bool) -> RegionLine:
    shown = MapState.PUBLISHED if is_public else MapState(state)
    return RegionLine(
        slug=region.slug,
        name=region.name,
        country=region.country,
        state=shown.value,
        state_name=str(shown.label),
        nuts=tuple(region.nuts_codes),
        address=reverse("journeys:region_detail", args=[region.slug]) if is_public else "",
    )


def matches(line: RegionLine, *, wanted: str) -> bool:
    """Whether a region answers to a name or a NUTS code; accents and letter case do not matter."""
    words_of_line = (line.name, line.country, *line.nuts)
    return any(search_text(wanted) in search_text(word) for word in words_of_line)


def start_page() -> Start:
    """Three queries, whatever the number of regions."""
    exercise = _newest_exercise()
    if exercise is None:
        return Start(exercise=None, lines=[], published=0, respondents=0, figure=None, heat=None)
    lines = region_lines(exercise)
    run = (
        Analysis.objects.published()
        .filter(exercise=exercise, kind=AnalysisKind.GAPS, state=JobState.DONE)
        .defer("inputs", "result")
        .first()
    )
    result = run.public if run else None
    figure = themes_figure(exercise, lines=lines, result=result) if result else None
    public = {line.slug for line in lines if line.address}
    return Start(
        exercise=exercise,
        lines=lines,
        published=len(public),
        respondents=sum(row["n"] for row in result["regions"] if row["region"] in public) if result else 0,
        figure=figure,
        heat=heat_table(figure, number=words.number) if figure else None,
        map=_start_map(exercise, lines),
    )


def _start_map(exercise: Exercise, lines: list[RegionLine]) -> StartMap:
    figure = state_figure(exercise, lines=lines)
    wide, narrow = drawn_maps(figure, lines=lines)
    # Made by our own chart modules, which escape every text.
    return StartMap(figure=figure, svg=mark_safe(wide), narrow=mark_safe(narrow))


def _themes_title(rows: list[dict[str, Any]], codes: list[str]) -> str:
    """The theme that is lowest in most regions, said only when it is so in more than half of them."""
    lowest: dict[str, int] = {}
    for row in rows:
        known = [(cell["score"], cell["code"]) for cell in row["dimensions"] if cell["score"] is not None]
        if known:
            code = min(known)[1]
            lowest[code] = lowest.get(code, 0) + 1
    if lowest:
        code = max(lowest, key=lambda key: (lowest[key], -codes.index(key)))
        told = {"theme": words.dimension(code), "n": lowest[code], "all": len(rows)}
        if lowest[code] * 2 > len(rows):
            return _("%(theme)s is the lowest theme in %(n)d of %(all)d regions") % told
        return _("Every region has its own weakest theme; no theme is lowest in most of them")
    return _("Too few answers to show levels")


def themes_figure(exercise: Exercise, *, lines: list[RegionLine], result: dict[str, Any]) -> Figure:
    """Levels of the published regions by theme, in alphabetical order: no ranking."""
    found = {row["region"]: row for row in result["regions"]}
    public = [line for line in lines if line.address and line.slug in found]
    rows = [{"line": line, "dimensions": found[line.slug]["dimensions"]} for line in public]
    codes = list(result["dimensions"])
    return heat_figure(
        [
            HeatRow(
                label=row["line"].name,
                note=row["line"].country,
                href=row["line"].address,
                values=tuple(cell["score"] for cell in row["dimensions"]),
                reasons=tuple(words.reason(cell["reason"] or "NO_DATA") for cell in row["dimensions"]),
            )
            for row in rows
        ],
        heading=Heading(
            key="themes",
            number="1",
            title=_themes_title(rows, codes),
            subtitle=_(
                "Level now by theme, 1 (not in place) to 5 (established). Regions in alphabetical order."
            ),
            source=_("Source: %(exercise)s") % {"exercise": exercise.name},
            n=words.answers(sum(found[line.slug]["n"] for line in public)),
            provenance=_("Answers and scores are invented for the demonstration")
            if exercise.project.is_demo
            else "",
        ),
        words=HeatWords(row=_("Region"), columns=tuple(words.dimension(code) for code in codes)),
    )


@dataclass(frozen=True, kw_only=True)
class PublicExercise:
    """What everybody may download of an exercise: its regions and its figures by key."""

    lines: list[RegionLine]
    figures: dict[str, Figure]

    def drawing(self, key: str) -> str:
        """A figure as SVG."""
        if key == "map":
            return drawn_map(self.figures[key], lines=self.lines)
        return draw(self.figures[key], number=words.number)

    @property
    def shapes(self) -> dict[str, str]:
        return dict(geography(codes_of(self.lines)).shapes)


def public_exercise(*, slug: str) -> PublicExercise | None:
    """None while nothing of it is published. Three queries."""
    shown = MapEdition.objects.filter(withdrawn_at=None).values("region_map__exercise")
    exercise = Exercise.objects.filter(slug=slug, pk__in=shown).select_related("project").first()
    if exercise is None:
        return None
    lines = region_lines(exercise)
    runs = Analysis.objects.published().filter(exercise=exercise, kind=AnalysisKind.GAPS)
    run = runs.defer("inputs", "result").first()
    figures = {"map": state_figure(exercise, lines=lines)}
    if run and run.public:
        figures["themes"] = themes_figure(exercise, lines=lines, result=run.public)
    return PublicExercise(lines=lines, figures=figures)
