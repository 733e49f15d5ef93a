"""The synthesis of a region: reading, saving field by field, and what is refused."""

import pytest
from django.test import Client

from governance.models import AreaOfImprovement, StrengthItem, Target, Thread
from mapping.enums import MapState, Role
from tests.factories.mapping import RegionMapFactory, UnitFactory, member
from tests.factories.region import publish
from tests.factories.synthesis import AreaFactory, ChallengeFactory, StrengthFactory, named_by

pytestmark = pytest.mark.django_db
SCRIPT = {"HTTP_HX_REQUEST": "true"}
HOSTILE = "<script>alert(1)</script> {{ 7 }} ' \" & Ωμέγα \u202e"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def region_map():
    return RegionMapFactory()


@pytest.fixture
def lead(region_map) -> Client:
    return signed_in(member(Role.REGIONAL_LEAD, region_map))


def url(region_map, *parts: object) -> str:
    return f"/workspace/maps/{region_map.pk}/synthesis/" + "".join(f"{part}/" for part in parts)


def test_the_page_shows_what_the_region_concludes(region_map, lead):
    StrengthFactory(region_map=region_map, text=HOSTILE)
    AreaFactory(region_map=region_map, text="Levels seldom decide together")
    Target.objects.create(region_map=region_map, dimension="E2", level=4, reason="The strategy needs it")
    page = lead.get(url(region_map)).content.decode()
    assert "Levels seldom decide together" in page
    assert "The strategy needs it" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.REGIONAL_LEAD, 200),
        (Role.CONTRIBUTOR, 200),
        (Role.FACILITATOR, 200),
        (Role.COORDINATOR, 403),
        (Role.OBSERVER, 403),
    ],
)
def test_who_may_open_and_write(region_map, role, status):
    client = signed_in(member(role, region_map))
    area = AreaFactory(region_map=region_map)
    assert client.get(url(region_map)).status_code == status
    reply = client.post(url(region_map, "area", area.pk), {"text": "X", "version_text": "1"}, **SCRIPT)
    assert reply.status_code == status


def test_a_stakeholder_of_the_region_is_refused(region_map):
    region_map = RegionMapFactory(state=MapState.CONSULTATION)
    assert signed_in(member(Role.STAKEHOLDER, region_map)).get(url(region_map)).status_code == 403


def test_other_regions_see_nothing_even_of_a_published_map(region_map):
    publish(region_map)
    stranger = signed_in(member(Role.REGIONAL_LEAD, RegionMapFactory(exercise=region_map.exercise)))
    assert stranger.get(url(region_map)).status_code == 404
    assert stranger.post(url(region_map, "area", "add"), {"text": "X"}).status_code == 404
    assert Client().get(url(region_map)).status_code == 302


def test_the_facilitator_writes_areas_but_sets_no_level(region_map):
    client = signed_in(member(Role.FACILITATOR, region_map))
    reply = client.post(url(region_map, "target", "E1"), {"level": "4", "version_level": "1"}, **SCRIPT)
    assert reply.status_code == 403
    assert Target.objects.count() == 0


def test_a_script_saves_one_field_and_gets_its_version(region_map, lead):
    area = AreaFactory(region_map=region_map, importance=2)
    sent = {"response_intended": "A forum\r\nof mayors", "version_response_intended": "1"}
    reply = lead.post(url(region_map, "area", area.pk), sent, **SCRIPT)
    assert (reply.status_code, reply["X-Version"]) == (200, "2")
    area.refresh_from_db()
    assert (area.response_intended, area.importance) == ("A forum\nof mayors", 2)


