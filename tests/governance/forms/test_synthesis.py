"""What the forms of the synthesis take as changed, and what they keep after a refusal."""

import pytest
from django.http import QueryDict

from cohes3ion.lib.versions import VersionMissing
from governance.forms.synthesis import AreaForm, ChallengeForm
from tests.factories.mapping import UnitFactory
from tests.factories.synthesis import AreaFactory, ChallengeFactory

pytestmark = pytest.mark.django_db


def typed(row, query: str, units=()) -> AreaForm:
    form = AreaForm(
        QueryDict(query), row=row, key="area-1", choices={"units": [(unit.pk, unit.name) for unit in units]}
    )
    form.is_valid()
    return form


def test_only_what_was_changed_is_written():
    area = AreaFactory(text="Old", horizon="2027")
    query = "text=Old&was_text=Old&version_text=1&horizon=2028&was_horizon=2027&version_horizon=3"
    form = typed(area, query)
    assert [(item.field, item.values, item.version) for item in form.changes()] == [
        ("horizon", {"horizon": "2028"}, 3)
    ]


def test_a_change_needs_its_version():
    with pytest.raises(VersionMissing):
        typed(AreaFactory(), "text=New").changes()


def test_empty_steps_are_no_value():
    form = typed(AreaFactory(importance=4), "importance=&version_importance=1")
    assert form.changes()[0].values == {"importance": None}


def test_choosing_keeps_the_day_and_unchoosing_takes_it_away():
    area = AreaFactory(is_chosen=True, chosen_on="2020-05-04")
    area.refresh_from_db()
    form = typed(area, "is_chosen=&version_is_chosen=1")
    assert form.changes()[0].values == {"is_chosen": False, "chosen_on": None}
    form = typed(area, "is_chosen=&is_chosen=on&version_is_chosen=1")
    assert form.changes()[0].values == {"is_chosen": True, "chosen_on": area.chosen_on}


def test_what_was_typed_stays_with_its_version_over_what_is_stored_now():
    area = AreaFactory(text="Now", horizon="2030", field_versions={"text": 4, "horizon": 2})
    form = typed(area, "text=Mine&version_text=3&horizon=2027&was_horizon=2027&version_horizon=1")
    again = form.again(area)
    again.is_valid()
    parts = {part.name: part for part in again.parts()}
    assert (parts["text"].field.value(), parts["text"].version, parts["text"].was) == ("Mine", "3", "Now")
    assert (parts["horizon"].field.value(), parts["horizon"].version) == ("2030", "2")


def test_units_are_named_in_words():
    unit = UnitFactory(name="Cluj, city")
    form = typed(AreaFactory(region_map=unit.region_map), f"units=&units={unit.pk}&version_units=1", [unit])
    assert form.changes()[0].values == {"units": [unit.pk]}
    assert form.spoken("units", form.typed("units")) == "Cluj, city"
    assert form.spoken("is_chosen", "on") == "Yes"
    assert form.spoken("text", "") == "(empty)"


def test_a_challenge_needs_a_visible_name():
    for title in ("", "   ", "\u200b"):
        assert not ChallengeForm({"title": title}, row=ChallengeFactory()).is_valid()
