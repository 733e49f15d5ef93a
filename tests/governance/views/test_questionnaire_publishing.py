"""Publishing a draft with what it does to running responses, and asking a version in a round."""

import pytest
from django.urls import reverse

from governance.models import Answer, CarryOver, Question, QuestionnaireVersion, Response
from governance.selectors.parts import whole_version
from governance.services.draft_removals import remove_row
from governance.services.questionnaires import NotPublishable, create_draft, publish_version
from mapping.enums import Role
from tests.factories.answers import ask_notes_alone
from tests.factories.governance import ResponseFactory, VersionFactory
from tests.factories.mapping import ExerciseFactory, RegionMapFactory
from tests.governance.editor import asked_desk, client_of, desk

pytestmark = pytest.mark.django_db
GIVEN = {"1.2": "no", "1.4": 5, "1.7": "A name"}


def next_version(room):
    """A draft in which 1.2 lost the choice that was given, 1.7 is gone and 1.4 has other words."""
    response = Response.objects.get(group="team")
    for code, value in GIVEN.items():
        question = Question.objects.get(code=code, section__version=room.draft)
        Answer.objects.create(response=response, question=question, kind="value", value=value)
    room.draft = create_draft(project=room.exercise.project, by=room.coordinator, made_from=room.draft)
    Question.objects.filter(pk=room.question("1.2").pk).update(
        settings={"choices": [{"code": "yes", "label": "Yes"}]}
    )
    Question.objects.filter(pk=room.question("1.4").pk).update(question="How many people?")
    remove_row(row=room.question("1.7"), seen=whole_version(room.question("1.7")), by=None)
    return response


def test_the_confirmation_says_what_is_kept_changed_and_dropped_and_publishing_does_it():
    room = asked_desk()
    response = next_version(room)
    reply = room.client.get(f"{room.address}check/")
    line = reply.context["rounds"][0]
    assert (line.state, line.kept, line.changed, line.dropped) == ("older", 0, 1, 2)
    told = {(item.code, item.fate, item.reasons) for item in line.questions if item.answered}
    assert told == {
        ("1.2", "dropped", ("settings", "value")),
        ("1.4", "changed", ("wording",)),
        ("1.7", "dropped", ("removed",)),
    }
    assert "some answers no longer fit" in reply.content.decode()
    sent = {"version": reply.context["draft_version"], "exercise": room.exercise.slug}
    assert room.client.post(f"{room.address}publish/", sent).status_code == 302
    response.refresh_from_db()
    assert response.questionnaire_version == room.draft
    fates = {change["code"]: change["fate"] for change in CarryOver.objects.get().changes}
    assert [fates[code] for code in GIVEN] == ["dropped", "changed", "dropped"]
    assert room.client.get(f"{room.address}check/").context["rounds"][0].state == "asked"
    assert room.client.post(f"{room.address}publish/", sent).status_code == 302, "once is enough"


def test_only_the_draft_that_was_seen_is_published():
    room = desk()
    sent = {"version": room.client.get(f"{room.address}check/").context["draft_version"]}
    Question.objects.filter(pk=room.question("1.4").pk).update(question="Changed meanwhile?")
    assert room.client.post(f"{room.address}publish/", sent).status_code == 409
    assert room.client.post(f"{room.address}publish/", {}).status_code == 428
    Question.objects.filter(pk=room.question("1.2").pk).update(settings={})
    reply = room.client.get(f"{room.address}check/")
    problem = reply.context["page"].problems[0]
    assert problem.text == "“Choices” needs 1 to 200 entries."
    assert problem.url.endswith(f"/questions/{room.question('1.2').pk}/#settings-choices")
    assert "Publish version 1" not in reply.content.decode()
    sent = {"version": reply.context["draft_version"]}
    assert room.client.post(f"{room.address}publish/", sent).status_code == 422
    assert QuestionnaireVersion.objects.get().is_draft


def test_a_group_of_notes_alone_cannot_be_published_and_the_check_leads_to_it():
    room = desk()
    Question.objects.filter(parent=room.question("2.6")).update(type="note")
    (problem,) = room.client.get(f"{room.address}check/").context["page"].problems
    assert problem.text == (
        "Only notes stand in this group, so an entry would be empty. Add a question that can be answered."
    )
    assert problem.url.endswith(f"/questions/{room.question('2.6').pk}/")
    with pytest.raises(NotPublishable):
        publish_version(version=room.draft)


def test_a_group_of_notes_alone_that_was_published_once_can_still_be_read():
    room = desk()
    room.draft = ask_notes_alone(room.exercise)
    assert room.client.get(f"{room.address}preview/").status_code == 200
    lead = client_of(Role.REGIONAL_LEAD, room.region_map)
    place = [Response.objects.get().pk, "1.2"]
    assert lead.get(reverse("governance:question_detail", args=place)).status_code == 200
    following = create_draft(project=room.exercise.project, by=room.coordinator, made_from=room.draft)
    assert Question.objects.filter(section__version=following, parent__code="1.2").count() == 1