def test_a_page_without_script_saves_what_was_changed_only(region_map, lead):
    area = AreaFactory(region_map=region_map, text="Old", horizon="2025")
    unit = UnitFactory(region_map=region_map)
    AreaOfImprovement.objects.filter(pk=area.pk).update(horizon="2026", field_versions={"horizon": 2})
    typed = {"text": "New", "horizon": "2025", "units": ["", str(unit.pk)], "is_chosen": ["", "on"]}
    showed = {"was_text": "Old", "was_horizon": "2025", "was_units": "", "was_is_chosen": ""}
    sent = typed | showed | {f"version_{name}": "1" for name in typed}
    reply = lead.post(url(region_map, "area", area.pk), sent)
    assert reply.status_code == 302
    area.refresh_from_db()
    assert (area.text, area.horizon, area.is_chosen) == ("New", "2026", True)
    assert area.chosen_on is not None
    assert list(area.units.all()) == [unit]


def test_a_stale_field_shows_both_texts(region_map, lead):
    area = AreaFactory(region_map=region_map, text="Theirs", field_versions={"text": 2})
    address = url(region_map, "area", area.pk)
    for headers in (SCRIPT, {}):
        reply = lead.post(address, {"text": "Mine " + HOSTILE, "version_text": "1"}, **headers)
        page = reply.content.decode()
        assert reply.status_code == 409
        assert "Theirs" in page
        assert "Mine &lt;script&gt;" in page
        assert "<script>alert" not in page
    both = {"field": "text", "text": "Mine", "version": "2", "choice": "both"}
    assert lead.post(address, both).status_code == 302
    area.refresh_from_db()
    assert area.text == "Theirs\n\nMine"
    lead.post(address, {"field": "text", "text": "Mine", "version": "3", "choice": "theirs"})
    assert AreaOfImprovement.objects.get().text == "Theirs\n\nMine"


def said(kind, row):
    """The talks about a row: field, settled, the first remark."""
    rows = Thread.objects.filter(kind=kind, record_id=row.pk).order_by("pk")
    return [(row.field, row.is_settled, row.comments.first().text) for row in rows]


def test_both_of_two_texts_are_kept_and_talked_about(region_map, lead):
    area = AreaFactory(region_map=region_map, text="Theirs", field_versions={"text": 2})
    address = url(region_map, "area", area.pk)
    panel = lead.post(address, {"text": "Mine", "version_text": "1"}, **SCRIPT).content.decode()
    assert ("Keep both and discuss" in panel, "a discussion about them opens" in panel) == (True, True)
    assert "both answers are kept in the history" in panel
    both = {"field": "text", "text": "Mine", "version": "2", "choice": "both"}
    page = lead.post(address, both, follow=True).content.decode()
    area.refresh_from_db()
    assert ("Talk about them in the discussion" in page, area.text) == (True, "Theirs\n\nMine")
    ((field, settled, text),) = said("area", area)
    assert (field, settled, "“Theirs”" in text, "“Mine”" in text) == ("text", False, True, True)
    assert "1 open discussion" in page
    assert "“Mine”" in lead.get(f"/workspace/maps/{region_map.pk}/talk/area/{area.pk}/").content.decode()
    lead.post(address, both)  # a second click
    assert (AreaOfImprovement.objects.get().text, len(said("area", area))) == ("Theirs\n\nMine", 1)
    lead.post(address, {"field": "text", "text": "Ours", "version": "3", "choice": "mine"})
    area.refresh_from_db()
    assert (area.text, said("area", area)[0][1]) == ("Ours", True)


def test_of_two_values_the_stored_one_stays_and_the_other_waits_in_the_talk(region_map, lead):
    strength = StrengthFactory(region_map=region_map, dimension="E1", field_versions={"dimension": 2})
    address = url(region_map, "strength", strength.pk)
    panel = lead.post(address, {"dimension": "E2", "version_dimension": "1"}, **SCRIPT).content.decode()
    assert "Keep both and discuss" in panel
    both = {"field": "dimension", "dimension": "E2", "version": "2", "choice": "both"}
    for _click in range(2):
        assert lead.post(address, both).status_code == 302
    strength.refresh_from_db()
    ((field, settled, text),) = said("strength", strength)
    assert (strength.dimension, field, settled) == ("E1", "dimension", False)
    assert ("E1 " in text, "E2 " in text) == (True, True)
    lead.post(address, {"field": "dimension", "dimension": "E2", "version": "2", "choice": "theirs"})
    assert said("strength", strength)[0][1] is True


