"""The answers of one region as columns: a tenth of the bytes of one object an item, and read at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self, overload

from governance.scoring.statements import AnsweredItem
from mapping.analysis.plain import PlainForm, from_plain

KINDS = ("value", "no_information", "does_not_apply", "unanswered")
PLACE_OF_KIND = {kind: place for place, kind in enumerate(KINDS)}
COLUMNS = ("statement", "person", "kind", "level", "importance", "unit")

Statement = tuple[str, str, bool]  # code, dimension, whether it is a core statement
Person = tuple[str, str]  # group, respondent


class AnswerTable(PlainForm, Sequence[AnsweredItem]):
    """Answered items, read like a list of them.

    Statements and people stand once, in the order in which they come; `statement` and `person` point to
    them, `kind` to KINDS, and the other columns hold values.
    """

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.people: list[Person] = []
        self.columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
        self._places: dict[Statement | Person, int] = {}

    @classmethod
    def of(cls, items: Iterable[AnsweredItem]) -> Self:
        """The same items as a table; a table stays as it is."""
        if isinstance(items, cls):
            return items
        table = cls()
        for i in items:
            table.add(
                (i.code, i.dimension, i.is_core),
                (i.group, i.respondent),
                kind=i.kind,
                level=i.level,
                importance=i.importance,
                unit=i.unit,
            )
        return table

    def add(
        self,
        statement: Statement,
        person: Person,
        *,
        kind: str,
        level: int | None,
        importance: int | None,
        unit: int | None,
    ) -> None:
        """One item more, in a table that is being filled."""
        columns = self.columns
        columns["statement"].append(self._place_of(statement, self.statements))
        columns["person"].append(self._place_of(person, self.people))
        columns["kind"].append(PLACE_OF_KIND[kind])
        columns["level"].append(level)
        columns["importance"].append(importance)
        columns["unit"].append(unit)

    def _place_of(self, row: Any, rows: list[Any]) -> int:
        place = self._places.get(row)
        if place is None:
            place = self._places[row] = len(rows)
            rows.append(row)
        return place

    @classmethod
    def from_plain(cls, value: Any, name: str) -> Self:
        """From JSON values: a list of objects, one an item, or the columns as `to_plain` writes them.

        Raises
        ------
        ValueError
            The text names the field that is missing or of the wrong kind.
        """
        if isinstance(value, Mapping):
            return cls._from_columns(value, name)
        if not isinstance(value, list | tuple):
            raise ValueError(f"{name}: expected a list")
        items = [from_plain(AnsweredItem, row) for row in value]
        unknown = next((item.kind for item in items if item.kind not in KINDS), None)
        if unknown is not None:
            raise ValueError(f"kind: {unknown!r:.40} is not one of {', '.join(KINDS)}")
        return cls.of(items)

    @classmethod
    def _from_columns(cls, value: Mapping[str, Any], name: str) -> Self:
        missing = [key for key in ("statements", "people", *COLUMNS) if not isinstance(value.get(key), list)]
        if missing:
            raise ValueError(f"{name}: expected a list of {missing[0]}")
        table = cls()
        table.statements, table.people = (
            _named(value[key], f"{name}: {key} are {words}", kinds)
            for key, words, kinds in (
                ("statements", "code, dimension and true or false", (str, str, bool)),
                ("people", "group and respondent", (str, str)),
            )
        )
        table.columns = {key: value[key] for key in COLUMNS}
        if len({len(column) for column in table.columns.values()}) > 1:
            raise ValueError(f"{name}: its columns differ in length")
        known = {"statement": len(table.statements), "person": len(table.people), "kind": len(KINDS)}
        for key, column in table.columns.items():
            if set(map(type, column)) - {int} - (set() if key in known else {type(None)}):
                raise ValueError(f"{name}: {key} holds no whole numbers")
            if key in known and column and not (min(column) >= 0 and max(column) < known[key]):
                raise ValueError(f"{name}: {key} points nowhere")
        return table

    def to_plain(self) -> dict[str, Any]:
        return {
            "statements": [list(row) for row in self.statements],
            "people": [list(row) for row in self.people],
            **self.columns,
        }

    def rows(self) -> Iterator[dict[str, Any]]:
        """One object an item, as people read and write them."""
        return (dict(vars(item)) for item in self)

    def __iter__(self) -> Iterator[AnsweredItem]:
        for statement, person, kind, level, importance, unit in zip(*self.columns.values(), strict=True):
            code, dimension, is_core = self.statements[statement]
            group, respondent = self.people[person]
            yield AnsweredItem(
                code=code,
                dimension=dimension,
                group=group,
                respondent=respondent,
                kind=KINDS[kind],
                level=level,
                importance=importance,
                unit=unit,
                is_core=is_core,
            )

    def __len__(self) -> int:
        return len(self.columns["statement"])

    @overload
    def __getitem__(self, place: int) -> AnsweredItem: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[AnsweredItem]: ...
    def __getitem__(self, place: int | slice) -> AnsweredItem | Sequence[AnsweredItem]:
        return list(self)[place]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AnswerTable):
            return NotImplemented
        return self.to_plain() == other.to_plain() or list(self.rows()) == list(other.rows())

    def __hash__(self) -> int:
        return hash((tuple(self.statements), len(self)))


def _named(rows: list[Any], message: str, kinds: tuple[type, ...]) -> list[Any]:
    """Lists of a few values of these kinds, as tuples."""
    if not all(isinstance(row, list | tuple) and tuple(map(type, row)) == kinds for row in rows):
        raise ValueError(message)
    return [tuple(row) for row in rows]


def item_rows(items: Any) -> Iterable[Mapping[str, Any]]:
    """Frozen items one by one, as objects, whichever form a run was frozen in."""
    return AnswerTable.from_plain(items, "items").rows() if isinstance(items, Mapping) else items
