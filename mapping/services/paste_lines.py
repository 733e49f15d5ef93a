"""A pasted text as lines of cells: the sign that parts them, quotes, lines parted otherwise. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

SEPARATORS = "\t;,"
QUOTE = '"'


@dataclass(frozen=True, kw_only=True)
class Line:
    """`number`: as a spreadsheet counts rows, so a cell with several lines is in one. `raw`: as pasted."""

    number: int
    cells: list[str]
    raw: str


@dataclass(frozen=True, kw_only=True)
class Pasted:
    separator: str
    lines: list[Line]

    @property
    def usual(self) -> Line | None:
        """The first line with as many cells as most have: what the others are measured by."""
        counts = Counter(len(line.cells) for line in self.lines)
        most = max(counts.values(), default=0)
        return next((line for line in self.lines if counts[len(line.cells)] == most), None)


def split_lines(text: str) -> Pasted:
    """Cells of each line that has any. The sign is the one that parts most lines: tab, semicolon, comma."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    separator = separator_of(text)
    lines = [
        Line(number=number, cells=[_spaced(cell) for cell in cells], raw=raw)
        for number, (cells, raw) in enumerate(_cells_by_line(text, separator), start=1)
        if any(cell.strip() for cell in cells)
    ]
    return Pasted(separator=separator, lines=lines)


def separator_of(text: str) -> str:
    """The sign that parts most lines; the first line decides between equals."""

    def parted(sign: str) -> tuple[int, bool]:
        lines = [cells for cells, _raw in _cells_by_line(text, sign) if any(cell.strip() for cell in cells)]
        return sum(len(cells) > 1 for cells in lines), bool(lines) and len(lines[0]) > 1

    return max(SEPARATORS, key=parted)


def parted_otherwise(line: Line, *, separator: str, wide: int) -> str:
    """The sign that would give this line the usual number of cells, where its own does not; or nothing."""
    if wide < 2 or len(line.cells) == wide:
        return ""
    for sign in SEPARATORS:
        others = next(_cells_by_line(line.raw, sign), ([], ""))[0]
        if sign != separator and (len(others) == wide or (len(line.cells) == 1 and len(others) > 1)):
            return sign
    return ""


def _spaced(cell: str) -> str:
    """One space between words; a tab stays where it stands between them, as it may part cells."""
    return "\t".join(" ".join(part.split()) for part in cell.strip().split("\t"))


def _cells_by_line(text: str, separator: str) -> Iterator[tuple[list[str], str]]:
    """Every line with its cells, and as it stands there."""
    place = start = 0
    cells: list[str] = []
    while place < len(text):
        cell, place = _cell(text, place, separator)
        cells.append(cell)
        if place >= len(text) or text[place] == "\n":
            yield cells, text[start:place]
            cells, start = [], place + 1
        elif place == len(text) - 1:  # the line ends with a separator: one more cell, an empty one
            yield [*cells, ""], text[start:]
        place += 1


def _cell(text: str, start: int, separator: str) -> tuple[str, int]:
    """One cell, and where the sign after it stands.

    Quotes hold a cell together when they end right before a separator or the end of a line; other quotes are
    signs like all others, as spreadsheets copy them.
    """
    end = _end_of_quotes(text, start) if text.startswith(QUOTE, start) else start
    if end > start and text[end : end + 1] in ("", separator, "\n"):
        return text[start + 1 : end - 1].replace(QUOTE * 2, QUOTE), end
    ends = [at for sign in (separator, "\n") if (at := text.find(sign, end)) >= 0]
    end = min(ends, default=len(text))
    return text[start:end], end


def _end_of_quotes(text: str, start: int) -> int:
    """Where a quoted cell ends, or its start when these quotes hold nothing together."""
    at = text.find(QUOTE, start + 1)
    while at >= 0:
        after = text[at + 1 : at + 2]
        if after != QUOTE:
            return at + 1 if after in ("", "\n", *SEPARATORS) else start
        at = text.find(QUOTE, at + 2)  # two of them stand for one
    return start
