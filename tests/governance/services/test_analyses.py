"""A run takes over what did not change, and equals the full run bit for bit."""

import json
import random
from dataclasses import replace

import pytest

from governance.analysis.gap_report import GapReport, RegionGaps
from governance.analysis.gaps import KeptRegion, find_gaps
from governance.models import RegionResult
from governance.scoring.settings import Thresholds
from governance.selectors.kept_parts import kept_parts, part_fingerprints
from governance.services.analyses import request_analysis, run_analysis
from mapping.analysis.plain import from_plain
from mapping.analysis.synergies import find_synergies
from mapping.analysis.synergy_report import KeptSynergies, RegionSynergies, SynergyReport
from tests.factories.mapping import ExerciseFactory
from tests.factories.region import small_region, small_version
from tests.governance.analysis.exercise import answers, exercise
from tests.mapping.analysis.synergy_samples import capability, inputs, priority, space, unit

QUICK = Thresholds(interval_draws=40, weight_draws=40)


def stored(report):
    """As it comes back from the database."""
    return json.loads(json.dumps(report.to_dict()))


def changed(region, chance):
    """The same region with one thing changed."""
    items = list(region.items)
    place = chance.randrange(len(items))
    what = chance.randrange(5)
    if what == 0:
        items[place] = replace(items[place], kind="value", level=chance.randint(1, 5))
    elif what == 1:
        items[place] = replace(items[place], kind="no_information", level=None)
    elif what == 2:
        items[place] = replace(items[place], importance=chance.randint(1, 5))
    elif what == 3:
        return replace(region, released=not region.released)
    else:
        return replace(region, targets={"E1": chance.randint(1, 5)})
    return replace(region, items=tuple(items))


@pytest.mark.parametrize("seed", range(12))
def test_gaps_after_a_random_change_equal_the_full_run(seed):
    chance = random.Random(seed)
    regions = [answers(f"r{n}", seed=n, stakeholders=3) for n in range(7)]
    before = stored(find_gaps(exercise(*regions, thresholds=QUICK)))
    touched = chance.randrange(7)
    regions[touched] = changed(regions[touched], chance)
    after = exercise(*regions, thresholds=QUICK)
    lines = {name: before[name] for name in ("importance_line", "level_line")}
    kept = {
        row["region"]: KeptRegion(findings=from_plain(RegionGaps, row), **lines)
        for row in before["regions"]
        if row["region"] != f"r{touched}"
    }
    assert stored(find_gaps(after, kept=kept)) == stored(find_gaps(after))
    assert GapReport.from_dict(stored(find_gaps(after, kept=kept))) == find_gaps(after)


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
    before = stored(find_synergies(maps(strengths)))
    touched = chance.randrange(12)
    strengths[touched] = chance.choice([None, 1, 2, 3, 4, 5])
    after = maps(strengths)
    kept = {
        row["region_id"]: from_plain(RegionSynergies, row)
        for row in before["regions"]
        if row["region_id"] != "abc"[touched // 4]
    }
    as_stored = {
        row["region_id"]: KeptSynergies(row) for row in before["regions"] if row["region_id"] in kept
    }
    assert stored(find_synergies(after, kept=kept)) == stored(find_synergies(after))
    assert stored(find_synergies(after, kept=as_stored)) == stored(find_synergies(after))
    assert SynergyReport.from_dict(stored(find_synergies(after))).counts == find_synergies(after).counts


def run(exercise, kind):
    row, _is_new = request_analysis(exercise=exercise, kind=kind, by=None)
    run_analysis(analysis_id=row.pk)
    row.refresh_from_db()
    return row


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["gaps", "synergies"])
def test_a_change_of_one_region_takes_over_the_others(kind):
    exercise, version = ExerciseFactory(), small_version()
    first, second = small_region(exercise, version), small_region(exercise, version, level=2)
    run(exercise, kind)
    first.team.answers.filter(question__code="1.1").update(level=5)
    first.region_map.capabilities.update(strength=3)
    row, _is_new = request_analysis(exercise=exercise, kind=kind, by=None)
    prints = part_fingerprints(kind=kind, inputs=row.inputs)
    assert set(kept_parts(analysis=row, fingerprints=prints)) == {second.region_map.region.slug}
    run_analysis(analysis_id=row.pk)
    row.refresh_from_db()
    parts = [part.result for part in row.parts.order_by("region")]
    RegionResult.objects.exclude(analysis=row).delete()
    row.delete()
    again = run(exercise, kind)  # nothing to take over: the full run
    assert [part.result for part in again.parts.order_by("region")] == parts


@pytest.mark.django_db
def test_changed_thresholds_take_over_nothing():
    region = small_region(ExerciseFactory(), small_version())
    exercise = region.region_map.exercise
    run(exercise, "gaps")
    exercise.thresholds = {"min_peers": {"value": 4, "reason": "r"}}
    exercise.save()
    row, _is_new = request_analysis(exercise=exercise, kind="gaps", by=None)
    assert kept_parts(analysis=row, fingerprints=part_fingerprints(kind="gaps", inputs=row.inputs)) == {}
