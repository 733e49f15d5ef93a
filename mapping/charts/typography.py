"""How wide a text will be in Inter, and where to break it.

Charts are drawn without a browser, so the room a label takes is worked out here. The widths are Inter's own,
in thousandths of the type size, rounded up: a label may get a little too much room, never too little.
"""

import unicodedata
from functools import lru_cache

_CHARACTERS_BY_WIDTH = {
    200: "⁄",
    230: "′",
    250: "ijlıłіј‚",
    270: "I¸ΙІ‘’",
    280: "¦ι",
    290: " !,.:¡··",
    300: "'",
    310: ";¹",
    330: "`t´ŧ",
    340: "|ľ",
    360: "ŀ",
    370: "()/[\\]",
    380: "frť",
    390: "ƒ‹›",
    410: "1Ί",
    430: "{}„",
    440: "г",
    450: "²³“”″ℓ",
    460: "-_ª°",
    470: '"τт',
    480: "^¯",
    490: "º",
    500: "з–",
    510: "*ζ",
    520: "?¿",
    530: "sĸκѕ",
    540: "ε",
    550: "kx¥кх",
    560: "zξья",
    570: "7Lavy§Ŀγςχаву•",
    580: "Jc¢ΓЈГлсчэє",
    590: "e«µ»ðδμνенпџ",
    600: "5Fhnou¨øħŁŋβηουбиоцђћ",
    610: "2E¶ΕπЕ",
    620: "38bdgpq£ßþđρЗдр™",
    630: "69ZΖθσУ",
    640: "#0PÞΡР",
    650: "$&4RSTŦΤλЅБТЬЯъ",
    660: "BΒΞВ",
    670: "+<=>~¬®±×÷α€−",
    680: "KYΚΥК",
    690: "AVXΑΔΛΣΧАХф",
    710: "ďЧ",
    730: "D¤φЏЦ",
    740: "CÐĐΈЄСЭы",
    750: "GHUΗΠЛНП",
    760: "NŊΝИ",
    770: "OQØΘΟО",
    780: "ĦΩψм",
    810: "¼ω",
    820: "wДЪж",
    830: "Фш",
    840: "щ↑↓",
    850: "½Ђю",
    870: "Ό…",
    880: "mΎΏΨ",
    890: "¾ΉΦЋЫ",
    900: "њ",
    910: "MΜМ",
    920: "©æ",
    930: "љ",
    960: "ЖШ",
    970: "@",
    980: "Щ",
    990: "%W",
    1000: "Æœ—",
    1010: "Œ",
    1020: "Ю",
    1100: "№",
    1120: "Љ",
    1130: "Њ",
}
_WIDTHS = {character: width for width, characters in _CHARACTERS_BY_WIDTH.items() for character in characters}
_UNKNOWN = 1000
_BOLD = 1.06
LINE = 1.29


@lru_cache(maxsize=2048)
def _character_width(character: str) -> int:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Cc"}:
        return 0
    base = unicodedata.normalize("NFKD", character)[0]
    return _WIDTHS.get(base, _UNKNOWN)


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in pixels of one line of text at a type size.

    Example
    -------
    >>> text_width("Gap", 10)
    19.4
    """
    width = sum(map(_character_width, text)) * size / 1000
    return round(width * _BOLD if bold else width, 2)


def _pieces(word: str, size: float, room: float, bold: bool) -> list[str]:
    """Cut a word that is wider than its line; each cut gets a hyphen."""
    if text_width(word, size, bold=bold) <= room:
        return [word]
    pieces, piece = [], ""
    for character in word:
        if len(piece) > 1 and text_width(f"{piece}{character}-", size, bold=bold) > room:
            pieces.append(f"{piece}-")
            piece = ""
        piece += character
    return [*pieces, piece]


def _fill(words: list[str], size: float, room: float, bold: bool) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=4096)
def wrap(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break a text into lines no wider than `room`, as even as they can be.

    The number of lines is the smallest possible; among the breaks with that number the narrowest is taken, so
    that no single word is left on a last line. A word wider than the room is cut with a hyphen. An empty text
    is one empty line.

    Example
    -------
    >>> wrap("Involvement of stakeholders", 14, 120)
    ('Involvement of', 'stakeholders')
    """
    words = [piece for word in text.split() for piece in _pieces(word, size, room, bold)]
    lines = _fill(words, size, room, bold)
    if len(lines) < 2:
        return tuple(lines) or ("",)
    low, high = room / 2, room
    for _ in range(5):
        middle = (low + high) / 2
        narrower = _fill(words, size, middle, bold)
        fits = max(text_width(line, size, bold=bold) for line in narrower) <= middle
        if fits and len(narrower) == len(lines):
            lines, high = narrower, middle
        else:
            low = middle
    return tuple(lines)


def widest(lines: tuple[str, ...] | list[str], size: float, *, bold: bool = False) -> float:
    """Width of the widest line; 0 without lines."""
    return max((text_width(line, size, bold=bold) for line in lines), default=0.0)
