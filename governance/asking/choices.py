"""One choice or several from a list of the question's own."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from governance.asking.base import KINDS, Column, QuestionType, Reader
from governance.asking.checks import cell_text, check_order, check_whole
from governance.asking.problems import OPTION, Problem, Refused, Settings, gettext_noop, wrong_type

CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
MOST = 200
# What a cell of a spreadsheet says about one option.
CHOSEN, NOT_CHOSEN = (1, "1", "x", "true", "yes"), (0, "0", "", "-", "false", "no")


def check_options(options: Any, *, name: str) -> list[Problem]:
    """A list of {code, label} with stable codes: for choices, rows and columns."""
    if not isinstance(options, list) or not 1 <= len(options) <= MOST:
        text = gettext_noop("“%(name)s” needs 1 to %(most)s entries.")
        return [Problem(code="options", text=text, params={"name": name, "most": MOST}, path=name)]
    found = []
    seen: set[str] = set()
    for place, option in enumerate(options, start=1):
        code = option.get("code") if isinstance(option, dict) else None
        label = option.get("label") if isinstance(option, dict) else None
        path = f"{name}.{place}"
        if not isinstance(code, str) or not CODE.fullmatch(code) or code in KINDS:
            text = gettext_noop("Entry %(place)s of “%(name)s” needs a code of letters, digits, - and _.")
            found.append(Problem(code="code", text=text, params={"place": place, "name": name}, path=path))
        elif code in seen:
            text = gettext_noop("The code “%(code)s” stands twice in “%(name)s”.")
            found.append(Problem(code="twice", text=text, params={"code": code, "name": name}, path=path))
        if not isinstance(label, str) or not label.strip() or len(label) > 300:
            text = gettext_noop("Entry %(place)s of “%(name)s” needs a text of at most 300 characters.")
            found.append(Problem(code="label", text=text, params={"place": place, "name": name}, path=path))
        told = option.get("help", "") if isinstance(option, dict) else ""
        if not isinstance(told, str):
            text = gettext_noop("“%(name)s” must be a text that can be stored.")
            found.append(Problem(code="text", text=text, params={"name": "help"}, path=path))
        seen.add(str(code))
    return found


def labels_of(settings: Settings, name: str = "choices") -> dict[str, str]:
    return {option["code"]: option["label"] for option in settings.get(name, [])}


def unknown_code(typed: str, labels: Mapping[str, str]) -> Problem:
    text = gettext_noop("Write one of these codes: %(codes)s (you wrote %(typed)s).")
    codes = ", ".join(list(labels)[:12]) + (" …" if len(labels) > 12 else "")
    return Problem(code="option_code", text=text, params={"codes": codes, "typed": typed[:40]})


class SingleChoice(QuestionType):
    key = "single_choice"
    label = gettext_noop("One choice")
    control = "radios"
    small = True
    setting_names: tuple[str, ...] = ("choices",)

    def check_settings(self, settings: Settings) -> list[Problem]:
        return super().check_settings(settings) + check_options(settings.get("choices"), name="choices")

    def check(self, value: Any, *, settings: Settings, reader: Reader) -> Any:
        if not isinstance(value, str):
            raise wrong_type()
        if value not in labels_of(settings):
            raise Refused(Problem(code="option", text=OPTION, tampered=True))
        return value

    def show(self, value: Any, *, settings: Settings, reader: Reader) -> str:
        return "" if value is None else labels_of(settings).get(value, str(value))

    def columns(self, name: str, *, label: str, settings: Settings) -> list[Column]:
        return [Column(name=name, label=label, labels=labels_of(settings))]

    def take(self, cells: Sequence[Any], *, settings: Settings, reader: Reader) -> Any:
        """The code, or the label as the question shows it."""
        typed, labels = cell_text(cells[0]).strip(), labels_of(settings)
        if not typed or typed in labels:
            return typed or None
        same = [
            code for code, label in labels.items() if typed.casefold() in (code.casefold(), label.casefold())
        ]
        if len(same) != 1:
            raise Refused(unknown_code(typed, labels))
        return same[0]


class MultipleChoice(SingleChoice):
    """Several choices. One with "exclusive": true ("None of these") stands alone."""

    key = "multiple_choice"
    label = gettext_noop("Several choices")
    control = "checks"
    shape = "list"
    many = True
    small = False
    setting_names: tuple[str, ...] = ("choices", "min_choices", "max_choices")

    def check_settings(self, settings: Settings) -> list[Problem]:
        found = super().check_settings(settings)
        for name in ("min_choices", "max_choices"):
            found += check_whole(settings, name, low=1, high=MOST)
        return found or check_order(settings.get("min_choices"), settings.get("max_choices"))

    def parse(self, sent: Sequence[str], *, settings: Settings, reader: Reader) -> Any:
        given = [code for code in sent if code]
        return self.check(given, settings=settings, reader=reader) if given else None

    def check(self, value: Any, *, settings: Settings, reader: Reader) -> Any:
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            raise wrong_type()
        labels = labels_of(settings)
        if any(code not in labels for code in value):
            raise Refused(Problem(code="option", text=OPTION, tampered=True))
        chosen = [code for code in labels if code in set(value)]
        alone = [o for o in settings["choices"] if o.get("exclusive") and o["code"] in chosen]
        if alone and len(chosen) > 1:
            text = gettext_noop("Choose “%(label)s” or other options, not both.")
            raise Refused(Problem(code="exclusive", text=text, params={"label": alone[0]["label"]}))
        most, least = settings.get("max_choices"), settings.get("min_choices")
        if most and len(chosen) > most:
            text = gettext_noop("Choose at most %(limit)s (you chose %(n)s).")
            raise Refused(Problem(code="max_choices", text=text, params={"limit": most, "n": len(chosen)}))
        if least and chosen and len(chosen) < least and not alone:
            text = gettext_noop("Choose at least %(limit)s (you chose %(n)s).")
            raise Refused(Problem(code="min_choices", text=text, params={"limit": least, "n": len(chosen)}))
        return chosen or None

    def raw(self, value: Any, *, settings: Settings, reader: Reader) -> list[str]:
        return list(value or [])

    def show(self, value: Any, *, settings: Settings, reader: Reader) -> str:
        labels = labels_of(settings)
        return ", ".join(labels.get(code, code) for code in value or [])

    def columns(self, name: str, *, label: str, settings: Settings) -> list[Column]:
        return [
            Column(name=f"{name}_{option['code']}", label=f"{label}: {option['label']}", kind="number")
            for option in settings.get("choices", [])
        ]

    def cells(self, value: Any, *, settings: Settings) -> list[Any]:
        """1 chosen, 0 not chosen, None where nothing was answered."""
        codes = [option["code"] for option in settings.get("choices", [])]
        return [None if value is None else int(code in value) for code in codes]

    def take(self, cells: Sequence[Any], *, settings: Settings, reader: Reader) -> Any:
        """1 or x for what is chosen; 0, nothing or another sign of no for the rest."""
        marks = [
            cell if isinstance(cell, int | float) else str(cell or "").strip().casefold() for cell in cells
        ]
        wrong = next((str(mark) for mark in marks if mark not in (*CHOSEN, *NOT_CHOSEN)), None)
        if wrong is not None:
            text = gettext_noop("Write 1 for what is chosen and 0 for what is not (you wrote %(typed)s).")
            raise Refused(Problem(code="mark", text=text, params={"typed": wrong[:40]}))
        codes = [option["code"] for option in settings.get("choices", [])]
        chosen = [code for code, mark in zip(codes, marks, strict=True) if mark in CHOSEN]
        return self.check(chosen, settings=settings, reader=reader) if chosen else None


SINGLE_CHOICE = SingleChoice()
MULTIPLE_CHOICE = MultipleChoice()
