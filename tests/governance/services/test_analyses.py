"""A run takes over what did not change, and equals the full run and the pure functions bit for bit."""

import json
import random
from itertools import permutations

import numpy as np
import pytest
from django.db import transaction
from django.utils import timezone

from governance.analysis.gap_report import GapInputs
from governance.analysis.gaps import find_gaps
from governance.analysis.publication import protected_views
from governance.models import Analysis, Answer, KeptPart, Target
from governance.scoring.robustness import Scenarios
from governance.scoring.settings import REVISIONS
from governance.selectors.analyses import is_outdated
from governance.selectors.findings import finding_rows, region_parts
from governance.services.analyses import request_analysis, run_analysis
from governance.services.gap_runs import packed_scenarios, read_scenarios
from mapping.analysis.synergies import find_synergies
from mapping.analysis.synergy_inputs import SynergyInputs
from mapping.analysis.synergy_report import SynergyReport, TakenOver
from mapping.models import Capability, RegionMap
from tests.factories.mapping import ExerciseFactory
from tests.factories.region import small_region, small_version
from tests.mapping.analysis.synergy_samples import capability, inputs, priority, space, unit

pytestmark = pytest.mark.django_db
NUMBERS = {"interval_draws": 40, "weight_draws": 40, "min_peers": 4}
QUICK = {name: {"value": value, "reason": "r"} for name, value in NUMBERS.items()}


def stored(report):
    """As it comes back from the database."""
    return json.loads(json.dumps(report.to_dict()))


def partnership(*, size=7):
    """Regions of a team, a unit and up to six stakeholders: some groups are too small to be shown."""
    exercise, version = ExerciseFactory(thresholds=QUICK), small_version()
    chance = random.Random(3)
    for place in range(size):
        small_region(exercise, version, stakeholders=place)
    for answer in Answer.objects.order_by("pk"):
        level = chance.choice([None, 1, 2, 3, 4, 5])
        kind = "value" if level else "no_information"
        Answer.objects.filter(pk=answer.pk).update(level=level, kind=kind, importance=chance.randint(1, 5))
    now = timezone.now()
    shown = {"adopted_on": now.date(), "adopted_by": "Board", "released_at": now, "published_at": now}
    RegionMap.objects.filter(exercise=exercise).update(state="published", **shown)
    return exercise


def run(exercise, kind):
    row, _is_new = request_analysis(exercise=exercise, kind=kind, by=None)
    run_analysis(analysis_id=row.pk)
    row.refresh_from_db()
    assert row.state == "done", row.message
    return row


def written(row):
    """All that a run wrote."""
    return (
        row.result,
        row.public,
        row.warnings,
        [(part.fingerprint, part.result, part.public) for part in row.parts.order_by("region")],
        list(row.findings.values_list("region", "other_region", "code", "position", "data")),
    )


def forget(exercise):
    Analysis.objects.filter(exercise=exercise).delete()
    KeptPart.objects.filter(exercise=exercise).delete()


@pytest.mark.parametrize("kind", ["gaps", "synergies"])
def test_a_changed_formula_is_another_run_and_takes_nothing_over(kind, monkeypatch):
    exercise = partnership(size=3)
    before = run(exercise, kind)
    kept = dict(KeptPart.objects.values_list("region", "fingerprint"))
    monkeypatch.setitem(REVISIONS, kind, before.revision + 1)
    after = run(exercise, kind)
    assert (after.pk != before.pk, after.inputs) == (True, before.inputs)
    assert (before.made_by, after.made_by) == (f"stm-1.{before.revision}", f"stm-1.{before.revision + 1}")
    assert (is_outdated(before), is_outdated(after)) == (True, False)
    now = dict(KeptPart.objects.values_list("region", "fingerprint"))
    assert [region for region in kept if now[region] == kept[region]] == []
    assert run(exercise, kind).pk == after.pk


