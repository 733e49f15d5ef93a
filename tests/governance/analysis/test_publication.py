"""The one door: what the public and the partnership may read of a gap analysis."""

import pytest

from governance.analysis.changed_answers import changed_respondents
from governance.analysis.gap_report import GapInputs, RegionAnswers
from governance.analysis.gaps import find_gaps
from governance.analysis.publication import protected_views
from governance.analysis.publication_audit import audit_region, published_values
from governance.scoring.settings import Thresholds
from governance.scoring.statements import AnsweredItem

CODES = ("1.1", "1.2", "2.1")


def answers(group, levels, codes=CODES):
    """One respondent per row of levels."""
    return [
        AnsweredItem(
            code=code,
            dimension=f"E{code[0]}",
            group=group,
            respondent=f"{group}{who}",
            kind="value" if level else "no_information",
            level=level or None,
            importance=min(5, level + 1) if level else None,
            is_core=True,
        )
        for who, row in enumerate(levels)
        for code, level in zip(codes, row, strict=True)
    ]


def rows(n, start=0, low=2):
    """n respondents who do not agree, away from the ends of the scale."""
    return [[low + (who + start + place) % 3 for place in range(len(CODES))] for who in range(n)]


def result_of(*regions):
    return find_gaps(
        GapInputs(
            dimensions=("E1", "E2"),
            regions=tuple(
                RegionAnswers(
                    region=f"r{n}", released=True, items=tuple(items), invited={}, targets={"E1": 4, "E2": 4}
                )
                for n, items in enumerate(regions)
            ),
            seed=1,
        )
    ).to_dict()


def region_of(team=((3, 3, 3),), units=(), stakeholders=()):
    return [*answers("team", team), *answers("unit", units), *answers("stakeholder", stakeholders)]


def public_part(items, *, is_public=True):
    result = result_of(items)
    return result["regions"][0], protected_views(result)[is_public]["regions"][0]


def shown_cells(part):
    return {key for key in published_values(part) if key[1] != "team"}


def test_publication_hides_small_groups_and_what_gives_them_away():
    _raw, part = public_part(region_of(units=rows(3), stakeholders=rows(8, start=1)))
    groups = {group for _code, group in shown_cells(part)}
    # Region and team are known: with the stakeholders the three units would follow.
    assert groups == {"all"}
    assert {row["reason"] for row in part["scores"] if row["group"] in ("unit", "stakeholder")} == {
        "SUPPRESSED"
    }
    assert part["dimensions"][0]["score"] is not None
    assert part["dimensions"][0]["between_groups"] is None


def test_publication_shows_large_groups():
    raw, part = public_part(region_of(units=rows(6), stakeholders=rows(8, start=1)))
    assert shown_cells(part) == shown_cells(raw)


def test_publication_keeps_a_single_stakeholder_from_the_team():
    # n = 7 beside the team is enough for the public, but team and units know all answers but one.
    _raw, part = public_part(region_of(units=rows(6), stakeholders=rows(1)))
    assert ("E1", "all") not in shown_cells(part)
    _raw, inside = public_part(region_of(units=rows(6), stakeholders=rows(1)), is_public=False)
    assert ("E1", "all") not in shown_cells(inside)
    assert ("E1", "unit") in shown_cells(inside)


def test_publication_hides_totals_at_the_end_of_the_scale():
    # (5 + 5 + 5) / 3 = 5: both hidden groups must have said 5.
    items = region_of(team=[(5, 5, 5)], units=[(5, 5, 5)] * 3, stakeholders=[(5, 5, 4), *[(5, 5, 5)] * 7])
    _raw, part = public_part(items)
    assert shown_cells(part) == set()


def test_publication_does_not_show_a_small_group_that_all_said_the_same():
    _raw, part = public_part(region_of(units=rows(6), stakeholders=[(4, 4, 4)] * 6))
    assert ("E1", "stakeholder") not in shown_cells(part)
    _raw, part = public_part(region_of(units=rows(6), stakeholders=[(4, 4, 4)] * 10))
    assert ("E1", "stakeholder") in shown_cells(part)


def test_publication_shows_no_spread_or_interval_when_few_all_agree():
    _raw, part = public_part(region_of(units=[(3, 3, 3)] * 2, stakeholders=[(3, 3, 3)] * 5))
    row = part["dimensions"][0]
    assert (row["score"], row["spread"], row["lower"], row["interval_reason"]) == (3, None, None, "NO_SPREAD")


def test_publication_makes_medians_from_shown_scores_only():
    many = [region_of(units=rows(6), stakeholders=rows(8, start=n)) for n in range(5)]
    small = region_of(units=rows(1, low=1))
    result = protected_views(result_of(*many, small))[True]
    # Five others have a score; the small sixth is no peer of anybody, and is compared with five.
    assert [row["dimensions"][0]["peers"] for row in result["regions"]] == [4, 4, 4, 4, 4, 5]
    assert result["regions"][0]["dimensions"][0]["peer_median"] is None
    without = protected_views(result_of(*many))[True]
    assert result["level_line"] == without["level_line"]