def test_a_published_version_is_asked_in_a_round_of_ones_own_partnership_only():
    room = desk()
    ask = f"{room.address}ask/"
    assert room.client.post(ask, {"exercise": room.exercise.slug}).status_code == 422, "a draft is not asked"
    publish_version(version=room.draft)
    foreign = RegionMapFactory()
    assert room.client.post(ask, {"exercise": foreign.exercise.slug}).status_code == 422
    assert "each regional team gets a form" in room.client.get(f"{room.address}check/").content.decode()
    for _twice in range(2):
        assert room.client.post(ask, {"exercise": room.exercise.slug}).status_code == 302
    assert Response.objects.get().region_map == room.region_map
    added = RegionMapFactory(exercise=room.exercise)
    reply = room.client.get(f"{room.address}check/")
    assert (reply.context["rounds"][0].lacking, "Make the missing forms" in reply.content.decode()) == (
        1,
        True,
    )
    room.client.post(ask, {"exercise": room.exercise.slug})
    assert Response.objects.latest("pk").region_map == added
    assert room.client.get(f"{room.address}check/").context["rounds"][0].lacking == 0


def test_a_round_has_one_assessment():
    room = desk()
    publish_version(version=room.draft)
    room.draft.questionnaire.is_annex = False
    room.draft.questionnaire.save()
    other = VersionFactory()
    other.exercises.add(room.exercise)
    empty = ExerciseFactory(project=room.exercise.project)
    other.exercises.add(empty)
    ResponseFactory(region_map=room.region_map, questionnaire_version=other)
    states = {
        line.exercise: line.state for line in room.client.get(f"{room.address}check/").context["rounds"]
    }
    assert states == {room.exercise: "other", empty: "new"}
    ask = f"{room.address}ask/"
    assert room.client.post(ask, {"exercise": room.exercise.slug}).status_code == 409
    assert room.client.post(ask, {"exercise": empty.slug}).status_code == 302
    assert list(QuestionnaireVersion.objects.filter(exercises=empty)) == [room.draft]


def words(reply):
    return " ".join(reply.content.decode().split())


def returned_after_the_next_version(room):
    """Sent, the next version asked meanwhile, and given back: the form stands at the version before."""
    response = next_version(room)
    Response.objects.filter(pk=response.pk).update(state="submitted")
    publish_version(version=room.draft)
    assert room.client.post(f"{room.address}ask/", {"exercise": room.exercise.slug}).status_code == 302
    page = words(room.client.get(f"{room.address}check/"))
    assert ("Move it to this version" in page, "still at an earlier version" in page) == (False, False)
    Response.objects.filter(pk=response.pk).update(state="returned", return_reason="Explain 1.4")
    return response


def test_a_form_given_back_after_the_next_version_is_named_and_can_be_moved():
    room = asked_desk()
    response = returned_after_the_next_version(room)
    reply = room.client.get(f"{room.address}check/")
    (line,) = reply.context["rounds"]
    assert (line.state, line.begun, line.kept, line.changed, line.dropped) == ("asked", 1, 0, 1, 2)
    page = words(reply)
    assert f"{room.region_map.region}: {response.form_name} (Returned)" in page
    assert ("Move it to this version" in page, "1 form that can be written is still" in page) == (True, True)
    sent = room.client.post(f"{room.address}ask/", {"exercise": room.exercise.slug}, follow=True)
    assert "1 form was carried over, 1 with answers." in words(sent)
    assert ("is asked in" in words(sent), "Move it to this version" in words(sent)) == (False, False)
    response.refresh_from_db()
    assert (response.questionnaire_version, response.state) == (room.draft, "returned")


def test_who_only_reads_sees_the_form_and_no_button():
    room = asked_desk()
    returned_after_the_next_version(room)
    reply = client_of(Role.FACILITATOR, room.region_map).get(f"{room.address}check/")
    assert ("still at an earlier version" in words(reply), "Move it" in words(reply)) == (True, False)


def test_organisations_are_counted_and_not_named():
    room = asked_desk()
    response = Response.objects.get(group="team")
    for label in ("Chamber of crafts", "University"):
        kept = {"region_map": room.region_map, "questionnaire_version": response.questionnaire_version}
        Response.objects.create(**kept, group="stakeholder", helix="business", label=label)
    returned_after_the_next_version(room)
    Response.objects.filter(group="stakeholder").update(questionnaire_version=response.questionnaire_version)
    page = words(room.client.get(f"{room.address}check/"))
    assert ("Chamber of crafts" in page, "× 2" in page) == (False, True)


def test_as_many_queries_for_many_forms_left_behind_as_for_one(django_assert_max_num_queries):
    room = asked_desk()
    first = returned_after_the_next_version(room)
    room.client.get(f"{room.address}check/")
    with django_assert_max_num_queries(40) as few:
        room.client.get(f"{room.address}check/")
    for _n in range(5):
        more = RegionMapFactory(exercise=room.exercise)
        ResponseFactory(region_map=more, questionnaire_version=first.questionnaire_version)
    with django_assert_max_num_queries(40) as many:
        page = words(room.client.get(f"{room.address}check/"))
    assert ("Move them to this version" in page, len(many)) == (True, len(few))


def test_how_many_forms_have_answers_is_said_before_and_after():
    room = asked_desk()
    for _n in range(2):
        more = RegionMapFactory(exercise=room.exercise)
        ResponseFactory(region_map=more, questionnaire_version=room.draft)
    draft = create_draft(project=room.exercise.project, by=room.coordinator, made_from=room.draft)
    question = Question.objects.get(code="1.4", section__version=room.draft)
    response = Response.objects.get(region_map=room.region_map)
    Answer.objects.create(response=response, question=question, kind="value", value=5)
    room.draft = draft
    reply = room.client.get(f"{room.address}check/")
    assert "3 forms that are not sent move to this version. 1 has answers." in words(reply)
    sent = {"version": reply.context["draft_version"], "exercise": room.exercise.slug}
    reply = room.client.post(f"{room.address}publish/", sent, follow=True)
    assert "3 forms were carried over, 1 with answers." in words(reply)
