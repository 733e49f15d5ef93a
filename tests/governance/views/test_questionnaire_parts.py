"""Saving the parts of a question and of its translations, with and without a script."""

import pytest
from django.db import DatabaseError, transaction
from django.http import QueryDict
from django.utils import translation

from governance.models import Question, QuestionnaireVersion
from governance.selectors.parts import whole_version
from governance.services.draft_removals import remove_row
from governance.services.questionnaires import publish_version
from governance.views.questionnaire_parts import part_form
from mapping.enums import Role
from tests.factories.mapping import UserFactory
from tests.governance.editor import client_of, desk

pytestmark = pytest.mark.django_db
SCRIPT = {"HTTP_HX_REQUEST": "true"}


def form_of(room, code):
    """A question's page as a browser sends it: every part with its version."""
    reply = room.client.get(f"{room.address}questions/{room.question(code).pk}/")
    sent = {}
    for part in reply.context["parts"]:
        sent[f"version_{part.name}"] = part.version
        sent |= {f"{part.name}.{key}" if key else part.name: text for key, text in part.flat.items()}
    return sent


def save(room, code, sent, *, client=None, **more):
    address = f"{room.address}questions/{room.question(code).pk}/save/"
    return (client or room.client).post(address, sent, **more)


def test_a_whole_form_left_alone_changes_nothing():
    room = desk()
    for row in Question.objects.select_related("section__version"):
        shown = part_form(row, room.draft).shown()
        sent = QueryDict(mutable=True)
        for part in shown:
            sent[f"version_{part.name}"] = part.version
            sent.update({f"{part.name}.{key}" if key else part.name: text for key, text in part.flat.items()})
        form = part_form(row, room.draft, sent)
        assert (form.changes(), form.errors) == ([], {}), row.code
    sent = form_of(room, "2.6")
    assert save(room, "2.6", sent).status_code == 302
    assert room.question("2.6").version == 1


def test_what_was_changed_is_saved_and_the_rest_of_the_form_is_not_written():
    room = desk()
    sent = form_of(room, "1.4") | {"question": "How many?", "settings.max": "1,5", "required": ""}
    reply = save(room, "1.4", sent)
    row = room.question("1.4")
    assert (reply.status_code, row.question, row.required) == (302, "How many?", False)
    assert row.settings == {"min": 0, "max": 1.5, "unit": "%"}


def test_the_script_saves_one_part_and_gets_its_version():
    room = desk()
    sent = form_of(room, "1.2")
    one = {name: text for name, text in sent.items() if "settings.choices" in name}
    one |= {"settings.choices.2.label": "Perhaps", "settings.choices.2.code": ""}
    reply = save(room, "1.2", one, **SCRIPT)
    assert reply.status_code == 200
    again = {**one, "version_settings.choices": reply["X-Version"], "settings.choices.2.label": "Maybe"}
    assert save(room, "1.2", again, **SCRIPT).status_code == 200
    assert [o["code"] for o in room.question("1.2").settings["choices"]] == ["yes", "no", "maybe"]


def test_a_stale_part_is_refused_with_both_texts_and_the_others_are_saved():
    room = desk()
    ben = client_of(Role.COORDINATOR, room.region_map)
    sent = form_of(room, "1.4")
    assert save(room, "1.4", {**sent, "help": "Text of Ana"}).status_code == 302
    reply = save(room, "1.4", {**sent, "help": "Text of Ben", "short": "Staff"}, client=ben)
    page = reply.content.decode()
    assert reply.status_code == 409
    assert "Text of Ana" in page
    assert "Text of Ben" in page
    row = room.question("1.4")
    assert (row.help, row.short) == ("Text of Ana", "Staff")
    conflict = reply.context["conflicts"][0]
    mine = {field["name"]: field["value"] for field in conflict["fields"]}
    mine |= {"version_help": conflict["version"], "field": "help"}
    assert save(room, "1.4", {**mine, "choice": "theirs"}, client=ben).status_code == 302
    assert room.question("1.4").help == "Text of Ana"
    assert save(room, "1.4", {**mine, "choice": "both"}, client=ben).status_code == 302
    assert room.question("1.4").help == "Text of Ana\n\nText of Ben"
    assert save(room, "1.4", {**sent, "help": "X"}, client=ben, **SCRIPT).status_code == 200, "one's own"


