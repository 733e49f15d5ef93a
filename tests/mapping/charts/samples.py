"""Figures of every kind to draw in tests: any number of rows, any label, some, none or all values missing."""

from collections.abc import Callable, Sequence

from mapping.charts.bars import Bar, BarWords, bar_figure
from mapping.charts.checklist import CheckRow, CheckWords, checklist_figure
from mapping.charts.choropleth import MapBase, MapClass, MapInset, MapPlace, MapWords, map_figure
from mapping.charts.diverging import Spread, SpreadWords, spread_figure
from mapping.charts.drawing import Geography
from mapping.charts.figure import Figure, Heading
from mapping.charts.gaps import GapRow, GapWords, gap_figure
from mapping.charts.heat import HeatRow, HeatWords, heat_figure
from mapping.charts.matrix import MatrixColumn, MatrixMark, MatrixParts, MatrixRow, MatrixWords, matrix_figure
from mapping.charts.network import NetworkLink, NetworkNode, NetworkWords, network_figure
from mapping.charts.quadrant import QuadrantPoint, QuadrantWords, quadrant_figure
from mapping.charts.radar import RadarWords, Spoke, radar_figure
from mapping.charts.sankey import SankeyLink, SankeyNode, SankeyWords, sankey_figure

REASON = "Fewer than three answered"
LEVELS = ("Not in place", "Starting", "Partly in place", "Largely in place", "Established")
SQUARE = "M{x} {y}h20v20h-20z"
GREEK = "Συντονισμός μεταξύ των επιπέδων διακυβέρνησης και των εδαφικών ενοτήτων της περιφέρειας"
HOSTILE = """</text><script>alert("1")</script>'&<b>\x00\x08"""


def heading(kind: str, label: str) -> Heading:
    return Heading(
        key=f"test {kind}",
        title=f"What {label} shows",
        number="3",
        subtitle="Level now, 1 to 5",
        source="Source: survey of the regions",
        n="23 organisations",
        date="14 October 2026",
        provenance="Invented for the demonstration",
    )


def names(label: str, count: int) -> list[str]:
    return [f"{label} {number}" for number in range(count)]


def values(count: int, missing: str) -> list[float | None]:
    """Levels from 1.0 to 5.0; with `some` every fourth is missing."""
    found: list[float | None] = [1 + (number * 7 % 41) / 10 for number in range(count)]
    if missing == "all":
        return [None] * count
    return [None if missing == "some" and place % 4 == 1 else value for place, value in enumerate(found)]


def gaps(label: str, count: int, missing: str) -> Figure:
    levels = values(count, missing)
    rows = [
        GapRow(
            label=name,
            now=now,
            needed=4.2,
            median=2.7,
            low=now and now - 0.4,
            high=now and now + 0.4,
            reason=REASON,
        )
        for name, now in zip(names(label, count), levels, strict=True)
    ]
    words = GapWords(
        row="Theme",
        now="Level now",
        needed="Level needed",
        median="Median",
        gap="Gap",
        unit="levels",
        levels=LEVELS,
        low="From",
        high="To",
        interval="90 % interval",
    )
    return gap_figure(rows, heading=heading("gaps", label), words=words)


def bars(label: str, count: int, missing: str) -> Figure:
    rows = [
        Bar(label=name, value=value, own=place == 2, reason=REASON)
        for place, (name, value) in enumerate(zip(names(label, count), values(count, missing), strict=True))
    ]
    words = BarWords(row="Region", value="Level now", target="Level needed", levels=LEVELS)
    return bar_figure(rows, heading=heading("bars", label), words=words, target=4.3)


def heat(label: str, count: int, missing: str) -> Figure:
    rows = [
        HeatRow(label=name, values=tuple(values(4, missing)), reasons=(REASON,) * 4, spread=1.6, strong=True)
        for name in names(label, count)
    ]
    words = HeatWords(
        row="Theme", columns=tuple(names("Group", 4)), notes=("9 answers",) * 4, spread="Spread"
    )
    return heat_figure(rows, heading=heading("heat", label), words=words)


def matrix(label: str, count: int, missing: str) -> Figure:
    strengths = [value and round(value) for value in values(count, missing)]
    parts = MatrixParts(
        rows=tuple(
            MatrixRow(label=name, depth=min(place, 2)) for place, name in enumerate(names(label, count))
        ),
        columns=tuple(MatrixColumn(label=name, group="Industry") for name in names("Field", 3)),
        marks=tuple(
            MatrixMark(
                row=place, column=place % 3, name="Tools", strength=strength, role="P", linked=place == 0
            )
            for place, strength in enumerate(strengths)
        ),
        words=MatrixWords(
            row="Unit",
            column="Field",
            name="Capability",
            strength="Strength",
            role="Role",
            strengths=("First", "Regular", "Critical", "Visible", "Leading"),
            roles=(("P", "Production"),),
            linked="Serves a priority",
            yes="yes",
            missing="Not known",
        ),
    )
    return matrix_figure(parts, heading=heading("matrix", label))