def level(region_map, **more):
    return Target.objects.create(region_map=region_map, dimension="E1", **more)


def test_both_reasons_of_a_needed_level_are_kept_and_talked_about(region_map, lead):
    target = level(region_map, reason="Theirs", field_versions={"reason": 2})
    address = url(region_map, "target", "E1")
    panel = lead.post(address, {"reason": "Mine", "version_reason": "1"}, **SCRIPT).content.decode()
    assert ("Keep both and discuss" in panel, "a discussion about them opens" in panel) == (True, True)
    both = {"field": "reason", "reason": "Mine", "version": "2", "choice": "both"}
    page = lead.post(address, both, follow=True).content.decode()
    target.refresh_from_db()
    assert ("Talk about them in the discussion" in page, target.reason) == (True, "Theirs\n\nMine")
    ((field, settled, text),) = said("target", target)
    assert (field, settled, "“Theirs”" in text, "“Mine”" in text) == ("reason", False, True, True)
    assert "1 open discussion" in page
    talk = lead.get(f"/workspace/maps/{region_map.pk}/talk/target/{target.pk}/").content.decode()
    assert ("“Mine”" in talk, "/synthesis/#target-E1" in talk) == (True, True)
    lead.post(address, {"field": "reason", "reason": "Ours", "version": "3", "choice": "mine"})
    assert said("target", target)[0][1] is True


def test_of_two_needed_levels_the_stored_one_stays_and_the_other_waits_in_the_talk(region_map, lead):
    target = level(region_map, level=3, field_versions={"level": 2})
    address = url(region_map, "target", "E1")
    panel = lead.post(address, {"level": "5", "version_level": "1"}, **SCRIPT).content.decode()
    assert ("Keep both and discuss" in panel, "Theirs stays for now" in panel) == (True, True)
    for _click in range(2):
        lead.post(address, {"field": "level", "level": "5", "version": "2", "choice": "both"})
    target.refresh_from_db()
    ((field, settled, text),) = said("target", target)
    assert (target.level, field, settled, "3 · " in text, "5 · " in text) == (3, "level", False, True, True)
    lead.post(address, {"field": "level", "level": "5", "version": "2", "choice": "theirs"})
    assert said("target", target)[0][1] is True


def test_a_level_nobody_set_can_be_talked_about_as_well(region_map, lead):
    both = {"field": "level", "level": "5", "version": "1", "choice": "both"}
    assert lead.post(url(region_map, "target", "E1"), both).status_code == 302
    assert len(said("target", Target.objects.get())) == 1


def test_both_conclusions_are_kept_and_talked_about(region_map, lead):
    type(region_map).objects.update(conclusions="Theirs", field_versions={"conclusions": 2})
    address = url(region_map, "conclusions", "map")
    panel = lead.post(address, {"conclusions": "Mine", "version_conclusions": "1"}, **SCRIPT).content.decode()
    assert ("Keep both and discuss" in panel, "a discussion about them opens" in panel) == (True, True)
    both = {"field": "conclusions", "conclusions": "Mine", "version": "2", "choice": "both"}
    page = lead.post(address, both, follow=True).content.decode()
    region_map.refresh_from_db()
    ((field, settled, text),) = said("conclusions", region_map)
    assert (region_map.conclusions, field, settled) == ("Theirs\n\nMine", "conclusions", False)
    assert ("“Mine”" in text, "1 open discussion" in page) == (True, True)
    talk = f"/workspace/maps/{region_map.pk}/talk/conclusions/"
    assert "Conclusions of the map" in lead.get(f"{talk}{region_map.pk}/").content.decode()
    assert lead.get(f"{talk}{region_map.pk + 1}/").status_code == 404
    lead.post(address, {"field": "conclusions", "conclusions": "Ours", "version": "3", "choice": "mine"})
    assert said("conclusions", region_map)[0][1] is True


