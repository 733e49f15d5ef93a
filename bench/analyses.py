"""Rows 8 and 9: gap and synergy analysis end to end, from rows in PostgreSQL to published findings.

26 statements, 3 groups, 40 respondents a region. The yardstick is one SQL group-by over the same answers,
in turn with the runs. `BENCH_REGIONS="8 300 1500"` chooses the sizes; each has a process of its own, so that
its memory peak is its own.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
from typing import Any

from bench.exercises import fill_exercise
from bench.ratios import Ratio, seconds
from bench.site import demonstration

SIZES = os.environ.get("BENCH_REGIONS", "8 300").split()
SMALL, READINGS = 8, 200
GROUP_BY = """
select m.region_id, r.group, a.question_id, avg(a.level), count(a.level) from governance_answer a
join governance_response r on r.id = a.response_id join mapping_regionmap m on m.id = r.region_map_id
where m.exercise_id = %s group by 1, 2, 3
"""


def group_by(exercise: Any) -> None:
    from django.db import connection  # after setup

    with connection.cursor() as cursor:
        cursor.execute(GROUP_BY, [exercise.pk])
        cursor.fetchall()


def analyse(exercise: Any) -> None:
    """What the two jobs do: freeze, hash, compute, protect, write."""
    from governance.services.analyses import request_analysis, run_analysis  # after setup: models

    for kind in ("gaps", "synergies"):
        row, _is_new = request_analysis(exercise=exercise, kind=kind, by=None)
        run_analysis(analysis_id=row.pk)


def forget(exercise: Any) -> None:
    """So that the next run is a full one."""
    from governance.models import Analysis, KeptPart  # after setup: models

    Analysis.objects.filter(exercise=exercise).delete()
    KeptPart.objects.filter(exercise=exercise).delete()


def change_one_region(exercise: Any) -> None:
    from governance.models import Answer  # after setup: models
    from mapping.models import Capability  # after setup: models

    first = exercise.region_maps.order_by("region__slug").first()
    answer = Answer.objects.filter(response__region_map=first, level__isnull=False).first()
    Answer.objects.filter(pk=answer.pk).update(level=6 - answer.level if answer.level != 3 else 5)
    strong = Capability.objects.filter(region_map=first).first()
    Capability.objects.filter(pk=strong.pk).update(strength=1 if strong.strength > 1 else 5)


def stored(exercise: Any) -> dict[str, Any]:
    """Results and parts of the newest run of each kind, as they stand in the database."""
    from governance.models import Analysis  # after setup: models

    runs = [Analysis.objects.filter(exercise=exercise, kind=kind).first() for kind in ("gaps", "synergies")]
    if any(run.state != "done" for run in runs):
        raise RuntimeError(f"Not done: {[(run.state, run.message) for run in runs]}")
    return {run.kind: (run.result, list(run.parts.order_by("region").values("result"))) for run in runs}


def read_dashboard(exercise: Any, region: Any) -> None:
    """The rows from which one region's diagnosis is drawn."""
    from governance.models import RegionResult  # after setup: models

    rows = RegionResult.objects.filter(region=region, analysis__exercise=exercise)
    if len(rows.values_list("result", "public")) != 2:
        raise RuntimeError("A part is missing.")


def run(size: int) -> dict[str, float]:
    import django  # the environment names settings and database

    django.setup()
    small = fill_exercise(name=f"small-{size}", size=SMALL)
    analyse(small)  # what a worker imports once is no part of a run
    exercise = fill_exercise(name=f"regions-{size}", size=size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rounds = []
    for _round in range(max(1, min(5, 300 // size))):
        forget(exercise)
        rounds.append((seconds(lambda: analyse(exercise)), seconds(lambda: group_by(exercise))))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    readings = [
        tuple(
            seconds(lambda one=one, region=region: read_dashboard(one, region))
            for one, region in ((e, e.region_maps.first().region) for e in (exercise, small))
        )
        for _round in range(READINGS)
    ]
    change_one_region(exercise)
    again = seconds(lambda: analyse(exercise))
    partly = stored(exercise)
    forget(exercise)
    full = seconds(lambda: analyse(exercise))
    if stored(exercise) != partly:
        raise RuntimeError("A run that took regions over differs from the full one.")
    return {
        "full": statistics.median(ours for ours, _sql in rounds),
        "ratio": statistics.median(ours / sql for ours, sql in rounds),
        "again": again,
        "again_ratio": again / full,
        "peak": (peak - before) / 1024,
        "reading": statistics.median(ours for ours, _small in readings),
        "reading_ratio": statistics.median(ours / few for ours, few in readings),
    }


def measure() -> list[Ratio]:
    demonstration()
    found = []
    for size in SIZES:
        command = [sys.executable, "-m", "bench.analyses", size]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        told = json.loads(done.stdout)
        whole = f"{told['full']:.2f} s, {told['peak']:.0f} MB more than at 8"
        lines = [
            (9, "÷ one group-by", told["ratio"], 8, whole),
            (9, "one changed ÷ full, identical", told["again_ratio"], 0.1, f"{told['again']:.2f} s"),
            (8, "dashboard data ÷ at 8", told["reading_ratio"], 1.2, f"{told['reading'] * 1000:.2f} ms"),
        ]
        found += [
            Ratio(row=row, name=f"{size} regions: {what}", value=value, target=target, detail=detail)
            for row, what, value, target, detail in lines
        ]
    return found


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]))))
