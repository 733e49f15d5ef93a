"""Every version of a row's fields: read, compared, brought back, and what came too late."""

import pytest
from django.urls import reverse

from mapping.models import FieldChange, RegionMap
from mapping.selectors.fields import raw_value
from mapping.selectors.kinds import KINDS
from tests.factories.matrix import matrix
from tests.pages import forms_of

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def place():
    return matrix()


@pytest.fixture
def lead(client, place):
    client.force_login(place.lead)
    return client


def save(client, row, kind, field, **data):
    address = reverse("mapping:field_save", args=[kind, row.pk, field])
    return client.post(address, data, headers=SCRIPT)


def history_address(row, kind="capability"):
    return reverse("mapping:record_history", args=[kind, row.pk])


def versions_of(client, row, kind="capability", **asked):
    reply = client.get(history_address(row, kind), asked)
    return reply.context["history"].versions


# A value of each shape, as a form sends it; links by the name of the row in the small map.
NEW = [
    ("capability", "name", {"name": "Chips"}),
    ("capability", "description", {"description": "Two lines\n<b>and</b> Ωμέγα"}),
    ("capability", "strength", {"strength": "no_information"}),
    ("capability", "unit", {"unit": "town"}),
    ("capability", "priority", {"priority": "does_not_apply"}),
    ("capability", "economic", {"economic": ["nace:C21", "nace:C10"]}),
    ("capability", "publicly_funded", {"publicly_funded": "yes"}),
    ("capability", "sources", {"sources": "https://a.example/\nhttps://b.example/"}),
    ("unit", "parents", {}),
    ("unit", "nuts", {"nuts": "PL91"}),
    ("actor", "units", {"units": ["town", "region"]}),
    ("actor", "services", {"services": ["advice"], "services_advice": "everybody"}),
    (
        "space",
        "mandates",
        {"mandates_topic": "priority", "mandates_role": "advises", "mandates_who": "Council"},
    ),
    ("space", "helices", {"helices": ["government", "civil_society"]}),
]


@pytest.mark.parametrize("kind, field, sent", NEW, ids=[f"{kind}-{field}" for kind, field, _sent in NEW])
def test_whatever_the_shape_the_old_version_can_stand_again(lead, place, kind, field, sent):
    row, spec = place.rows()[kind], KINDS[kind].field(field)
    data = {name: named(place, value) for name, value in sent.items()}
    before = raw_value(row, field=spec)
    assert save(lead, row, kind, field, version=row.version_of(field), **data).status_code == 200
    row = type(row).objects.get(pk=row.pk)
    changed = raw_value(row, field=spec)
    assert changed != before
    kept = FieldChange.objects.get()
    assert (kept.kind, kept.record_id, kept.field, kept.by) == (kind, row.pk, field, place.lead)
    assert (kept.before, kept.after, kept.version) == (before, changed, row.version_of(field))

    page = lead.get(history_address(row, kind)).content.decode()
    assert "<b>and</b>" not in page
    sent_again = [form for form in forms_of(page) if form.action.endswith(f"/{field}/")]
    if before in ("", [], {}):
        assert sent_again == []
        return
    reply = lead.post(sent_again[-1].action, sent_again[-1].data)
    assert (reply.status_code, reply["Location"]) == (302, history_address(row, kind))
    row = type(row).objects.get(pk=row.pk)
    assert raw_value(row, field=spec) == before
    assert FieldChange.objects.count() == 2


def named(place, value):
    if isinstance(value, list):
        return [named(place, one) for one in value]
    return str(getattr(place, value).pk) if value in ("town", "region", "priority") else value


def test_versions_come_newest_first_from_what_to_what(lead, place):
    row = place.capability
    save(lead, row, "capability", "strength", strength="5", version="1")
    save(lead, row, "capability", "name", name="Chips", version="1")
    save(lead, row, "capability", "strength", strength="2", version="2")
    save(lead, row, "capability", "strength", strength="2", version="3")  # no change
    told = [(line.field, line.before[:1], line.after[:1], line.stands) for line in versions_of(lead, row)]
    assert told == [
        ("strength", "5", "2", True),
        ("name", "E", "C", True),
        ("strength", "3", "5", False),
        ("strength", "", "3", False),
        ("name", "", "E", False),
    ]


@pytest.mark.parametrize("is_closed", [False, True])
def test_what_came_too_late_is_kept_once_and_can_stand_later(lead, place, is_closed):
    row = place.capability
    if is_closed:
        RegionMap.objects.update(state="adopted", adopted_on="2026-01-01", adopted_by="Group")
    else:
        save(lead, row, "capability", "description", description="Theirs", version="1")
    for _time in range(2):
        late = save(lead, row, "capability", "description", description="Mine, long", version="1")
        assert late.status_code == 409
    (line,) = [line for line in versions_of(lead, row) if line.is_late]
    assert (line.after, line.by, line.stands) == ("Mine, long", place.lead, False)
    page = lead.get(history_address(row)).content.decode()
    again = [form for form in forms_of(page) if form.data.get("description") == ["Mine, long"]]
    assert len(again) == (0 if is_closed else 1)
    if not is_closed:
        assert lead.post(again[0].action, again[0].data).status_code == 302
        assert type(row).objects.get(pk=row.pk).description == "Mine, long"


