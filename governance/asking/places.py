"""Codes that live outside the question: regions of the exercise, units of the map, code lists."""

from collections.abc import Sequence
from typing import Any

from governance.asking.base import QuestionType, Reader
from governance.asking.checks import cell_text, check_whole, is_storable
from governance.asking.problems import OPTION, Problem, Refused, Settings, gettext_noop, wrong_type

CODE_LISTS = ("nace", "nabs", "ford", "policy")
MOST = 200
NO_CODE = gettext_noop("There is no code “%(code)s” in this list. Check the code and write it again.")


class Listed(QuestionType):
    """One code or, with "many", several; which codes exist is asked of the reader."""

    control = "codes"
    shape = "list"
    many = True
    setting_names: tuple[str, ...] = ("many", "max_choices")

    def check_settings(self, settings: Settings) -> list[Problem]:
        return super().check_settings(settings) + check_whole(settings, "max_choices", low=1, high=MOST)

    def parse(self, sent: Sequence[str], *, settings: Settings, reader: Reader) -> Any:
        given = [code for code in sent if code]
        if not given:
            return None
        if not settings.get("many") and len(given) > 1:
            raise wrong_type()
        return self.check(given, settings=settings, reader=reader)

    def check(self, value: Any, *, settings: Settings, reader: Reader) -> Any:
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            raise wrong_type()
        chosen = list(dict.fromkeys(value))
        limit = settings.get("max_choices") or (MOST if settings.get("many") else 1)
        if len(chosen) > limit:
            text = gettext_noop("Choose at most %(limit)s (you chose %(n)s).")
            raise Refused(Problem(code="max_choices", text=text, params={"limit": limit, "n": len(chosen)}))
        known = reader.known(chosen)
        if any(code not in known for code in chosen):
            raise Refused(Problem(code="option", text=OPTION, tampered=True))
        return chosen or None

    def raw(self, value: Any, *, settings: Settings, reader: Reader) -> list[str]:
        return list(value or [])

    def show(self, value: Any, *, settings: Settings, reader: Reader) -> str:
        known = reader.known(value or [])
        return ", ".join(known.get(code, code) for code in value or [])

    def cells(self, value: Any, *, settings: Settings) -> list[Any]:
        return [None if value is None else " ".join(value)]

    def take(self, cells: Sequence[Any], *, settings: Settings, reader: Reader) -> Any:
        """Codes with spaces, commas or semicolons between them."""
        typed = cell_text(cells[0]).replace(",", " ").replace(";", " ").split()
        known = reader.known(typed) if typed else {}
        wrong = next((code for code in typed if code not in known), None)
        if wrong is not None:
            raise Refused(Problem(code="code", text=NO_CODE, params={"code": wrong[:60]}))
        return self.parse(typed, settings=settings, reader=reader)


class RegionChoice(Listed):
    key = "region"
    label = gettext_noop("Region of the exercise")
    source = "regions"


class UnitChoice(Listed):
    key = "unit"
    label = gettext_noop("Territorial unit of the map")
    source = "units"


class CodeChoice(Listed):
    key = "codes"
    label = gettext_noop("Code of a list (NACE, NABS, FORD, policy)")
    source = "codes"
    # Typed, not ticked: a list has up to a thousand codes.
    control = "text"
    many = False
    setting_names: tuple[str, ...] = ("many", "max_choices", "list")

    def check_settings(self, settings: Settings) -> list[Problem]:
        found = super().check_settings(settings)
        if settings.get("list") not in CODE_LISTS:
            text = gettext_noop("Choose the list: nace, nabs, ford or policy.")
            found.append(Problem(code="setting_list", text=text, path="list"))
        return found

    def parse(self, sent: Sequence[str], *, settings: Settings, reader: Reader) -> Any:
        """Codes as typed, with or without their list, parted by commas, spaces or lines."""
        prefix = f"{settings['list']}:"
        typed = (sent[0] if sent else "").replace(",", " ").replace(";", " ").split()
        given = [code if code.startswith(prefix) else f"{prefix}{code}" for code in typed]
        if not given:
            return None
        if not all(len(code) <= 60 and is_storable(code) for code in given):
            raise Refused(Problem(code="option", text=OPTION))
        known = reader.known(given[:MOST])  # a name in words is no code, and not several
        wrong = next((code for code in given[:MOST] if code not in known), None)
        if wrong is not None:
            raise Refused(Problem(code="code", text=NO_CODE, params={"code": wrong.removeprefix(prefix)}))
        return self.check(given, settings=settings, reader=reader)

    def take(self, cells: Sequence[Any], *, settings: Settings, reader: Reader) -> Any:
        return self.parse([cell_text(cells[0])], settings=settings, reader=reader)

    def raw(self, value: Any, *, settings: Settings, reader: Reader) -> list[str]:
        return [", ".join(code.partition(":")[2] for code in value)] if value else []


REGION = RegionChoice()
UNIT = UnitChoice()
CODES = CodeChoice()
