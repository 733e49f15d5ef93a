"""An attacker who tries every set of whole answers: a small group keeps a level of room (C9)."""

import itertools
import random

import pytest

from governance.analysis.publication_audit import audit_region, published_importance, published_values
from governance.analysis.rounding import GIVE, rounded
from governance.analysis.score_table import Table
from governance.scoring.bounds import ranges_by_program
from governance.scoring.settings import Thresholds
from tests.governance.analysis.test_publication import CODES, public_part, region_of

U, S, T, ALL = ("1.1", "unit"), ("1.1", "stakeholder"), ("1.1", "team"), ("1.1", "all")


def random_region(seed):
    """Few units, few or some stakeholders, a blank now and then, some of them at the ends of the scale."""
    chance = random.Random(seed)
    lean = chance.choice((min, max, lambda one, _other: one))

    def mark():
        return 0 if chance.random() < 0.08 else lean(chance.randint(1, 5), chance.randint(1, 5))

    def people(number):
        return [[mark() for _code in CODES] for _one in range(number)]

    team = [[chance.randint(1, 5) for _code in CODES]]
    return region_of(
        team=team, units=people(chance.randint(0, 6)), stakeholders=people(chance.randint(0, 11))
    )


def attacked(raw, part, more=None):
    return audit_region(
        raw,
        published_values(part) | (more or {}),
        thresholds=Thresholds(),
        dimensions=("E1", "E2"),
        spreads=part["agreement"],
        importance=published_importance(part),
    )


def assert_attack_fails(seeds):
    withheld = 0
    for seed in seeds:
        raw, part = public_part(random_region(seed))
        found = attacked(raw, part)
        withheld += found.withheld
        assert found.exposed == (), seed
    assert withheld > len(seeds)


def test_no_set_of_whole_answers_is_told_by_what_is_public():
    assert_attack_fails(range(30))


@pytest.mark.long
def test_no_set_of_whole_answers_is_told_by_what_is_public_in_a_thousand_regions():
    assert_attack_fails(range(1000, 2000))


# One total after the other leaves each group of four room; all of them, rounded, with whole answers do not.
# For two of them it takes that shown levels are means of whole answers, too: 2.6 of five is 13 / 5.
@pytest.mark.parametrize(
    ("seed", "gone", "told"),
    [
        (1481, [("E1", "all"), ("all", "all")], [("1.2", "all", 4, 1.75, 2.375)]),
        (1824, [("1.2", "all")], [("1.2", "stakeholder", 4, 1.5, 1.5)]),
        (1973, [("1.2", "all")], [("1.2", "unit", 4, 1.25, 1.75)]),
    ],
)
def test_all_rounded_totals_together_do_not_tell_of_four(seed, gone, told):
    raw, part = public_part(random_region(seed))
    assert published_values(part).keys().isdisjoint(gone)
    assert attacked(raw, part).exposed == ()
    # The audit sees it: with what is withheld for this, the group is told.
    exact = {(row["code"], row["group"]): row["mean"] for row in raw["scores"]}
    more = {key: rounded(exact[key]) for key in gone}
    found = [
        (cell.code, cell.group, cell.n, round(cell.lower, 6), round(cell.upper, 6))
        for cell in attacked(raw, part, more).exposed
    ]
    assert found == told


def inside_range(raw, shown):
    """Of two stakeholders' answers to 1.1, for the team and its three units, who know their own."""
    table = Table(raw, dimensions=("E1", "E2"))
    own = {key: value for key, value in table.values().items() if key[1] in ("team", "unit")}
    found = ranges_by_program(
        table.values(),
        shown | own,
        totals=table.totals,
        wanted=[("1.1", "stakeholder")],
        rounded={key: GIVE for key in shown if key not in own},
        answers=table.answers(),
    )
    return tuple(round(end, 6) for end in found["1.1", "stakeholder"])


def test_the_team_and_its_units_cannot_tell_what_two_stakeholders_said():
    # Of 1.9 for E1 they take 1.5 and 3.0 away: to both statements the stakeholders gave 2.1 to 2.7 together.
    raw, part = public_part(random_region(1716))
    shown = published_values(part)
    assert shown.keys().isdisjoint({("E1", "all"), ("all", "all")})
    assert inside_range(raw, shown) == (1.0, 5.0)
    assert inside_range(raw, shown | {("E1", "all"): 1.9}) == (1.0, 1.5)


# Four units said 5, 5, 5, 4, seven stakeholders 29 in all, the team 3. Of the exact mean 3.96429 the others
# make 4.75 + 4.14286 = 8.89286 = (7 * 19 + 4 * 29) / 28. Another sum of the units is 4 more or less, 15 or
# 23, and the stakeholders' then 36 or 22: 36 is more than seven can say, 23 more than four can. As 4.0 it
# stands for 8.85 to 9.15: units from 16 (with 34) to 20 (with 27 to 29).
EXACT = {T: 3.0, U: 19 / 4, S: 29 / 7, ALL: (3 + 19 / 4 + 29 / 7) / 3}
LINES, ANSWERS = {ALL: [T, U, S]}, {U: 4, S: 7}


def units_between(shown, give):
    known = {T: 3.0, ALL: shown}
    found = ranges_by_program(EXACT, known, totals=LINES, wanted=[U], rounded={ALL: give}, answers=ANSWERS)
    return tuple(round(end, 6) for end in found[U])


def test_an_exact_mean_gives_a_small_group_away_and_a_rounded_one_does_not():
    assert units_between(EXACT[ALL], 1e-9) == (4.75, 4.75)
    assert units_between(rounded(EXACT[ALL]), GIVE) == (4.0, 5.0)


def test_the_program_finds_what_trying_every_sum_finds():
    for shown in (2.2, 3.1, 4.0):
        tried = [
            units / 4
            for units, others in itertools.product(range(4, 21), range(7, 36))
            if abs((3 + units / 4 + others / 7) / 3 - shown) <= GIVE
        ]
        assert units_between(shown, GIVE) == (min(tried), max(tried))


def test_every_public_number_is_rounded_and_goes_with_the_others():
    raw, part = public_part(random_region(3))
    region = [row for row in part["scores"] if row["mean"] is not None]
    assert any(row["mean"] != old["mean"] for row, old in zip(part["scores"], raw["scores"], strict=True))
    assert all(row["mean"] == rounded(row["mean"]) for row in region)
    for row in part["dimensions"]:
        if row["score"] is not None:
            assert row["target_gap"] == rounded(max(0.0, row["target"] - row["score"]))
            assert row["gap_status"] == "none" or row["score"] < row["target"]
    gaps = [row["weighted_gap"] for row in part["work"]]
    assert gaps == sorted(gaps, reverse=True)
    assert all(row["gap"] == rounded(row["importance"] - row["level"]) for row in part["work"])
