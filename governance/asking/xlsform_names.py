"""Which question of a form a condition names, and the code each question gets here.

A name is unique in its own group only: two groups may both ask for “x”. So each row is known by its way from
the top of the form, and a name is looked up as the converter does it: `${x}` is the one row of that name in
the whole form (a form that names one of several so is refused by it), `../x` the neighbour.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from governance.asking.xlsform_questions import Row, about_of, question_type
from governance.asking.xlsform_texts import Notebook

Way = tuple[str, ...]
UNANSWERED = ("note", "file")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A row of the form. `repeat`: the repeating group around it; `code` is empty where nothing is asked."""

    way: Way
    repeat: Way
    code: str = ""
    is_answered: bool = False


@dataclass(kw_only=True)
class Names:
    book: Notebook
    # Rows are plain values of one file, each known by its identity.
    places: dict[int, Place] = field(default_factory=dict)
    named: dict[str, list[Place]] = field(default_factory=dict)
    ways: dict[Way, Place] = field(default_factory=dict)

    def read(self, rows: Iterable[Row], *, around: Way = (), repeat: Way = ()) -> None:
        """All rows in order, before they are walked: a condition may name a question that comes later."""
        for row in rows:
            name, kind = str(row.get("name", "")), row.get("type")
            way = (*around, name)
            self.book.ahead(name)
            self.keep(row, self.place_of(row, way=way, repeat=repeat))
            if kind == "group":
                self.read(row.get("children", []), around=way, repeat=repeat)
            elif kind == "repeat" and not repeat:
                self.read(row.get("children", []), around=way, repeat=way)
            else:
                self.pass_by(row.get("children", []), around=way, repeat=repeat)

    def pass_by(self, rows: Iterable[Row], *, around: Way, repeat: Way) -> None:
        """Rows of a frame that is left out or becomes a matrix: no code, and no condition names them."""
        for row in rows:
            name = str(row.get("name", ""))
            self.book.ahead(name)
            self.keep(row, Place(way=(*around, name), repeat=repeat))
            self.pass_by(row.get("children", []), around=(*around, name), repeat=repeat)

    def place_of(self, row: Row, *, way: Way, repeat: Way) -> Place:
        kind = question_type(row)
        if row.get("type") in ("repeat", "loop"):
            return Place(way=way, repeat=repeat, code="" if repeat else self.book.code(way[-1]))
        if kind is None:
            return Place(way=way, repeat=repeat)
        code = self.book.code(way[-1])
        self.book.about[code] = about_of(row, kind)
        return Place(way=way, repeat=repeat, code=code, is_answered=kind not in UNANSWERED)

    def keep(self, row: Row, place: Place) -> None:
        self.places[id(row)] = self.ways[place.way] = place
        self.named.setdefault(place.way[-1], []).append(place)

    def code(self, row: Row) -> str:
        return self.places[id(row)].code

    def seen_from(self, row: Row) -> Callable[[str], str | None]:
        """What a condition of this row may name: what is asked once, and what its own entry asks."""
        here = self.places[id(row)]

        def code_of(name: str) -> str | None:
            if name.startswith("../"):
                found = self.ways.get((*here.way[:-1], name.removeprefix("../")))
            else:
                others = self.named.get(name, [])
                found = others[0] if len(others) == 1 else None
            if found is None or found is here or not found.is_answered:
                return None
            return found.code if found.repeat in ((), here.repeat) else None

        return code_of
