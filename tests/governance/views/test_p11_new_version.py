"""P11: a new version of the questionnaire while people fill it in, page by page, and without its guards."""

import json

import pytest
from django.test import Client

from cohes3ion.lib.history import history_may_go
from governance.models import Answer, AnswerRevision, Response
from governance.services import carrying
from governance.services.answer_files import write_answers
from governance.services.questionnaire_rows import write_sections
from governance.services.questionnaires import create_draft
from governance.views import values
from mapping.enums import Role
from tests.factories.mapping import member
from tests.factories.questionnaires import every_type
from tests.factories.rooms import open_room

pytestmark = pytest.mark.django_db
TOLD = "This question was removed on"
FILLED = {"1.2": "yes", "1.4": "40", "1.7": "Our cluster", "1.8": "A long story"}


def definition(*, without=(), **types):
    made = every_type()
    questions = [q for q in made["sections"][0]["questions"] if q["code"] in FILLED]
    kept = [q | types.get(q["code"].replace(".", "_"), {}) for q in questions if q["code"] not in without]
    return made | {"sections": [made["sections"][0] | {"questions": kept}]}


class Flow:
    """A team that filled in version 1, and a coordinator who publishes version 2 meanwhile."""

    def __init__(self):
        room = open_room(definition())
        self.response, self.exercise = room.response, room.region_map.exercise
        self.team, self.desk = Client(), Client()
        self.team.force_login(room.lead)
        self.coordinator = member(Role.COORDINATOR, room.region_map)
        self.desk.force_login(self.coordinator)
        for code, text in FILLED.items():
            assert self.save(code, text).status_code == 200
        self.given = list(Answer.objects.order_by("pk").values())

    def save(self, code, text, version=1):
        address = f"/workspace/responses/{self.response.pk}/{code}/value/"
        sent = {"value": text, "version_value": version}
        return self.team.post(address, sent, headers={"HX-Request": "true"})

    def publish(self):
        """1.7 is gone, 1.4 is a text now."""
        project = self.exercise.project
        made_from = self.response.questionnaire_version
        draft = create_draft(project=project, by=self.coordinator, made_from=made_from)
        draft.sections.all().delete()
        text = {"type": "short_text", "settings": {}}
        write_sections(version=draft, definition=definition(without=("1.7",), **{"1_4": text}))
        address = f"/workspace/people/{project.slug}/questionnaires/{draft.pk}/"
        seen = self.desk.get(f"{address}check/").context["draft_version"]
        sent = {"version": seen, "exercise": self.exercise.slug}
        assert self.desk.post(f"{address}publish/", sent).status_code == 302
        self.response.refresh_from_db()
        assert self.response.questionnaire_version == draft

    def stands(self):
        """The rows given to version 1, as they are now."""
        return list(Answer.objects.filter(pk__in=[row["id"] for row in self.given]).order_by("pk").values())

    def marked(self):
        """What the export says of questions that are gone."""
        sheets = json.loads(write_answers(exercise=self.exercise, user=None, form="json")[0])["sheets"]
        rows = [row for sheet in sheets if sheet["name"] == "Removed questions" for row in sheet["rows"]]
        return [(row[2], row[6], row[-1]) for row in rows]


@pytest.fixture
def flow():
    return Flow()


def test_p11_what_was_given_stays_and_the_team_is_told(flow):
    flow.publish()
    late = flow.save("1.7", "Our cluster of wood", version=2)
    assert (late.status_code, TOLD in late.content.decode()) == (409, True)
    assert "Our cluster of wood" in late.content.decode()
    tasks = flow.team.get(f"/workspace/responses/{flow.response.pk}/").content.decode()
    assert "The questionnaire changed on" in tasks
    assert flow.save("1.4", "About forty percent").status_code == 200
    assert flow.team.post(f"/workspace/responses/{flow.response.pk}/submit/").status_code == 302
    assert Response.objects.get().state == "submitted"
    assert flow.stands() == flow.given
    assert flow.marked() == [("1.7", "Our cluster", "deleted")]


def move_in_place(answers, *, old, questions, by):
    """As tools do that know one text of a question: answers go along, and what does not fit is gone."""
    kept = {row.pk for row in answers}
    for row in answers:
        Answer.objects.filter(pk=row.pk).update(question=questions[row.question.code])
    gone = Answer.objects.filter(response=answers[0].response).exclude(pk__in=kept)
    with history_may_go():
        AnswerRevision.objects.filter(answer__in=gone).delete()
        gone.delete()


def test_p11_negative_control_answers_that_go_along(flow, monkeypatch):
    monkeypatch.setattr(carrying, "copy_answers", move_in_place)
    flow.publish()
    assert flow.stands() != flow.given
    assert flow.marked() == []


def test_p11_negative_control_nobody_remembers_the_question(flow, monkeypatch):
    monkeypatch.setattr(values, "removed_question", lambda **_where: None)
    flow.publish()
    assert TOLD not in flow.save("1.7", "Our cluster of wood", version=2).content.decode()
