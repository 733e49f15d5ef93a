"""Files that a worker makes for one person: asked for once at a time, kept for a week."""

from typing import Any

from django.utils import translation

from cohes3ion.lib.jobs import JobState
from cohes3ion.lib.snapshots import one_snapshot
from cohes3ion.lib.work import at_work, keep_file
from governance.enums import FileKind
from governance.models import AnswerImport, OrderedFile, QuestionnaireVersion, Response
from governance.selectors.answer_tables import answer_tables
from governance.selectors.paper_forms import blank_form, paper_form
from governance.selectors.responses import find_response
from governance.services.answer_files import WRITERS
from governance.services.paper_forms import form_pdf
from mapping.models import Exercise

OPEN = (JobState.PENDING, JobState.RUNNING)


def request_file(
    *,
    exercise: Exercise | None,
    kind: str,
    form: str,
    language: str,
    by: Any,
    about: Response | QuestionnaireVersion | None = None,
) -> tuple[OrderedFile, bool]:
    """A waiting row, or the one that waits already. (row, is new)

    `about`: whose form it is, for forms on paper.
    """
    wanted = {
        "exercise": exercise,
        "kind": kind,
        "form": form,
        "response": about if isinstance(about, Response) else None,
        "version": about if isinstance(about, QuestionnaireVersion) else None,
        "language": language,
        "created_by": by,
    }
    waiting = OrderedFile.objects.filter(**wanted, state__in=OPEN)
    return waiting.or_new(**wanted)


def make_file(*, file_id: int) -> bool:
    """Make one file. False when somebody else has it or it is finished."""
    row = OrderedFile.claim(file_id)
    if row is None:
        return False
    with at_work(row):
        row.report(10, "answers")
        if row.created_by is None:
            raise PermissionError("nobody is left to whom it may be shown")
        with translation.override(row.language):
            data, amount, holds = MAKERS[row.kind](row)
        keep_file(row, f"{row.kind}.{row.form}", data, amount=amount, holds=holds)
    return True


def make_answers(row: OrderedFile) -> tuple[bytes, int, list[int]]:
    """The answers this person may see, of one moment: the file, its rows, and whose they are."""
    with one_snapshot():
        tables = answer_tables(exercise=row.exercise, user=row.created_by)
    holds = {
        cells[0] for table in tables[:-1] if table["columns"][0] == "response" for cells in table["rows"]
    }
    return WRITERS[row.form](tables), sum(len(table["rows"]) for table in tables[:-1]), sorted(holds)


def make_form(row: OrderedFile) -> tuple[bytes, int, list[int]]:
    """The form of one response, blank or filled in, as far as this person may still read it."""
    if row.version is not None:
        content = blank_form(version=row.version)
        pdf, pages = form_pdf(content=content, made_at=row.created_at)
        return pdf, pages, []
    with one_snapshot():
        response = find_response(pk=row.response_id or 0, user=row.created_by)
        if response is None:
            raise PermissionError("the response is no longer this person's to read")
        content = paper_form(response=response, filled=row.kind == FileKind.FILLED)
    pdf, pages = form_pdf(content=content, made_at=row.created_at)
    return pdf, pages, [response.pk]


MAKERS = {FileKind.ANSWERS: make_answers, FileKind.BLANK: make_form, FileKind.FILLED: make_form}


def forget_files() -> int:
    """Files of more than a week ago go, with their rows."""
    gone = 0
    for model in (OrderedFile, AnswerImport):
        for row in model.objects.forgotten().only("pk", "file")[:200]:
            if row.file:
                row.file.delete(save=False)
            row.delete()
            gone += 1
    return gone