REFUSED = [
    ("1.4", "short", "", 422, "Write something here."),
    ("1.4", "short", "a\x00b", 422, "characters that cannot be stored"),
    ("1.4", "settings.min", "many", 422, "Write the number like 1000.5"),
    ("1.4", "code", "1.2", 422, "Another question has the code “1.2”."),
    ("1.4", "code", "a b", 422, "A code has 1 to 20 letters"),
    ("1.5", "settings.min", "2026-02-31", 422, "Write the date like 2026-03-01"),
    ("1.2", "settings.choices.0.code", "ą", 422, "letters without accents"),
    ("1.2", "settings.choices.1.code", "yes", 422, "stands twice"),
    ("1.3", "condition.0.value", "perhaps", 422, "1.2 has no choice “perhaps”. Write one of: Yes, No."),
    ("1.3", "condition.0.question", "9.9", 400, "not part of this question"),
    ("1.7", "settings.format", "phone", 400, "not part of this question"),
    ("1.1", "rubric.0", "x" * 501, 422, "Write at most 500 characters"),
    ("2.5", "settings.columns.0.type", "group", 400, "not part of this question"),
]


def test_what_cannot_be_kept_is_said_beside_the_part_with_what_was_typed():
    room = desk()
    before = list(Question.objects.order_by("pk").values())
    forms = {code: form_of(room, code) for code in {line[0] for line in REFUSED}}
    for n, (code, part, value, status, words) in enumerate(REFUSED):
        more = {} if n % 3 == 0 else SCRIPT
        reply = save(room, code, forms[code] | {part: value}, **more)
        page = reply.content.decode()
        assert (reply.status_code, words in page) == (status, True), part
        assert more or not value or status == 400 or value in page, part
    assert list(Question.objects.order_by("pk").values()) == before


def test_without_its_version_a_part_is_not_saved():
    room = desk()
    reply = save(room, "1.4", {"short": "Staff"})
    assert (reply.status_code, room.question("1.4").short) == (428, "Question 1.4")
    assert 'value="Staff"' in reply.content.decode()
    assert save(room, "1.4", {"short": "Staff", "version_short": "x"}, **SCRIPT).status_code == 428


def test_lists_and_conditions_are_told_line_by_line_when_two_people_wrote():
    room = desk()
    ben = client_of(Role.COORDINATOR, room.region_map)
    sent = form_of(room, "1.3")
    first = {**sent, "settings.choices.0.label": "Ana", "condition.0.value": "No"}
    assert save(room, "1.3", first).status_code == 302
    second = {**sent, "settings.choices.0.label": "Ben", "condition.0.op": "!="}
    found = save(room, "1.3", second, client=ben).context["conflicts"]
    told = {conflict["name"]: (conflict["theirs"], conflict["mine"]) for conflict in found}
    assert told["condition"] == ("1.2 · = · No", "1.2 · != · Yes")
    assert told["settings.choices"][0].splitlines()[0] == "Ana · a"
    assert told["settings.choices"][1].splitlines()[0] == "Ben · a"


def test_what_was_removed_or_published_meanwhile_is_409_with_the_text_for_copying():
    room = desk()
    sent = form_of(room, "1.4") | {"help": "Two hours of work"}
    address = f"{room.address}questions/{room.question('1.4').pk}/save/"
    row = room.question("1.4")
    remove_row(row=row, seen=whole_version(row), by=UserFactory(name="Ana Novak"))
    for more in ({}, SCRIPT):
        reply = room.client.post(address, sent, **more)
        assert (reply.status_code, "Two hours of work" in reply.content.decode()) == (409, True)
        assert "Ana Novak removed it on" in reply.content.decode()
    assert room.client.post(address.replace(f"/{row.pk}/", "/999/"), sent).status_code == 404
    assert desk().client.post(address, sent).status_code == 404
    sent = form_of(room, "1.2") | {"help": "Two hours of work"}
    publish_version(version=room.draft)
    for more in ({}, SCRIPT):
        reply = save(room, "1.2", sent, **more)
        assert (reply.status_code, "Two hours of work" in reply.content.decode()) == (409, True)


def test_lines_move_up_and_more_lines_are_shown():
    room = desk()
    reply = save(room, "1.3", form_of(room, "1.3") | {"up": "settings.choices.1"})
    assert reply["Location"].endswith("#settings-choices")
    assert [o["code"] for o in room.question("1.3").settings["choices"]] == ["b", "a", "none"]
    reply = save(room, "1.3", form_of(room, "1.3") | {"more": "settings.choices"})
    part = next(
        p for p in room.client.get(reply["Location"]).context["parts"] if p.name == "settings.choices"
    )
    assert len(part.rows) == 9