def test_one_conclusion_chosen_opens_no_talk(region_map, lead):
    """The negative control of the three above."""
    type(region_map).objects.update(conclusions="Theirs", field_versions={"conclusions": 2})
    sent = {"field": "conclusions", "conclusions": "Mine", "version": "2"}
    for choice in ("theirs", "mine"):
        lead.post(url(region_map, "conclusions", "map"), {**sent, "choice": choice})
    region_map.refresh_from_db()
    assert (region_map.conclusions, said("conclusions", region_map)) == ("Mine", [])


def test_a_choice_for_one_of_two_opens_no_talk(region_map, lead):
    """The negative control: only keeping both does."""
    area = AreaFactory(region_map=region_map, text="Theirs", field_versions={"text": 2})
    sent = {"field": "text", "text": "Mine", "version": "2"}
    for choice in ("theirs", "mine"):
        lead.post(url(region_map, "area", area.pk), {**sent, "choice": choice})
    assert (AreaOfImprovement.objects.get().text, said("area", area)) == ("Mine", [])


@pytest.mark.parametrize("field", ["text", "nothing", "", "\0"])
def test_a_choice_without_ones_own_answer_says_so(region_map, lead, field):
    area = AreaFactory(region_map=region_map, text="Theirs")
    for choice in ("mine", "both"):
        sent = {"field": field, "version": "1", "choice": choice}
        page = lead.post(url(region_map, "area", area.pk), sent, follow=True).content.decode()
        assert "Your own answer is missing" in page
    assert (AreaOfImprovement.objects.get().text, said("area", area)) == ("Theirs", [])


def test_a_text_that_is_part_of_the_other_needs_no_talk(region_map, lead):
    area = AreaFactory(region_map=region_map, text="Theirs and mine", field_versions={"text": 2})
    both = {"field": "text", "text": "Theirs", "version": "2", "choice": "both"}
    assert lead.post(url(region_map, "area", area.pk), both).status_code == 302
    assert (AreaOfImprovement.objects.get().text, said("area", area)) == ("Theirs and mine", [])


@pytest.mark.parametrize("version", [None, "", "x", "-1", "²"])
def test_a_write_without_a_version_is_refused(region_map, lead, version):
    area = AreaFactory(region_map=region_map, text="Old")
    sent = {"text": "New"} | ({"version_text": version} if version is not None else {})
    for headers in (SCRIPT, {}):
        assert lead.post(url(region_map, "area", area.pk), sent, **headers).status_code == 428
    assert AreaOfImprovement.objects.get().text == "Old"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "\u200b \u200b"),
        ("text", "a\x00b"),
        ("text", "x" * 2001),
        ("importance", "6"),
        ("importance", "0"),
        ("feasibility", "many"),
        ("dimension", "E9"),
        ("units", "999999"),
        ("units", "'; drop"),
        ("provenance", "gossip"),
        ("horizon", "y" * 61),
    ],
)
def test_bad_input_is_refused_and_stays_on_the_page(region_map, lead, field, value):
    area = AreaFactory(region_map=region_map, text="Old")
    sent = {
        field: value,
        f"version_{field}": "1",
        "responsible_body": "Board",
        "version_responsible_body": "1",
    }
    reply = lead.post(url(region_map, "area", area.pk), sent)
    assert reply.status_code == 422
    area.refresh_from_db()
    assert (area.text, area.responsible_body) == ("Old", "Board")
    if len(value) > 60:
        assert value in reply.content.decode()
    assert lead.post(url(region_map, "area", area.pk), sent, **SCRIPT).status_code == 422


def test_units_of_another_map_are_not_offered(region_map, lead):
    area = AreaFactory(region_map=region_map)
    sent = {"units": str(UnitFactory().pk), "version_units": "1"}
    assert lead.post(url(region_map, "area", area.pk), sent, **SCRIPT).status_code == 422


