"""Answers as files: a workbook, CSV tables in a ZIP, or JSON, each of one moment of the database."""

import io
import json
import zipfile
from typing import Any

from django.utils.text import slugify

from cohes3ion.lib.snapshots import one_snapshot
from cohes3ion.lib.tables import csv_text, xlsx_bytes
from governance.selectors.answer_tables import answer_tables
from mapping.models import Exercise

FORMATS = ("csv", "xlsx", "json")


def write_answers(*, exercise: Exercise, user: Any, form: str) -> tuple[bytes, int]:
    """The file, and how many rows of answers it holds. `user` None: without stakeholders' single ratings."""
    with one_snapshot():
        tables = answer_tables(exercise=exercise, user=user)
    rows = sum(len(table["rows"]) for table in tables[:-1])
    return WRITERS[form](tables), rows


def as_xlsx(tables: list[dict[str, Any]]) -> bytes:
    return xlsx_bytes((table["name"], table["columns"], table["rows"]) for table in tables)


def as_csv(tables: list[dict[str, Any]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, table in enumerate(tables, start=1):
            name = f"{number:02}-{slugify(table['name']) or 'sheet'}.csv"
            archive.writestr(name, csv_text([table["columns"], *table["rows"]]))
    return out.getvalue()


def as_json(tables: list[dict[str, Any]]) -> bytes:
    return json.dumps({"sheets": tables}, ensure_ascii=False, indent=1).encode()


WRITERS = {"csv": as_csv, "xlsx": as_xlsx, "json": as_json}
