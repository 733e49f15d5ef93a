"""Answers to a questionnaire with a question of every type."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from governance.models import Answer, AnswerRevision, GroupEntry, Question, Response
from governance.services import answer_sheets, workbook_reader
from governance.services.carrying import attach_version
from governance.services.questionnaires import (
    create_draft,
    draft_from_dict,
    freeze,
    publish_version,
    write_sections,
)
from mapping.enums import AnswerKind, ExerciseState
from tests.factories.mapping import RegionMapFactory
from tests.factories.questionnaires import every_type, question

FORMULA = '=HYPERLINK("http://a.example")'


def ask(definition, exercise, questionnaire=None):
    version = publish_version(
        version=draft_from_dict(
            definition=definition, project=exercise.project, by=None, questionnaire=questionnaire
        )
    )
    attach_version(version=version, exercise=exercise, by=None)
    return version


def ask_notes_alone(exercise: Any) -> Any:
    """Published when that could still be done: a repeating group, 1.2, that holds nothing but a note."""
    inner = [question("1.3", "note")]
    definition = {
        "key": "notes",
        "title": "Notes",
        "sections": [
            {
                "code": "S1",
                "title": "Notes",
                "questions": [question("1.1", "number"), question("1.2", "group", questions=inner)],
            }
        ],
    }
    version = create_draft(project=exercise.project, by=None, title="Notes")
    write_sections(version=version, definition=definition)
    version.fingerprint = "of its own"
    freeze(version)
    attach_version(version=version, exercise=exercise, by=None)
    return version


def answered_response() -> Response:
    """A team's response to a questionnaire with every type of question: some of each kind of answer."""
    region_map = RegionMapFactory(exercise__state=ExerciseState.OPEN)
    definition = every_type()
    definition["sections"][0]["questions"][0]["core"] = True
    ask(definition, region_map.exercise)
    row = Response.objects.get(region_map=region_map)
    answer(row, "1.1", level=4, importance=5)
    answer(row, "1.3", value=["a"])  # hidden: 1.2 is not "yes"
    answer(row, "1.4", value=-5)
    answer(row, "1.5", kind=AnswerKind.NO_INFORMATION)
    answer(row, "1.6", kind=AnswerKind.DOES_NOT_APPLY)
    answer(row, "1.7", value=FORMULA)
    answer(row, "2.5", value=40, part="a.b")
    group = Question.objects.get(code="2.6", section__version=row.questionnaire_version)
    for number, name in enumerate(("Łódź", "＝1+1"), start=1):
        GroupEntry.objects.create(response=row, question=group, key=f"e{number}", position=number)
        answer(row, "2.6a", value=name, part=f"e{number}")
    return row


def answer(response, code, *, part="", kind=AnswerKind.VALUE, **values):
    question = Question.objects.get(code=code, section__version=response.questionnaire_version)
    row = Answer.objects.create(response=response, question=question, part=part, kind=kind, **values)
    columns = ("kind", "level", "importance", "explanation", "confidence", "value")
    made = {name: getattr(row, name) for name in columns}
    AnswerRevision.objects.create(answer=row, version=row.version, field="created", values=made)
    return row


class Filled:
    """A file of the export, as somebody fills it in: cells are named by sheet, row and column."""

    def __init__(self, data: bytes) -> None:
        self.book = load_workbook(io.BytesIO(data))

    def set(self, sheet: str, row: int, **cells: Any) -> "Filled":
        """Columns as words: c1_4_answer is 1.4_answer."""
        return self.put(sheet, row, {name[1:].replace("_", ".", 1): value for name, value in cells.items()})

    def put(self, sheet: str, row: int, cells: dict[str, Any]) -> "Filled":
        page = self.book[sheet]
        names = [cell.value for cell in page[1]]
        for name, value in cells.items():
            cell = page.cell(row=row, column=names.index(name) + 1)
            cell.value = value
            if isinstance(value, str) and not value.startswith("=SUM"):
                cell.data_type = "s"
        return self

    def xlsx(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    def csv(self, separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
        """All sheets as a ZIP of CSV tables."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for page in self.book.worksheets:
                text = io.StringIO()
                rows = csv.writer(text, delimiter=separator)
                rows.writerows([[cell.value for cell in row] for row in page.iter_rows()])
                archive.writestr(f"{page.title}.csv", text.getvalue().encode(encoding))
        return out.getvalue()


def read_in_this_process(monkeypatch: Any) -> None:
    """Workbooks are read by a process of its own, which takes half a second: one test does it as it is."""

    def read_here(_module: str, path: Path, *, seconds: int) -> Any:
        try:
            found = workbook_reader.read(str(path))
        except Exception as error:
            found = {"damaged": str(error)}
        return json.loads(json.dumps(found))

    monkeypatch.setattr(answer_sheets, "read_apart", read_here)
