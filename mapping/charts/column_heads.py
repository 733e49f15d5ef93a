"""Titles over narrow columns: level where the words fit, upright where they do not."""

from collections.abc import Sequence
from itertools import pairwise

from mapping.charts.lettering import Type, lines_of_text
from mapping.charts.svg import px
from mapping.charts.typography import LINE, text_width, widest, wrap

_TITLE = Type(12.5, "ink", "middle", True)
_UPRIGHT = Type(12, "ink", "start", True)
_NOTE = Type(11.5, "muted", "middle")
_LONGEST = 132.0


def column_heads(titles: Sequence[str], notes: Sequence[str], *, edges: Sequence[float]) -> tuple[str, float]:
    """Draw one title per column, standing on a common line, with a small note below where there is one.

    `edges` are the left edges of the columns and the right edge of the last. One title that does not fit
    turns all of them upright. Returns the drawing and the height where the columns begin.
    """
    places = [((left + right) / 2, right - left) for left, right in pairwise(edges)]
    below = [
        (x, wrap(note, _NOTE.size, room - 6)) for note, (x, room) in zip(notes, places, strict=False) if note
    ]
    note_height = max((len(note) for _, note in below), default=0) * _NOTE.size * LINE
    fits = all(_longest_word(title) <= room - 6 for title, (_, room) in zip(titles, places, strict=True))
    heads, height = (_level if fits else _upright)(titles, places)
    parts = [f'<g transform="translate(0 {px(height)})">{heads}</g>']
    for x, note in below:
        parts.append(lines_of_text(x, height + 3 + len(note) * _NOTE.size * LINE / 2, note, _NOTE))
    return "".join(parts), height + note_height + 8


def _longest_word(title: str) -> float:
    return max((text_width(word, _TITLE.size, bold=True) for word in title.split()), default=0.0)


def _level(titles: Sequence[str], places: Sequence[tuple[float, float]]) -> tuple[str, float]:
    parts, height = [], 0.0
    for title, (x, room) in zip(titles, places, strict=True):
        lines = wrap(title, _TITLE.size, room - 6, bold=True)
        deep = len(lines) * _TITLE.size * LINE
        parts.append(lines_of_text(x, -deep / 2, lines, _TITLE))
        height = max(height, deep)
    return "".join(parts), height


def _upright(titles: Sequence[str], places: Sequence[tuple[float, float]]) -> tuple[str, float]:
    parts, height = [], 0.0
    for title, (x, room) in zip(titles, places, strict=True):
        rows = max(int(room / (_UPRIGHT.size * LINE)), 1)
        long = max(_LONGEST, text_width(title, _UPRIGHT.size, bold=True) / rows * 1.25)
        lines = wrap(title, _UPRIGHT.size, long, bold=True)
        turned = lines_of_text(0, 0, lines, _UPRIGHT)
        parts.append(f'<g transform="translate({px(x)} -3) rotate(-90)">{turned}</g>')
        height = max(height, widest(lines, _UPRIGHT.size, bold=True))
    return "".join(parts), height + 4
