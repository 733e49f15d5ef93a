"""Every version of what a region concludes: from what to what, brought back, and what came too late."""

import pytest
from django.test import Client

from governance.models import AreaOfImprovement, Target
from mapping.enums import Role
from mapping.models import FieldChange, RegionMap
from tests.factories.mapping import RegionMapFactory, UnitFactory, member
from tests.factories.synthesis import AreaFactory
from tests.pages import forms_of

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def region_map():
    return RegionMapFactory()


@pytest.fixture
def lead(region_map):
    return signed_in(member(Role.REGIONAL_LEAD, region_map))


def url(region_map, *parts):
    return f"/workspace/maps/{region_map.pk}/synthesis/" + "".join(f"{part}/" for part in parts)


def save(client, region_map, kind, name, field, value, *, version):
    data = {"field": field, field: value, "version": str(version)}
    return client.post(url(region_map, kind, name), data, headers=SCRIPT)


def versions_of(client, region_map, kind, name):
    return client.get(url(region_map, kind, name, "history")).context["history"].versions


@pytest.mark.parametrize(
    "field, value, before, after",
    [
        ("text", "Decide together", "Levels seldom decide", "Decide together"),
        ("dimension", "E2", "", "E2"),
        ("importance", "4", "2", "4"),
        ("is_chosen", "on", "", "on"),
    ],
)
def test_each_field_of_an_area_is_kept_and_brought_back(region_map, lead, field, value, before, after):
    area = AreaFactory(region_map=region_map, text="Levels seldom decide", dimension="", importance=2)
    assert save(lead, region_map, "area", area.pk, field, value, version=1).status_code == 200
    kept = FieldChange.objects.get()
    assert (kept.kind, kept.record_id, kept.field, kept.before, kept.after, kept.version) == (
        "area", area.pk, field, before, after, 2,
    )  # fmt: skip
    page = lead.get(url(region_map, "area", area.pk, "history")).content.decode()
    again = [form for form in forms_of(page) if form.data.get("field") == [field]]
    assert lead.post(again[-1].action, again[-1].data).status_code == 302
    stands = getattr(AreaOfImprovement.objects.get(), field)
    assert (str(stands) if stands else "") == before


def test_units_are_kept_by_their_names(region_map, lead):
    area = AreaFactory(region_map=region_map)
    units = [UnitFactory(region_map=region_map, name=name) for name in ("Płock", "Warsaw")]
    save(lead, region_map, "area", area.pk, "units", [unit.pk for unit in units], version=1)
    (line,) = versions_of(lead, region_map, "area", area.pk)
    assert (line.before, line.after, line.stands) == ("", "Płock, Warsaw", True)


def test_a_needed_level_and_the_conclusions_have_theirs(region_map, lead):
    save(lead, region_map, "target", "E1", "level", "4", version=1)
    save(lead, region_map, "conclusions", "map", "conclusions", "Together", version=1)
    target = Target.objects.get()
    kept = FieldChange.objects.values_list("kind", "record_id", "before", "after")
    assert list(kept) == [("target", target.pk, "", "4"), ("conclusions", region_map.pk, "", "Together")]
    assert versions_of(lead, region_map, "target", "E1")[0].after.startswith("4 ")
    assert versions_of(lead, region_map, "conclusions", "map")[0].after == "Together"
    assert versions_of(lead, region_map, "target", "E2") == []


@pytest.mark.parametrize("is_closed", [False, True])
def test_what_came_too_late_is_kept_once_and_the_panel_says_where(region_map, lead, is_closed):
    area = AreaFactory(region_map=region_map, text="Mine before")
    if is_closed:
        RegionMap.objects.update(state="adopted", adopted_on="2026-01-01", adopted_by="Group")
    else:
        colleague = signed_in(member(Role.CONTRIBUTOR, region_map))
        save(colleague, region_map, "area", area.pk, "text", "Theirs", version=1)
    for _time in range(2):
        reply = save(lead, region_map, "area", area.pk, "text", "Too late", version=1)
        assert reply.status_code == 409
    (line,) = [line for line in versions_of(lead, region_map, "area", area.pk) if line.is_late]
    assert (line.after, line.stands) == ("Too late", False)
    if not is_closed:
        page = reply.content.decode()
        assert "both answers are kept in the history" in page
        assert url(region_map, "area", area.pk, "history") in page


@pytest.mark.parametrize(
    "role, status", [(Role.CONTRIBUTOR, 200), (Role.OBSERVER, 403), (Role.COORDINATOR, 403)]
)
def test_who_may_read_it(region_map, role, status):
    area = AreaFactory(region_map=region_map)
    address = url(region_map, "area", area.pk, "history")
    assert signed_in(member(role, region_map)).get(address).status_code == status
    assert signed_in(member(role, RegionMapFactory())).get(address).status_code == 404


@pytest.mark.parametrize("many", [1, 40])
def test_queries_do_not_grow_with_versions(region_map, lead, many, django_assert_num_queries):
    area = AreaFactory(region_map=region_map)
    for n in range(many):
        save(lead, region_map, "area", area.pk, "text", f"Text {n}", version=n + 1)
    with django_assert_num_queries(8):
        lead.get(url(region_map, "area", area.pk, "history"))
