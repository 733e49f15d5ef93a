"""Missing links, brokers, balance and alignment of a small region, by hand."""

import pytest

from governance.models import GovernanceSpace
from journeys.selectors.figures import figures_of
from journeys.selectors.link_figures import links_of
from journeys.selectors.reasons import seats_of
from journeys.selectors.sources import published_source
from tests.factories.mapping import ExerciseFactory
from tests.factories.region import analyse, publish, small_region, small_version

pytestmark = pytest.mark.django_db


def source_of(*, units_in_space=1, **changes):
    """Two units, strength 4 in the same field, research and production: they complement each other."""
    region = small_region(ExerciseFactory(), small_version())
    space = GovernanceSpace.objects.get(region_map=region.region_map)
    space.units.set(region.region_map.units.all()[:units_in_space])
    GovernanceSpace.objects.filter(pk=space.pk).update(**changes)
    publish(region.region_map)
    analyse(region.region_map.exercise)
    return published_source(slug=region.region_map.region.slug)


def test_units_that_fit_together_and_never_meet_are_a_missing_link(client):
    source = source_of()
    links, figure = links_of(source), figures_of(source)["links"]
    assert (len(links.missing), links.missing_in_all, links.missing[0].synergies) == (1, 1, 1)
    assert figure.title == "No two units share a governance space"
    names = sorted(source.unit_names.values())
    assert [(row[0], *row[2:]) for row in figure.table.rows] == [
        (names[0], 0, names[1]),
        (names[1], 0, names[0]),
    ]
    facts = {fact.label: fact for fact in links.facts}
    assert (
        facts["Units that fit together and sit together"].note == "0 of 1 pairs with a synergy share a space"
    )
    # Both units hold the priority's field at critical mass.
    assert facts["Priorities with a strong unit behind them"].value == "1 of 1"
    text = client.get(f"/regions/{source.region.slug}/").content.decode()
    assert "Missing links" in text
    for fact in links.facts:
        address = f"/numbers/{source.synergy_run.pk}/{source.region.slug}/{fact.measure}/{fact.key}/"
        assert client.get(address).status_code == 200


def test_units_that_meet_have_no_missing_link():
    source = source_of(units_in_space=2, all_topics=True, depth=3, depth_answer="value")
    links, figure = links_of(source), figures_of(source)["links"]
    assert (links.missing, links.missing_in_all) == ([], 0)
    assert figure.title == "Units that fit together also sit together"
    assert [row[2:] for row in figure.table.rows] == [(1, ""), (1, "")]


def test_the_same_unclear_mandate_in_several_spaces_is_one_sentence():
    source = source_of()
    ids = [row["id"] for row in source.content["spaces"]]
    other = {"id": 999, "name": "A second council", "units": []}
    source.content["spaces"].append({**source.content["spaces"][0], **other})
    finding = {"kind": "unclear_mandate", "code": "NO_DECIDER", "topic": None, "data": {"who": []}}
    source.synergies["region"]["spaces"]["findings"] = [
        {**finding, "space_ids": [key]} for key in (*ids, 999)
    ]
    (sentence,) = seats_of(source)
    assert sentence.startswith("Nobody is named as deciding on all topics. In: ")
    assert sentence.endswith("; A second council.")