def test_gaps_are_those_of_the_pure_functions():
    row = run(partnership(), "gaps")
    result = stored(find_gaps(GapInputs.from_dict(row.inputs)))
    assert row.result == result
    views = protected_views(result)
    expected = region_parts(analysis=row, views=views)
    parts = {part.region_id: part for part in row.parts.all()}
    assert len(parts) == len(expected) == 7
    for part in expected:
        assert parts[part.region_id].result == part.result
        assert parts[part.region_id].public == part.public
    rows = [(one.region_id, one.code, one.data) for one in finding_rows(analysis=row, result=views[1])]
    assert list(row.findings.values_list("region", "code", "data")) == rows


def test_synergies_are_those_of_the_pure_function():
    row = run(partnership(size=3), "synergies")
    result = stored(find_synergies(SynergyInputs.from_dict(row.inputs)))
    assert row.result == result
    expected = region_parts(analysis=row, views=(result, None))
    assert [part.result for part in row.parts.order_by("region")] == [
        part.result for part in sorted(expected, key=lambda part: part.region_id)
    ]
    rows = [(one.region_id, one.code, one.data) for one in finding_rows(analysis=row, result=result)]
    assert list(row.findings.values_list("region", "code", "data")) == rows


def change(exercise, chance):
    """One thing of one region."""
    maps = RegionMap.objects.filter(exercise=exercise)
    region_map = chance.choice(list(maps.order_by("pk")))
    given = Answer.objects.filter(response__region_map=region_map)
    what = chance.randrange(5)
    if what == 0:
        given.filter(pk=chance.choice(given).pk).update(kind="value", level=chance.randint(1, 5))
    elif what == 1:
        given.filter(pk=chance.choice(given).pk).update(kind="no_information", level=None)
    elif what == 2:
        maps.filter(pk=region_map.pk).update(state="draft")
    elif what == 3:
        Target.objects.filter(region_map=region_map, dimension="E1").update(level=5)
    else:
        given.update(kind="value", level=chance.randint(1, 5))  # moves the lines of all
    strong = Capability.objects.filter(region_map=region_map).first()
    Capability.objects.filter(pk=strong.pk).update(strength=chance.randint(1, 3))


@pytest.mark.parametrize("kind, steps", [("gaps", 6), ("synergies", 2)])
def test_runs_after_random_changes_equal_full_runs(kind, steps):
    exercise, chance = partnership(), random.Random(kind)
    run(exercise, kind)
    for _step in range(steps):
        change(exercise, chance)
        partly = written(run(exercise, kind))
        with transaction.atomic():
            forget(exercise)
            assert written(run(exercise, kind)) == partly
            transaction.set_rollback(True)


@pytest.mark.parametrize("kind", ["gaps", "synergies"])
def test_a_change_of_one_region_computes_that_region_only(kind):
    exercise = partnership(size=3)
    run(exercise, kind)
    before = dict(KeptPart.objects.values_list("region", "fingerprint"))
    touched = RegionMap.objects.filter(exercise=exercise).first()
    Answer.objects.filter(response__region_map=touched, response__group="team").update(kind="value", level=5)
    Capability.objects.filter(region_map=touched).update(strength=3)
    run(exercise, kind)
    after = dict(KeptPart.objects.values_list("region", "fingerprint"))
    assert {key for key in after if after[key] != before[key]} == {touched.region_id}


def test_examples_between_regions_that_did_not_change_are_taken_over():
    exercise = partnership(size=3)
    maps = list(RegionMap.objects.filter(exercise=exercise).select_related("region"))
    for row in maps:
        Capability.objects.filter(region_map=row).update(strength_answer="value", strength=4)
    run(exercise, "synergies")
    changed, *others = (row.region.slug for row in maps)
    parts = {part.region.slug: part for part in KeptPart.objects.select_related("region")}
    known = {(source, slug) for slug in parts for source in parts[slug].facts["examples"]}
    assert set(permutations(others, 2)) <= known
    for part in parts.values():  # a mark on each, to know them again
        for _mark, found in part.facts["examples"].values():
            found[0]["kind"] = "marked"
        part.save()
    Capability.objects.filter(region_map=maps[0]).update(strength=3)
    pairs = run(exercise, "synergies").result["region_pairs"]
    marked = {
        (row["source"], row["target"]) for row in pairs for one in row["examples"] if one["kind"] == "marked"
    }
    assert marked == set(permutations(others, 2))
    assert changed not in {name for pair in marked for name in pair}