def test_levels_and_conclusions_are_saved(region_map, lead):
    sent = {"level": "4", "version_level": "1", "reason": "Why", "version_reason": "1"}
    assert lead.post(url(region_map, "target", "E5"), sent).status_code == 302
    target = Target.objects.get()
    assert (target.dimension, target.level, target.reason) == ("E5", 4, "Why")
    emptied = {"level": "", "version_level": "2"}
    assert lead.post(url(region_map, "target", "E5"), emptied, **SCRIPT).status_code == 200
    assert Target.objects.get().level is None
    sent = {"conclusions": HOSTILE, "version_conclusions": "1"}
    assert lead.post(url(region_map, "conclusions", "map"), sent, **SCRIPT).status_code == 200
    region_map.refresh_from_db()
    assert region_map.conclusions == HOSTILE.strip()


@pytest.mark.parametrize(
    "place", ["target/E9", "conclusions/x", "area/0", "area/99999999999", "thing/1", "area/x"]
)
def test_what_does_not_exist_is_not_found(region_map, lead, place):
    assert lead.post(url(region_map, place), {"text": "X", "version_text": "1"}).status_code == 404


def test_adding_asks_for_the_text_only(region_map, lead):
    assert (
        lead.post(url(region_map, "strength", "add"), {"text": HOSTILE, "dimension": "E4"}).status_code == 302
    )
    strength = StrengthItem.objects.get()
    assert (strength.text, strength.dimension, strength.provenance) == (HOSTILE.strip(), "E4", "agreed")
    reply = lead.post(url(region_map, "area", "add"), {"text": "", "dimension": "E4"})
    assert reply.status_code == 422
    assert "Write what should improve" in reply.content.decode()
    assert lead.post(url(region_map, "target", "add"), {"text": "X"}).status_code == 404


def test_removing_asks_first_and_needs_the_version_seen(region_map, lead):
    area = AreaFactory(region_map=region_map, text="Going")
    assert "Going" in lead.get(url(region_map, "area", area.pk, "confirm")).content.decode()
    remove = url(region_map, "area", area.pk, "remove")
    assert lead.post(remove, {}).status_code == 428
    assert lead.post(remove, {"version": "9"}).status_code == 409
    assert lead.post(remove, {"version": "1"}).status_code == 302
    assert AreaOfImprovement.objects.count() == 0


def test_a_closed_map_says_to_reopen_it_and_keeps_the_text(region_map, lead):
    area = AreaFactory(region_map=region_map, text="Old")
    publish(region_map)
    page = lead.get(url(region_map)).content.decode()
    assert "Reopen the map first" in page
    assert "autosave.js" not in page
    for headers in (SCRIPT, {}):
        sent = {"text": "Late words", "version_text": "1"}
        reply = lead.post(url(region_map, "area", area.pk), sent, **headers)
        assert reply.status_code == 409
        assert "Reopen the map first" in reply.content.decode()
        assert "Late words" in reply.content.decode()
    reply = lead.post(url(region_map, "area", "add"), {"text": "Late area"})
    assert (reply.status_code, "Late area" in reply.content.decode()) == (409, True)
    assert lead.post(url(region_map, "area", area.pk, "remove"), {"version": "1"}).status_code == 409


def test_the_same_queries_for_one_row_and_for_many(region_map, lead, django_assert_num_queries):
    def fill(count: int) -> None:
        for _ in range(count):
            unit = UnitFactory(region_map=region_map)
            challenge = ChallengeFactory(exercise=region_map.exercise)
            AreaFactory(region_map=region_map, challenge=challenge).units.add(unit)
            StrengthFactory(region_map=region_map).units.add(unit)
            named_by(region_map, "E1")

    fill(1)
    # Besides session and user: the map, the roles, the page.
    with django_assert_num_queries(16):
        lead.get(url(region_map))
    fill(12)
    with django_assert_num_queries(16):
        lead.get(url(region_map))
