"""Taking part by a personal link: opening, starting, saving, sending, and what others see."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from cohes3ion.lib.versions import text_version
from governance.models import Answer, GovernanceScore, PersonalLink, PressingArea, Response
from governance.services.invitations import revoke_link
from tests.factories.governance import SpaceFactory
from tests.factories.mapping import CapabilityFactory, PriorityFactory, UnitFactory, UserFactory
from tests.governance.links import answer_all, consulted_map, invited, named, save, started

pytestmark = pytest.mark.django_db


def text_of(reply) -> str:
    return reply.content.decode()


def test_a_stakeholder_answers_sends_and_reads_again():
    region_map = consulted_map()
    link, address = invited(region_map)
    client = started(address)
    assert text_of(client.get(f"{address}answers/")).count('data-field="level_') == 2
    answer_all(client, address)
    empty = text_version("", "")
    saved = save(client, address, area_1="Meet more often", theme_1="E3", version_area_1=empty)
    assert (saved.status_code, saved["X-Version"]) == (200, str(text_version("Meet more often", "E3")))
    save(client, address, comment="Well drawn.", version_comment=text_version(""))
    assert client.post(f"{address}send/").status_code == 302
    response = Response.objects.get(personal_link=link)
    assert (response.state, response.comment, response.label) == (
        "submitted",
        "Well drawn.",
        "Baltic Robotics",
    )
    assert [row.text for row in PressingArea.objects.filter(response=response)] == ["Meet more often"]
    assert GovernanceScore.objects.filter(region_map=region_map, group="stakeholder").exists()
    page = text_of(client.get(address))
    assert "4</span> Largely in place" in page
    assert "Well drawn." in page


def test_opening_changes_nothing():
    """A mail scanner follows the link, even twice; the person can still start."""
    _link, address = invited(consulted_map())
    before = PersonalLink.objects.values().get(), Response.objects.values().get()
    for _time in range(2):
        reply = Client().get(address)
        assert (reply.status_code, reply["X-Robots-Tag"]) == (200, "noindex, nofollow")
        assert "no-store" in reply["Cache-Control"]
        assert "take-part" not in reply.cookies
    assert Client().get(f"{address}start/").status_code == 405
    assert (PersonalLink.objects.values().get(), Response.objects.values().get()) == before


def test_starting_sets_a_cookie_for_this_link_only():
    _link, address = invited(consulted_map())
    cookie = Client().post(f"{address}start/").cookies["take-part"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (address, True, "Lax")


def test_a_draft_map_is_not_shown_and_cannot_be_answered():
    region_map = consulted_map(state="draft")
    UnitFactory(region_map=region_map, name="Secret unit")
    _link, address = invited(region_map)
    page = text_of(Client().get(address))
    assert "Secret unit" not in page
    assert "when the consultation begins" in page
    client = Client()
    client.post(f"{address}start/")
    assert PersonalLink.objects.get().owner_hash == ""


def test_links_that_do_not_work_look_the_same():
    region_map = consulted_map()
    revoked, first = invited(region_map, organisation="One")
    expired, second = invited(region_map, organisation="Two")
    revoke_link(link=revoked)
    PersonalLink.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    altered = second[:-2] + ("A" if second[-2] != "A" else "B") + "/"
    pages = []
    for address in (
        first,
        second,
        altered,
        "/take-part/%00/",
        "/take-part/%F0%9F%92%A9/",
        f"/take-part/{'x' * 900}/",
    ):
        reply = Client().get(address)
        assert reply.status_code == 404
        pages.append(text_of(reply).replace(address, ""))
        for part in ("start/", "save/", "send/"):
            assert Client().post(f"{address}{part}").status_code == 404
        assert Client().get(f"{address}answers/").status_code == 404
    main = [page[page.index("<main") : page.index("</main>")] for page in pages]
    assert set(main) == {main[0]}
    assert "Ask the person who invited you for a new link" in main[0]


def typing(address, client, *, script=False):
    sent = {"explanation_1_1": "Only <b>two</b> counties", "level_1_1": "4", "importance_3_1": "x"}
    more = {"area_1": "Meet more often", "comment": "Well drawn.", "version_comment": "1"}
    return save(client, address, script=script, **sent, **more)


def test_a_link_taken_back_while_somebody_types_gives_the_text_back_and_says_whom_to_ask():
    link, address = invited(consulted_map())
    client = started(address)
    _other, others = invited(link.region_map, organisation="Tatra Steel")
    save(started(others), others, explanation_1_1="Of Tatra", version_explanation_1_1="1")
    revoke_link(link=link)
    for part in ("save/", "send/"):
        reply = client.post(f"{address}{part}", {"explanation_1.1": "Only <b>two</b> counties"})
        assert (reply.status_code, "Only &lt;b&gt;two" in text_of(reply)) == (404, True)
    page = " ".join(text_of(typing(address, client)).split())
    assert "This link was taken back" in page
    assert f"ask the person at {link.region_map.region} who invited you" in page
    for text in ("Only &lt;b&gt;two", "Meet more often", "Well drawn.", "1.1: 4 Largely in place", "3.1: x"):
        assert text in page
    assert "Tatra" not in page
    assert not Answer.objects.filter(response__personal_link=link).exclude(explanation="").exists()
    assert "was taken back" in text_of(client.get(f"{address}answers/"))


def test_who_never_held_the_link_is_not_told_that_it_was_taken_back():
    """The negative control; also a form of an address that never was gives its text back."""
    link, address = invited(consulted_map())
    started(address)
    revoke_link(link=link)
    for place in (address, "/take-part/no-such-link/"):
        page = text_of(typing(place, Client()))
        assert ("This link was taken back" in page, "This link does not work" in page) == (False, True)
        assert ("Well drawn." in page, str(link.region_map.region) in page) == (True, False)


def test_p69_a_forwarded_link_shows_no_rating():
    _link, address = invited(consulted_map())
    client = started(address)
    answer_all(client, address)
    save(client, address, explanation_1_1="Only in two counties", version_explanation_1_1="1")
    stranger = Client()
    page = text_of(stranger.get(address))
    assert "started in another browser" in page
    assert stranger.get(f"{address}answers/").status_code == 302
    assert save(stranger, address, level_1_1="1", version_level_1_1="2").status_code == 409
    client.post(f"{address}send/")
    page = text_of(stranger.get(address))
    assert "The answers of this link were sent." in page
    assert "Largely" not in page
    assert "Only in two counties" not in page
    assert stranger.post(f"{address}start/", {"again": "1"}).status_code == 302
    assert Answer.objects.get(question__code="1.1").level == 4


def test_p69_a_tampered_cookie_is_a_stranger():
    _link, address = invited(consulted_map())
    client = started(address)
    answer_all(client, address)
    client.cookies["take-part"] = client.cookies["take-part"].value[:-3] + "abc"
    assert client.get(f"{address}answers/").status_code == 302
    assert "started in another browser" in text_of(client.get(address))


def test_starting_anew_gives_up_what_was_not_sent():
    _link, address = invited(consulted_map())
    first = started(address)
    answer_all(first, address)
    second = Client()
    second.post(f"{address}start/")
    assert Answer.objects.count() == 2
    second.post(f"{address}start/", {"again": "1"})
    assert Answer.objects.count() == 0
    assert second.get(f"{address}answers/").status_code == 200
    late = save(first, address, explanation_1_1="My long text", version_explanation_1_1="1")
    assert (late.status_code, "My long text" in text_of(late)) == (409, True)


def test_nobody_starts_while_signed_in():
    _link, address = invited(consulted_map())
    client = Client()
    client.force_login(UserFactory())
    assert "You are signed in as" in text_of(client.get(address))
    assert client.post(f"{address}start/").status_code == 403
    assert PersonalLink.objects.get().owner_hash == ""


def test_without_a_script_one_button_saves_everything():
    _link, address = invited(consulted_map())
    client = started(address)
    fields = {
        "level_1_1": "2",
        "version_level_1_1": "1",
        "was_level_1_1": "",
        "importance_3_1": "5",
        "version_importance_3_1": "1",
        "was_importance_3_1": "",
        "explanation_3_1": "",
        "version_explanation_3_1": "1",
        "was_explanation_3_1": "",
        "area_2": "Skills\r\nfor all",
        "version_area_2": text_version("", ""),
        "was_area_2": "",
        "theme_2": "",
        "comment": "",
        "was_comment": "",
        "version_comment": text_version(""),
    }
    assert save(client, address, script=False, **fields).status_code == 302
    rows = Answer.objects.order_by("question__code").values_list("level", "importance", "explanation")
    assert list(rows) == [(2, None, ""), (None, 5, "")]
    assert [(row.position, row.text) for row in PressingArea.objects.all()] == [(2, "Skills\nfor all")]


def test_what_is_not_accepted_keeps_the_rest_and_the_text():
    _link, address = invited(consulted_map())
    client = started(address)
    fields = {
        "level_1_1": "9",
        "version_level_1_1": "1",
        "was_level_1_1": "",
        "explanation_1_1": "a\x00b",
        "version_explanation_1_1": "1",
        "was_explanation_1_1": "",
        "level_3_1": "3",
        "version_level_3_1": "1",
        "was_level_3_1": "",
        "area_1": "x" * 301,
        "theme_1": "",
        "version_area_1": text_version("", ""),
        "was_area_1": "",
        "comment": "<script>alert(1)</script>",
        "was_comment": "",
        "version_comment": text_version(""),
    }
    reply = save(client, address, script=False, **fields)
    page = text_of(reply)
    assert reply.status_code == 422
    assert page.count('href="#level_1.1-1"') == page.count('href="#explanation_1.1"') == 1
    assert 'href="#area_1"' in page
    assert "x" * 301 in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert Answer.objects.get().level == 3
    assert Response.objects.get().comment == "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"level_1_1": "3"}, 428),
        ({"level_1_1": "3", "version_level_1_1": "x"}, 428),
        ({"area_1": "Text", "theme_1": ""}, 428),
        ({"comment": "a\x00"}, 422),
        ({"area_1": "a", "theme_1": "E9", "version_area_1": "1"}, 422),
        ({"level_1_1": "3", "version_level_1_1": "7"}, 409),
        ({"area_1": "Text", "theme_1": "", "version_area_1": "7"}, 409),
        ({"comment": "Text", "version_comment": "7"}, 409),
    ],
)
def test_a_field_that_cannot_be_saved(fields, status):
    _link, address = invited(consulted_map())
    client = started(address)
    for script in (True, False):
        assert save(client, address, script=script, **fields).status_code == status
    assert Response.objects.get().comment == ""
    assert not PressingArea.objects.exists()


def test_two_windows_choose_what_stands():
    _link, address = invited(consulted_map())
    client = started(address)
    save(client, address, comment="First", version_comment=text_version(""))
    stale = save(client, address, comment="Second", version_comment=text_version(""))
    page = text_of(stale)
    assert (stale.status_code, "First" in page, "Second" in page) == (409, True, True)
    chosen = {"choice": "theirs", "comment": "Second", "version_comment": text_version("First")}
    client.post(f"{address}save/", chosen)
    assert Response.objects.get().comment == "First"
    client.post(f"{address}save/", {**chosen, "choice": "mine"})
    assert Response.objects.get().comment == "Second"


def test_sending_names_what_is_missing():
    _link, address = invited(consulted_map())
    client = started(address)
    save(client, address, area_3="", theme_3="E2", version_area_3=text_version("", ""))
    reply = client.post(f"{address}send/", named({"level_1_1": "5", "version_level_1_1": "1"}))
    page = text_of(reply)
    assert reply.status_code == 422
    assert 'href="#level_3.1-1"' in page
    assert 'href="#level_1.1-1"' not in page
    assert 'href="#area_3"' in page
    assert Answer.objects.get().level == 5


def test_sending_twice_is_once():
    _link, address = invited(consulted_map())
    client = started(address)
    answer_all(client, address)
    assert [client.post(f"{address}send/").status_code for _time in range(2)] == [302, 302]
    assert Response.objects.get().state == "submitted"
    late = save(client, address, level_1_1="1", version_level_1_1="2")
    assert (late.status_code, Answer.objects.get(question__code="1.1").level) == (409, 4)


@pytest.mark.parametrize("state", ["draft", "adopted", "published"])
def test_answers_are_taken_in_consultation_only(state):
    region_map = consulted_map()
    _link, address = invited(region_map)
    client = started(address)
    answer_all(client, address)
    now = timezone.now()
    type(region_map).objects.update(
        state=state, adopted_on=now.date(), adopted_by="Council", released_at=now, published_at=now
    )
    assert save(client, address, explanation_1_1="Late", version_explanation_1_1="1").status_code == 409
    assert client.post(f"{address}send/").status_code == 409
    assert client.get(f"{address}answers/").status_code == 302
    assert Response.objects.get().state == "draft"
    assert Client().get(address).status_code == 200


def test_later_the_link_says_what_changed_even_after_its_end():
    region_map = consulted_map()
    _link, address = invited(region_map)
    client = started(address)
    answer_all(client, address)
    client.post(f"{address}send/")
    now = timezone.now()
    type(region_map).objects.update(
        state="published",
        adopted_on=now.date(),
        adopted_by="Council of Fixtures",
        released_at=now,
        published_at=now,
    )
    PersonalLink.objects.update(expires_at=now - dt.timedelta(days=1))
    page = text_of(client.get(address))
    assert "Council of Fixtures" in page
    assert f'href="/regions/{region_map.region.slug}/"' in page
    assert Client().get(address).status_code == 404


def test_the_page_speaks_the_language_of_the_invitation():
    _link, address = invited(consulted_map(), language="el", organisation="Εταιρεία Ρομποτικής ΑΕ")
    page = text_of(Client().get(address))
    assert '<html lang="el"' in page
    assert "Εταιρεία Ρομποτικής ΑΕ" in page
    chosen = Client()
    chosen.cookies["django_language"] = "pl"
    assert '<html lang="pl"' in text_of(chosen.get(address))


@pytest.mark.parametrize("size", [1, 3])
def test_pages_ask_the_same_number_of_questions(size, django_assert_num_queries):
    region_map = consulted_map()
    for _number in range(size):
        unit = UnitFactory(region_map=region_map)
        CapabilityFactory(unit=unit, priority=PriorityFactory(region_map=region_map), priority_answer="value")
        SpaceFactory(region_map=region_map).units.add(unit)
    for number in range(size):
        _link, address = invited(region_map, organisation=f"Organisation {number}")
    client = started(address)
    answer_all(client, address)
    for position in range(1, size + 1):
        save(
            client,
            address,
            **{
                f"area_{position}": "Text",
                f"theme_{position}": "",
                f"version_area_{position}": text_version("", ""),
            },
        )
    with django_assert_num_queries(22):
        assert client.get(address).status_code == 200
    with django_assert_num_queries(4):
        assert client.get(f"{address}answers/").status_code == 200
    with django_assert_num_queries(4 + 2):  # and a savepoint of the test's own transaction
        assert save(client, address, level_1_1="2", version_level_1_1="2").status_code == 200
