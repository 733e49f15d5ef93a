"""The board, one's own posts, matches and conversations; who is behind a post stays hidden (P79)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.models import Introduction, Match, Message, Post
from journeys.services.introductions import PER_HOUR
from journeys.services.match_care import look_after_matches, match_new
from journeys.tasks import find_matches
from mapping.enums import Role
from mapping.models import Membership, Region
from tests.factories.exchange import PostFactory
from tests.factories.mapping import RegionFactory, RegionMapFactory, UserFactory, member
from tests.factories.synthesis import AreaFactory

pytestmark = pytest.mark.django_db
SECRETS = ("Secret House", "Ann Hidden", "ann@hidden.test")


@pytest.fixture
def sides():
    """A need and an offer of two owners, matched."""
    made = []
    for kind, language, title in (
        ("need", "pl", "Oczyszczanie ścieków"),
        ("offer", "es", "Aguas residuales"),
    ):
        owner = UserFactory()
        made.append(
            PostFactory(
                kind=kind,
                language=language,
                title=title,
                owner=owner,
                organisation=f"Secret House {kind}",
                contact_name="Ann Hidden",
                contact_email="ann@hidden.test",
            )
        )
    match_new()
    return made


def leaks(reply):
    return [word for word in SECRETS if word in reply.content.decode()]


def say(client, post, other, says="yes"):
    client.force_login(post.owner)
    return client.post(f"/workspace/matchmaking/{post.pk}/matches/{other.pk}/", {"says": says})


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_the_board_takes_five_queries(client, django_assert_num_queries, rows):
    for n in range(rows):
        PostFactory(title=f"Post {n}")
    PostFactory(title="Over", valid_until=dt.date(2020, 1, 1))
    PostFactory(title="A draft", state="draft")
    with django_assert_num_queries(3 + 2 * bool(rows)):
        reply = client.get("/matchmaking/")
    assert [post.title for post in reply.context["page"].page] == [f"Post {n}" for n in reversed(range(rows))]
    assert ("No need and no offer is open" in reply.content.decode()) is (rows == 0)


def test_ten_thousand_come_in_pages(client, django_assert_num_queries):
    one = PostFactory()
    Post.objects.bulk_create(
        Post(
            project=one.project,
            region=one.region,
            kind="offer",
            title=f"Offer {n}",
            text="x",
            state="published",
            published_at=one.published_at,
            valid_until=one.valid_until,
        )
        for n in range(10_000)
    )
    with django_assert_num_queries(5):
        reply = client.get("/matchmaking/?kind=offer")
    assert (reply.context["page"].count, len(reply.context["page"].page)) == (10_000, 18)


def test_words_kind_and_region_narrow_the_board(client):
    one = PostFactory(title="Ścieki mleczarni", kind="need")
    PostFactory(title="Wood", kind="offer")
    # Neither accents nor letter case matter, and a beginning is enough.
    for query in ("q=SCIEKI", "q=mlecz+ście", "kind=need", f"region={one.region.slug}"):
        assert [post.pk for post in client.get(f"/matchmaking/?{query}").context["page"].page] == [one.pk]


@pytest.mark.parametrize(
    "values", [{"state": "withdrawn"}, {"state": "draft"}, {"valid_until": dt.date(2020, 1, 1)}]
)
def test_what_is_not_open_is_not_found(client, values):
    assert client.get(f"/matchmaking/{PostFactory(**values).pk}/").status_code == 404
    assert client.get(f"/matchmaking/{PostFactory().pk}/").status_code == 200


def test_the_matches_take_as_many_queries_for_one_as_for_ten(client, sides, django_assert_num_queries):
    need, _offer = sides
    client.force_login(need.owner)
    address = f"/workspace/matchmaking/{need.pk}/matches/"
    client.get(address)  # the concepts are read from their file once
    with CaptureQueriesContext(connection) as one:
        assert len(client.get(address).context["matches"]) == 1
    for _n in range(20):
        PostFactory(kind="offer", language="es", title="Aguas residuales")
    match_new()
    with django_assert_num_queries(len(one)):
        assert len(client.get(address).context["matches"]) == 10


def test_why_not_takes_a_number_or_an_address_and_says_what_is_shared(client, sides):
    need, offer = sides
    client.force_login(need.owner)
    address = f"/workspace/matchmaking/{need.pk}/matches/?other="
    for asked in (offer.pk, f"/matchmaking/{offer.pk}/", f"https://example.eu/matchmaking/{offer.pk}"):
        refusal = client.get(f"{address}{asked}").context["refusal"]
        assert refusal.sentence == "It is among the matches above."
        assert sum(part.points for part in refusal.parts) == round(100 * Match.objects.get().score)
    far = PostFactory(kind="offer", language="es", title="Zapatos", text="De cuero")
    refusal = client.get(f"{address}{far.pk}").context["refusal"]
    assert refusal.sentence == "The two have no subject and no word in common."
    assert (refusal.reasons, {part.points for part in refusal.parts}) == ([], {0})
    for nonsense in ("abc", "99999999", "-1", str(need.pk), "x" * 500, "٣"):
        reply = client.get(f"{address}{nonsense}")
        assert (reply.status_code, reply.context["refusal"]) == (200, None)


def test_a_reader_with_posts_of_the_other_kind_may_ask_about_each(client, sides):
    need, offer = sides
    assert client.get(f"/matchmaking/{offer.pk}/").context["own"] == []
    client.force_login(need.owner)
    assert client.get(f"/matchmaking/{offer.pk}/").context["own"] == [need]
    assert client.get(f"/matchmaking/{need.pk}/").context["own"] == []


def test_nobody_learns_who_is_behind_a_post_before_both_agree(client, sides):
    need, offer = sides
    for address in ("/matchmaking/", f"/matchmaking/{need.pk}/", f"/matchmaking/{offer.pk}/"):
        assert leaks(client.get(address)) == []
    client.force_login(need.owner)
    reply = client.get(f"/workspace/matchmaking/{need.pk}/matches/?other={offer.pk}")
    assert (reply.status_code, leaks(reply)) == (200, [])
    assert "the need says Oczyszczanie, ścieków, the offer says residuales" in reply.content.decode()
    # One yes opens nothing, and the other side is not told.
    say(client, need, offer)
    assert leaks(client.get(f"/workspace/matchmaking/{need.pk}/matches/")) == []
    talk = Introduction.objects.get()
    assert client.get(f"/workspace/introductions/{talk.pk}/").status_code == 404
    # Both: the same addresses tell, which shows that the search for leaks finds them.
    reply = say(client, offer, need)
    assert reply["Location"] == f"/workspace/introductions/{talk.pk}/"
    assert leaks(client.get(reply["Location"])) == list(SECRETS)
    client.force_login(UserFactory())
    assert client.get(reply["Location"]).status_code == 404
    assert client.post(f"{reply['Location']}write/", {"text": "Hello"}).status_code == 404


def test_a_no_opens_nothing_and_numbers_cannot_be_tried_out(client, sides):
    need, offer = sides
    say(client, need, offer)
    say(client, offer, need, says="no")
    assert Introduction.objects.get().agreed_at is None
    # No match, no interest; a stranger's post, no page.
    other = PostFactory(kind="offer", title="Zapatos", text="De cuero", language="es")
    assert say(client, need, other).status_code == 404
    assert client.get(f"/workspace/matchmaking/{offer.pk}/matches/").status_code == 404
    assert client.get(f"/workspace/matchmaking/{PostFactory(state='draft').pk}/").status_code == 404


def test_naming_ones_organisation_like_another_tells_nothing(client, sides):
    need, offer = sides
    Post.objects.filter(pk=need.pk).update(organisation_key=offer.organisation_key)
    client.force_login(need.owner)
    reply = client.get(f"/workspace/matchmaking/{need.pk}/matches/?other={offer.pk}")
    assert "same organisation" not in reply.content.decode()


def test_a_withdrawn_offer_leaves_every_page_at_once(client, sides):
    need, offer = sides
    client.force_login(offer.owner)
    client.post(f"/workspace/matchmaking/{offer.pk}/withdraw/", {"version": "1"})
    assert client.get(f"/matchmaking/{offer.pk}/").status_code == 404
    # Its author may now take the names out of it.
    data = {"contact_email": "", "version_contact_email": "1"}
    assert client.post(f"/workspace/matchmaking/{offer.pk}/save/", data).status_code == 302
    assert Post.objects.get(pk=offer.pk).contact_email == ""
    client.force_login(need.owner)
    assert client.get(f"/workspace/matchmaking/{need.pk}/matches/").context["matches"] == []


def test_who_checks_a_post_sees_the_organisation_and_no_person(client, sides):
    _need, offer = sides
    boss = UserFactory()
    Membership.objects.create(user=boss, project=offer.project, role=Role.COORDINATOR)
    client.force_login(boss)
    reply = client.get(f"/workspace/matchmaking/{offer.pk}/")
    assert (reply.status_code, leaks(reply)) == (200, ["Secret House"])
    assert client.get(f"/workspace/matchmaking/{offer.pk}/matches/").status_code == 403


def test_messages_are_text_with_links_that_vouch_for_nothing_and_no_flood(client, sides):
    need, offer = sides
    say(client, need, offer)
    address = say(client, offer, need)["Location"]
    text = "<b>See</b> https://a.example/x javascript:alert(1)"
    for _n in range(PER_HOUR):
        assert client.post(f"{address}write/", {"text": text}).status_code == 302
    reply = client.post(f"{address}write/", {"text": "One more"})
    assert (reply.status_code, reply["Retry-After"]) == (429, "3600")
    assert "One more" in reply.content.decode()
    assert Message.objects.count() == PER_HOUR
    page = client.get(address).content.decode()
    assert '<a href="https://a.example/x" rel="nofollow noopener">' in page
    assert "&lt;b&gt;See" in page
    assert 'href="javascript' not in page
    assert client.post(f"{address}write/", {"text": " "}).status_code == 422


def test_the_outcome_is_told_once_asked_and_shown_as_numbers(client, sides):
    need, offer = sides
    say(client, need, offer)
    address = say(client, offer, need)["Location"]
    assert client.post(f"{address}result/", {"result": "nonsense"}).status_code == 422
    assert client.post(f"{address}result/", {"result": "project", "text": "Together"}).status_code == 302
    page = client.get(f"/matchmaking/?region={need.region.slug}")
    assert (page.context["page"].meetings.met, page.context["page"].meetings.led) == (1, 1)
    assert "1 time two organisations agreed to meet" in page.content.decode()
    elsewhere = PostFactory().region
    assert client.get(f"/matchmaking/?region={elsewhere.slug}").context["page"].meetings is None
    # Gone with the account of one side.
    need.owner.delete()
    look_after_matches()
    assert client.get(f"/matchmaking/?region={offer.region.slug}").context["page"].meetings is None


def test_a_draft_from_an_area_is_handed_in_returned_and_published(client):
    region_map = RegionMapFactory()
    lead, boss = member(Role.REGIONAL_LEAD, region_map), member(Role.COORDINATOR, region_map)
    area = AreaFactory(region_map=region_map, text="Clean the water of dairies", responsible_body="")
    client.force_login(lead)
    assert "Clean the water of dairies" in client.get("/workspace/matchmaking/").content.decode()
    reply = client.post(f"/workspace/matchmaking/draft/need/{area.pk}/")
    post = Post.objects.get()
    assert reply["Location"] == f"/workspace/matchmaking/{post.pk}/"
    assert (post.kind, post.title, post.area, post.state) == (
        *("need", "Clean the water of dairies", area, "draft"),
    )
    address = reply["Location"]
    assert client.post(f"{address}publish/", {"version": "1"}).status_code == 403
    data = {"title": "Cleaner water", "version_title": "1"}
    assert client.post(f"{address}save/", data).status_code == 302
    refused = client.post(f"{address}submit/", {"version": "1"})
    assert refused.status_code == 422
    assert "Name your organisation first." in refused.content.decode()
    assert Post.objects.get().state == "draft"
    data = {"organisation": "Dairies", "version_organisation": "1"}
    assert client.post(f"{address}save/", data).status_code == 302
    assert Post.objects.get().organisation_key == "dairies"
    client.force_login(boss)
    assert client.get(address).status_code == 404
    client.force_login(lead)
    client.post(f"{address}submit/", {"version": "1"})
    client.force_login(boss)
    assert client.post(f"{address}return/", {"version": "2"}).status_code == 422
    client.post(f"{address}return/", {"version": "2", "reason": "Say where."})
    client.force_login(lead)
    assert "Say where." in client.get(address).content.decode()
    client.post(f"{address}submit/", {"version": "3"})
    client.force_login(boss)
    assert client.post(f"{address}publish/", {"version": "1"}).status_code == 409
    client.post(f"{address}publish/", {"version": "4"})
    post.refresh_from_db()
    assert (post.state, post.title) == ("published", "Cleaner water")
    client.force_login(lead)
    # What is published is not changed under its readers; what was typed comes back.
    reply = client.post(f"{address}save/", {"title": "Other", "version_title": "2"})
    assert (reply.status_code, "Title: Other" in reply.content.decode()) == (409, True)
    assert client.post(f"{address}renew/", {"version": "5"}).status_code == 302


def test_what_is_published_is_compared_at_once_and_not_only_by_the_clock(
    client, django_capture_on_commit_callbacks
):
    region_map = RegionMapFactory()
    waiting = PostFactory(state="submitted", project=region_map.exercise.project, region=region_map.region)
    client.force_login(member(Role.COORDINATOR, region_map))
    with django_capture_on_commit_callbacks() as after_commit:
        client.post(f"/workspace/matchmaking/{waiting.pk}/publish/", {"version": "1"})
    assert len(after_commit) == 1
    find_matches(waiting.pk)
    assert Post.objects.get(pk=waiting.pk).matched_with
    # Neither a refusal nor a return rings.
    for step, data in (("publish", {"version": "1"}), ("return", {"version": "2", "reason": "Say where."})):
        with django_capture_on_commit_callbacks() as after_commit:
            client.post(f"/workspace/matchmaking/{waiting.pk}/{step}/", data)
        assert after_commit == []


def test_two_drafts_without_an_organisation_are_not_of_the_same(client):
    region_map = RegionMapFactory()
    for kind in ("need", "offer"):
        client.force_login(member(Role.REGIONAL_LEAD, region_map))
        data = {"kind": kind, "region": region_map.region.pk, "title": "Cheese"}
        client.post("/workspace/matchmaking/add/", data)
    assert list(Post.objects.values_list("organisation", flat=True)) == ["", ""]
    assert len(set(Post.objects.values_list("organisation_key", flat=True))) == 2


def test_who_looks_on_and_leads_one_region_writes_for_that_region_only(client):
    region_map = RegionMapFactory()
    Region.objects.filter(pk=region_map.region.pk).update(name="Zeta")
    other = RegionFactory(project=region_map.region.project, name="Alpha")
    leader = member(Role.REGIONAL_LEAD, region_map)
    looking_on = Membership.objects.create(
        user=leader, role=Role.OBSERVER, project=region_map.exercise.project, region=None
    )
    client.force_login(leader)
    shown = client.get("/workspace/matchmaking/").context["form"].fields["region"].choices
    assert shown == [(region_map.region.pk, "Zeta")]
    data = {"kind": "need", "region": other.pk, "title": "A need"}
    assert client.post("/workspace/matchmaking/add/", data).status_code == 422
    assert Post.objects.count() == 0
    # Who runs the partnership writes for each of its regions, and finds the own one first.
    Membership.objects.filter(pk=looking_on.pk).update(role=Role.COORDINATOR)
    shown = client.get("/workspace/matchmaking/").context["form"].fields["region"].choices
    assert shown == [(region_map.region.pk, "Zeta"), (other.pk, "Alpha")]


def test_an_observer_writes_nothing(client):
    region_map = RegionMapFactory()
    client.force_login(member(Role.OBSERVER, region_map))
    data = {"kind": "need", "region": region_map.region.pk, "title": "A need"}
    assert client.post("/workspace/matchmaking/add/", data).status_code == 403
    client.force_login(member(Role.STAKEHOLDER, region_map))
    assert client.post("/workspace/matchmaking/add/", data).status_code == 302
    assert client.post("/workspace/matchmaking/add/", data | {"title": ""}).status_code == 422
