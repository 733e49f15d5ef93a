"""Files of statistics read line by line: Eurostat TSV, SDMX-CSV and plain tables. Nothing is guessed."""

import csv
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from django.utils.translation import gettext as _

from cohes3ion.lib.decoding import Unreadable, decoded

MOST_BYTES, MOST_ROWS, MOST_PROBLEMS = 50 * 1024 * 1024, 300_000, 20
MOST_VALUES = 2_000_000  # some 400 MB of memory while they are read
MOST_LINE = 1_000_000  # characters
MOST_COUNT = 1e15  # of anything; beyond it sums lose their units
NUTS = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")
DOMAIN = re.compile(r"[A-Z]?[0-9]{2}(\.[0-9]{1,2})?|[A-Z](-[A-Z])?|TOTAL")
YEAR = re.compile(r"(19|20)[0-9]{2}")
SOME = 1000  # rows, by which a table is judged before all of it is read
REGION_NAMES = ("geo", "nuts", "nuts_id", "region", "code", "nuts2")
DOMAIN_NAMES = ("nace", "nace_r2", "domain", "indicator", "sector", "division")
SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"7z\xbc\xaf", b"BZh")


class FileRefused(Exception):
    """What is wrong with a file, one sentence a problem. Nothing was imported."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of a file. place: what else tells it apart, such as unit or sex."""

    row: int
    region: str
    year: int
    domain: str
    value: float | None
    flag: str
    place: tuple[tuple[str, str], ...] = ()


@dataclass(kw_only=True)
class Problems:
    """Collected, so that a person sees many at once; the file is refused at the end of reading."""

    lines: list[str] = field(default_factory=list)
    keys: dict[tuple[str, ...], int] = field(default_factory=dict)

    def once(self, row: int, *key: str) -> None:
        """A key that stood in an earlier row already is told, once a row."""
        first = self.keys.setdefault(key, row)
        if first != row:
            told = {"first": first, "second": row, "code": " ".join(part for part in key if part)}
            self.add(_("Rows %(first)d and %(second)d have the same key (%(code)s).") % told)

    def add(self, text: str) -> None:
        self.lines.append(text)
        if len(self.lines) >= MOST_PROBLEMS:
            self.stop()

    def stop(self) -> None:
        if self.lines:
            raise FileRefused(*self.lines)


def text_of(content: bytes) -> str:
    """The text of a file that is no archive, and not too large."""
    if not content.strip():
        raise FileRefused(_("The file is empty."))
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 1024 / 1024:.1f}"
        raise FileRefused(_("Larger than 50 MB (%(size)s MB).") % {"size": size})
    if content.startswith(SIGNATURES):
        raise FileRefused(
            _("This is no text table. Save the sheet as CSV, or unpack the file, and try again.")
        )
    try:
        return decoded(content)
    except Unreadable as unreadable:
        raise FileRefused(str(unreadable)) from None


def number_of(text: str, *, row: int, problems: Problems) -> tuple[float | None, str]:
    """A value and its flag: "12.3 p", ":", ": c", "1,5". Missing is None, never zero."""
    figure, _space, flag = text.strip().partition(" ")
    flag = flag.strip()
    if figure in ("", ":"):
        return None, flag
    plain = figure.replace(",", ".") if figure.count(",") == 1 and "." not in figure else figure
    try:
        value = float(plain)
    except ValueError:
        told = {"row": row, "text": text.strip()[:40]}
        problems.add(_("Row %(row)d: “%(text)s” is no number.") % told)
        return None, flag
    if not math.isfinite(value):
        problems.add(_("Row %(row)d: “%(text)s” is no finite number.") % {"row": row, "text": figure[:40]})
        return None, flag
    if abs(value) > MOST_COUNT:
        problems.add(_("Row %(row)d: %(text)s is too large for a count.") % {"row": row, "text": figure[:40]})
        return None, flag
    if value < 0:
        problems.add(_("Row %(row)d: a count cannot be negative (%(text)s).") % {"row": row, "text": figure})
    return value, flag


