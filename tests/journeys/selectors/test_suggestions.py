"""The practices suggested first for Mazovia's four needs, with the reasons that the public reads."""

import pytest

from governance.enums import AnalysisKind
from governance.services.analyses import publish_analysis, request_analysis, run_analysis
from journeys.matching.suggestions import Reason
from journeys.models import Practice, PracticeUse
from journeys.selectors.region_practices import region_practice_page
from journeys.selectors.suggestions import worded
from journeys.services.demonstration import create_demo
from mapping.services.reference import load_reference

pytestmark = pytest.mark.django_db
# Need, practice suggested first, words that both texts share. Each can be defended:
FIRST = [
    # One regional plan that names places in all municipalities and follows them up.
    ("E1", "regional-cores", "territorial, local and strategy"),
    # A province and 34 local bodies, zone by zone.
    ("E3", "bizkaia-orekan", "cooperation, governments and local"),
    # One base of contacts of six chambers, start-ups and companies.
    ("E4", "matchmaker-ruhr", "contacts, innovative, bodies, business and support"),
    # A cluster that firms asked for, hosted in a region.
    ("E5", "cyber-ireland", "clusters"),
]


def test_first_practices_for_the_four_needs_of_mazovia_can_be_defended():
    load_reference()
    run, _is_new = request_analysis(exercise=create_demo().exercises.get(), kind=AnalysisKind.GAPS, by=None)
    run_analysis(analysis_id=run.pk)
    run.refresh_from_db()
    publish_analysis(analysis=run, by=None)
    uses = PracticeUse.objects.filter(region_map__region__slug="mazovia")
    assert {use.area.dimension: use.practice.slug for use in uses} == {
        dimension: slug for dimension, slug, _words in FIRST[1:]
    }
    uses.delete()
    page = region_practice_page(slug="mazovia")
    first = [(line.area["dimension"], line.suggestions[0]) for line in page.areas]
    assert [
        (dimension, row.practice.slug, next(text for text in row.reasons if text.startswith("Words")))
        for dimension, row in first
    ] == [(dimension, slug, f"Words in both texts: {words}.") for dimension, slug, words in FIRST]
    for dimension, row in first:
        assert row.reasons[0].startswith(f"It helps with {dimension} ")
        assert row.reasons[0].endswith(" below the level it needs.")
    Practice.objects.update(keywords="")  # given here, not by a source
    bare = [line.suggestions[0].practice.slug for line in region_practice_page(slug="mazovia").areas]
    assert [slug for slug, (_code, known, _words) in zip(bare, FIRST, strict=True) if slug == known] == [
        "regional-cores",
        "bizkaia-orekan",
        "cyber-ireland",
    ]
    own = {"iti-warsaw", "discovery-groups-mazovia", "cezamat"}
    assert own & {row.practice.slug for line in page.areas for row in line.suggestions} == set()
    assert own == {row.slug for row in page.own}


@pytest.mark.parametrize(
    ("gap", "said"),
    [(1.25, "E5 Support services and clusters (1.3)"), (None, "E5 Support services and clusters")],
)
def test_a_gap_that_is_not_known_has_no_number(gap, said):
    reasons = worded([Reason(code="other_gap", values=("E5",), gap=gap)], labels={})
    assert reasons == [f"It helps with other gaps too: {said}."]
