"""The same figure for "Explore interactively": a Plotly figure as plain JSON, with plotly itself left out.

Colours are the light ones: the page that shows the figure sets the theme. A missing value is None, which
Plotly leaves out; it is never a zero.
"""

from collections.abc import Callable, Mapping
from typing import Any

from mapping.charts import choropleth, gaps, heat, matrix
from mapping.charts.choropleth import map_classes, map_places, second_line
from mapping.charts.figure import Figure
from mapping.charts.matrix import matrix_parts
from mapping.charts.palette import COLOURS, SEQUENTIAL
from mapping.charts.paths import anchor_of, rings_of

Json = dict[str, Any]
_FONT = "Inter STM, Inter, system-ui, sans-serif"


def plotly_figure(figure: Figure, *, shapes: Mapping[str, str] | None = None) -> Json:
    """Turn a gap, heat, matrix or map figure into a Plotly figure.

    Parameters
    ----------
    figure
        The figure as its chart module made it.
    shapes
        Outlines by key, for a map.

    Returns
    -------
    A dictionary with `data` and `layout`, ready for `Plotly.newPlot`. Another kind raises `ValueError`.
    """
    if figure.kind == choropleth.KIND:
        return _map(figure, shapes or {})
    makers: dict[str, Callable[[Figure], Json]] = {
        gaps.KIND: _gaps,
        heat.KIND: _heat,
        matrix.KIND: _matrix,
    }
    if figure.kind not in makers:
        raise ValueError(f"There is no interactive figure of the kind {figure.kind!r}.")
    return makers[figure.kind](figure)


def _figure(figure: Figure, traces: list[Json], layout: Json) -> Json:
    caption = {
        "text": figure.caption(),
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": -0.16,
        "showarrow": False,
        "xanchor": "left",
        "font": {"size": 12, "color": COLOURS["muted"]},
    }
    base: Json = {
        "title": {
            "text": figure.title,
            "x": 0,
            "xanchor": "left",
            "font": {"size": 18, "color": COLOURS["ink"]},
        },
        "font": {"family": _FONT, "size": 13, "color": COLOURS["text"]},
        "paper_bgcolor": COLOURS["surface"],
        "plot_bgcolor": COLOURS["surface"],
        "margin": {"l": 24, "r": 24, "t": 64, "b": 88},
        "annotations": [caption],
        "legend": {"orientation": "h", "y": 1.06},
    }
    return {"data": traces, "layout": base | layout}


def _gaps(figure: Figure) -> Json:
    words, rows = figure.data["words"], figure.data["rows"]
    labels = [row["label"] for row in rows]
    bars: Json = {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "showlegend": False,
        "x": [],
        "y": [],
    }
    bars["line"] = {"color": COLOURS["gap-soft"], "width": 9}
    for row in rows:
        if row["now"] is not None and row["needed"] is not None:
            bars["x"] += [row["now"], row["needed"], None]
            bars["y"] += [row["label"], row["label"], None]
    looks: tuple[tuple[str, Json], ...] = (
        ("median", {"symbol": "line-ns-open", "size": 18, "color": COLOURS["mid"], "line": {"width": 2.5}}),
        ("now", {"symbol": "circle", "size": 15, "color": COLOURS["c1"]}),
        ("needed", {"symbol": "diamond-open", "size": 14, "color": COLOURS["gap"], "line": {"width": 2.5}}),
    )
    traces = [bars]
    for name, marker in looks:
        values = [row[name] for row in rows]
        if any(value is not None for value in values):
            trace: Json = {
                "type": "scatter",
                "mode": "markers",
                "name": words[name],
                "x": values,
                "y": labels,
            }
            traces.append(
                trace | {"marker": marker, "hovertemplate": "%{y}: %{x:.1f}<extra>%{fullData.name}</extra>"}
            )
    ticks = [f"{level}<br>{name}" for level, name in enumerate(words["levels"], start=1)]
    axis = {"range": [0.8, 5.2], "tickvals": [1, 2, 3, 4, 5], "ticktext": ticks, "side": "top"}
    height = 180 + 44 * len(rows)
    return _figure(
        figure,
        traces,
        {"xaxis": axis, "yaxis": {"autorange": "reversed", "automargin": True}, "height": height},
    )