def quadrant(label: str, count: int, missing: str) -> Figure:
    points = [
        QuadrantPoint(label=name, now=now, importance=3.6, reason=REASON)
        for name, now in zip(names(label, count), values(count, missing), strict=True)
    ]
    words = QuadrantWords(
        row="Theme",
        now="Level now",
        importance="Importance",
        act_first="Act first",
        keep_strong="Keep strong",
        watch="Watch",
        enough="Enough for now",
        lines="The lines are means of all regions.",
        missing="Without a value:",
    )
    return quadrant_figure(points, heading=heading("quadrant", label), words=words, lines=(2.9, 3.5))


def network(label: str, count: int, missing: str) -> Figure:
    helices = ("government", "business", "knowledge", "civil_society", "")
    nodes = [
        NetworkNode(key=str(place), label=name, helix=helices[place % 5], x=place % 7 / 7, y=place // 7 / 9)
        for place, name in enumerate(names(label, count))
    ]
    links = (
        []
        if missing == "all"
        else [NetworkLink(source=str(at), target=str(at + 1)) for at in range(count - 1)]
    )
    words = NetworkWords(
        node="Organisation",
        helix="Kind",
        links="links",
        helices=tuple((helix, helix.title()) for helix in helices),
    )
    return network_figure(nodes, links, heading=heading("network", label), words=words)


def spread(label: str, count: int, missing: str) -> Figure:
    hidden = [value is None for value in values(count, missing)]
    rows = [
        Spread(label=name, counts=None if none else (4, 0, 3, 11, 2), unknown=6, reason=REASON)
        for name, none in zip(names(label, count), hidden, strict=True)
    ]
    words = SpreadWords(row="Statement", levels=LEVELS, unknown="No information")
    return spread_figure(rows, heading=heading("diverging", label), words=words)


def checklist(label: str, count: int, missing: str) -> Figure:
    states = ("yes", "partly", "no")
    rows = [
        CheckRow(
            label=name,
            state="" if value is None else states[at % 3],
            said=REASON if value is None else f"{value}",
        )
        for at, (name, value) in enumerate(zip(names(label, count), values(count, missing), strict=True))
    ]
    return checklist_figure(
        rows, heading=heading("checklist", label), words=CheckWords(row="Criterion", state="State")
    )


def radar(label: str, count: int, missing: str) -> Figure:
    spokes = [
        Spoke(label=name, now=now, needed=4.1)
        for name, now in zip(names(label, count), values(count, missing), strict=True)
    ]
    words = RadarWords(row="Theme", now="Level now", needed="Level needed", missing=REASON)
    return radar_figure(spokes, heading=heading("radar", label), words=words)


def sankey(label: str, count: int, missing: str) -> Figure:
    count = 0 if missing == "all" else min(count, 12)
    needs = [SankeyNode(key=f"n{at}", label=name, column=0) for at, name in enumerate(names(label, count))]
    money = SankeyNode(key="m", label="Not yet funded", column=2, empty=True)
    links = [SankeyLink(source=need.key, target="m", value=1.5 + at) for at, need in enumerate(needs)]
    words = SankeyWords(source="From", target="To", value="Million euro", columns=("Need", "Action", "Money"))
    return sankey_figure([*needs, money], links, heading=heading("sankey", label), words=words)


def choropleth(label: str, count: int, missing: str) -> Figure:
    levels = values(count, missing)
    places = [
        MapPlace(
            key=f"r{at}",
            name=name,
            state="open" if level is None else "done",
            value=level,
            href="/regions/x/",
        )
        for at, (name, level) in enumerate(zip(names(label, count), levels, strict=True))
    ]
    classes = [
        MapClass(key="open", label="Still open", level=0),
        MapClass(key="done", label="Published", level=4),
    ]
    words = MapWords(place="Region", state="State", value="Level", others="Not taking part", notice="© Owner")
    return map_figure(places, classes=classes, heading=heading("choropleth", label), words=words)


GEOGRAPHY = Geography(
    base=MapBase(
        width=850,
        height=868,
        land="M100 100h650v650h-650z",
        borders="M400 100l10 650z",
        around="M0 0h850v868h-850z",
        insets=(
            MapInset(
                label="Islands", width=90, height=60, land="M5 5h30v30h-30z", shapes={"r1": "M9 9h9v9h-9z"}
            ),
        ),
    ),
    shapes={f"r{at}": SQUARE.format(x=130 + at % 8 * 75, y=130 + at // 8 * 75) for at in range(60)},
)
SAMPLES: dict[str, Callable[[str, int, str], Figure]] = {
    "gaps": gaps,
    "bars": bars,
    "checklist": checklist,
    "heat": heat,
    "matrix": matrix,
    "quadrant": quadrant,
    "network": network,
    "diverging": spread,
    "radar": radar,
    "sankey": sankey,
    "choropleth": choropleth,
}
KINDS: Sequence[str] = tuple(SAMPLES)


def sample(kind: str, *, label: str = "Theme", count: int = 6, missing: str = "some") -> Figure:
    """A figure of a kind with so many rows."""
    return SAMPLES[kind](label, count, missing)
