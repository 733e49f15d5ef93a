"""The way of a practice from the draft to its withdrawal, and who uses it."""

import pytest

from cohes3ion.lib.row_forms import Change
from cohes3ion.lib.versions import StaleVersion
from governance.models import AreaOfImprovement
from journeys.models import Practice, PracticeUse
from journeys.selectors.practice_work import ASKED
from journeys.services.practices import (
    FieldsMissing,
    StepNotPossible,
    give_opinion,
    plan_use,
    publish_practice,
    return_practice,
    start_practice,
    submit_practice,
    withdraw_practice,
)
from journeys.services.rows import save_changes
from mapping.models import Code, CodeList
from tests.factories.exchange import PracticeFactory
from tests.factories.mapping import RegionFactory, RegionMapFactory, UserFactory

pytestmark = pytest.mark.django_db


def draft(**values):
    return PracticeFactory(**{"state": "draft", "published_at": None, "unknown": list(ASKED)} | values)


def test_the_whole_way_keeps_who_did_what():
    author, coordinator, expert = UserFactory(), UserFactory(), UserFactory()
    practice = start_practice(region=RegionFactory(), title="Ścieżka", by=author)
    assert (practice.slug, practice.state, practice.search) == (
        "sciezka",
        "draft",
        f"sciezka           {practice.region.name.lower()}",
    )
    practice, stale = save_changes(
        row=practice,
        changes=[Change(field="unknown", values={"unknown": list(ASKED)}, version=1)],
        by=author,
    )
    assert stale == []
    practice = submit_practice(practice=practice, expected=1, by=author)
    practice = return_practice(practice=practice, reason="Say more.", expected=2, by=coordinator)
    assert (practice.state, practice.returned_because) == ("returned", "Say more.")
    practice = submit_practice(practice=practice, expected=3, by=author)
    assert practice.returned_because == ""
    practice = publish_practice(practice=practice, expected=4, by=coordinator)
    first = practice.published_at
    practice = give_opinion(practice=practice, text="Good.", expected=1, by=expert)
    assert (practice.expert_by, practice.expert_opinion) == (expert, "Good.")
    practice = withdraw_practice(practice=practice, reason="It failed.", expected=5, by=author)
    assert practice.withdrawn_because == "It failed."
    practice = publish_practice(practice=practice, expected=6, by=coordinator)
    assert (practice.published_at, practice.withdrawn_because) == (first, "")
    practice = give_opinion(practice=practice, text=" ", expected=2, by=expert)
    assert (practice.expert_by, practice.expert_at, practice.expert_opinion) == (None, None, "")
    lines = practice.history.order_by("history_id").values_list("history_change_reason", "history_user")
    a, c, e = author.pk, coordinator.pk, expert.pk
    assert list(lines) == [
        (None, a),
        ("unknown", a),
        ("state", a),
        ("state", c),
        ("state", a),
        ("state", c),
        ("expert_opinion", e),
        ("state", a),
        ("state", c),
        ("expert_opinion", e),
    ]


@pytest.mark.parametrize(
    ("state", "possible"),
    [
        ("draft", ["submit"]),
        ("submitted", ["return", "publish"]),
        ("returned", ["submit"]),
        ("published", ["withdraw"]),
        ("withdrawn", ["publish"]),
    ],
)
def test_each_step_leads_on_from_its_states_only(state, possible):
    steps = {
        "submit": (submit_practice, {}),
        "return": (return_practice, {"reason": "A reason"}),
        "publish": (publish_practice, {}),
        "withdraw": (withdraw_practice, {"reason": "A reason"}),
    }
    taken = []
    for name, (take, values) in steps.items():
        practice = (
            draft() if state not in ("published", "withdrawn") else PracticeFactory(unknown=list(ASKED))
        )
        Practice.objects.filter(pk=practice.pk).update(state=state)
        practice.refresh_from_db()
        try:
            take(practice=practice, expected=1, by=None, **values)
            taken.append(name)
        except StepNotPossible:
            pass
    assert taken == possible


def test_a_step_on_an_old_version_is_refused():
    practice = draft()
    submit_practice(practice=practice, expected=1, by=None)
    # Twice pressed: it stands there already.
    assert submit_practice(practice=practice, expected=1, by=None).version == 2
    practice.refresh_from_db()
    with pytest.raises(StaleVersion):
        publish_practice(practice=practice, expected=1, by=None)
    assert Practice.objects.get().state == "submitted"


def test_handing_in_names_what_is_neither_told_nor_marked():
    practice = draft(unknown=["evidence"], summary="Short", description=" ")
    with pytest.raises(FieldsMissing) as missing:
        submit_practice(practice=practice, expected=1, by=None)
    assert missing.value.names == [name for name in ASKED if name not in ("evidence", "summary")]
    assert Practice.objects.get().state == "draft"


def test_an_opinion_is_given_beside_published_practices_only():
    with pytest.raises(StepNotPossible):
        give_opinion(practice=draft(), text="Early", expected=1, by=UserFactory())


def test_words_for_search_follow_every_write():
    practice = draft(title="Old")
    save_changes(row=practice, changes=[Change(field="title", values={"title": "Żółw"}, version=1)], by=None)
    practice.refresh_from_db()
    assert practice.search.startswith("zolw ")
    code = Code.objects.create(
        code_list=CodeList.objects.create(key="nace", title="NACE"), key="nace:K", code="K", label="IT"
    )
    save_changes(
        row=practice, changes=[Change(field="codes", values={"codes": [code.pk]}, version=1)], by=None
    )
    assert list(practice.codes.all()) == [code]


def test_a_use_is_planned_once_for_an_area_and_once_for_none():
    region_map, practice = RegionMapFactory(), PracticeFactory()
    area = AreaOfImprovement.objects.create(region_map=region_map, text="Meet", dimension="E3")
    common = {"practice": practice, "region_map": region_map, "by": UserFactory()}
    made = [plan_use(area=where, **common).pk for where in (area, area, None, None)]
    assert made == [made[0], made[0], made[2], made[2]]
    assert PracticeUse.objects.count() == 2