def test_publication_keeps_distributions_for_ten_and_more():
    _raw, part = public_part(region_of(units=rows(4), stakeholders=rows(4)))
    assert {str(row["counts"]) for row in part["agreement"]} == {"{}"}
    _raw, part = public_part(region_of(units=rows(6), stakeholders=rows(6)))
    assert all(row["counts"] for row in part["agreement"])


SIZES = [(0, 4), (1, 6), (2, 2), (3, 8), (4, 4), (5, 3), (6, 0), (6, 1), (6, 6), (8, 12)]


@pytest.mark.parametrize(("units", "stakeholders"), SIZES)
@pytest.mark.parametrize("low", [1, 3])
def test_audit_finds_nothing_behind_the_door(units, stakeholders, low):
    raw, part = public_part(
        region_of(team=[(low, 3, low)], units=rows(units, low=low), stakeholders=rows(stakeholders, 1, low))
    )
    found = audit_region(raw, published_values(part), thresholds=Thresholds(), dimensions=("E1", "E2"))
    assert found.exposed == ()


def test_audit_reads_distributions_as_one_more_equation():
    """Both groups are hidden, the region's score is not: with all answers together each would follow."""
    raw, part = public_part(region_of(units=rows(4), stakeholders=rows(8, start=1)))
    hidden = {("1.1", "unit"), ("1.1", "stakeholder")}
    assert hidden.isdisjoint(shown_cells(part))
    assert ("1.1", "all") in shown_cells(part)
    shown, common = published_values(part), {"thresholds": Thresholds(), "dimensions": ("E1", "E2")}
    assert audit_region(raw, shown, **common, spreads=part["agreement"]).exposed == ()
    found = audit_region(raw, shown, **common, spreads=raw["agreement"])
    assert {(cell.code, cell.group) for cell in found.exposed} >= {("1.1", "unit")}


def test_publication_keeps_a_distribution_from_those_who_know_most_of_it():
    """The team knows what its units answered: eight of thirteen are left, so they read no distribution."""
    items = region_of(units=rows(5), stakeholders=rows(8, start=1))
    inside = protected_views(result_of(items))[False]["regions"][0]
    outside = protected_views(result_of(items))[True]["regions"][0]
    row, public = (
        next(one for one in part["agreement"] if one["code"] == "1.1") for part in (inside, outside)
    )
    assert (row["counts"], bool(public["counts"])) == ({}, True)
    assert row["consensus"] == round(row["consensus"], 1)


def test_audit_fails_without_complementary_suppression():
    raw, _part = public_part(region_of(units=rows(3), stakeholders=rows(8, start=1)))
    small = {(row["code"], row["group"]) for row in raw["scores"] if row["n"] < 5}
    shown = {key: value for key, value in published_values(raw).items() if key not in small}
    found = audit_region(raw, shown, thresholds=Thresholds(), dimensions=("E1", "E2"))
    assert {(cell.code, cell.group) for cell in found.exposed} >= {("E1", "unit"), ("E2", "unit")}
    assert all(cell.upper - cell.lower < 1e-6 for cell in found.exposed)


def test_changed_respondents_counts_who_came_left_or_changed():
    def inputs(items):
        return GapInputs(
            dimensions=("E1",),
            regions=(RegionAnswers(region="r", released=True, items=tuple(items), invited={}, targets={}),),
        ).to_dict()["regions"][0]

    before = inputs(region_of(stakeholders=rows(6)))
    assert changed_respondents(before, inputs(region_of(stakeholders=rows(6)))) == 0
    assert changed_respondents(before, inputs(region_of(stakeholders=rows(7)))) == 1
    assert changed_respondents(before, inputs(region_of(team=[(1, 1, 1)], stakeholders=rows(6)))) == 0
    changed = rows(6)
    changed[0] = [5, 5, 5]
    assert changed_respondents(before, inputs(region_of(stakeholders=changed))) == 1
    assert changed_respondents(None, before) == 6


def test_no_spread_of_all_beside_a_hidden_group():
    """Three units and six stakeholders: of the whole sums with that mean, few have that spread as well."""
    units, people = (
        [[4, 2, 3], [5, 2, 1], [2, 3, 3]],
        [[3, 1, 2], [2, 2, 5], [4, 4, 3], [5, 3, 1], [1, 5, 2], [3, 4, 4]],
    )
    items = (*answers("team", [[3, 2, 4]]), *answers("unit", units), *answers("stakeholder", people))
    region = RegionAnswers(
        region="r", released=True, items=items, invited={"team": 1, "unit": 3, "stakeholder": 6}, targets={}
    )
    raw = find_gaps(GapInputs(dimensions=("E1", "E2"), regions=(region,))).to_dict()
    part = protected_views(raw)[True]["regions"][0]
    rows = {(row["code"], row["group"]): row for row in part["scores"]}
    shown = [code for code, group in rows if group == "all" and rows[code, group]["mean"] is not None]
    beside = [code for code in shown if code != "all" and rows[code, "unit"]["mean"] is None]
    assert beside != []
    assert [rows[code, "all"]["spread"] for code in beside] == [None] * len(beside)
    assert [row["spread"] for row in part["dimensions"] if row["code"] in beside] == [
        None for row in part["dimensions"] if row["code"] in beside
    ]
