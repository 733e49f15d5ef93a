"""Too little to analyse: a reason on the page, in the command and in the API; never a trace, never a zero."""

import json
import re

import pytest
from django.urls import reverse

from governance.models import Answer
from journeys.content.methods import METHODS
from mapping.analysis.methods import apply_method
from mapping.enums import AnswerKind, Role
from mapping.models import Capability, Membership, TerritorialUnit
from tests.factories.governance import QuestionFactory, SectionFactory
from tests.factories.mapping import ExerciseFactory, RegionMapFactory, UserFactory, member
from tests.factories.region import analyse, publish, small_region, small_version

pytestmark = pytest.mark.django_db
NUMBERS = re.compile(r'href="(/numbers/[^/]+/[^/]+/([^/]+)/[^"#]+)')
COMMAND = {"gaps": "gap_analysis", "synergies": "synergy_analysis", "evidence": "evidence_analysis"}


def empty():
    return RegionMapFactory()


def one_respondent():
    return small_region(ExerciseFactory(), small_version(), stakeholders=0).region_map


def only_non_answers():
    region_map = small_region(ExerciseFactory(), small_version()).region_map
    Answer.objects.update(kind=AnswerKind.NO_INFORMATION, level=None, importance=None)
    return region_map


def all_the_same():
    return small_region(ExerciseFactory(), small_version(), level=5).region_map


def one_unit():
    region_map = small_region(ExerciseFactory(), small_version()).region_map
    last = TerritorialUnit.objects.filter(region_map=region_map).last()
    Capability.objects.filter(unit=last).delete()
    return region_map


def weights_of_zero():
    region_map = small_region(ExerciseFactory(), small_version()).region_map
    names = ("weight_economic", "weight_scientific", "weight_policy")
    region_map.exercise.thresholds = {name: {"value": 0, "reason": "r"} for name in names}
    region_map.exercise.save()
    return region_map


def statements_beside_the_themes():
    """A questionnaire of one's own may ask on the scale outside the eight themes."""
    version = small_version()
    section = SectionFactory(version=version, code="X1", title="Beside", position=9)
    QuestionFactory(section=section, code="9.1", position=1)
    return small_region(ExerciseFactory(), version).region_map


WORLDS = [
    statements_beside_the_themes,
    empty,
    one_respondent,
    only_non_answers,
    all_the_same,
    one_unit,
    weights_of_zero,
]


@pytest.mark.parametrize("world", WORLDS)
def test_too_little_is_a_reason_everywhere(client, world):
    region_map = world()
    runs = analyse(publish(region_map).exercise)
    for kind, run in runs.items():
        assert run.state == "done"
        # NaN and infinity are no JSON: the command writes what the worker stored, number for number.
        again = apply_method(METHODS[COMMAND[kind]], json.loads(json.dumps(run.inputs, allow_nan=False)))
        assert json.loads(json.dumps(again, allow_nan=False)) == run.result
    client.force_login(member(Role.COORDINATOR, region_map))
    pages = [
        reverse("governance:analysis_list", args=[region_map.exercise.slug]),
        *(reverse("governance:analysis_detail", args=[run.pk]) for run in runs.values()),
        reverse("journeys:diagnosis_draft", args=[region_map.pk]),
        reverse("journeys:region_detail", args=[region_map.region.slug]),
        "/api/v1/findings/",
        "/api/v1/scores/",
    ]
    measures = set()
    for address in pages:  # and the first page of each measure that these lead to
        reply = client.get(address)
        text = reply.content.decode()
        for number, measure in NUMBERS.findall(text):
            pages += [] if measure in measures else [number]
            measures.add(measure)
        assert reply.status_code == 200, address
        assert [word for word in ("nan", "inf", "NaN", "Traceback") if f">{word}<" in text] == []
    for row in runs["gaps"].result["regions"][0]["dimensions"]:
        assert (row["score"] is None) == bool(row["reason"])


def test_a_round_without_regions_has_an_empty_result(client):
    exercise = ExerciseFactory()
    runs = analyse(exercise)
    assert [(run.state, run.result["regions"]) for run in runs.values()] == [("done", [])] * 2
    user = UserFactory()
    Membership.objects.create(user=user, role=Role.COORDINATOR, project=exercise.project)
    client.force_login(user)
    addresses = [reverse("governance:analysis_detail", args=[run.pk]) for run in runs.values()]
    addresses += [reverse("governance:analysis_list", args=[exercise.slug]), "/"]
    assert [client.get(address).status_code for address in addresses] == [200] * 4
