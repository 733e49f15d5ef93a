"""Values of a file from anybody: what every database keeps, and the shape of each field. Pure."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from governance.asking.checks import is_storable
from governance.asking.problems import Problem, gettext_noop

DEEP = 20
LARGEST = 10**15
LANGUAGE_LENGTH = 10
TITLE_LENGTH = 200
SCOPES = ("region", "unit")
TEXT = gettext_noop("This text contains characters that cannot be stored. Type it again.")
NUMBER = gettext_noop("This number cannot be stored: it is too large, or none.")
TRANSLATIONS = gettext_noop("Translations are texts by language and field, as an export writes them.")
NESTED = gettext_noop("The values stand inside each other too deeply.")


def check_values(value: Any, *, path: str = "", depth: int = 0) -> list[Problem]:
    """Texts without control characters and numbers of a usual size, everywhere in the value."""
    if depth > DEEP:
        return [Problem(code="nested", text=NESTED, path=path)]
    if isinstance(value, str):
        return [] if is_storable(value) else [Problem(code="characters", text=TEXT, path=path)]
    if isinstance(value, float) and not math.isfinite(value):
        return [Problem(code="number", text=NUMBER, path=path)]
    if isinstance(value, int) and abs(value) >= LARGEST:
        return [Problem(code="number", text=NUMBER, path=path)]
    if isinstance(value, Mapping):
        rows = [*((key, path) for key in value), *((part, join(path, key)) for key, part in value.items())]
    elif isinstance(value, list):
        rows = [(part, join(path, number)) for number, part in enumerate(value, start=1)]
    else:
        return []
    return [problem for part, place in rows for problem in check_values(part, path=place, depth=depth + 1)]


def join(path: str, step: Any) -> str:
    return f"{path}.{step}" if path else str(step)[:60]


def check_head(definition: Mapping[str, Any]) -> Iterator[Problem]:
    """What stands above the sections."""
    if not isinstance(definition.get("title", ""), str):
        text = gettext_noop("“%(name)s” must be a text that can be stored.")
        yield Problem(code="text", text=text, params={"name": "title"}, path="title")
    language = definition.get("language") or "en"
    if not isinstance(language, str) or not 2 <= len(language) <= LANGUAGE_LENGTH:
        text = gettext_noop("Write the language as a code like “en” or “pl”.")
        yield Problem(code="language", text=text, path="language")
    yield from check_head_translations(definition.get("translations", {}))


def check_head_translations(translations: Any) -> Iterator[Problem]:
    """The title by language. Shipped packages keep the words of their scale there too."""
    if not isinstance(translations, Mapping) or not all(
        isinstance(texts, Mapping) and isinstance(texts.get("title", ""), str)
        for texts in translations.values()
    ):
        yield Problem(code="translations", text=TRANSLATIONS, path="translations")
        return
    for code, texts in translations.items():
        if len(texts.get("title", "")) > TITLE_LENGTH:
            text = gettext_noop("Write “%(name)s” in at most %(limit)s characters.")
            params = {"name": f"title ({str(code)[:10]})", "limit": TITLE_LENGTH}
            yield Problem(code="length", text=text, params=params, path="translations")


def check_section(section: Mapping[str, Any]) -> Iterator[Problem]:
    minutes = section.get("minutes", 5)
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 0 <= minutes <= 600:
        text = gettext_noop("“%(name)s” must be a whole number from %(low)s to %(high)s.")
        params = {"name": "minutes", "low": 0, "high": 600}
        yield Problem(code="minutes", text=text, params=params, path="minutes")
    yield from check_translations(section.get("translations", {}))


def check_fields(question: Mapping[str, Any]) -> Iterator[Problem]:
    """The kinds of value that the fields of a question hold, whatever its type."""
    scope = question.get("scope", "region")
    if scope not in SCOPES:
        text = gettext_noop("“scope” is “region” or “unit”.")
        yield Problem(code="scope", text=text, path="scope")
    elif question.get("core") and scope != "region":
        text = gettext_noop("Stakeholders are asked about the region only: change one of the two.")
        yield Problem(code="core_scope", text=text, path="scope")
    for name in ("rubric", "evidence_examples"):
        texts = question.get(name, [])
        # The annexes name their steps by the code of the choice.
        texts = list(texts.values()) if name == "rubric" and isinstance(texts, Mapping) else texts
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            text = gettext_noop("“%(name)s” must be a list of texts.")
            yield Problem(code="list", text=text, params={"name": name}, path=name)
    yield from check_translations(question.get("translations", {}))


def check_translations(translations: Any) -> Iterator[Problem]:
    """By language: texts, a list of steps, and texts by code inside "settings" and "messages"."""
    shaped = isinstance(translations, Mapping) and all(
        isinstance(texts, Mapping) and all(is_translation(name, text) for name, text in texts.items())
        for texts in translations.values()
    )
    if not shaped:
        yield Problem(code="translations", text=TRANSLATIONS, path="translations")


def is_translation(name: Any, text: Any) -> bool:
    if name == "machine":
        return isinstance(text, bool)
    if name in ("rubric", "evidence_examples"):
        return isinstance(text, list) and all(isinstance(step, str) for step in text)
    if name == "messages":
        return isinstance(text, Mapping) and all(isinstance(part, str) for part in text.values())
    if name == "settings":
        return isinstance(text, Mapping) and all(is_label(part) for part in text.values())
    return isinstance(text, str)


def is_label(part: Any) -> bool:
    """A text, or texts by the codes of choices, in a matrix also by those of its columns."""
    if isinstance(part, Mapping):
        return all(
            isinstance(label, str)
            or (isinstance(label, Mapping) and all(isinstance(text, str) for text in label.values()))
            for label in part.values()
        )
    return isinstance(part, str)
