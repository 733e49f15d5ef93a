"""Comments on a draft map: until the last day, once, answered on their version; and the adoption."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from cohes3ion.lib.fingerprints import fingerprint
from cohes3ion.lib.versions import StaleVersion
from governance.models import Adoption, Consultation, ConsultationComment
from governance.selectors.consultations import commenter_page, last_consultation, team_page
from governance.selectors.draft_parts import find_part
from governance.selectors.map_content import map_content
from governance.services import consultations as services
from governance.services import maps
from mapping.enums import MapState, Role
from mapping.models import RegionMap
from tests.factories.mapping import CapabilityFactory, RegionMapFactory, member

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def region_map() -> RegionMap:
    row = RegionMapFactory()
    CapabilityFactory(unit__region_map=row, name="Robotics")
    return maps.open_consultation(region_map=row, expected=1, by=None, text="Please read.")


def say(region_map: RegionMap, text: str = "Too low.", key: str = "map", person=None, name: bool = False):
    person = person or member(Role.STAKEHOLDER, region_map)
    author = {"person": person}
    page = commenter_page(region_map=region_map, author=author)
    return services.add_comment(
        consultation=page.consultation,
        author=author,
        about=find_part(groups=page.groups, key=key),
        text=text,
        name_shown=name,
    )


def answer(comment: ConsultationComment, verdict: str, expected: int = 1):
    return services.answer_comment(
        comment=comment, verdict=verdict, reply="Because.", expected=expected, by=None
    )


def test_a_comment_keeps_what_it_was_about(region_map):
    capability = region_map.capabilities.get()
    key = f"capability-{capability.pk}"
    row = say(region_map, key=key)
    assert (row.kind, row.record_id, row.about) == ("capability", capability.pk, "Robotics")
    assert find_part(groups=[], key=key) is None


def test_the_same_words_twice_are_one_comment(region_map):
    person = member(Role.STAKEHOLDER, region_map)
    assert say(region_map, person=person) == say(region_map, person=person)
    assert say(region_map, "Other words", person=person) != say(region_map)
    assert ConsultationComment.objects.count() == 3


def test_after_the_last_day_no_comment_is_taken(region_map):
    row = say(region_map)
    consultation = last_consultation(region_map=region_map)
    services.change_consultation(
        consultation=consultation, text="Over", closes_at=timezone.now(), expected=1, by=None
    )
    with pytest.raises(services.ConsultationClosed):
        say(region_map, "Late")
    with pytest.raises(services.ConsultationClosed):
        services.remove_comment(comment=row)
    with pytest.raises(StaleVersion):
        services.change_consultation(
            consultation=consultation, text="Mine", closes_at=timezone.now(), expected=1, by=None
        )
    answer(row, "accepted")  # the team may still answer


def test_an_answered_comment_stays(region_map):
    row = answer(say(region_map), "not")
    with pytest.raises(services.ConsultationClosed):
        services.remove_comment(comment=row)
    assert ConsultationComment.objects.get().removed_at is None


def test_of_two_answers_one_is_told(region_map):
    row = say(region_map)
    answer(row, "accepted")
    with pytest.raises(services.CommentChanged):
        answer(row, "not")
    assert answer(row, "partly", expected=2).version == 3
    assert [reply.verdict for reply in row.replies.all()] == ["accepted", "partly"]


def test_a_verdict_needs_a_reason_in_the_database_too(region_map):
    say(region_map)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsultationComment.objects.update(verdict="not", replied_at=timezone.now())


def test_names_are_seen_only_where_allowed_and_what_came_of_it_has_none(region_map):
    shown, hidden = say(region_map, "A", name=True), say(region_map, "B")
    answer(shown, "accepted")
    page = team_page(region_map=region_map, user=member(Role.REGIONAL_LEAD, region_map))
    assert [row.author for row in page.comments] == ["", str(shown.person)]
    other = commenter_page(region_map=region_map, author={"person": hidden.person})
    assert [row.text for row in other.mine] == ["B"]
    assert (other.tally.total, other.tally.accepted, other.tally.open) == (2, 1, 1)


def test_adoption_closes_the_consultation_and_says_which_map(region_map):
    say(region_map)
    decision = maps.Decision(on=TODAY, body="Council", link="https://a.example/m", minutes="Item 4")
    row = maps.adopt_map(region_map=region_map, decision=decision, expected=region_map.version, by=None)
    kept = Adoption.objects.get()
    assert (kept.on, kept.body, kept.link, kept.map_version) == (TODAY, "Council", decision.link, row.version)
    assert kept.fingerprint == fingerprint(map_content(region_map=row))
    assert Consultation.objects.get().closed_at is not None
    with pytest.raises(services.ConsultationClosed):
        say(row, "Late")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Adoption.objects.update(body="Another council")


def test_a_reopened_map_is_consulted_anew(region_map):
    say(region_map)
    draft = maps.reopen_map(region_map=region_map, expected=region_map.version, by=None)
    assert draft.state == MapState.DRAFT
    again = maps.open_consultation(region_map=draft, expected=draft.version, by=None, text="Again")
    page = team_page(region_map=again, user=member(Role.REGIONAL_LEAD, again))
    assert (page.consultation.text, len(page.earlier), page.comments) == ("Again", 1, [])


def test_the_last_day_ends_in_the_time_zone_of_the_round(region_map):
    region_map.exercise.time_zone = "Atlantic/Azores"
    end = services.end_of_day(dt.date(2026, 7, 1), exercise=region_map.exercise)
    assert end.astimezone(dt.UTC) == dt.datetime(2026, 7, 1, 23, 59, 59, tzinfo=dt.UTC)
