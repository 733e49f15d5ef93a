"""Practices on the partners' side: written together, handed in, returned, published, withdrawn."""

import pytest
from django.test import Client
from django.utils import timezone

from journeys.models import Practice
from journeys.selectors.practice_work import ASKED
from mapping.enums import Role
from mapping.models import Code, CodeList
from tests.factories.exchange import PracticeFactory
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db
SCRIPT = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def region_map():
    return RegionMapFactory()


def signed_in(role, region_map):
    client = Client()
    client.force_login(member(role, region_map))
    return client


def draft(region_map, **values):
    return PracticeFactory(**{"region": region_map.region, "state": "draft", "published_at": None} | values)


def address(practice, step=""):
    return f"/workspace/practices/{practice.slug}/{step}"


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_desk_shows_what_is_there_by_state(region_map, django_assert_num_queries, rows):
    for _n in range(rows):
        draft(region_map)
        draft(region_map, state="submitted")
        PracticeFactory(region=region_map.region)
    PracticeFactory()  # of another partnership
    draft(RegionMapFactory(exercise=region_map.exercise))  # of another region
    client = signed_in(Role.REGIONAL_LEAD, region_map)
    # session, user; practices, regions, and roles when there is a practice
    with django_assert_num_queries(4 + bool(rows)):
        page = client.get("/workspace/practices/").context["page"]
    expected = [("submitted", rows), ("draft", rows), ("published", rows)] if rows else []
    assert [(part.state, len(part.rows)) for part in page.parts] == expected
    assert [region.pk for region in page.regions] == [region_map.region_id]


def test_an_empty_desk_says_what_to_do(region_map):
    lead = signed_in(Role.REGIONAL_LEAD, region_map).get("/workspace/practices/").content.decode()
    assert "A title is enough to start." in lead
    reader = signed_in(Role.STAKEHOLDER, region_map).get("/workspace/practices/").content.decode()
    assert "team writes them. What is published" in reader
    assert "new-practice" not in reader


def test_a_practice_is_started_with_a_title(region_map):
    client = signed_in(Role.CONTRIBUTOR, region_map)
    for sent in ({"title": ""}, {"title": "T", "region": "999999"}, {"title": "\u200b", "region": "x"}):
        reply = client.post("/workspace/new-practice/", sent)
        assert (reply.status_code, Practice.objects.count()) == (422, 0)
    reply = client.post("/workspace/new-practice/", {"title": "Add", "region": region_map.region_id})
    practice = Practice.objects.get()
    assert reply["Location"] == address(practice)
    assert (practice.state, practice.region_id) == ("draft", region_map.region_id)
    other = RegionMapFactory(exercise=region_map.exercise)
    assert (
        client.post("/workspace/new-practice/", {"title": "T", "region": other.region_id}).status_code == 422
    )


@pytest.mark.parametrize("lines", [1, 3])
def test_page_is_read_in_a_number_of_queries_that_stays(region_map, django_assert_num_queries, lines):
    practice = draft(region_map)
    client = signed_in(Role.REGIONAL_LEAD, region_map)
    for n in range(lines):
        client.post(address(practice, "save/"), {"summary": f"S{n}", "version_summary": str(n + 1)})
    # session, user; practice and codes; choices of codes, roles, history
    with django_assert_num_queries(7):
        assert client.get(address(practice)).status_code == 200


