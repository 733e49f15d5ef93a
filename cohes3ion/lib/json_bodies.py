"""JSON as the API takes it: strict and limited; each refusal says what is wrong and where."""

import codecs
import json
import math
import unicodedata
from typing import Any

from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import BaseParser

from cohes3ion.lib.characters import is_no_character
from cohes3ion.lib.refusals import Refusal

MOST_BYTES = 1_000_000
MOST_LEVELS = 32
MOST_DIGITS = 40
SHOWN = 60  # of a name that was sent, in the sentence about it


class StrictJSONParser(BaseParser):
    """An object of JSON in UTF-8; everything a database could not keep, or could keep wrongly, is refused."""

    media_type = "application/json"

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        charset = parse_header_parameters(media_type or "")[1].get("charset", "utf-8")
        if charset.lower() not in ("utf-8", "utf8"):
            raise UnsupportedMediaType(media_type)
        coding = getattr(stream, "META", {}).get("HTTP_CONTENT_ENCODING", "").strip().lower()
        if coding not in ("", "identity"):
            sentence = _("A body with Content-Encoding (%(coding)s) is not taken. Send it as it is.")
            raise Refusal(415, "encoding", sentence % {"coding": shown(coding)})
        return read_json(read_body(stream))


def read_body(stream: Any) -> bytes:
    """The body, unless it is larger than it says it may be; no byte is read past the limit."""
    declared = getattr(stream, "META", {}).get("CONTENT_LENGTH") or "0"
    body: bytes = b"" if int(declared) > MOST_BYTES else stream.read(MOST_BYTES + 1)
    if int(declared) > MOST_BYTES or len(body) > MOST_BYTES:
        sentence = _("The body is larger than %(limit)s bytes. Send less at once.")
        raise Refusal(413, "too_large", sentence % {"limit": MOST_BYTES})
    return body


def read_json(body: bytes) -> dict[str, Any]:
    """The object in a body. Raises Refusal (400)."""
    if body.startswith(codecs.BOM_UTF8):
        raise bad("bom", _("The body begins with a byte order mark. Send UTF-8 without it."))
    try:
        text = body.decode()
        value = json.loads(
            text,
            object_pairs_hook=once_each,
            parse_int=whole_number,
            parse_float=decimal_number,
            parse_constant=no_number,
        )
    except UnicodeDecodeError as error:
        sentence = _("The body is not UTF-8: look at byte %(place)s.") % {"place": error.start + 1}
        raise bad("encoding", sentence) from error
    except RecursionError as error:
        raise too_deep() from error
    except json.JSONDecodeError as error:
        sentence = _("The body is not JSON: look at line %(line)s, column %(column)s.")
        raise bad("json", sentence % {"line": error.lineno, "column": error.colno}) from error
    if not isinstance(value, dict):
        raise bad("object", _('The body must be a JSON object, like {} or {"value": 3}.'))
    look_through(value)
    return value


def bad(code: str, sentence: str, path: str = "") -> Refusal:
    return Refusal(400, code, sentence, path=path)


def too_deep() -> Refusal:
    sentence = _("The body is nested too deeply: at most %(limit)s levels.")
    return bad("depth", sentence % {"limit": MOST_LEVELS})


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise bad("twice", _("The key “%(name)s” is given twice.") % {"name": shown(name)}, shown(name))
        found[name] = value
    return found


def whole_number(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        sentence = _("A number has %(n)s digits; at most %(limit)s are taken.")
        raise bad("number", sentence % {"n": len(digits.lstrip("-")), "limit": MOST_DIGITS})
    return int(digits)


def decimal_number(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number) or len(digits) > MOST_DIGITS:
        raise bad("number", _("The number %(number)s is too large or too long.") % {"number": shown(digits)})
    return number


def no_number(word: str) -> None:
    raise bad("number", _("%(word)s is not a number in JSON. Use null for a missing value.") % {"word": word})


def look_through(value: dict[str, Any]) -> None:
    """Keys and texts that cannot be stored, and what is nested too deeply."""
    left: list[tuple[Any, str, int]] = [(value, "", 1)]
    while left:
        item, path, level = left.pop()
        if isinstance(item, str):
            check_text(item, path)
        elif isinstance(item, dict | list):
            if level > MOST_LEVELS:
                raise too_deep()
            inside = item.items() if isinstance(item, dict) else enumerate(item)
            for name, inner in inside:
                check_text(str(name), path)
                left.append((inner, f"{path}.{shown(str(name))}".lstrip("."), level + 1))


def check_text(text: str, path: str) -> None:
    if any(sign == "\0" or unicodedata.category(sign) == "Cs" or is_no_character(sign) for sign in text):
        place = path or _("a key")
        raise bad("characters", _("A character at %(path)s cannot be stored.") % {"path": place}, path)


def shown(text: str) -> str:
    """A name that was sent, short, and without what could break a line of the log."""
    return "".join(sign if sign.isprintable() else "?" for sign in text[:SHOWN])
