"""A file of a thousand answers, for the fault tests of imports."""

import json
import uuid
from typing import Any

from django.core.files.base import ContentFile

from governance.jobs import enqueue
from governance.models import Answer, AnswerImport, AnswerRevision, Response
from governance.selectors.answer_tables import answer_tables
from governance.services.carrying import attach_version
from governance.services.questionnaires import draft_from_dict, publish_version
from governance.tasks import work_import

QUESTIONS, ROWS, COLUMNS = 10, 10, 10
TEXT = "Taken from a file"


def ask_much(response_id: int) -> int:
    """Matrices of a thousand cells in all, put to the team of this response. Returns the new response."""
    map_of = Response.objects.select_related("region_map__exercise__project").get(pk=response_id).region_map
    settings = {
        "rows": [{"code": f"r{n}", "label": f"Row {n}"} for n in range(ROWS)],
        "columns": [
            {"code": f"c{n}", "label": f"Column {n}", "type": "short_text", "settings": {}}
            for n in range(COLUMNS)
        ],
    }
    more = {"type": "matrix", "question": "How much?", "required": False, "settings": settings}
    questions = [{"code": f"1.{n}", "short": f"Much {n}", **more} for n in range(QUESTIONS)]
    section = {"code": "S1", "title": "Much", "questions": questions}
    definition = {"key": f"much-{uuid.uuid4().hex[:8]}", "title": "Much to fill in", "sections": [section]}
    draft = draft_from_dict(definition=definition, project=map_of.exercise.project, by=None)
    version = publish_version(version=draft)
    attach_version(version=version, exercise=map_of.exercise, by=None)
    return Response.objects.get(region_map=map_of, questionnaire_version=version).pk


def import_much(response: int, texts: list[str] | None = None) -> list[int]:
    """As many imports as texts, their bells rung together: the export of the response, with every cell filled
    in; each was read already and is to be written by a worker.
    """
    row = Response.objects.select_related("region_map__exercise").get(pk=response)
    exercise = row.region_map.exercise
    member = exercise.project.memberships.filter(role="regional_lead", region=row.region_map.region).first()
    tables = answer_tables(exercise=exercise, user=member.user)
    mine = (table for table in tables if response in [cells[0] for cells in table["rows"]])
    table = next(table for table in mine if "1.1_r0_c0" in table["columns"])
    common = {"exercise": exercise, "file_name": "answers.json", "created_by": member.user}
    made = []
    for text in texts or [TEXT]:
        for place, name in enumerate(table["columns"]):
            if name.count("_") == 2 and name.startswith("1."):
                for cells in (cells for cells in table["rows"] if cells[0] == response):
                    cells[place] = text
        check = AnswerImport(**common, state="done", outcome={})
        check.file.save("upload", ContentFile(json.dumps({"sheets": [table]}).encode()))
        made.append(AnswerImport.objects.create(**common, checked=check).pk)
    for pk in made:
        enqueue(work_import, pk)
    return made


def imported(response: int, job: int, text: str = TEXT) -> list[Any]:
    """How many answers stand there, how many revisions there are of them, and how the job ended."""
    rows = Answer.objects.filter(response=response).exclude(part="")
    revisions = AnswerRevision.objects.filter(answer__in=rows).count()
    end = AnswerImport.objects.filter(pk=job).values_list("state", "attempts", "is_refused").first()
    return [rows.filter(value=text).count(), revisions, *end]
