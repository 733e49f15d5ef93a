"""Row 9: gap and synergy analysis from frozen inputs to the stored result, at 8, 300 and 1,500 regions.

26 statements, 3 groups, 40 respondents a region. The yardstick is one SQL group-by over the same answers.
Each size runs in a process of its own, so that its memory peak is its own.
"""

import json
import random
import resource
import sqlite3
import subprocess
import sys
from typing import Any

from bench.ratios import Ratio, seconds

SIZES = (8, 300, 1_500)
CODES = [(f"{dimension}.{n}", f"E{dimension}") for dimension in range(1, 9) for n in range(1, 5)][:26]
GROUPS = ["team"] + ["unit"] * 4 + ["stakeholder"] * 35
ROLES = ("research", "production", "services")


def answers_of(region: int) -> dict[str, Any]:
    """One region's answers, as they are frozen."""
    chance = random.Random(region)
    items = []
    for place, group in enumerate(GROUPS):
        for code, dimension in CODES:
            level = None if chance.random() < 0.1 else chance.randint(1, 5)
            items.append(
                {
                    "code": code,
                    "dimension": dimension,
                    "group": group,
                    "respondent": f"{place:02}",
                    "kind": "value" if level else "no_information",
                    "level": level,
                    "importance": chance.randint(1, 5),
                    "is_core": True,
                }
            )
    invited = {"team": 1, "unit": 6, "stakeholder": 50}
    targets = {f"E{n}": 4 for n in range(1, 9)}
    return {
        "region": f"r{region:04}",
        "released": True,
        "items": items,
        "invited": invited,
        "targets": targets,
    }


def gap_data(size: int) -> dict[str, Any]:
    return {
        "dimensions": [f"E{n}" for n in range(1, 9)],
        "regions": [answers_of(n) for n in range(size)],
        "seed": 7,
    }


def synergy_data(size: int) -> dict[str, Any]:
    """Four units and twelve capabilities a region, coded in 600 classes of 20 sections."""
    chance = random.Random(size)
    codes = {f"nace:S{n}": None for n in range(20)} | {
        f"nace:S{n % 20}.{n}": f"nace:S{n % 20}" for n in range(600)
    }
    classes = [code for code, parent in codes.items() if parent]
    units, capabilities, priorities = [], [], []
    for region in range(size):
        home = f"r{region:04}"
        priorities.append(
            {"id": f"p{region}", "name": "p", "region_id": home, "codes": chance.sample(classes, 2)}
        )
        for n in range(4):
            units.append({"id": f"{home}-{n}", "name": "u", "kind": "city", "region_id": home})
        for n in range(12):
            capabilities.append(
                {
                    "id": f"{home}:{n}",
                    "unit_id": f"{home}-{n % 4}",
                    "name": "c",
                    "codes": chance.sample(classes, 2),
                    "strength": chance.randint(1, 5),
                    "role": chance.choice(ROLES),
                    "priority_id": f"p{region}" if n % 3 == 0 else None,
                }
            )
    return {"units": units, "capabilities": capabilities, "priorities": priorities, "code_parents": codes}


def group_by(data: dict[str, Any]) -> float:
    """Seconds of one SQL group-by over the same answers."""
    base = sqlite3.connect(":memory:")
    base.execute("create table answer (region text, grp text, code text, level integer)")
    rows = ((r["region"], i["group"], i["code"], i["level"]) for r in data["regions"] for i in r["items"])
    base.executemany("insert into answer values (?, ?, ?, ?)", rows)
    sql = "select region, grp, code, avg(level), count(level) from answer group by region, grp, code"
    return min(seconds(lambda: base.execute(sql).fetchall()) for _round in range(3))


def run(size: int) -> dict[str, float]:
    """Both analyses in full, then again after a change of one region."""
    from governance.analysis.gap_report import GapInputs  # slow import
    from governance.analysis.gaps import KeptRegion, find_gaps  # slow import
    from mapping.analysis.synergies import SynergyInputs, find_synergies  # slow import

    gaps, synergies = gap_data(size), synergy_data(size)
    sql = group_by(gaps)
    made: dict[str, Any] = {}

    def full() -> None:
        made["gaps"] = find_gaps(GapInputs.from_dict(gaps))
        made["synergies"] = find_synergies(SynergyInputs.from_dict(synergies))
        made["plain"] = made["gaps"].to_dict(), made["synergies"].to_dict()

    spent = seconds(full)
    lines = {name: getattr(made["gaps"], name) for name in ("importance_line", "level_line")}
    kept = {row.region: KeptRegion(findings=row, **lines) for row in made["gaps"].regions[1:]}
    inside = {row.region_id: row for row in made["synergies"].regions[1:]}
    gaps["regions"][0]["targets"]["E1"] = 3
    synergies["capabilities"][0]["strength"] = 1

    def again() -> None:
        find_gaps(GapInputs.from_dict(gaps), kept=kept)
        find_synergies(SynergyInputs.from_dict(synergies), kept=inside)

    part = seconds(again)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"full": spent, "sql": sql, "again": part, "peak": peak}


def measure() -> list[Ratio]:
    found = []
    for size in SIZES:
        done = subprocess.run(
            [sys.executable, "-m", "bench.analyses", str(size)], capture_output=True, text=True, check=True
        )
        told = json.loads(done.stdout)
        detail = f"{told['full']:.2f} s, peak {told['peak']:.0f} MB"
        found += [
            Ratio(
                row=9,
                name=f"{size} regions: ÷ one group-by",
                value=told["full"] / told["sql"],
                target=8,
                detail=detail,
            ),
            Ratio(
                row=9,
                name=f"{size} regions: one changed ÷ full",
                value=told["again"] / told["full"],
                target=0.1,
                detail=f"{told['again']:.2f} s",
            ),
        ]
    return found


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]))))
