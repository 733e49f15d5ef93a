"""The questionnaires of a partnership in the browser: list, outline, rows, heads, copies, the file."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohes3ion.lib.ordered import order_version
from governance.models import Question, Questionnaire, QuestionnaireVersion, Section
from governance.selectors.definitions import version_to_dict
from governance.selectors.parts import row_siblings, whole_version
from governance.services.questionnaires import draft_from_dict, publish_package, publish_version, read_package
from mapping.enums import Role
from tests.factories.mapping import RegionMapFactory
from tests.factories.questionnaires import every_type
from tests.governance.editor import client_of, desk

pytestmark = pytest.mark.django_db


def test_from_nothing_to_a_question():
    region_map = RegionMapFactory()
    client = client_of(Role.COORDINATOR, region_map)
    root = f"/workspace/people/{region_map.exercise.project.slug}/questionnaires/"
    assert "None of your own yet" in client.get(root).content.decode()
    reply = client.post(f"{root}create/", {"title": "Survey of clusters", "language": "pl"})
    draft = QuestionnaireVersion.objects.get()
    assert (reply["Location"], draft.language, draft.is_draft) == (f"{root}{draft.pk}/", "pl", True)
    assert client.post(f"{root}{draft.pk}/sections/add/", {"title": "Firms"}).status_code == 302
    section = Section.objects.get()
    add = f"{root}{draft.pk}/sections/{section.pk}/add/"
    reply = client.post(add, {"type": "number", "short": "Staff"})
    row = Question.objects.get()
    assert reply["Location"] == f"{root}{draft.pk}/questions/{row.pk}/"
    assert client.get(reply["Location"]).status_code == 200
    assert "Staff" in client.get(f"{root}{draft.pk}/").content.decode()
    assert "Survey of clusters" in client.get(root).content.decode()


@pytest.mark.parametrize(
    "place, sent, words",
    [
        ("create/", {"title": " ", "language": "en"}, "Enter a title"),
        ("create/", {"title": "T", "language": "klingon"}, "Choose one of the languages"),
        ("{pk}/sections/add/", {"title": ""}, "Enter a title for the section"),
        (
            "{pk}/sections/{section}/add/",
            {"type": "telepathy", "short": "Kept text"},
            "Choose one of the types",
        ),
        ("{pk}/sections/{section}/add/", {"type": "date", "short": ""}, "Enter a short name"),
        ("{pk}/discard/", {}, "Tick that you are sure"),
        ("{pk}/copy/", {"title": " "}, "Enter a title for the copy"),
        ("{pk}/copy/", {"title": "a\x00b"}, "characters"),
    ],
)
def test_what_does_not_fit_is_said_with_what_was_typed(place, sent, words):
    room = desk()
    address = room.root + place.format(pk=room.draft.pk, section=room.section("S1").pk)
    reply = room.client.post(address, sent)
    page = reply.content.decode()
    assert (reply.status_code, words in page) == (422, True)
    assert all(
        text in page
        for text in sent.values()
        if text.strip() and text not in ("klingon", "telepathy", "a\x00b")
    )


def test_moving_and_removing_by_buttons_and_the_undo():
    room = desk()
    row = room.question("1.2")
    move = f"{room.address}questions/{row.pk}/move/"
    seen = order_version(row_siblings(row))
    assert room.client.post(move, {"direction": "up", "version": seen}).status_code == 302
    assert room.question("1.2").position == 1
    assert room.client.post(move, {"direction": "up", "version": seen}).status_code == 409
    assert room.client.post(move, {"direction": "up"}).status_code == 428
    to = {"section": room.section("S2").pk, "version": order_version(row_siblings(row))}
    assert room.client.post(move, to).status_code == 302
    assert room.question("1.2").section.code == "S2"
    gone = f"{room.address}sections/{room.section('S2').pk}/remove/"
    assert room.client.post(gone).status_code == 428
    assert room.client.post(gone, {"version": "1"}).status_code == 409
    sent = {"version": whole_version(room.section("S2"))}
    removed = room.client.post(gone, sent, follow=True)
    undo = next(m.extra_tags for m in removed.context["messages"])
    assert not Section.objects.filter(code="S2").exists()
    assert "is back as it was" in room.client.post(undo, follow=True).content.decode()
    assert room.question("2.6b").parent == room.question("2.6")
    again = room.client.post(undo, follow=True).content.decode()
    assert ("is back already" in again, "It cannot come back" in again) == (True, False)


def test_what_was_removed_is_listed_until_it_is_back():
    room = desk()
    for code in ("2.6", "1.4"):
        row = room.question(code)
        room.client.post(f"{room.address}questions/{row.pk}/remove/", {"version": whole_version(row)})
    listed = room.client.get(room.address).context["removed"]
    assert [(line.code, line.by) for line in listed] == [
        ("1.4", room.coordinator),
        ("2.6", room.coordinator),
    ]
    room.client.post(f"{room.address}restore/{listed[1].word}/")
    assert [line.code for line in room.client.get(room.address).context["removed"]] == ["1.4"]
    section = room.section("S1")
    room.client.post(f"{room.address}sections/{section.pk}/remove/", {"version": whole_version(section)})
    assert [line.code for line in room.client.get(room.address).context["removed"]] == ["S1"]


def test_the_head_of_a_draft_keeps_both_texts_when_two_people_wrote():
    room = desk()
    other = client_of(Role.COORDINATOR, room.region_map)
    seen = room.client.get(room.address).context["head_version"]
    sent = {"title": "Of Ana", "language": "en", "note": "", "version": seen}
    assert room.client.post(f"{room.address}save/", sent).status_code == 302
    reply = other.post(f"{room.address}save/", {**sent, "title": "Of Ben"})
    page = reply.content.decode()
    assert reply.status_code == 409
    assert all(text in page for text in ("Now: Of Ana", "Yours: Of Ben", 'value="Of Ben"'))
    assert Questionnaire.objects.get().title == "Of Ana"
    assert other.post(f"{room.address}save/", {**sent, "version": ""}).status_code == 428


def test_a_published_version_is_read_and_becomes_the_next_draft_or_a_copy():
    room = desk()
    publish_version(version=room.draft)
    page = room.client.get(room.address).content.decode()
    assert "What is 1.2?" in page
    assert "Add a section" not in page
    assert room.client.get(f"{room.address}questions/{room.question('1.2').pk}/").status_code == 404
    reply = room.client.post(f"{room.address}sections/add/", {"title": "More"})
    assert (reply.status_code, "This version is published" in reply.content.decode()) == (409, True)
    first = room.client.post(f"{room.address}copy/")
    again = room.client.post(f"{room.address}copy/")
    draft = QuestionnaireVersion.objects.get(state="draft")
    assert first["Location"] == again["Location"] == f"{room.root}{draft.pk}/"
    assert version_to_dict(draft)["sections"] == version_to_dict(room.draft)["sections"]
    room.client.post(f"{room.address}copy/", {"title": "Mine"})
    assert Questionnaire.objects.get(title="Mine").versions.get().is_draft
    discard, sent = f"{room.root}{draft.pk}/discard/", {"sure": "yes", "version": "1"}
    assert room.client.post(discard, sent).status_code == 409
    sent["version"] = room.client.get(f"{room.root}{draft.pk}/").context["page"].fingerprint
    assert room.client.post(discard, sent).status_code == 302
    assert not QuestionnaireVersion.objects.filter(pk=draft.pk).exists()


def test_the_file_is_what_the_version_says():
    room = desk()
    reply = room.client.get(f"{room.address}questionnaire.json")
    assert reply.json() == version_to_dict(room.draft)
    assert reply["Content-Disposition"] == 'attachment; filename="every-type-1.json"'


def test_shipped_questionnaires_are_read_by_every_coordinator_and_changed_by_none():
    room = desk()
    shipped = publish_package(package=read_package("ris3-wheel"))
    address = f"{room.root}{shipped.pk}/"
    assert room.client.get(address).status_code == 200
    reply = room.client.post(f"{address}copy/")
    made = QuestionnaireVersion.objects.get(made_from=shipped)
    assert (reply["Location"], made.project) == (f"{room.root}{made.pk}/", room.exercise.project)


def test_drafts_of_another_partnership_are_404_for_pages_and_writes():
    room, other = desk(), desk()
    foreign = other.question("1.2").pk
    for address in (
        f"{room.root}{other.draft.pk}/",
        f"{room.root}{other.draft.pk}/check/",
        f"{room.address}questions/{foreign}/",
        f"{other.root}",
    ):
        assert room.client.get(address).status_code == 404, address
    for address in (
        f"{room.address}questions/{foreign}/remove/",
        f"{room.address}sections/{other.section('S1').pk}/add/",
        f"{room.root}{other.draft.pk}/publish/",
    ):
        assert room.client.post(address, {}).status_code == 404, address
    add = f"{room.address}sections/{room.section('S2').pk}/add/"
    sent = {"type": "date", "short": "X", "parent": foreign}
    assert room.client.post(add, sent).status_code == 404


def test_the_number_of_queries_does_not_grow():
    room = desk()
    pages = ("", "check/", "preview/", "translations/?language=pl", f"questions/{room.question('1.2').pk}/")

    def counted():
        for place in (room.root, *(room.address + page for page in pages)):
            with CaptureQueriesContext(connection) as queries:
                assert room.client.get(place).status_code == 200
            yield len(queries)

    before = list(counted())
    Question.objects.bulk_create(
        Question(section=room.section("S1"), code=f"9.{n}", type="short_text", short="More", position=n)
        for n in range(20, 26)
    )
    draft_from_dict(definition=every_type(), project=room.exercise.project, by=None)
    assert list(counted()) == before
    assert max(before) <= 26


def test_a_facilitator_reads_every_page_of_the_editor_and_writes_nothing():
    room = desk()
    reader = client_of(Role.FACILITATOR, room.region_map)
    question, section = room.question("1.3"), room.section("S1")
    pages = [room.root, room.address, f"{room.address}check/", f"{room.address}preview/"]
    pages += [f"{room.address}translations/?language=pl", f"{room.address}questionnaire.json"]
    pages += [f"{room.address}questions/{question.pk}/", f"{room.address}sections/{section.pk}/"]
    for address in pages:
        reply = reader.get(address)
        text = reply.content.decode()
        main = text.partition("<main")[2].partition("</main")[0]
        assert (reply.status_code, 'method="post"' in main) == (200, False), address
        assert ('method="post"' in room.client.get(address).content.decode()) == (".json" not in address)
    shown = reader.get(f"{room.address}questions/{question.pk}/").content.decode()
    assert all(option["label"] in shown for option in question.settings["choices"])
    before = version_to_dict(room.draft)
    for deed in ("save/", "copy/", "discard/", "publish/", "sections/add/", f"questions/{question.pk}/save/"):
        assert reader.post(f"{room.address}{deed}", {"version": 1, "short": "?"}).status_code == 403, deed
    assert reader.get(f"{room.root}upload/").status_code == 403
    assert version_to_dict(room.draft) == before
    assert f'href="{room.root}"' in reader.get("/workspace/").content.decode()
    publish_version(version=room.draft)
    for address in (room.address, f"{room.address}check/"):
        main = reader.get(address).content.decode().partition("<main")[2].partition("</main")[0]
        assert 'method="post"' not in main, address
