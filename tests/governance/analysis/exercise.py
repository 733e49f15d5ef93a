"""A small partnership for tests: regions with answers on the ten core statements."""

import random

from governance.analysis.gap_report import GapInputs, RegionAnswers
from tests.governance.scoring.samples import item

DIMENSIONS = ("E1", "E2", "E3", "E4")
CORE = ("1.1", "1.2", "2.1", "3.1", "3.2", "4.1")
UNIT = ("2.2", "4.3")
UNITS = (11, 12, 13)


def answers(region, *, seed, stakeholders=6, released=True, targets=None):
    """Answers drawn by a seed: about one in ten is no value."""
    chance = random.Random(seed)

    def mark():
        return chance.choice(("n", "?", "-")) if chance.random() < 0.1 else chance.randint(1, 5)

    rows = []
    for code in CORE:
        people = [("team", "t"), *(("unit", f"u{unit}") for unit in UNITS)]
        people += [("stakeholder", f"s{place}") for place in range(stakeholders)]
        rows += [item(code, group, who, mark(), importance=chance.randint(1, 5)) for group, who in people]
    for code in UNIT:
        for unit in UNITS:
            rows.append(item(code, "team", "t", mark(), unit=unit, core=False, importance=3))
            rows.append(item(code, "unit", f"u{unit}", mark(), unit=unit, core=False, importance=4))
    return RegionAnswers(
        region=region,
        released=released,
        items=tuple(rows),
        invited={"team": 1, "unit": 3, "stakeholder": stakeholders + 2},
        targets=targets or {"E1": 4, "E2": 5, "E3": None},
    )


def exercise(*regions, **more):
    """Inputs of these regions."""
    return GapInputs(dimensions=DIMENSIONS, regions=tuple(regions), **{"seed": 7, **more})


def plain(region, levels, *, released=True, target=None):
    """A region of one respondent: dimension -> level."""
    return RegionAnswers(
        region=region,
        released=released,
        items=tuple(item(f"{code[1]}.1", "team", "t", level) for code, level in levels.items()),
        invited={"team": 1},
        targets=dict.fromkeys(levels, target),
    )
