"""The spread of answers for a room, and when a newer one may be shown."""

import subprocess
import sys

import pytest

from governance.analysis.spreads import CLOSED, OPEN, basis_of, changed_since, may_be_shown, spreads
from governance.scoring.settings import Thresholds
from governance.scoring.statements import AnsweredItem

THEMES = ("E1",)


def items(**levels: list[int | None]) -> list[AnsweredItem]:
    """One statement; the levels of each group, None for *no information*."""
    return [
        AnsweredItem(
            code="1.1",
            dimension="E1",
            group=group,
            respondent=f"{group}-{place}",
            kind="value" if level else "no_information",
            level=level,
            is_core=True,
        )
        for group, given in levels.items()
        for place, level in enumerate(given)
    ]


def spread(*, is_public: bool = False, **levels: list[int | None]) -> dict:
    found = items(**levels)
    invited = {group: len(given) for group, given in levels.items()}
    return spreads(found, invited=invited, dimensions=THEMES, thresholds=Thresholds(), is_public=is_public)[
        "1.1"
    ]


def test_the_whole_distribution_from_three_of_a_group():
    found = spread(team=[3], stakeholder=[3, 5, 3, None])
    assert found["counts"]["3"] == 3
    assert (found["counts"]["5"], found["counts"]["no_information"], found["n"]) == (1, 1, 4)
    assert found["consensus"] == pytest.approx(0.6860, abs=1e-4)  # 1 + 3/4 log2(7/8) + 1/4 log2(5/8)


@pytest.mark.parametrize("few", [[1], [1, 5]])
def test_one_or_two_stakeholders_are_never_shown(few):
    found = spread(team=[3], unit=[2, 3, 4], stakeholder=few)
    assert (found["counts"], found["consensus"]) == ({}, None)


def test_a_room_loads_no_solver_and_a_publication_does():
    """The same answers: only a program of whole numbers tells that a published level would tell of four."""
    script = (
        "import sys\n"
        "from tests.governance.analysis.test_attack import public_part, random_region\n"
        "from tests.governance.analysis.test_spreads import Thresholds, spreads\n"
        "found = random_region(1824)\n"
        "room = {'invited': {}, 'dimensions': ('E1', 'E2'), 'thresholds': Thresholds(), 'is_public': True}\n"
        "assert spreads(found, **room)['2.1']['counts']\n"
        "assert 'scipy.optimize' not in sys.modules\n"
        "public_part(found)\n"
        "assert 'scipy.optimize' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_with_others_in_the_room_the_limits_of_the_public_hold():
    few = {"team": [3], "stakeholder": [2, 3, 4, 5]}
    assert spread(**few)["counts"]
    assert spread(**few, is_public=True)["consensus"] is None
    six = {"team": [3], "stakeholder": [2, 3, 4, 5, 2, 3]}
    assert (spread(**six, is_public=True)["counts"], spread(**six, is_public=True)["n"]) == ({}, 7)
    ten = {"team": [3], "stakeholder": [2, 3, 4, 5, 2, 3, 3, 2, 4, 5]}
    assert spread(**ten, is_public=True)["counts"]["2"] == 3


def test_what_changed_is_counted_in_people():
    before = basis_of(items(team=[3], unit=[2], stakeholder=[2, 3, 4]))
    after = basis_of(items(team=[4], unit=[5], stakeholder=[2, 5, 4, 1]))
    assert changed_since(before, after, groups=CLOSED) == 2  # one changed, one came
    assert changed_since(before, after, groups=OPEN) == 3
    assert changed_since(before, before, groups=OPEN) == 0


@pytest.mark.parametrize(("people", "shown"), [(5, True), (6, False), (7, False), (8, True)])
def test_a_newer_picture_waits_for_as_many_as_a_group_needs(people, shown):
    before = basis_of(items(stakeholder=[2] * 5))
    after = basis_of(items(stakeholder=[2] * people))
    assert may_be_shown(after, earlier=[before], groups=CLOSED, k=3) is shown
    # Negative control: without the rule the difference of both says what the sixth answered.
    assert may_be_shown(after, earlier=[], groups=CLOSED, k=3)


def test_every_earlier_picture_counts():
    pictures = [basis_of(items(stakeholder=[2] * n)) for n in (5, 8, 7)]
    assert may_be_shown(pictures[1], earlier=[pictures[0]], groups=CLOSED, k=3)
    assert not may_be_shown(pictures[2], earlier=pictures[:2], groups=CLOSED, k=3)