def test_a_translation_is_a_part_like_all_others_and_is_counted():
    room = desk()
    address = f"{room.address}translations/?language=pl&section=S1"
    page = room.client.get(address).context
    assert (page["page"].here.done, page["page"].here.total) == (0, 55)
    item = next(item for item in page["items"] if item["row"] == room.question("1.2"))
    part = next(p for p in item["parts"] if p.name.endswith("choices.yes"))
    sent = {part.name: "Tak", f"version_{part.name}": part.version}
    reply = save(room, "1.2", sent)
    assert reply["Location"].startswith(f"{room.address}translations/?language=pl&section=S1#")
    assert room.question("1.2").translations == {"pl": {"settings": {"choices": {"yes": "Tak"}}}}
    page = room.client.get(address).context["page"]
    counted = [(part.done, part.total) for part in page.sections]
    assert (page.here.done, counted) == (1, [(0, 1), (1, 32), (0, 22)])
    ben = client_of(Role.COORDINATOR, room.region_map)
    stale = save(room, "1.2", {**sent, part.name: "Owszem"}, client=ben)
    assert stale.status_code == 409
    assert all(text in stale.content.decode() for text in ("Tak", "Owszem"))
    greek = {"translations.el.short": "Ένα", f"version_{'translations.el.short'}": part.version}
    assert save(room, "1.2", greek, client=ben).status_code == 302
    assert set(room.question("1.2").translations) == {"pl", "el"}


def test_the_title_of_the_questionnaire_is_translated_like_all_texts_and_frozen_with_the_version():
    room = desk()
    address, whole = f"{room.address}translations/", f"{room.address}whole/{room.draft.pk}/save/"
    page = room.client.get(f"{address}?language=pl").context
    assert page["page"].section.code == "*", "what is not translated yet comes first"
    [part] = page["items"][0]["parts"]
    assert (part.label, part.part.most) == (room.draft.questionnaire.title, 200)
    sent = {part.name: "Ankieta", f"version_{part.name}": part.version}
    reply = room.client.post(whole, sent)
    assert reply["Location"] == f"{address}?language=pl&section=%2A#whole-{room.draft.pk}"
    assert room.client.get(f"{address}?language=pl&section=*").context["page"].here.done == 1
    for version in ({}, {f"version_{part.name}": "x"}):
        assert room.client.post(whole, {part.name: "Sondaż", **version}, **SCRIPT).status_code == 428
    ben = client_of(Role.COORDINATOR, room.region_map)
    stale = ben.post(whole, {**sent, part.name: "Sondaż"})
    text = stale.content.decode()
    assert (stale.status_code, "Ankieta" in text, "Sondaż" in text) == (409, True, True)
    assert room.client.post(whole, {**sent, part.name: "Ankieta 2"}).status_code == 302, "one's own"
    assert room.client.post(whole, {"translations..title": "?", "version_translations..title": 1})
    assert ben.post(whole.replace(f"/whole/{room.draft.pk}", "/whole/999")).status_code == 404
    observer = client_of(Role.OBSERVER, room.region_map)
    assert observer.post(whole, sent).status_code == 403
    for deed in ("move", "remove"):
        assert room.client.post(whole.replace("/save/", f"/{deed}/"), {"version": 1}).status_code == 404
    publish_version(version=room.draft)
    room.draft.refresh_from_db()
    assert room.draft.translations == {"pl": {"title": "Ankieta 2"}}
    with translation.override("pl"):
        assert room.draft.title == "Ankieta 2"
    assert room.client.post(whole, {**sent, part.name: "Inna"}).status_code == 409
    with pytest.raises(DatabaseError), transaction.atomic():
        QuestionnaireVersion.objects.update(translations={})


def test_the_preview_has_the_controls_people_answer_with_and_sends_nothing():
    room = desk()
    page = room.client.get(f"{room.address}preview/").content.decode()
    assert 'name="1.3.value"' in page
    assert "Choose at most 2." in page
    assert 'name="2.5.cell.a.b"' in page
    assert 'method="post"' not in page.partition('class="preview"')[2].partition("<footer")[0]
    one = room.client.get(f"{room.address}questions/{room.question('2.6').pk}/preview/").content.decode()
    assert "Actor 1" in one
    Question.objects.filter(code="1.2").update(settings={})
    assert "not complete yet" in room.client.get(f"{room.address}preview/").content.decode()
