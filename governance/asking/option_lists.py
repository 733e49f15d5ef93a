"""Lists of options: choices, rows and columns, one line each, with codes that answers hang on. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from governance.asking.base import KINDS, Reader
from governance.asking.choices import CODE
from governance.asking.choices import MOST as MOST_OPTIONS
from governance.asking.numbers import written
from governance.asking.parts import Part
from governance.asking.problems import OPTION, Problem, Refused, gettext_noop
from governance.asking.shape_values import Around, Flat, clean, indexes, read_a_number, refused

PASTED = -1  # a line that has no inputs of its own
CELLS = ("number", "single_choice", "short_text", "date")


def code_from(label: str, *, taken: set[str], most: int = 40) -> str:
    """A code made from words: "Żywność i leśnictwo" is "zywnosc-i-lesnictwo"."""
    plain = unicodedata.normalize("NFKD", label.lower().replace("ł", "l")).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: most - 4].strip("-") or "option"
    return next(
        code
        for code in (stem, *(f"{stem}-{n}" for n in range(2, MOST_OPTIONS * 2)))
        if code not in taken and code not in KINDS
    )


def read_options(part: Part, sent: Flat, around: Around) -> list[dict[str, Any]]:
    """Lines with a text; a line without a code gets one. Pasted lines come after them."""
    names = ("label", "code", "help", "exclusive")
    lines = [(n, {name: sent.get(f"{n}.{name}", "") for name in names}) for n in indexes(sent)]
    lines += [(PASTED, {"label": line}) for line in sent.get("paste", "").splitlines()]
    lines = [(n, line) for n, line in lines if line["label"].strip()]
    if len(lines) > MOST_OPTIONS:
        text = gettext_noop("There can be at most %(most)s of them (you gave %(n)s).")
        raise refused("options", text, most=MOST_OPTIONS, n=len(lines))
    before = {row["code"]: row for row in around.before or [] if isinstance(row, dict) and "code" in row}
    taken = {line.get("code", "").strip() for _n, line in lines}
    found: list[dict[str, Any]] = []
    for n, line in lines:
        label = " ".join(clean(line["label"], most=300).split())
        code = line.get("code", "").strip() or code_from(label, taken=taken)
        taken.add(code)
        _check_code(code, label, seen=[row["code"] for row in found])
        kept = {key: value for key, value in before.get(code, {}).items() if key not in ("help", "exclusive")}
        row: dict[str, Any] = {**kept, "code": code, "label": label}
        text = clean(line.get("help", ""), most=500)
        row |= {"help": text} if text else {}
        row |= {"exclusive": True} if line.get("exclusive") else {}
        found.append(row | _cell_of(part, sent, n, row, around))
    return found


def _check_code(code: str, label: str, *, seen: list[str]) -> None:
    if not CODE.fullmatch(code) or code in KINDS:
        text = gettext_noop("“%(label)s”: a code has 1 to 40 letters without accents, digits, - and _.")
        raise refused("code", text, label=label)
    if code in seen:
        text = gettext_noop("The code “%(code)s” stands twice. Give each line a code of its own.")
        raise refused("twice", text, code=code)


def _cell_of(part: Part, sent: Flat, n: int, row: dict[str, Any], around: Around) -> dict[str, Any]:
    """What a cell of this column holds; other columns of options hold nothing."""
    if part.shape != "columns":
        return {}
    kind = sent.get(f"{n}.type") or row.get("type") or "number"
    if kind not in CELLS:
        raise Refused(Problem(code="option", text=OPTION, tampered=True))
    settings = dict(row.get("settings", {})) if kind == row.get("type", "number") else {}
    if kind == "number" and n != PASTED:
        settings = {name: value for name, value in settings.items() if name not in ("unit", "min", "max")}
        unit = clean(sent.get(f"{n}.unit", ""), most=30)
        settings |= {"unit": unit} if unit else {}
        for name in ("min", "max"):
            value = read_a_number(part, {"": sent.get(f"{n}.{name}", "")}, around)
            settings |= {} if value is None else {name: value}
    if kind == "single_choice" and n != PASTED:
        settings["choices"] = _choices_of_lines(sent.get(f"{n}.choices", ""), settings.get("choices", []))
    told = {"type": kind} if kind != "number" or "type" in row else {}
    return told | ({"settings": settings} if settings else {})


def _choices_of_lines(text: str, before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One choice a line, with "code | label" where the code matters; a label that stays keeps its code."""
    codes = {str(row.get("label")): str(row.get("code")) for row in before}
    found: list[dict[str, Any]] = []
    for line in text.splitlines():
        code, mark, label = (piece.strip() for piece in line.partition("|"))
        code, label = (code, label) if mark and label else ("", line.strip().strip("|").strip())
        if not label:
            continue
        seen = [row["code"] for row in found]
        code = code or codes.get(label, "") or code_from(label, taken=set(seen))
        label = clean(label, most=300)
        _check_code(code, label, seen=seen)
        found.append({"code": code, "label": label})
    return found


def flat_option(row: Mapping[str, Any], reader: Reader) -> dict[str, str]:
    settings = row.get("settings", {})
    found = {name: str(row.get(name, "")) for name in ("code", "label", "help", "type")}
    found["exclusive"] = "on" if row.get("exclusive") else ""
    found["unit"] = settings.get("unit", "")
    for name in ("min", "max"):
        found[name] = "" if settings.get(name) is None else written(settings[name], reader=reader)
    lines = [f"{choice.get('code')} | {choice.get('label')}" for choice in settings.get("choices", [])]
    found["choices"] = "\n".join(lines)
    return {name: text for name, text in found.items() if text}