def test_asking_for_the_same_run_again_reads_neither_inputs_nor_result():
    exercise = partnership(size=2)
    first = run(exercise, "gaps")
    again, is_new = request_analysis(exercise=exercise, kind="gaps", by=None)
    assert (again.pk, is_new) == (first.pk, False)
    assert {"inputs", "result", "public"} <= again.get_deferred_fields()
    assert again.result == first.result


def test_changed_thresholds_take_over_nothing():
    exercise = partnership(size=2)
    run(exercise, "gaps")
    before = set(KeptPart.objects.values_list("fingerprint", flat=True))
    exercise.thresholds = QUICK | {"min_peers": {"value": 3, "reason": "r"}}
    exercise.save()
    run(exercise, "gaps")
    assert before.isdisjoint(KeptPart.objects.values_list("fingerprint", flat=True))


def test_a_run_that_waited_through_an_update_has_no_marks():
    exercise = partnership(size=2)
    row, _is_new = request_analysis(exercise=exercise, kind="gaps", by=None)
    Analysis.objects.filter(pk=row.pk).update(marks={})
    run_analysis(analysis_id=row.pk)
    row.refresh_from_db()
    assert row.result == stored(find_gaps(GapInputs.from_dict(row.inputs)))


def test_what_is_kept_of_a_region_goes_with_it():
    exercise = partnership(size=2)
    run(exercise, "gaps")
    RegionMap.objects.filter(exercise=exercise).first().region.delete()
    assert KeptPart.objects.count() == 1


def test_scenarios_come_back_as_they_were():
    given = Scenarios(
        statements=("1.1", "1.2"),
        dimensions=np.empty((0, 0)),
        levels=np.array([[1.0, np.nan], [2.5, 1 / 3]]),
        importance=np.array([[np.nan, 5.0], [0.1, 4.0]]),
        weights=np.empty((0, 0)),
    )
    again = read_scenarios(packed_scenarios(given))
    assert again.statements == given.statements
    for name in ("levels", "importance"):
        assert np.array_equal(getattr(again, name), getattr(given, name), equal_nan=True)


def maps(strengths):
    """Three regions of two units and four capabilities each."""
    places = [(region, n) for region in "abc" for n in range(4)]
    roles = ("research", "production", "services", "research")
    return inputs(
        units=[unit(f"{region}{n}", region=region) for region in "abc" for n in range(2)],
        priorities=[priority(f"p{region}", region=region, codes=["nace:C20"]) for region in "abc"],
        capabilities=[
            capability(
                f"c{region}{n}",
                f"{region}{n % 2}",
                ["nace:C20", "nace:C21", "nace:J62", "nace:C20.1"][n : n + 1],
                strength=strengths[place],
                role=roles[n],
                priority_id=f"p{region}" if n < 2 else None,
            )
            for place, (region, n) in enumerate(places)
        ],
        spaces=[space(f"s{region}", [f"{region}0"], region=region, depth=2) for region in "ab"],
    )


@pytest.mark.parametrize("seed", range(12))
def test_synergies_after_a_random_change_equal_the_full_run(seed):
    chance = random.Random(seed)
    strengths = [chance.choice([None, 1, 2, 3, 4, 5]) for _n in range(12)]
    before = find_synergies(maps(strengths))
    touched = chance.randrange(12)
    strengths[touched] = chance.choice([None, 1, 2, 3, 4, 5])
    kept = {
        row.region_id: TakenOver(counts=row.counts, noise=row.noise)
        for row in before.regions
        if row.region_id != "abc"[touched // 4]
    }
    partly, full = find_synergies(maps(strengths), kept=kept), find_synergies(maps(strengths))
    same = ("counts", "noise", "region_pairs")
    assert [getattr(partly, name) for name in same] == [getattr(full, name) for name in same]
    for row, old, new in zip(partly.regions, before.regions, full.regions, strict=True):
        assert (old if isinstance(row, TakenOver) else row) == new
    assert SynergyReport.from_dict(stored(full)).counts == full.counts