def test_fields_save_one_by_one_with_and_without_a_script(region_map):
    practice, client = draft(region_map), signed_in(Role.CONTRIBUTOR, region_map)
    reply = client.post(address(practice, "save/"), {"summary": "Short", "version_summary": "1"}, **SCRIPT)
    assert (reply.status_code, reply["X-Version"]) == (200, "2")
    nace = CodeList.objects.create(key="nace", title="NACE")
    code = Code.objects.create(code_list=nace, key="nace:K", code="K", label="Information", depth=1)
    sent = {
        "dimensions": ["", "E3", "E5"],
        "version_dimensions": "1",
        "codes": ["", str(code.pk)],
        "version_codes": "1",
        "unknown": ["", "evidence"],
        "version_unknown": "1",
        "sources": "https://region.eu/a\r\n\r\nhttps://region.eu/b",
        "version_sources": "1",
        "was_title": practice.title,
        "title": practice.title,
        "version_title": "1",
    }
    assert client.post(address(practice, "save/"), sent)["Location"] == address(practice)
    practice.refresh_from_db()
    assert (practice.summary, practice.dimensions, practice.unknown) == ("Short", ["E3", "E5"], ["evidence"])
    assert practice.sources == ["https://region.eu/a", "https://region.eu/b"]
    assert (list(practice.codes.all()), practice.version_of("title")) == ([code], 1)
    page = client.get(address(practice)).content.decode()
    assert "https://region.eu/a\nhttps://region.eu/b" in page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", "", "Give the practice a title."),
        ("title", "x" * 201, "Shorten this to 200 characters."),
        ("website", "nowhere", "Enter a web address like"),
        ("website", "javascript:alert(1)", "Enter a web address"),
        ("sources", "https://region.eu/\nnowhere at all", "“nowhere at all” is no web address."),
        ("dimensions", "E9", "That option is not part of this question."),
        ("level", "galactic", "That option is not part of this question."),
        ("unknown", "search", "That option is not part of this question."),
        ("codes", "999999", "That option is not part of this question."),
        ("summary", "a\x00b", "Null characters are not allowed."),
    ],
)
def test_what_is_not_accepted_is_said_and_kept(region_map, field, typed, said):
    practice, client = draft(region_map, title="Before"), signed_in(Role.CONTRIBUTOR, region_map)
    sent = {field: typed, f"version_{field}": "1", "location": "Here", "version_location": "1"}
    reply = client.post(address(practice, "save/"), sent)
    text = reply.content.decode()
    assert reply.status_code == 422
    assert said in text
    practice.refresh_from_db()
    assert (practice.title, practice.location) == ("Before", "Here"), "the others are saved"


def test_two_people_at_one_field_see_both_texts(region_map):
    practice = draft(region_map)
    first, second = (signed_in(role, region_map) for role in (Role.CONTRIBUTOR, Role.COORDINATOR))
    first.post(address(practice, "save/"), {"summary": "Hers", "version_summary": "1"})
    reply = second.post(address(practice, "save/"), {"summary": "His", "version_summary": "1"})
    text = reply.content.decode()
    assert reply.status_code == 409
    assert "Hers" in text
    assert "His" in text
    both = {"field": "summary", "choice": "both", "summary": "His", "version": "2"}
    second.post(address(practice, "save/"), both)
    practice.refresh_from_db()
    assert practice.summary == "Hers / His"


def test_a_save_without_a_version_is_refused(region_map):
    practice, client = draft(region_map), signed_in(Role.CONTRIBUTOR, region_map)
    assert client.post(address(practice, "save/"), {"summary": "S"}).status_code == 428


@pytest.mark.parametrize("state", ["submitted", "published", "withdrawn"])
def test_later_the_coordinator_alone_writes_and_nothing_typed_is_lost(region_map, state):
    practice = draft(region_map, state=state, published_at=timezone.now())
    sent = {"summary": "Typed late", "version_summary": "1"}
    author = signed_in(Role.CONTRIBUTOR, region_map)
    for how in ({}, SCRIPT):
        reply = author.post(address(practice, "save/"), sent, **how)
        assert reply.status_code == 409
        assert "Typed late" in reply.content.decode()
    status = signed_in(Role.COORDINATOR, region_map).post(address(practice, "save/"), sent).status_code
    practice.refresh_from_db()
    assert (status, practice.summary) == ((409, "") if state == "withdrawn" else (302, "Typed late"))