def lines_of(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their number in the file; every one has as many cells as the first."""
    if text.count("\n") > MOST_ROWS:
        raise FileRefused(_("More than %(most)d rows.") % {"most": MOST_ROWS})
    lines = text.splitlines()
    longest = max(range(len(lines)), key=lambda n: len(lines[n]))
    if len(lines[longest]) > MOST_LINE:
        told = {"row": longest + 1, "most": MOST_LINE}
        raise FileRefused(_("Row %(row)d is longer than %(most)d characters; that is no table.") % told)
    width = None
    for number, cells in enumerate(csv.reader(lines, delimiter=separator), start=1):
        if not any(cell.strip() for cell in cells):
            continue
        width = width or len(cells)
        if len(cells) != width:
            told = {"row": number, "found": len(cells), "wanted": width}
            problem = _("Row %(row)d has %(found)d columns, %(wanted)d expected.") % told
            cut = number == len(lines) and not text.endswith("\n")
            raise FileRefused(problem, _("The file seems to be cut off.")) if cut else FileRefused(problem)
        yield number, [cell.strip() for cell in cells]


def head_and_rows(text: str, separator: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The names of the columns, and the rows one by one: they are never all in memory as cells."""
    rows = lines_of(text, separator)
    head, first = next(rows, (0, []))[1], next(rows, None)
    if first is None:
        raise FileRefused(_("There are no rows below the names of the columns."))
    twice = sorted(name for name, n in Counter(head).items() if name and n > 1)
    if twice:
        raise FileRefused(_("Two columns are called “%(name)s”.") % {"name": twice[0][:60]})
    return head, chain([first], rows)


def read_tsv(text: str, problems: Problems) -> list[Observation]:
    """Eurostat's bulk files: `freq,unit,nace_r2,geo\\TIME_PERIOD`, then one column a year."""
    head, rows = head_and_rows(text, "\t")
    names = [name.strip() for name in re.split(r"[,\\]", head[0])]
    if "\\" not in head[0] or "geo" not in names:
        told = {"found": head[0][:80]}
        raise FileRefused(_("The first column must end in “geo\\TIME_PERIOD”; found: %(found)s.") % told)
    years = [int(name) if YEAR.fullmatch(name) else None for name in head[1:]]
    found: list[Observation] = []
    for row, cells in rows:
        keys = [key.strip() for key in cells[0].split(",")]
        if len(keys) != len(names) - 1:
            told = {"row": row, "found": len(keys), "wanted": len(names) - 1}
            problems.add(_("Row %(row)d has %(found)d keys, %(wanted)d expected.") % told)
            continue
        problems.once(row, *keys)
        region, domain, place = _place(dict(zip(names, keys, strict=False)))
        for year, cell in zip(years, cells[1:], strict=True):
            if year is not None:
                value, flag = number_of(cell, row=row, problems=problems)
                found.append(Observation(row, region, year, domain, value, flag, place))
        _refuse_too_many(found)
    return found


def read_sdmx(text: str, problems: Problems) -> list[Observation]:
    """SDMX-CSV: a column for each dimension in any order, with OBS_VALUE, OBS_FLAG and CONF_STATUS."""
    head, rows = head_and_rows(text, ",")
    for wanted in ("geo", "TIME_PERIOD", "OBS_VALUE"):
        if wanted not in head:
            told = {"name": wanted, "found": ", ".join(head)[:200]}
            raise FileRefused(_("Column “%(name)s” is missing; found: %(found)s.") % told)
    found = []
    for row, cells in rows:
        told = dict(zip(head, cells, strict=True))
        if not YEAR.fullmatch(told["TIME_PERIOD"]):
            problems.add(
                _("Row %(row)d: “%(text)s” is no year.") % {"row": row, "text": told["TIME_PERIOD"][:20]}
            )
            continue
        value, _flag = number_of(told["OBS_VALUE"], row=row, problems=problems)
        flag = "".join(told.get(name, "").lower() for name in ("OBS_FLAG", "CONF_STATUS"))
        keys = {name: text for name, text in told.items() if name == "geo" or name.islower()}
        region, domain, place = _place(keys)
        problems.once(row, region, domain, told["TIME_PERIOD"], *(text for _name, text in place))
        found.append(Observation(row, region, int(told["TIME_PERIOD"]), domain, value, flag, place))
    return found


def _place(told: dict[str, str]) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Region, activity, and what else tells a row apart."""
    domain = next((told[name] for name in DOMAIN_NAMES if name in told), "")
    apart = sorted((name, text) for name, text in told.items() if name not in ("geo", "freq", *DOMAIN_NAMES))
    return told["geo"], domain, tuple(apart)


def _refuse_too_many(found: list[Observation]) -> None:
    """While reading: each value becomes an object, and 50 MB may hold twenty million."""
    if len(found) > MOST_VALUES:
        raise FileRefused(
            _(
                "More than %(most)d values. Take fewer years, activities or regions from where the file "
                "comes from."
            )
            % {"most": MOST_VALUES}
        )


@dataclass(frozen=True, kw_only=True)
class _Columns:
    """Where a plain table says what: long with one value a row, or wide with a column for each code."""

    region: int
    domain: int | None
    value: int | None
    year: int | None
    flag: int | None
    codes: list[tuple[str, int]]


def _columns_of(head: list[str], first: list[str]) -> _Columns:
    names = [name.lower() for name in head]
    region = next(
        (n for n, name in enumerate(names) if name.split("_")[0] in REGION_NAMES or name in REGION_NAMES),
        None,
    )
    if region is None or not NUTS.fullmatch(first[region]):
        told = {"found": ", ".join(head)[:200]}
        raise FileRefused(_("No column of NUTS codes, such as “geo” or “nuts_id”; found: %(found)s.") % told)
    value = next((n for n, name in enumerate(names) if name.startswith("value")), None)
    codes = [(name, n) for n, name in enumerate(head) if n != region and DOMAIN.fullmatch(name)]
    if value is None and not codes:
        raise FileRefused(_("No column “value”, and none that is a code of an activity, such as C21 or 21."))
    return _Columns(
        region=region,
        domain=next((n for n, name in enumerate(names) if name in DOMAIN_NAMES), None),
        value=value,
        year=names.index("year") if "year" in names else None,
        flag=names.index("flag") if "flag" in names else None,
        codes=codes,
    )


def read_table(text: str, problems: Problems) -> list[Observation]:
    """A plain table: long (region, year, code, value, flag) or wide (a column for each code)."""
    first = text.splitlines()[0]
    head, rows = head_and_rows(text, next((sign for sign in "\t;," if sign in first), ","))
    some = list(islice(rows, SOME))
    columns = _columns_of(head, some[0][1])
    if columns.value is not None and columns.domain is not None:
        _refuse_measures(head[columns.domain], {cells[columns.domain] for _row, cells in some})
    found: list[Observation] = []
    for row, cells in chain(some, rows):
        when = cells[columns.year] if columns.year is not None else ""
        if columns.year is not None and not YEAR.fullmatch(when):
            problems.add(_("Row %(row)d: “%(text)s” is no year.") % {"row": row, "text": when[:20]})
            continue
        found += _table_row(row, cells, when, columns, problems)
        _refuse_too_many(found)
    return found


def _table_row(
    row: int, cells: list[str], when: str, columns: _Columns, problems: Problems
) -> Iterator[Observation]:
    region, domain = cells[columns.region], cells[columns.domain] if columns.domain is not None else ""
    problems.once(row, region, domain, when)
    for code, place in columns.codes if columns.value is None else [(domain, columns.value)]:
        figure, mark = number_of(cells[place], row=row, problems=problems)
        flag = cells[columns.flag] if columns.flag is not None else mark
        yield Observation(row, region, int(when or 0), code, figure, flag)


def _refuse_measures(name: str, codes: set[str]) -> None:
    """A table counts one thing by activity; one of many measures (income, patents) is none of those."""
    if not any(DOMAIN.fullmatch(code) for code in codes):
        told = {"name": name, "found": ", ".join(sorted(codes)[:3])[:120]}
        raise FileRefused(
            _(
                "Column “%(name)s” holds no code of an activity, such as C21 or 21, but for example "
                "%(found)s. A table counts one thing, such as jobs, by activity and region."
            )
            % told
        )


READERS: dict[str, Callable[[str, Problems], list[Observation]]] = {
    "eurostat-tsv": read_tsv,
    "eurostat-sdmx-csv": read_sdmx,
    "table": read_table,
}


def read_observations(content: bytes, *, source: str) -> list[Observation]:
    """Every value of a file. Raises FileRefused with all that is wrong, up to twenty sentences."""
    problems = Problems()
    try:
        found = READERS[source](text_of(content), problems)
    except csv.Error:
        raise FileRefused(
            _("The file cannot be read as a table: one of its cells is longer than 131072 characters.")
        ) from None
    problems.stop()
    return found
