"""Which characters of a text can be kept, and carried by every kind of file that leaves the house."""

import unicodedata

REPLACEMENT = "\ufffd"
# Signs that turn the direction of all that follows, on a line that others write on as well.
TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Letters by their kind that show nothing: fillers of Hangul, and the empty pattern of Braille.
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def is_kept(character: str) -> bool:
    """No control character but line ends and tabs, no half of a pair, no code point that is no character.

    XML allows no U+FFFE and U+FFFF: one of them would make a whole workbook unreadable. A sign of replacement
    stands where bytes were no text: a program sent another encoding, and what was meant is lost already.
    """
    if character in "\n\r\t":
        return True
    if character == REPLACEMENT:
        return False
    return unicodedata.category(character) not in ("Cc", "Cs") and not is_no_character(character)


def is_no_character(character: str) -> bool:
    """One of the 66 code points that Unicode keeps for no character."""
    point = ord(character)
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF


def one_line(text: str) -> str:
    """For a list that others write on as well, such as a mailbox: no line end, nothing that turns its order.

    Arabic and Hebrew need no such sign: their letters have a direction of their own.
    """
    return " ".join(text.translate(TURNS).split())


def well_formed(text: str) -> str:
    """The text with a sign of replacement for each character that cannot be kept."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(sign if is_kept(sign) else REPLACEMENT for sign in text)
