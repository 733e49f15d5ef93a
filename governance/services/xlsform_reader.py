"""Reads one XLSForm file with pyxform and prints what it found as JSON. A process of its own.

    python -m governance.services.xlsform_reader FILE

The library takes long to load and the file comes from anybody: a web process never imports it, and a file
that needs more than the limits below ends this process and nothing else.
"""

import json
import logging
import re
import resource
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

MOST_MEMORY = 1500 * 1024 * 1024
MOST_SECONDS = 30
TITLE = re.compile(r"(?:form_)?title\s*::?\s*(.+)", re.IGNORECASE)


def read(path: Path) -> dict[str, Any]:
    from pyxform.errors import PyXFormError  # slow import: only this process loads the library
    from pyxform.xls2xform import convert  # slow import

    logging.disable(logging.CRITICAL)
    try:
        book = opened(path)
        cells, sheets = sheets_of(book), [str(name) for name in book.sheet_names or ()]
        titles = translated_titles(book)
        made = convert({part.name: getattr(book, part.name) for part in fields(book)}, validate=False)
    except PyXFormError as refused:
        return {"refused": str(refused)}
    found = {"form": made._pyxform, "cells": cells, "sheets": sheets, "warnings": made.warnings}
    return {**found, "titles": titles}


class Damaged(Exception):
    """The library cannot open the file; its own words for that help nobody."""


def opened(path: Path) -> Any:
    from pyxform.errors import PyXFormError  # slow import
    from pyxform.xls2json_backends import get_xlsform  # slow import

    try:
        return get_xlsform(xlsform=path)
    except PyXFormError as error:
        if path.suffix.lower() != ".md" and "not recognized as a supported type" in str(error):
            raise Damaged from error  # the library tried every kind, and says so in its own words
        raise
    except Exception as error:
        raise Damaged from error


def sheets_of(book: Any) -> dict[str, Any]:
    """Each cell that is not empty with its row, and what the library takes each column for."""
    from pyxform import aliases  # slow import
    from pyxform.parsing.sheet_headers import process_header  # slow import
    from pyxform.question import MultipleChoiceQuestion, Option  # slow import
    from pyxform.survey import Survey  # slow import

    found: dict[str, Any] = {}
    for name, known, kind in (
        ("survey", aliases.survey_header, MultipleChoiceQuestion),
        ("choices", aliases.list_header, Option),
        ("settings", aliases.settings_header, Survey),
    ):
        headers = [header for row in getattr(book, f"{name}_header") or () for header in row]
        slots, grouped = set(kind.get_slot_names()), any("::" in str(header) for header in headers)
        found[name] = {
            "columns": {
                str(header): process_header(str(header), grouped, known, slots)[1] for header in headers
            },
            "rows": [
                [number, {str(key): str(text) for key, text in row.items() if text not in (None, "")}]
                for number, row in enumerate(getattr(book, name) or (), start=2)
                if row
            ],
        }
    return found


def translated_titles(book: Any) -> dict[str, str]:
    """Titles in other languages ("form_title::Polish (pl)"), taken out: the library breaks on them."""
    found: dict[str, str] = {}
    for row in book.settings or ():
        for key in [key for key in row if TITLE.match(str(key))]:
            text = row.pop(key)
            if text not in (None, ""):
                found[TITLE.match(str(key))[1]] = str(text)  # type: ignore[index]
    for header in book.settings_header or ():
        for key in [key for key in header if TITLE.match(str(key))]:
            del header[key]
    return found


def main(path: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    try:
        found = read(Path(path))
    except Damaged:
        found = {"damaged": True}
    except Exception as error:
        # A damaged file breaks the libraries in many ways; each of them is a refusal.
        found = {"refused": f"{type(error).__name__}: {error}"}
    json.dump(found, sys.stdout, default=str)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
