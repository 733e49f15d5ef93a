"""Where is the gap? Level now and level needed, on a full axis from 1 to 5."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from mapping.charts.figure import Column, Figure, Heading, Table, make_figure, rounded_or_none

KIND = "gaps"


@dataclass(frozen=True, kw_only=True)
class GapRow:
    """One line of the plot. Without `now` it is hatched and says why; without `needed` there is no gap.

    `low` and `high` are the ends of the interval of `now`; `strong` prints the gap bold and in colour: the
    page speaks about it, for instance because it is confirmed.
    """

    label: str
    now: float | None
    needed: float | None = None
    median: float | None = None
    low: float | None = None
    high: float | None = None
    gap: float | None = None
    strong: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class GapWords:
    """The words of the plot; `levels` names the five steps of the axis, `unit` stands under "Gap"."""

    row: str
    now: str
    needed: str
    median: str
    gap: str
    unit: str
    levels: tuple[str, str, str, str, str]
    low: str = ""
    high: str = ""
    interval: str = ""


def gap_figure(rows: Sequence[GapRow], *, heading: Heading, words: GapWords) -> Figure:
    """Make the figure; rows keep their order. Numbers are rounded once, so table and picture agree.

    A gap that is not given is needed minus now. A row without a level has no gap, whatever it came with.
    """
    kept = [_rounded(row) for row in rows]
    titles = {"now": words.now, "low": words.low, "high": words.high, "needed": words.needed}
    titles |= {"median": words.median, "gap": words.gap}
    shown = [name for name in titles if name == "now" or any(getattr(row, name) is not None for row in kept)]
    columns = [Column(label=words.row)]
    columns += [Column(label=titles[name], kind="signed" if name == "gap" else "number") for name in shown]
    cells = [
        (
            row.label,
            *(
                row.reason or None if row.now is None and name == "now" else getattr(row, name)
                for name in shown
            ),
        )
        for row in kept
    ]
    return make_figure(
        heading,
        kind=KIND,
        data={
            "rows": [asdict(row) for row in kept],
            "words": {**asdict(words), "levels": list(words.levels)},
        },
        table=Table(columns=tuple(columns), rows=tuple(cells)),
    )


def _rounded(row: GapRow) -> GapRow:
    gap = row.gap
    if gap is None and row.now is not None and row.needed is not None:
        gap = row.needed - row.now
    return GapRow(
        label=row.label,
        now=rounded_or_none(row.now),
        needed=rounded_or_none(row.needed),
        median=rounded_or_none(row.median),
        low=rounded_or_none(row.low if row.now is not None else None),
        high=rounded_or_none(row.high if row.now is not None else None),
        gap=rounded_or_none(gap if row.now is not None else None),
        strong=row.strong,
        reason=row.reason,
    )


def gap_rows(figure: Figure) -> list[GapRow]:
    """The rows of a gap figure."""
    return [GapRow(**row) for row in figure.data["rows"]]


def gap_words(figure: Figure) -> GapWords:
    """The words of a gap figure."""
    return GapWords(**{**figure.data["words"], "levels": tuple(figure.data["words"]["levels"])})
