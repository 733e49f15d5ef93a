"""The synthesis desk in the browser."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.models import AreaOfImprovement, Challenge, Mention, Thread
from mapping.enums import Role
from tests.factories.mapping import ExerciseFactory, RegionMapFactory, member
from tests.factories.region import publish
from tests.factories.synthesis import AreaFactory, ChallengeFactory

pytestmark = pytest.mark.django_db
SCRIPT = {"HTTP_HX_REQUEST": "true"}
HOSTILE = "<img src=x onerror=alert(1)> {% now %} Ωμέγα"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def region_map():
    return RegionMapFactory()


@pytest.fixture
def challenge(region_map) -> Challenge:
    return ChallengeFactory(exercise=region_map.exercise, title="Shared roles")


@pytest.fixture
def coordinator(region_map) -> Client:
    return signed_in(member(Role.COORDINATOR, region_map))


def url(region_map, *parts: object) -> str:
    address = f"/workspace/exercises/{region_map.exercise.slug}/challenges/"
    return address + "".join(f"{part}/" for part in parts)


def test_the_desk_shows_the_areas_of_all_regions_the_ungrouped_first(region_map, challenge, coordinator):
    other = RegionMapFactory(exercise=region_map.exercise)
    AreaFactory(region_map=region_map, challenge=challenge, text="A grouped one")
    AreaFactory(region_map=other, text=HOSTILE)
    AreaFactory(text="Of another exercise")
    page = coordinator.get(url(region_map)).content.decode()
    assert "<img src=x" not in page
    assert page.index("&lt;img src=x") < page.index("A grouped one")
    assert "Of another exercise" not in page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COORDINATOR, 200),
        (Role.FACILITATOR, 200),
        (Role.OBSERVER, 403),
        (Role.REGIONAL_LEAD, 403),
        (Role.CONTRIBUTOR, 403),
    ],
)
def test_who_may_open_and_write(region_map, challenge, role, status):
    client = signed_in(member(role, region_map))
    assert client.get(url(region_map)).status_code == status
    moved = 302 if status == 200 else status
    for place in (("add",), (challenge.pk, "move"), (challenge.pk,)):
        sent = {"title": "New", "version": "1", "version_title": "1", "direction": "up"}
        assert client.post(url(region_map, *place), sent).status_code == moved


def test_people_of_other_partnerships_find_nothing(region_map, challenge):
    publish(region_map)
    stranger = signed_in(member(Role.COORDINATOR, RegionMapFactory()))
    assert stranger.get(url(region_map)).status_code == 404
    for place in (("add",), ("group",), (challenge.pk,), (challenge.pk, "merge"), (challenge.pk, "move")):
        assert stranger.post(url(region_map, *place), {"title": "X"}).status_code == 404
    assert Client().get(url(region_map)).status_code == 302


def test_areas_of_a_published_map_are_grouped(region_map, challenge, coordinator):
    areas = [AreaFactory(region_map=region_map) for _ in range(3)]
    publish(region_map)
    sent = {f"version_{area.pk}": "1" for area in areas}
    sent |= {"area": [areas[0].pk, areas[2].pk], "challenge": challenge.pk}
    assert coordinator.post(url(region_map, "group"), sent).status_code == 302
    assert set(challenge.areas.all()) == {areas[0], areas[2]}
    away = {"area": areas[0].pk, f"version_{areas[0].pk}": "2", "challenge": "none"}
    assert coordinator.post(url(region_map, "group"), away).status_code == 302
    assert set(challenge.areas.all()) == {areas[2]}


def test_what_cannot_be_grouped_is_said_and_stays_ticked(region_map, challenge, coordinator):
    area = AreaFactory(region_map=region_map, text="Wanted by two")
    foreign = ChallengeFactory(exercise=ExerciseFactory(project=region_map.exercise.project))
    version = {f"version_{area.pk}": "1"}
    ticked = f'value="{area.pk}" checked'
    for bad in ("", "x", "²", "99999999999", str(foreign.pk)):
        reply = coordinator.post(url(region_map, "group"), {**version, "area": area.pk, "challenge": bad})
        assert (reply.status_code, ticked in reply.content.decode()) == (422, True)
    assert coordinator.post(url(region_map, "group"), {"challenge": challenge.pk}).status_code == 422
    reply = coordinator.post(url(region_map, "group"), {"area": area.pk, "challenge": challenge.pk})
    assert (reply.status_code, ticked in reply.content.decode()) == (428, True)
    AreaOfImprovement.objects.filter(pk=area.pk).update(challenge=challenge, field_versions={"challenge": 2})
    other = ChallengeFactory(exercise=region_map.exercise, title="My wish")
    sent = {**version, "area": area.pk, "challenge": other.pk}
    reply = coordinator.post(url(region_map, "group"), sent)
    page = reply.content.decode()
    assert (reply.status_code, ticked in page) == (409, True)
    assert "Somebody else moved" in page
    assert "You chose: My wish" in " ".join(page.split())
    area.refresh_from_db()
    assert area.challenge == challenge


def test_an_area_of_another_exercise_is_not_grouped(region_map, challenge, coordinator):
    area = AreaFactory()
    sent = {"area": area.pk, f"version_{area.pk}": "1", "challenge": challenge.pk}
    coordinator.post(url(region_map, "group"), sent)
    area.refresh_from_db()
    assert area.challenge is None


def test_a_challenge_is_created_renamed_and_told(region_map, coordinator):
    assert coordinator.post(url(region_map, "add"), {"title": HOSTILE}).status_code == 302
    challenge = Challenge.objects.get()
    assert challenge.title == HOSTILE
    place = url(region_map, challenge.pk)
    reply = coordinator.post(place, {"title": "Roles", "version_title": "1"}, **SCRIPT)
    assert (reply.status_code, reply["X-Version"]) == (200, "2")
    reply = coordinator.post(place, {"narrative": "Told", "version_narrative": "1"})
    assert reply.status_code == 302
    challenge.refresh_from_db()
    assert (challenge.title, challenge.narrative) == ("Roles", "Told")
    reply = coordinator.post(url(region_map, "add"), {"title": "x" * 201})
    assert (reply.status_code, "x" * 201 in reply.content.decode()) == (422, True)


def test_a_narrative_two_people_wrote_shows_both(region_map, challenge, coordinator):
    place = url(region_map, challenge.pk)
    Challenge.objects.update(narrative="Theirs", field_versions={"narrative": 2})
    for headers in (SCRIPT, {}):
        reply = coordinator.post(place, {"narrative": "Mine", "version_narrative": "1"}, **headers)
        page = reply.content.decode()
        assert reply.status_code == 409
        assert "Theirs" in page
        assert "Mine" in page
    assert coordinator.post(place, {"narrative": "Mine"}, **SCRIPT).status_code == 428
    assert coordinator.post(place, {"title": "", "version_title": "1"}, **SCRIPT).status_code == 422
    both = {"field": "narrative", "narrative": "Mine", "version": "2", "choice": "both"}
    assert coordinator.post(place, both).status_code == 302
    challenge.refresh_from_db()
    assert (challenge.title, challenge.narrative) == ("Shared roles", "Theirs\n\nMine")


def test_two_challenges_are_merged(region_map, challenge, coordinator):
    goes = ChallengeFactory(exercise=region_map.exercise)
    area = AreaFactory(region_map=region_map, challenge=goes)
    place = url(region_map, goes.pk, "merge")
    assert coordinator.post(place, {"into": ""}).status_code == 422
    assert coordinator.post(place, {"into": goes.pk}).status_code == 422
    assert coordinator.post(place, {"into": challenge.pk}).status_code == 428
    old = {"into": challenge.pk, "version": "7", f"version_{challenge.pk}": "1"}
    assert coordinator.post(place, old).status_code == 409
    seen = {"into": challenge.pk, "version": "1", f"version_{challenge.pk}": "1"}
    assert coordinator.post(place, seen).status_code == 302
    area.refresh_from_db()
    assert (area.challenge, Challenge.objects.count()) == (challenge, 1)
    assert coordinator.post(place, seen).status_code == 404


def test_challenges_are_ordered(region_map, challenge, coordinator):
    below = ChallengeFactory(exercise=region_map.exercise)
    place = url(region_map, below.pk, "move")
    assert coordinator.post(place, {"direction": "up"}).status_code == 428
    assert coordinator.post(place, {"direction": "up", "version": "5"}).status_code == 409
    assert coordinator.post(place, {"direction": "up", "version": "1"}).status_code == 302
    assert list(Challenge.objects.all()) == [below, challenge]


def test_the_desk_takes_the_same_queries_at_one_and_at_sixty_regions(
    region_map, challenge, coordinator, django_assert_num_queries
):
    AreaFactory(region_map=region_map, challenge=challenge)
    AreaFactory(region_map=region_map)
    # Besides session and user: the exercise, the roles, the challenges, the areas, the discussions.
    with django_assert_num_queries(7):
        coordinator.get(url(region_map))
    for number in range(59):
        row = RegionMapFactory(exercise=region_map.exercise)
        AreaFactory(region_map=row, challenge=challenge if number % 2 else None)
    ChallengeFactory(exercise=region_map.exercise)
    with django_assert_num_queries(7):
        coordinator.get(url(region_map))


def said(challenge):
    """The talks about a challenge: field, settled, the first remark."""
    rows = Thread.objects.filter(kind="challenge", record_id=challenge.pk).order_by("pk")
    return [(row.field, row.is_settled, row.comments.first().text) for row in rows]


def theirs_came_first(challenge, **values):
    (field,) = values
    Challenge.objects.filter(pk=challenge.pk).update(**values, field_versions={field: 2})


def test_both_narratives_are_kept_and_talked_about(region_map, challenge, coordinator):
    place = url(region_map, challenge.pk)
    theirs_came_first(challenge, narrative="Theirs")
    panel = coordinator.post(place, {"narrative": "Mine", "version_narrative": "1"}, **SCRIPT)
    words = (
        "Keep both and discuss",
        "a discussion about them opens",
        "both answers stand here until you choose",
    )
    assert [text in panel.content.decode() for text in words] == [True, True, True]
    both = {"field": "narrative", "narrative": "Mine", "version": "2", "choice": "both"}
    page = coordinator.post(place, both, follow=True).content.decode()
    challenge.refresh_from_db()
    assert ("Talk about them in the discussion" in page, challenge.narrative) == (True, "Theirs\n\nMine")
    ((field, settled, text),) = said(challenge)
    assert (field, settled, "“Theirs”" in text, "“Mine”" in text) == ("narrative", False, True, True)
    assert "1 open discussion" in page
    talk = coordinator.get(url(region_map, challenge.pk, "talk")).content.decode()
    assert ("“Mine”" in talk, f"#challenge-{challenge.pk}" in talk) == (True, True)
    coordinator.post(place, both)  # a second click
    assert (Challenge.objects.get().narrative, len(said(challenge))) == ("Theirs\n\nMine", 1)
    coordinator.post(place, {"field": "narrative", "narrative": "Ours", "version": "3", "choice": "mine"})
    assert (Challenge.objects.get().narrative, said(challenge)[0][1]) == ("Ours", True)


def test_of_two_titles_the_stored_one_stays_and_the_other_waits_in_the_talk(
    region_map, challenge, coordinator
):
    place = url(region_map, challenge.pk)
    theirs_came_first(challenge, title="Theirs")
    panel = coordinator.post(place, {"title": "Mine", "version_title": "1"}, **SCRIPT).content.decode()
    assert ("Keep both and discuss" in panel, "Theirs stays for now" in panel) == (True, True)
    for _click in range(2):
        sent = {"field": "title", "title": "Mine", "version": "2", "choice": "both"}
        assert coordinator.post(place, sent).status_code == 302
    challenge.refresh_from_db()
    ((field, settled, text),) = said(challenge)
    assert (challenge.title, field, settled) == ("Theirs", "title", False)
    assert ("Theirs" in text, "Mine" in text) == (True, True)
    coordinator.post(place, {"field": "title", "title": "Mine", "version": "2", "choice": "theirs"})
    assert said(challenge)[0][1] is True


def test_both_on_an_old_version_or_without_two_texts_opens_no_talk(region_map, challenge, coordinator):
    place = url(region_map, challenge.pk)
    theirs_came_first(challenge, narrative="Theirs and more")
    both = {"field": "narrative", "narrative": "Mine", "version": "1", "choice": "both"}
    assert coordinator.post(place, both).status_code == 409
    title = {"field": "title", "title": "X", "version": "9", "choice": "both"}
    assert coordinator.post(place, title).status_code == 409
    assert coordinator.post(place, both | {"narrative": "Theirs", "version": "2"}).status_code == 302
    assert (Challenge.objects.get().narrative, said(challenge)) == ("Theirs and more", [])


def test_a_talk_about_a_challenge_is_between_those_who_bring_regions_together(
    region_map, challenge, coordinator
):
    facilitator = member(Role.FACILITATOR, region_map)
    start = url(region_map, challenge.pk, "talk", "start")
    assert coordinator.post(start, {"text": ""}).status_code == 422
    assert coordinator.post(start, {"text": f"Which one, @{facilitator.name}?"}).status_code == 302
    thread = Thread.objects.get()
    assert (thread.region_map, thread.exercise) == (None, region_map.exercise)
    other = signed_in(facilitator)
    assert Mention.objects.get().user == facilitator
    address = url(region_map, challenge.pk, "talk")
    assert f"{address}#thread-{thread.pk}" in other.get("/workspace/").content.decode()
    reply = other.post(f"/workspace/threads/{thread.pk}/reply/", {"text": f"{HOSTILE} the first"})
    assert (reply.status_code, reply["Location"]) == (302, f"{address}#thread-{thread.pk}")
    page = coordinator.get(address).content.decode()
    assert ("the first" in page, "<img src=x" in page) == (True, False)
    comment = thread.comments.last()
    changed = {"text": "The second", "version": str(comment.version)}
    assert other.post(f"/workspace/comments/{comment.pk}/", changed)["Location"].startswith(address)
    assert other.post(f"/workspace/threads/{thread.pk}/settle/", {"settled": "yes"}).status_code == 302
    publish(region_map)
    lead, stranger = member(Role.REGIONAL_LEAD, region_map), member(Role.COORDINATOR, RegionMapFactory())
    for outsider, status in ((lead, 403), (stranger, 404)):
        client = signed_in(outsider)
        assert client.get(address).status_code == status
        assert client.post(f"/workspace/threads/{thread.pk}/reply/", {"text": "Me"}).status_code == 404


def test_what_was_said_follows_a_challenge_that_is_merged(region_map, challenge, coordinator):
    goes = ChallengeFactory(exercise=region_map.exercise)
    coordinator.post(url(region_map, goes.pk, "talk", "start"), {"text": "About the one that goes"})
    seen = {"into": challenge.pk, "version": "1", f"version_{challenge.pk}": "1"}
    assert coordinator.post(url(region_map, goes.pk, "merge"), seen).status_code == 302
    talk = coordinator.get(url(region_map, challenge.pk, "talk")).content.decode()
    assert "About the one that goes" in talk
    assert coordinator.get(url(region_map, goes.pk, "talk")).status_code == 404


def test_a_talk_stands_on_a_map_or_on_the_desk_of_a_round(region_map, challenge):
    about = {"kind": "challenge", "record_id": challenge.pk}
    for place in (
        {},
        {"region_map": region_map},
        {"region_map": region_map, "exercise": region_map.exercise},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Thread.objects.create(**about, **place)
    assert Thread.objects.create(**about, exercise=region_map.exercise).pk


def test_a_talk_takes_as_many_queries_for_one_remark_as_for_thirty(region_map, challenge, coordinator):
    counts = []
    for number in (1, 29):
        for at in range(number):
            coordinator.post(
                url(region_map, challenge.pk, "talk", "start"), {"text": f"Remark {at} of {number}"}
            )
        with CaptureQueriesContext(connection) as seen:
            coordinator.get(url(region_map, challenge.pk, "talk"))
        counts.append(len(seen))
    assert (counts[0], counts[0] <= 9) == (counts[1], True)