def _scale() -> list[list[Any]]:
    """The five classes as a Plotly colour scale without transitions."""
    steps: list[list[Any]] = []
    for place, name in enumerate(SEQUENTIAL):
        steps += [[place / 5, COLOURS[name]], [(place + 1) / 5, COLOURS[name]]]
    return steps


def _heat(figure: Figure) -> Json:
    words, rows = figure.data["words"], figure.data["rows"]
    values = [row["values"] for row in rows]
    levels = [
        [None if value is None else heat.heat_level(value, words["breaks"]) for value in line]
        for line in values
    ]
    trace: Json = {"type": "heatmap", "z": levels, "x": words["columns"], "y": [row["label"] for row in rows]}
    trace |= {"colorscale": _scale(), "zmin": 0.5, "zmax": 5.5, "showscale": False, "xgap": 3, "ygap": 3}
    trace |= {
        "text": values,
        "texttemplate": "%{text:.1f}",
        "hovertemplate": "%{y}, %{x}: %{text:.1f}<extra></extra>",
    }
    axes = {"xaxis": {"side": "top"}, "yaxis": {"autorange": "reversed", "automargin": True}}
    return _figure(figure, [trace], axes | {"height": 180 + 34 * len(rows)})


def _matrix(figure: Figure) -> Json:
    parts = matrix_parts(figure)
    marks = [mark for mark in parts.marks if mark.strength is not None]
    hidden = [mark for mark in parts.marks if mark.strength is None]
    rows = [row.label for row in parts.rows]
    columns = [column.label for column in parts.columns]
    known: Json = {
        "type": "scatter",
        "mode": "markers+text",
        "name": parts.words.strength,
        "x": [columns[mark.column] for mark in marks],
        "y": [rows[mark.row] for mark in marks],
        "text": [str(mark.strength) for mark in marks],
        "customdata": [[mark.name, dict(parts.words.roles).get(mark.role, "")] for mark in marks],
        "hovertemplate": "%{y}, %{customdata[0]}: %{text}, %{customdata[1]}<extra></extra>",
        "textfont": {"color": [COLOURS[f"q{mark.strength}t"] for mark in marks]},
        "marker": {
            "size": [12 + 4 * (mark.strength or 0) for mark in marks],
            "color": [COLOURS[f"q{mark.strength}"] for mark in marks],
            "line": {"color": COLOURS["line-strong"], "width": 1},
        },
    }
    unknown: Json = {
        "type": "scatter",
        "mode": "markers",
        "name": parts.words.missing,
        "x": [columns[mark.column] for mark in hidden],
        "y": [rows[mark.row] for mark in hidden],
        "marker": {"symbol": "circle-x-open", "size": 18, "color": COLOURS["mid"]},
    }
    axes: Json = {
        "xaxis": {"side": "top", "categoryorder": "array", "categoryarray": columns, "automargin": True},
        "yaxis": {
            "autorange": "reversed",
            "categoryorder": "array",
            "categoryarray": rows,
            "automargin": True,
        },
    }
    return _figure(figure, [known, unknown] if hidden else [known], axes | {"height": 240 + 40 * len(rows)})


def _map(figure: Figure, shapes: Mapping[str, str]) -> Json:
    """Regions as filled shapes in the map's own coordinates, and a point in each for the pointer."""
    classes = map_classes(figure)
    places = [place for place in map_places(figure) if shapes.get(place.key)]
    drawn = [
        {
            "type": "path",
            "path": _absolute(shapes[place.key]),
            "fillcolor": COLOURS[f"q{classes[place.state].level}"],
            "line": {"color": COLOURS["ink"], "width": 1},
            "layer": "below",
        }
        for place in places
    ]
    anchors = [anchor_of(rings_of(shapes[place.key])) for place in places]
    points: Json = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x for x, _ in anchors],
        "y": [y for _, y in anchors],
        "text": [place.name for place in places],
        "customdata": [second_line(place, classes) for place in places],
        "textposition": "top center",
        "hovertemplate": "%{text}: %{customdata}<extra></extra>",
        "marker": {"size": 7, "color": COLOURS["ink"]},
    }
    axes: Json = {
        "xaxis": {"visible": False},
        "yaxis": {"visible": False, "autorange": "reversed", "scaleanchor": "x"},
    }
    return _figure(figure, [points], axes | {"shapes": drawn, "height": 640, "showlegend": False})


def _absolute(shape: str) -> str:
    """Plotly reads only absolute steps."""
    return "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring) + "Z" for ring in rings_of(shape))
