"""The fields as the page shows them: stored, or as typed after a refusal."""

import pytest
from django.http import QueryDict

from governance.forms.answers import AnswerForm
from governance.forms.fields import problems, shown_fields, typed_texts
from governance.models import Answer
from governance.selectors.responses import steps_of
from governance.selectors.revisions import Discussion
from tests.factories.assessment import assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def step():
    room = assessment()
    Answer.objects.create(
        response=room.team,
        question=room.core,
        kind="value",
        level=2,
        explanation="Stored.",
        field_versions={"level": 5},
    )
    return steps_of(response=room.team)[0]


def sent(**data: str) -> AnswerForm:
    form = AnswerForm(QueryDict(mutable=True) | data)
    form.is_valid()
    return form


def test_stored_values_with_their_versions(step):
    fields = shown_fields(step=step, group="team")
    assert {name: (field.value, field.version) for name, field in fields.items()} == {
        "level": ("2", "5"),
        "importance": ("", "1"),
        "explanation": ("Stored.", "1"),
        "confidence": ("", "1"),
    }
    assert [row["value"] for row in fields["level"].options if row["checked"]] == ["2"]
    assert fields["level"].options[4]["text"] == "Step 5"
    assert [row["label"] for row in fields["level"].plain] == ["We do not know", "Does not apply"]


def test_a_refused_field_keeps_what_was_typed_and_its_old_version(step):
    form = sent(level="4", version_level="3", was_level="1", explanation="Stored.", version_explanation="1")
    fields = shown_fields(step=step, group="team", form=form)
    assert (fields["level"].value, fields["level"].version, fields["level"].was) == ("4", "3", "2")
    assert (fields["explanation"].value, fields["explanation"].version) == ("Stored.", "1")


def test_what_somebody_else_saved_is_shown_where_nothing_was_typed(step):
    form = sent(level="1", was_level="1", version_level="1")
    assert shown_fields(step=step, group="team", form=form)["level"].value == "2"


def test_an_error_stands_at_its_field_and_in_the_summary(step):
    form = sent(level="9", version_level="5", explanation="x" * 5001, version_explanation="1")
    fields = shown_fields(step=step, group="team", form=form)
    assert (fields["level"].error != "", fields["explanation"].value) == (True, "x" * 5001)
    assert [row["href"] for row in problems(form, "/here/")] == ["#level-1", "#explanation"]


def test_a_page_out_of_date_leads_to_a_fresh_one():
    assert [row["href"] for row in problems(sent(), "/here/", no_version=True)] == ["/here/"]


def test_who_keeps_another_answer_stands_at_its_option(step):
    room_lead = step.answer.response.region_map.exercise  # any row with a name will do
    other = Discussion(field="level", by=room_lead, at=None, value="4", raw="4", version=5)
    options = shown_fields(step=step, group="team", discussions=[other])["level"].options
    assert [row["value"] for row in options if row["people"]] == ["4"]


def test_a_stakeholder_is_asked_for_less(step):
    fields = shown_fields(step=step, group="stakeholder")
    assert list(fields) == ["level", "importance", "explanation"]
    assert fields["level"].plain[0]["label"] == "I do not know"


def test_texts_for_copying_are_those_that_were_changed():
    form = sent(
        level="3", was_level="", explanation="Mine.", was_explanation="", importance="4", was_importance="4"
    )
    assert [row["text"] for row in typed_texts(form)] == ["3 Partly in place", "Mine."]
