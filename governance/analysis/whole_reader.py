"""What the public can tell of small groups: whole answers against all rounded numbers at once (C9)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from governance.analysis.narrow_cells import Reader
from governance.analysis.rounding import GIVE, rounded
from governance.analysis.score_table import OTHERS, TEAM, Cell, Json, Lines, Table
from governance.scoring.whole_answers import WholeAnswers, stands_for

POOLED = "pooled"
Pooled = tuple[dict[Cell, float], Lines]


def pooled_lines(table: Table, spreads: Iterable[Json]) -> Pooled:
    """What the published distributions add: the mean of all answers to a statement, each weighing the same.

    Returns the means, and each as a total of its groups, named once for each respondent. Left out are
    statements about units, on which the team answers more than once.
    """
    means, totals = {}, {}
    for row in spreads:
        levels = {int(name): n for name, n in row["counts"].items() if name.isdigit()}
        behind = [
            (row["code"], group)
            for group in (TEAM, *OTHERS)
            for _one in range(table.rows.get((row["code"], group), {"n": 0})["n"])
        ]
        if behind and not row["about_units"] and len(behind) == sum(levels.values()):
            means[row["code"], POOLED] = sum(level * n for level, n in levels.items()) / len(behind)
            totals[row["code"], POOLED] = behind
    return means, totals


@dataclass(frozen=True, kw_only=True)
class Attack:
    """Which cells a reader wants to place within fewer than so many levels, who knows some as they are.

    may_solve: not in a web process, which then hides more than it must.
    """

    wanted: Collection[Cell]
    known: Collection[Cell]
    least: float
    may_solve: bool = True


def reader_of(
    table: Table, name: str, *, attack: Attack, spreads: Callable[[Collection[Cell]], list[Json]]
) -> Reader:
    """Who names the cells for which an attack succeeds, given the cells that are shown.

    `spreads`: which distributions stand beside these.
    """
    values, answers = table.values(name), table.answers(name)

    def narrow(shown: Mapping[Cell, float]) -> list[Cell]:
        means, totals = pooled_lines(table, spreads(shown))
        told = {
            key: stands_for(rounded(value) or 0.0, give=GIVE, value=value)
            for key, value in shown.items()
            if key not in attack.known
        }
        alike = WholeAnswers(
            values | means,
            told | {key: (value, value) for key, value in means.items()},
            totals=table.totals | totals,
            answers=answers,
            exact=attack.known,
        )
        hidden = sorted(key for key in attack.wanted if key in values and key not in shown)
        return alike.narrow(hidden, least=attack.least, may_solve=attack.may_solve)

    return narrow
