"""Which values whole answers leave room, against trying every one of them."""

import itertools
import random
import subprocess
import sys

import pytest

from governance.scoring.whole_answers import STEP, WholeAnswers, stands_for

GROUPS = ("t", "u", "s")
TOTALS = {
    **{f"{code}-all": [f"{code}-{group}" for group in GROUPS] for code in ("1", "2", "E")},
    **{f"E-{group}": [f"1-{group}", f"2-{group}"] for group in GROUPS},
}
EXACT = ("1-t", "2-t", "E-t")
UNKNOWN = ("1-u", "1-s", "2-u", "2-s")


def values_of(sums, answers, team):
    found = {key: total / answers[key] for key, total in zip(UNKNOWN, sums, strict=True)}
    found |= {"1-t": team[0], "2-t": team[1]}
    for group in GROUPS:
        found[f"E-{group}"] = (found[f"1-{group}"] + found[f"2-{group}"]) / 2
    for code in ("1", "2", "E"):
        found[f"{code}-all"] = sum(found[f"{code}-{group}"] for group in GROUPS) / 3
    return found


def tenths(value):
    return int(value * 10 + 0.5 + 1e-9) / 10


def puzzle(values, answers, shown):
    return WholeAnswers(
        values,
        {key: stands_for(tenths(values[key]), give=0.05, value=values[key]) for key in shown},
        totals=TOTALS,
        answers=answers,
        exact=EXACT,
    )


def tried(values, answers, shown, team):
    """Every value's lowest and highest over all sets of whole answers that are published alike."""
    alike = [
        other
        for sums in itertools.product(*(range(answers[key], 5 * answers[key] + 1) for key in UNKNOWN))
        for other in [values_of(sums, answers, team)]
        if all(tenths(other[key]) == tenths(values[key]) for key in shown)
    ]
    return {key: (min(row[key] for row in alike), max(row[key] for row in alike)) for key in values}


@pytest.mark.parametrize("seed", range(25))
def test_narrow_is_what_trying_every_set_of_answers_finds(seed):
    chance = random.Random(seed)
    answers = {key: chance.randint(1, 3) for key in UNKNOWN}
    lean = chance.choice((min, max))
    sums = [
        sum(lean(chance.randint(1, 5), chance.randint(1, 5)) for _one in range(answers[key]))
        for key in UNKNOWN
    ]
    team = [chance.randint(1, 5), chance.randint(1, 5)]
    values = values_of(sums, answers, team)
    shown = [key for key in values if key not in EXACT and chance.random() < 0.4]
    wanted = [key for key in values if key not in shown and key not in EXACT]
    ranges = tried(values, answers, shown, team)
    reader = puzzle(values, answers, shown)
    for least in (0.5, 1.0, 2.0):
        narrow = {key for key in wanted if ranges[key][1] - ranges[key][0] < least - 1e-9}
        assert {*reader.narrow(wanted, least=least)} == narrow
        # Without the solver more may be named, never fewer.
        assert {*reader.narrow(wanted, least=least, may_solve=False)} >= narrow


def test_a_solver_is_loaded_only_where_it_may_be():
    """All said 5: no answers can be moved about, and a program proves it. A web process does not load it."""
    script = (
        "import sys\n"
        "from tests.governance.scoring.test_whole_answers import *\n"
        "answers = dict.fromkeys(UNKNOWN, 2)\n"
        "reader = puzzle(values_of([10] * 4, answers, (5, 5)), answers, ['1-all'])\n"
        "for may_solve in (False, True):\n"
        "    assert reader.narrow(UNKNOWN, least=1.0, may_solve=may_solve) == ['1-u', '1-s']\n"
        "    assert ('scipy.optimize' in sys.modules) is may_solve\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_rounded_value_stands_for_less_than_its_upper_end():
    # 2.65 would be published as 2.7; an exact value just below the end is a possibility all the same.
    assert stands_for(2.6, give=0.05, value=2.6) == pytest.approx((2.55, 2.65 - STEP), abs=1e-12)
    assert stands_for(2.6, give=0.05, value=2.65 - 1e-7)[1] == pytest.approx(2.65 - 1e-7, abs=1e-12)
