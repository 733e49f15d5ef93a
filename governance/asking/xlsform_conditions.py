"""Expressions of XLSForm (relevant, constraint) as conditions and settings, where they are simple enough."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from governance.asking.conditions import DEPTH as DEEPEST
from governance.asking.conditions import MOST_PARTS, parts_of
from governance.asking.plain_values import LARGEST

TOKEN = re.compile(
    r"\s*(?:(?P<name>\$\{[^}]+\}|\.\./[\w.-]+)|(?P<text>'[^']*'|\"[^\"]*\"|‘[^’]*’)|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<sign><=|>=|!=|=|<|>|\(|\)|,)|(?P<word>[A-Za-z][\w-]*(?:\(\))?)|(?P<dot>\.))"
)
DEPTH = 4
Made = dict[str, Any]


class TooComplex(Exception):
    """The expression says more than a condition here can."""


@dataclass(frozen=True, kw_only=True)
class About:
    """The question a comparison names. `options`: our code of each choice by its name in the form."""

    kind: str
    options: Mapping[str, str] | None = None


NOTHING = About(kind="")


class Tokens:
    def __init__(self, text: str) -> None:
        self.items: list[tuple[str, str]] = []
        place, text = 0, text.strip()
        while place < len(text):
            found = TOKEN.match(text, place)
            if not found or not found.lastgroup:
                raise TooComplex
            self.items.append((found.lastgroup, found[found.lastgroup]))
            place = found.end()

    def peek(self) -> tuple[str, str]:
        return self.items[0] if self.items else ("end", "")

    def take(self, *wanted: str) -> tuple[str, str]:
        kind, text = self.peek()
        if wanted and kind not in wanted and text not in wanted:
            raise TooComplex
        self.items = self.items[1:]
        return kind, text


@dataclass(frozen=True, kw_only=True)
class Names:
    """What an expression may name: our code of “x” or “../x”, and what kind of question it is."""

    code_of: Callable[[str], str | None]
    about: Mapping[str, About]


def read_condition(
    text: str, *, code_of: Callable[[str], str | None], about: Mapping[str, About] | None = None
) -> Made:
    """A relevance as a condition. `code_of`: our code of a question's name. Raises TooComplex.

    A comparison with several choices carries "whole": there all that was chosen is compared, here one of it.
    """
    names = Names(code_of=code_of, about=about or {})
    tokens = Tokens(text)
    if [token for _kind, token in tokens.items] in (["true()"], ["yes"], ["true", "(", ")"]):
        return {}
    made = _either(tokens, names, 0)
    if tokens.peek()[0] != "end":
        raise TooComplex
    return made


def met_by_silence(made: Made) -> list[str]:
    """The questions whose comparison holds in XLSForm while they have no answer, and never does here.

    There nothing is different from everything, so `!=` holds; not where the rest needs an answer anyway.
    """
    if "question" in made:
        return [made["question"]] if made["op"] == "!=" else []
    parts = [*made.get("all", []), *made.get("any", [])]
    answered = {part["question"] for part in made.get("all", []) if part.get("op", "!=") != "!="}
    found = dict.fromkeys(code for part in parts for code in met_by_silence(part))
    return [code for code in found if code not in answered]


def _joined(word: str, tokens: Tokens, part: Callable[[], Made]) -> Made:
    parts = [part()]
    while tokens.peek() == ("word", word):
        tokens.take()
        parts.append(part())
    return parts[0] if len(parts) == 1 else {"any" if word == "or" else "all": parts}


def _either(tokens: Tokens, names: Names, depth: int) -> Made:
    if depth > DEPTH:
        raise TooComplex
    return _joined(
        "or", tokens, lambda: _joined("and", tokens, lambda: _comparison(tokens, names, depth + 1))
    )


def _comparison(tokens: Tokens, names: Names, depth: int) -> Made:
    kind, word = tokens.peek()
    if word == "(":
        tokens.take()
        inner = _either(tokens, names, depth)
        tokens.take(")")
        return inner
    if kind == "word" and word in ("selected", "not", "string-length", "count-selected"):
        return _called(word, tokens, names, depth)
    code = known(tokens.take("name")[1], names.code_of)
    sign = tokens.take("sign")[1]
    if sign in "(),":
        raise TooComplex
    kind, text = _operand(tokens)
    return _compared(code, sign, kind, text, names.about.get(code, NOTHING))


def _operand(tokens: Tokens) -> tuple[str, str]:
    """A text, a number or date('2026-03-01')."""
    if tokens.peek() == ("word", "date"):
        tokens.take()
        tokens.take("(")
        found = tokens.take("text")
        tokens.take(")")
    else:
        found = tokens.take("text", "number")
    kind, text = found
    return kind, text[1:-1] if kind == "text" else text


def _called(word: str, tokens: Tokens, names: Names, depth: int) -> Made:
    tokens.take()
    tokens.take("(")
    if word == "not":
        inner = _either(tokens, names, depth)
        tokens.take(")")
        if inner.get("op") == "=":
            return {**inner, "op": "!="}
        if inner.get("op") == "!=":
            return {**inner, "op": "="}
        raise TooComplex
    code = known(tokens.take("name")[1], names.code_of)
    if word == "selected":
        tokens.take(",")
        _kind, text = _operand(tokens)
        tokens.take(")")
        options = names.about.get(code, NOTHING).options or {}
        return {"question": code, "op": "=", "value": options.get(text, text)}
    tokens.take(")")
    if (tokens.take("sign")[1], tokens.take("number")[1]) not in ((">", "0"), ("!=", "0"), (">=", "1")):
        raise TooComplex
    return {"question": code, "op": "answered"}


def known(name: str, code_of: Callable[[str], str | None]) -> str:
    """Our code of “${x}”, looked up as “x”, or of “../x”, looked up as it stands."""
    code = code_of(name.strip("${} "))
    if code is None:
        raise TooComplex
    return code


def _compared(code: str, sign: str, kind: str, text: str, asked: About) -> Made:
    """A comparison as the form means it, by the type of the question it names."""
    if text == "":
        if sign != "!=":
            raise TooComplex
        return {"question": code, "op": "answered"}
    if asked.options is not None:
        return _chosen(code, sign, text, asked)
    value: str | int | float = text
    if kind == "number" and asked.kind not in ("short_text", "long_text"):
        value = _number(text)
    if not _fits(value, sign, asked):
        raise TooComplex
    if sign in (">=", "<="):
        parts = [{"question": code, "op": op, "value": value} for op in (sign[0], "=")]
        return {"any": parts}
    return {"question": code, "op": sign, "value": value}


def _number(text: str) -> int | float:
    number = float(text) if "." in text else int(text)
    if abs(number) >= LARGEST:
        raise TooComplex
    return number


def _fits(value: str | int | float, sign: str, asked: About) -> bool:
    """Whether the comparison says here what it says there: texts have no order, days are written as days."""
    if asked.kind == "date":
        return isinstance(value, str) and _is_day(value)
    if asked.kind == "number" and isinstance(value, str):
        return re.fullmatch(r"-?\d+(\.\d+)?", value) is not None
    return asked.kind not in ("short_text", "long_text") or sign in ("=", "!=")


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _chosen(code: str, sign: str, text: str, asked: About) -> Made:
    """A comparison with choices: their names are ours by now, and have an order only as numbers."""
    options = asked.options or {}
    if asked.kind == "multiple_choice":
        if sign not in ("=", "!=") or text not in options:
            raise TooComplex
        return {"question": code, "op": sign, "value": options[text], "whole": True}
    if sign in ("=", "!="):
        return {"question": code, "op": sign, "value": options.get(text, text)}
    fitting = [ours for name, ours in options.items() if _is_beyond(name, sign, text)]
    if not fitting:
        raise TooComplex
    return {"question": code, "op": "in", "value": fitting}


def _is_beyond(name: str, sign: str, text: str) -> bool:
    try:
        one, other = float(name), float(text)
    except ValueError:
        return False
    return {">": one > other, "<": one < other, ">=": one >= other, "<=": one <= other}[sign]


def joined_rules(rules: list[Made]) -> Made:
    """Several conditions that must all be met, as one. Raises TooComplex: too many, or too deep."""
    flat = [part for rule in rules for part in rule.get("all", [rule])]
    made = flat[0] if len(flat) == 1 else {"all": flat}
    if len(flat) > MOST_PARTS or _depth(made) > DEEPEST or len(list(parts_of(made))) > MOST_PARTS:
        raise TooComplex
    return made


def _depth(made: Made) -> int:
    return max((1 + _depth(part) for name in ("all", "any") for part in made.get(name, [])), default=0)


def without_marks(made: Made) -> tuple[Made, list[str]]:
    """The condition as it is kept, and the questions of which the form compares all choices at once."""
    whole: dict[str, None] = {}

    def plain(part: Made) -> Made:
        if part.get("whole"):
            whole[part["question"]] = None
        found = {name: value for name, value in part.items() if name != "whole"}
        return found | {name: [plain(one) for one in part[name]] for name in ("all", "any") if name in part}

    return plain(made), list(whole)


LIMIT = re.compile(
    r"\.\s*(?P<sign><=|>=|<|>|=)\s*(?P<number>-?\d+(?:\.\d+)?)"
    r"|\.\s*(?P<dsign><=|>=)\s*(?:date\()?['\"](?P<date>\d{4}-\d{2}-\d{2})['\"]\)?"
    r"|string-length\(\s*\.\s*\)\s*(?P<lsign><=|<)\s*(?P<length>\d+)"
    r"|count-selected\(\s*\.\s*\)\s*(?P<csign><=|>=|<|>|=)\s*(?P<count>\d+)"
)
ALONE = re.compile(
    r"not\(\s*selected\(\s*\.\s*,\s*['\"](?P<code>[^'\"]+)['\"]\s*\)\s*and\s*count-selected\(\s*\.\s*\)\s*>\s*1\s*\)"
)


def read_constraint(text: str, *, type: str, whole: bool = False) -> Made:
    """Settings (min, max, max_length, min_choices, max_choices) or {"alone": code}. Raises TooComplex."""
    found: Made = {}
    for part in re.split(
        r"\s+and\s+(?![^()]*\))",
        text.strip().removeprefix("(").removesuffix(")") if text.strip().startswith("(.") else text.strip(),
    ):
        alone = ALONE.fullmatch(part)
        if alone and type == "multiple_choice":
            found["alone"] = alone["code"]
            continue
        limit = LIMIT.fullmatch(part.strip("() ") if "(" not in part.strip("() ") else part.strip())
        if limit is None:
            raise TooComplex
        found |= _limit_of(limit.groupdict(), type=type, whole=whole)
    return found


def _limit_of(part: Mapping[str, str | None], *, type: str, whole: bool) -> Made:
    if part["number"] is not None and type == "number":
        return _number_limit(str(part["sign"]), part["number"], whole=whole)
    if part["date"] and type == "date":
        return {"max" if part["dsign"] == "<=" else "min": part["date"]}
    if part["length"] and type in ("short_text", "long_text"):
        return {"max_length": int(part["length"]) - (part["lsign"] == "<")}
    if part["count"] and type == "multiple_choice":
        count, sign = int(part["count"]), str(part["csign"])
        both = {"min_choices": count, "max_choices": count}
        one = (
            {"max_choices": count - (sign == "<")} if "<" in sign else {"min_choices": count + (sign == ">")}
        )
        return both if sign == "=" else one
    raise TooComplex


def _number_limit(sign: str, text: str, *, whole: bool) -> Made:
    value = _number(text)
    if sign in ("<", ">"):
        if not whole or not isinstance(value, int):
            raise TooComplex  # an open end: the limit itself may not be answered
        value += 1 if sign == ">" else -1
    if sign == "=":
        return {"min": value, "max": value}
    return {"max" if "<" in sign else "min": value}
