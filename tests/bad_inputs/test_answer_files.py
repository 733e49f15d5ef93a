"""Files of answers that cannot be taken in: each is refused with a sentence, and nothing is written."""

import io
import json
import zipfile
from pathlib import Path

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction

from governance.forms.transfers import AnswerFileForm
from governance.models import Answer, AnswerRevision, Response
from governance.services.answer_files import write_answers
from governance.services.answer_uploads import request_check, work_import
from mapping.enums import Role
from tests.factories.answers import Filled, answered_response, read_in_this_process
from tests.factories.mapping import member

CASES = yaml.safe_load((Path(__file__).parent / "answer_files.yaml").read_text(encoding="utf-8"))
FIRST = "S1 First"


@pytest.fixture(scope="module")
def export(django_db_setup, django_db_blocker):
    """The workbook of one response, for all cases: none of them writes anything."""
    with django_db_blocker.unblock(), transaction.atomic():
        region_map = answered_response().region_map
        member(Role.REGIONAL_LEAD, region_map)
        yield write_answers(exercise=region_map.exercise, user=None, form="xlsx")[0]
        transaction.set_rollback(True)


def archive(*names, size=1):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, b" " * size)
    return out.getvalue()


def with_part(data, name, content=b"x"):
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return out.getvalue()


def encrypted(file):
    data = bytearray(file.xlsx())
    at = data.index(b"PK\x01\x02")  # the first entry of the directory at the end
    data[at + 8] |= 1
    return bytes(data)


def far(file, row):
    page = file.book[FIRST]
    page.cell(row=row, column=1).value = 999_999_999
    return file.xlsx()


def above(file, rows):
    file.book[FIRST].insert_rows(1, rows)
    file.book[FIRST]["A1"] = "Answers of our region"
    return file.xlsx()


def twice(file):
    page = file.book[FIRST]
    for column, cell in enumerate(page[2], start=1):
        page.cell(row=3, column=column).value = cell.value
    return file.xlsx()


def errors(file):
    for cell in (cell for row in file.book[FIRST].iter_rows() for cell in row if cell.value == "#REF!"):
        cell.data_type = "e"
    return file.xlsx()


def only(file, rows):
    page = file.book[FIRST]
    page.delete_rows(1, page.max_row)
    for row in rows:
        page.append(row)
    return file.xlsx()


def as_json(file, change):
    sheets = [
        {
            "name": page.title,
            "columns": [c.value for c in page[1]],
            "rows": [[c.value for c in row] for row in list(page.iter_rows())[1:]],
        }
        for page in file.book.worksheets
    ]
    at = sheets[0]["columns"].index("1.7")
    sheets[0]["rows"][0][at] = change
    return json.dumps({"sheets": sheets}).encode()


def merge(file, cells):
    file.book[FIRST].merge_cells(cells)
    return file.xlsx()


def beside(file):
    page = file.book[FIRST]
    page.cell(row=2, column=page.max_column + 2).value = "a remark"
    return file.xlsx()


BUILD = {
    "bytes": lambda file, text: bytes.fromhex(text),
    "text": lambda file, text: text.encode(),
    "text_in": lambda file, encoding, text: text.encode(encoding),
    "part": lambda file, name: with_part(file.xlsx(), name),
    "archive": lambda file, name: archive(name),
    "parts": lambda file, n: archive(*(f"{n}.xml" for n in range(n))),
    "bomb": lambda file, size: archive("xl/workbook.xml", size=size * 1024**2),
    "half": lambda file: file.xlsx()[:3000],
    "encrypted": encrypted,
    "rows": lambda file, row: only(file, [row, row]),
    "wide": lambda file, n: only(file, [["response", *range(n)]]),
    "many": lambda file, n: b"response,1.4\n" + b"1,2\n" * n,
    "deep": lambda file, n: b'{"sheets": ' + b"[" * n,
    "long": lambda file, n: as_json(file, "x" * n),
    "control": lambda file: as_json(file, "a\u0000b"),
    "no_character": lambda file: as_json(file, "a\ufffeb"),
    "half_of_a_pair": lambda file: as_json(file, "a\ud800b"),
    "above": above,
    "beside": beside,
    "errors": errors,
    "far": far,
    "merge": merge,
    "twice": twice,
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_file_is_refused_with_a_sentence_and_changes_nothing(case, export, tmp_path, monkeypatch, capsys):
    """Through the command and through the page: the same sentence."""
    read_in_this_process(monkeypatch)
    path = tmp_path / case.get("file", "answers.xlsx")
    how, *words = case.get("build", ["as it is"])
    if how != "nothing":
        file = Filled(export)
        if "put" in case:
            file.put(*case["put"])
        path.write_bytes(BUILD[how](file, *words) if how in BUILD else file.xlsx())
    before = list(Answer.objects.order_by("pk").values()), AnswerRevision.objects.count()
    with pytest.raises(SystemExit) as end:
        call_command("import_answers", str(path))
    assert end.value.code == 2
    assert case["says"] in capsys.readouterr().err
    if how != "nothing":
        assert case["says"] in " ".join(sent_by_page(path))
    assert (list(Answer.objects.order_by("pk").values()), AnswerRevision.objects.count()) == before


def sent_by_page(path: Path) -> list[str]:
    """What the form or the worker says about a file that a member of the team brings back."""
    response = Response.objects.latest("pk")
    lead = response.region_map.exercise.project.memberships.get().user
    sent = {"file": SimpleUploadedFile(path.name, path.read_bytes())}
    form = AnswerFileForm({}, sent)
    if not form.is_valid():
        return [str(text) for texts in form.errors.values() for text in texts]
    exercise = response.region_map.exercise
    row = request_check(
        exercise=exercise, upload=form.cleaned_data["file"], name=form.name, language="en", by=lead
    )
    work_import(import_id=row.pk)
    row.refresh_from_db()
    row.file.delete(save=False)
    assert row.is_refused
    return [finding["text"] for finding in row.outcome["findings"]]
