"""Expressions of XLSForm (relevant, constraint) as conditions and settings, where they are simple enough."""

import re
from collections.abc import Callable, Mapping
from typing import Any

TOKEN = re.compile(
    r"\s*(?:(?P<name>\$\{[^}]+\}|\.\./[\w.-]+)|(?P<text>'[^']*'|\"[^\"]*\"|‘[^’]*’)|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<sign><=|>=|!=|=|<|>|\(|\)|,)|(?P<word>[A-Za-z][\w-]*(?:\(\))?)|(?P<dot>\.))"
)
DEPTH = 4
Made = dict[str, Any]


class TooComplex(Exception):
    """The expression says more than a condition here can."""


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


def read_condition(text: str, *, code_of: Callable[[str], str | None]) -> Made:
    """A relevance as a condition. `code_of`: our code of a question's name. Raises TooComplex."""
    tokens = Tokens(text)
    if [token for _kind, token in tokens.items] in (["true()"], ["yes"], ["true", "(", ")"]):
        return {}
    made = _either(tokens, code_of, 0)
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


def _either(tokens: Tokens, code_of: Callable[[str], str | None], depth: int) -> Made:
    if depth > DEPTH:
        raise TooComplex
    return _joined(
        "or", tokens, lambda: _joined("and", tokens, lambda: _comparison(tokens, code_of, depth + 1))
    )


def _comparison(tokens: Tokens, code_of: Callable[[str], str | None], depth: int) -> Made:
    kind, word = tokens.peek()
    if word == "(":
        tokens.take()
        inner = _either(tokens, code_of, depth)
        tokens.take(")")
        return inner
    if kind == "word" and word in ("selected", "not", "string-length", "count-selected"):
        return _called(word, tokens, code_of, depth)
    code = known(tokens.take("name")[1], code_of)
    sign, (kind, value) = tokens.take("sign")[1], tokens.take("text", "number", "name")
    if kind == "name" or sign in "(),":
        raise TooComplex
    return _compared(code, sign, _literal(kind, value))


def _called(word: str, tokens: Tokens, code_of: Callable[[str], str | None], depth: int) -> Made:
    tokens.take()
    tokens.take("(")
    if word == "not":
        inner = _either(tokens, code_of, depth)
        tokens.take(")")
        if inner.get("op") == "=":
            return {**inner, "op": "!="}
        if inner.get("op") == "!=":
            return {**inner, "op": "="}
        raise TooComplex
    code = known(tokens.take("name")[1], code_of)
    if word == "selected":
        tokens.take(",")
        value = _literal(*tokens.take("text", "number"))
        tokens.take(")")
        return {"question": code, "op": "=", "value": value}
    tokens.take(")")
    if (tokens.take("sign")[1], tokens.take("number")[1]) not in ((">", "0"), ("!=", "0"), (">=", "1")):
        raise TooComplex
    return {"question": code, "op": "answered"}


def known(name: str, code_of: Callable[[str], str | None]) -> str:
    code = code_of(name.removeprefix("../").strip("${} "))
    if code is None:
        raise TooComplex
    return code


def _literal(kind: str, text: str) -> str | int | float:
    if kind == "text":
        return text[1:-1]
    return float(text) if "." in text else int(text)


def _compared(code: str, sign: str, value: str | int | float) -> Made:
    if value == "":
        if sign != "!=":
            raise TooComplex
        return {"question": code, "op": "answered"}
    if sign in (">=", "<="):
        parts = [{"question": code, "op": op, "value": value} for op in (sign[0], "=")]
        return {"any": parts}
    return {"question": code, "op": sign, "value": value}


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
    value = float(text) if "." in text else int(text)
    if sign in ("<", ">"):
        if not whole or not isinstance(value, int):
            raise TooComplex  # an open end: the limit itself may not be answered
        value += 1 if sign == ">" else -1
    if sign == "=":
        return {"min": value, "max": value}
    return {"max" if "<" in sign else "min": value}
