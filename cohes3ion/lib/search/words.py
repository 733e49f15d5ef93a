"""Words as they are compared: lower case, without accents, the same on every database."""

import re
import unicodedata
from itertools import accumulate

# Letters that are no plain letter with an accent.
_PLAIN = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ĸ": "k",
    }
)
WORD = re.compile(r"[^\W_]+")
# A longer "word" is none; both sides of a comparison end here.
LONGEST = 60
# Distinct words kept of one text, in characters: PostgreSQL takes a megabyte.
MOST = 200_000


def search_text(text: str) -> str:
    """Lower case without accents, so that "Malopolska" finds "Małopolska"; for names and what is typed."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN)).casefold()
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def words_of(text: str) -> list[str]:
    """The words of a text in its order, as they are compared."""
    return [word[:LONGEST] for word in WORD.findall(search_text(text))]


def wanted_words(typed: str) -> tuple[str, ...]:
    """What somebody looks for: each word once. Every other sign only parts words."""
    return tuple(dict.fromkeys(words_of(typed)))


def words_or_signs(typed: str) -> tuple[str, str]:
    """What was typed, as something to look for or, without a letter or digit, as something that is none."""
    return (typed, "") if wanted_words(typed) else ("", typed)


def kept_words(*texts: str) -> str:
    """The distinct words of texts in alphabetical order, with a space around each; of a book the first."""
    words = dict.fromkeys(word for text in texts for word in words_of(text))
    ends = accumulate(len(word) + 1 for word in words)
    kept = (word for word, end in zip(words, ends, strict=True) if end <= MOST)
    return f" {' '.join(sorted(kept))} "