def test_bringing_back_never_overwrites_who_wrote_meanwhile(lead, place):
    row = place.capability
    save(lead, row, "capability", "description", description="First", version="1")
    save(lead, row, "capability", "description", description="Second", version="2")
    first = next(
        f for f in forms_of(lead.get(history_address(row)).content.decode()) if "First" in str(f.data)
    )
    save(lead, row, "capability", "description", description="Third", version="3")
    reply = lead.post(first.action, first.data)
    assert (reply.status_code, "Third" in reply.content.decode()) == (409, True)
    assert type(row).objects.get(pk=row.pk).description == "Third"


def test_what_stands_is_marked_also_where_all_else_came_too_late(lead, place):
    row = place.capability
    save(lead, row, "capability", "strength", strength="5", version="7")  # a version that never was
    late, first = versions_of(lead, row)
    assert (late.is_late, late.stands, first.after[:1], first.stands, first.inputs) == (
        True,
        False,
        "3",
        True,
        None,
    )


def test_the_newest_two_versions_of_one_field_are_offered_for_comparison(lead, place):
    row = place.capability
    save(lead, row, "capability", "description", description="one", version="1")
    save(lead, row, "capability", "description", description="two", version="2")
    save(lead, row, "capability", "note", note="alone", version="1")
    reply = lead.get(history_address(row))
    chosen = {line.key: line.after for line in reply.context["history"].versions}
    assert [chosen[reply.context[name]] for name in ("first", "second")] == ["one", "two"]
    assert reply.context["compared"] is None


def test_two_versions_of_a_field_are_compared_word_by_word(lead, place):
    row = place.capability
    save(lead, row, "capability", "description", description="two years", version="1")
    save(lead, row, "capability", "description", description="three years", version="2")
    save(lead, row, "capability", "name", name="Chips", version="1")
    name, newer, older, *_first = versions_of(lead, row)
    compared = lead.get(history_address(row), {"first": newer.key, "second": older.key}).context["compared"]
    assert compared[2] == [("only_first", "two "), ("only_second", "three "), ("same", "years")]
    for second in (name.key, newer.key, "none", ""):
        reply = lead.get(history_address(row), {"first": newer.key, "second": second})
        assert (reply.context["compared"], "of the same field" in reply.content.decode()) == (None, True)


def test_a_row_that_a_version_named_and_that_is_gone_has_no_name(lead, place):
    row = place.actor
    save(lead, row, "actor", "units", units=[str(place.town.pk)], version="1")
    FieldChange.objects.create(
        region_map=place.region_map, kind="actor", record_id=row.pk, field="units", version=3,
        before=["99999"], after=[str(place.town.pk), "99999"], by=place.lead,
    )  # fmt: skip
    assert versions_of(lead, row, "actor")[0].after == "Płock; (removed)"


@pytest.mark.parametrize(
    "who, status", [("stranger", 404), ("observer", 403), ("contact", 200), ("lead", 200)]
)
def test_who_may_read_the_history(client, place, who, status):
    client.force_login(getattr(place, who))
    assert client.get(history_address(place.capability)).status_code == status


@pytest.mark.parametrize("many", [2, 40])
def test_queries_do_not_grow_with_versions_of_codes(lead, place, many, django_assert_num_queries):
    for n in range(many):
        sent = {"economic": ["nace:C10"] if n % 2 else ["nace:C21"], "version": n + 1}
        assert save(lead, place.capability, "capability", "economic", **sent).status_code == 200
    with django_assert_num_queries(14):
        lead.get(history_address(place.capability))


@pytest.mark.parametrize("many", [1, 60])
def test_queries_do_not_grow_with_versions(lead, place, many, django_assert_num_queries):
    row = place.capability
    for n in range(many):
        save(lead, row, "capability", "description", description=f"Text {n}", version=n + 1)
    with django_assert_num_queries(13):
        lead.get(history_address(row))


def test_only_the_newest_two_hundred_are_shown(lead, place):
    FieldChange.objects.bulk_create(
        FieldChange(
            region_map=place.region_map, kind="capability", record_id=place.capability.pk, field="name",
            version=n, before=f"Name {n}", after=f"Name {n + 1}",
        )
        for n in range(201)
    )  # fmt: skip
    reply = lead.get(history_address(place.capability))
    assert (len(reply.context["history"].versions), reply.context["history"].is_cut) == (200, True)
    assert "The 200 newest versions are shown" in reply.content.decode()
