"""The scores of one region as a table of cells, and the totals that tie them together."""

from collections.abc import Collection
from functools import cached_property
from typing import Any

from governance.scoring.protection import protect
from governance.scoring.statements import ALL

Json = dict[str, Any]
Cell = tuple[str, str]  # a statement, a dimension or "all"; a group or "all"
Lines = dict[Cell, list[Cell]]
TEAM, GROUPS, OTHERS = "team", ("team", "unit", "stakeholder"), ("unit", "stakeholder")


class Table:
    """The scores of one region as cells, with the totals that tie them together."""

    def __init__(self, region: Json, *, dimensions: Collection[str]) -> None:
        own = [row for row in region["scores"] if row["unit"] is None and row["group"] in (*GROUPS, ALL)]
        self.rows: dict[Cell, Json] = {(row["code"], row["group"]): row for row in own}
        self.agreement: list[Json] = region["agreement"]
        self.dimension_of = {row["code"]: row["dimension"] for row in region["agreement"]}
        self.dimensions = [code for code in dimensions if (code, ALL) in self.rows]
        self._insiders: dict[int, set[Cell]] = {}

    def values(self, name: str = "mean") -> dict[Cell, float]:
        return {key: row[name] for key, row in self.rows.items() if row[name] is not None}

    def respondents(self) -> dict[Cell, int]:
        """Who stands behind each score that exists; behind a total beside the team, who are public."""
        team = {code: row["n"] for (code, group), row in self.rows.items() if group == TEAM}
        team[ALL] = max(team.values(), default=0)
        return {
            (code, group): self.rows[code, group]["n"] - (team.get(code, 0) if group == ALL else 0)
            for code, group in self.values()
        }

    def answers(self, name: str = "mean") -> dict[Cell, int]:
        """Cells that are the mean of so many whole levels: what units or stakeholders say to a statement.

        How many rated the importance is not said. A reader who takes it that all of them did is right where
        that makes a whole sum.
        """
        return {
            (code, group): row["n"]
            for (code, group), row in self.rows.items()
            if code in self.dimension_of
            and group in OTHERS
            and row[name] is not None
            and (name == "mean" or abs(row[name] * row["n"] - round(row[name] * row["n"])) < 1e-6)
        }

    @cached_property
    def totals(self) -> Lines:
        """Region = mean of groups; dimension of a group = mean of statements; overall = of dimensions."""
        codes = dict.fromkeys(code for code, _group in self.rows)
        lines: Lines = {(code, ALL): [(code, group) for group in GROUPS] for code in codes if code != ALL}
        for code in self.dimensions:
            statements = [item for item, dimension in self.dimension_of.items() if dimension == code]
            lines |= {(code, group): [(item, group) for item in statements] for group in GROUPS}
        return lines | {(ALL, ALL): [(code, ALL) for code in self.dimensions]}

    def crossings(self, name: str = "mean") -> list[tuple[Cell, list[Cell]]]:
        """Dimension = mean of its statements' totals, too, where the same groups answered all of them."""
        values, found = self.values(name), []
        for code in self.dimensions:
            items = [item for item, dimension in self.dimension_of.items() if dimension == code]
            asked = {item: {group for group in GROUPS if (item, group) in values} for item in items}
            answered = [item for item in items if asked[item]]
            same = all(asked[item] == asked[answered[0]] for item in answered)
            if same and {(code, ALL), *((item, ALL) for item in answered)} <= {*values} and len(answered) > 1:
                found.append(((code, ALL), [(item, ALL) for item in answered]))
        return found

    def insiders(self, k: int) -> set[Cell]:
        """What the team and its units, who know the units' answers too, must not read."""
        if k not in self._insiders:
            cells = self.respondents()
            known = {key for key in cells if key[1] in (TEAM, "unit")}
            self._insiders[k] = protect(cells, totals=self.totals, k=k, public=known)
        return self._insiders[k]

    def unanimous(self, few: int) -> set[Cell]:
        """Small groups that all gave the same answer: their mean would say what each of them answered."""
        return {
            (code, group)
            for (code, group), row in self.rows.items()
            if group in OTHERS and row["n"] < few and row["spread"] is not None and row["spread"] <= 1e-9
        }