def test_the_way_of_a_practice_through_its_pages(region_map):
    practice = draft(region_map, summary="S", description="D")
    author, coordinator, expert = (
        signed_in(role, region_map) for role in (Role.CONTRIBUTOR, Role.COORDINATOR, Role.FACILITATOR)
    )
    reply = author.post(address(practice, "submit/"), {"version": "1"})
    assert reply.status_code == 422
    assert "Fill in “Evidence of success”" in reply.content.decode()
    Practice.objects.filter(pk=practice.pk).update(unknown=list(ASKED))
    assert author.post(address(practice, "submit/"), {"version": "1"}).status_code == 302
    assert coordinator.post(address(practice, "return/"), {"version": "2", "reason": ""}).status_code == 422
    coordinator.post(address(practice, "return/"), {"version": "2", "reason": "Say who pays."})
    assert "Say who pays." in author.get(address(practice)).content.decode()
    author.post(address(practice, "submit/"), {"version": "3"})
    coordinator.post(address(practice, "publish/"), {"version": "4"})
    assert practice.title in Client().get("/practices/").content.decode()
    expert.post(address(practice, "opinion/"), {"version": "1", "text": "Worth a visit."})
    assert "Worth a visit." in Client().get(f"/practices/{practice.slug}/").content.decode()
    # Once it is published, the coordinator alone changes or withdraws it, and the page says so to others.
    sent = {"version": "5", "reason": "It failed later."}
    for other in (author, expert):
        page = other.get(address(practice)).content.decode()
        assert ("It is published. The coordinator alone" in page, "withdraw/" in page) == (True, False)
        assert other.post(address(practice, "withdraw/"), sent).status_code == 403
    assert coordinator.post(address(practice, "withdraw/"), sent).status_code == 302
    assert practice.title not in Client().get("/practices/").content.decode()
    assert "It failed later." in Client().get(f"/practices/{practice.slug}/").content.decode()
    page = coordinator.get(address(practice))
    assert [line.label for line in page.context["page"].history][:3] == ["state", "expert opinion", "state"]


@pytest.mark.parametrize(
    ("step", "sent", "kept"),
    [
        ("return", {"reason": "Long thought about"}, "Long thought about"),
        ("publish", {}, ""),
        ("opinion", {"text": "Long thought about"}, "Long thought about"),
    ],
)
def test_a_step_that_comes_too_late_is_said_and_its_text_kept(region_map, step, sent, kept):
    practice = draft(region_map, state="returned")
    role = Role.FACILITATOR if step == "opinion" else Role.COORDINATOR
    reply = signed_in(role, region_map).post(address(practice, f"{step}/"), {"version": "1", **sent})
    text = reply.content.decode()
    assert reply.status_code == 409
    assert "Somebody was faster" in text
    assert kept in text
    assert Practice.objects.get().state == "returned"


def test_only_a_draft_that_was_never_published_is_removed(region_map):
    client, practice = signed_in(Role.REGIONAL_LEAD, region_map), draft(region_map)
    client.post(address(practice, "remove/"), {"version": "7"})
    assert Practice.objects.count() == 1
    assert client.post(address(practice, "remove/"), {"version": "1"})["Location"] == "/workspace/practices/"
    assert Practice.objects.count() == 0
    public = PracticeFactory(region=region_map.region)
    assert client.post(address(public, "remove/"), {"version": "1"}).status_code == 403


STEPS = ("save", "submit", "return", "publish", "withdraw", "opinion", "remove")


@pytest.mark.parametrize("step", STEPS)
def test_observers_write_nothing_and_strangers_see_nothing(region_map, step):
    practice = draft(region_map, state="submitted")
    sent = {"version": "1", "reason": "R", "text": "T"}
    observer, stranger = signed_in(Role.OBSERVER, region_map), signed_in(Role.COORDINATOR, RegionMapFactory())
    assert observer.post(address(practice, f"{step}/"), sent).status_code == 403
    assert stranger.post(address(practice, f"{step}/"), sent).status_code == 404
    assert (observer.get(address(practice)).status_code, stranger.get(address(practice)).status_code) == (
        403,
        404,
    )
