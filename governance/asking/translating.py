"""The texts of a questionnaire that are translated, each with its place, and how many are.

Pure. Translations stand beside their texts: {"pl": {"short": ..., "settings": {"choices": {"yes": ...}}}}.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from governance.asking.parts import LISTS_OF_TEXTS, Part
from governance.asking.plain_values import TITLE_LENGTH
from governance.asking.problems import gettext_noop

SECTION_TEXTS = ("title", "description")
QUESTION_TEXTS = ("short", "question", "text", "plain", "help")
LONG = {"description", "question", "text", "plain", "help", "rubric"}
MOST = {
    "short": 60,
    "title": 120,
    "choices": 300,
    "cells": 300,
    "choice_help": 500,
    "evidence_examples": 300,
    "rows": 300,
    "columns": 300,
    "item": 60,
    "unit": 30,
} | {
    "messages": 300,
    "rubric": 500,
}

# What kind of text it is, for whoever translates it.
WHAT = {
    "title": gettext_noop("Title"),
    "description": gettext_noop("Description"),
    "short": gettext_noop("Short name"),
    "question": gettext_noop("Question"),
    "text": gettext_noop("Statement"),
    "plain": gettext_noop("Statement for stakeholders"),
    "help": gettext_noop("Help"),
    "rubric": gettext_noop("Step"),
    "choices": gettext_noop("Choice"),
    "choice_help": gettext_noop("Small text below a choice"),
    "cells": gettext_noop("Choice in a cell"),
    "evidence_examples": gettext_noop("What counts as evidence"),
    "rows": gettext_noop("Row"),
    "columns": gettext_noop("Column"),
    "item": gettext_noop("Name of one entry"),
    "unit": gettext_noop("Unit"),
    "messages": gettext_noop("Message"),
}


def texts_of(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of a section or question with its place ("settings.choices.yes")."""
    for name in (*SECTION_TEXTS, *QUESTION_TEXTS):
        if row.get(name):
            yield name, str(row[name])
    for name in LISTS_OF_TEXTS:
        texts = row.get(name)
        for n, text in enumerate(texts if isinstance(texts, list) else []):
            if text:
                yield f"{name}.{n}", str(text)
    yield from texts_of_settings(row.get("settings") or {})
    for name, text in (row.get("messages") or {}).items():
        yield f"messages.{name}", str(text)


def texts_of_settings(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Labels of choices, rows and columns, the small texts below choices, choices inside a matrix."""
    for name in ("choices", "rows", "columns"):
        for option in options_in(settings, name):
            yield f"settings.{name}.{option['code']}", str(option["label"])
            if name == "choices" and option.get("help"):
                yield f"settings.choice_help.{option['code']}", str(option["help"])
            for choice in options_in(option.get("settings") or {}, "choices"):
                yield f"settings.cells.{option['code']}.{choice['code']}", str(choice["label"])
    for name in ("item", "unit"):
        if settings.get(name):
            yield f"settings.{name}", str(settings[name])


def options_in(settings: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    given = settings.get(name)
    rows = given if isinstance(given, list) else []
    return [row for row in rows if isinstance(row, Mapping) and row.get("label") and row.get("code")]


def translation_of(row: Mapping[str, Any], *, language: str, place: str) -> str:
    found: Any = (row.get("translations") or {}).get(language)
    for step in place.split("."):
        if isinstance(found, list):
            found = found[int(step)] if step.isdigit() and int(step) < len(found) else None
        else:
            found = found.get(step) if isinstance(found, Mapping) else None
    return str(found or "")


def completeness(rows: list[Mapping[str, Any]], *, language: str) -> tuple[int, int]:
    """How many texts are translated, of how many."""
    places = [(row, place) for row in rows for place, _text in texts_of(row)]
    done = sum(bool(translation_of(row, language=language, place=place)) for row, place in places)
    return done, len(places)


def languages_of(rows: list[Mapping[str, Any]]) -> list[str]:
    """Languages in which at least something stands."""
    return sorted({code for row in rows for code in (row.get("translations") or {})})


def head_translations(definition: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The title of a questionnaire by language, from its JSON form."""
    found = {}
    for language, texts in (definition.get("translations") or {}).items():
        if texts.get("title"):
            machine = {"machine": True} if texts.get("machine") else {}
            found[str(language)] = {"title": str(texts["title"])[:TITLE_LENGTH], **machine}
    return found


def text_part(place: str, text: str, *, language: str, most: int = 0) -> Part:
    """The part of a row that holds this translation."""
    first, _dot, rest = place.partition(".")
    key = rest.partition(".")[0] if first == "settings" else first
    return Part(
        name=f"translations.{language}.{place}",
        shape="area" if first in LONG or len(text) > 120 else "line",
        label=text,
        hint=WHAT.get(key, ""),
        most=most or MOST.get(key, 5000 if key in ("help", "description") else 2000),
        place="translation",
    )


def translation_parts(row: Mapping[str, Any], *, language: str) -> list[Part]:
    """A part for each text of a row, and one that says a machine wrote them where it did."""
    most = int(row.get("most", 0))
    found = [text_part(place, text, language=language, most=most) for place, text in texts_of(row)]
    if translation_of(row, language=language, place="machine"):
        label = gettext_noop("Translated by a machine, not read by anybody yet")
        found.append(Part(name=f"translations.{language}.machine", shape="flag", label=label))
    return found
