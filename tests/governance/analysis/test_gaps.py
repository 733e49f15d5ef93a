"""The gap analysis: target, peers, best; the same alone as together; through JSON and back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.analysis.gap_report import GapInputs, GapReport
from governance.analysis.gaps import find_gaps, find_region_gaps
from governance.scoring.settings import METHOD_VERSION, Thresholds
from tests.governance.analysis.exercise import DIMENSIONS, answers, exercise, plain
from tests.governance.scoring.samples import items


def dimension(report, region, code):
    row = next(row for row in report.regions if row.region == region)
    return next(gap for gap in row.dimensions if gap.code == code)


def with_answers(region, stakeholders, *, target):
    """One region whose stakeholders gave these levels on one statement of E1."""
    row = answers(region, seed=0)
    return type(row)(
        region=region,
        released=True,
        items=tuple(items("stakeholder", {"1.1": stakeholders})),
        invited={"stakeholder": 20},
        targets={"E1": target},
    )


def test_target_gap_by_hand():
    # 2, 3, 5, 4, 1 -> 3; target 5: gap 2. The 5-95 % interval of the mean ends near 4 < 5: confirmed
    gap = dimension(find_gaps(exercise(with_answers("a", [2, 3, 5, 4, 1], target=5))), "a", "E1")
    assert (gap.score, gap.target_gap, gap.confirmed, gap.gap_status) == (3, 2, True, "confirmed")


def test_a_gap_inside_the_interval_is_possible():
    # mean 3.4; one more 5 among the five drawn makes 4.2, so the interval reaches beyond 4
    gap = dimension(find_gaps(exercise(with_answers("a", [1, 5, 5, 1, 5], target=4))), "a", "E1")
    assert gap.score == 3.4
    assert gap.target_gap == pytest.approx(0.6)
    assert (gap.confirmed, gap.gap_status) == (False, "possible")


def test_below_five_respondents_nothing_is_confirmed():
    gap = dimension(find_gaps(exercise(with_answers("a", [1, 1, 1, 1], target=5))), "a", "E1")
    assert (gap.target_gap, gap.confirmed, gap.gap_status) == (4, None, "possible")
    assert gap.reasons["confirmed"] == "N_TOO_SMALL"


def test_a_score_above_the_target_leaves_no_gap():
    gap = dimension(find_gaps(exercise(with_answers("a", [4, 5, 5, 4, 5], target=3))), "a", "E1")
    assert (gap.target_gap, gap.confirmed, gap.gap_status) == (0, False, "none")


def test_no_target_no_target_gap():
    gap = dimension(find_gaps(exercise(with_answers("a", [4, 5, 5, 4, 5], target=None))), "a", "E1")
    assert (gap.target_gap, gap.gap_status, gap.reasons["target_gap"]) == (None, "", "NO_TARGET")


def test_gap_holds_counts_the_respondents_a_conclusion_hangs_on():
    # 4, 4, 4, 4, 3 -> 3.8, below 4; without the one who said 3 it is 4, no longer below: 4 of 5 hold
    gap = dimension(find_gaps(exercise(with_answers("a", [4, 4, 4, 4, 3], target=4))), "a", "E1")
    assert gap.gap_holds == 4 / 5


def test_peer_and_best_gap_by_hand():
    # peers of a: 2, 3, 3, 4, 5 -> median 3, best 5; a has 2 -> gaps 1 and 3
    peers = [plain(name, {"E1": level}) for name, level in zip("bcdef", (2, 3, 3, 4, 5), strict=True)]
    report = find_gaps(exercise(plain("a", {"E1": 2}), *peers))
    gap = dimension(report, "a", "E1")
    assert (gap.peers, gap.peer_median, gap.peer_gap) == (5, 3, 1)
    assert (gap.best, gap.best_gap, gap.leaders) == (5, 3, ("f",))
    ahead = dimension(report, "f", "E1")
    assert (ahead.peer_gap, ahead.best_gap, ahead.leaders) == (-2, -1, ())


def test_fewer_than_five_peers_make_no_median():
    peers = [plain(name, {"E1": 3}) for name in "bcde"]
    gap = dimension(find_gaps(exercise(plain("a", {"E1": 2}), *peers)), "a", "E1")
    assert (gap.peers, gap.peer_median, gap.peer_gap, gap.peer_reason) == (4, None, None, "N_TOO_SMALL")


def test_regions_not_released_are_no_peers_but_have_some():
    peers = [plain(name, {"E1": 3}) for name in "bcdef"]
    report = find_gaps(exercise(plain("a", {"E1": 5}, released=False), *peers))
    assert dimension(report, "a", "E1").peers == 5
    assert dimension(report, "b", "E1").peers == 4


PARTNERSHIP = exercise(
    *(answers(f"r{place}", seed=place, released=place != 3) for place in range(7)),
    answers("few", seed=9, stakeholders=0),
    plain("one", {"E1": 3}),
)


@pytest.mark.parametrize("region", [row.region for row in PARTNERSHIP.regions])
def test_a_region_alone_equals_the_full_run_bit_for_bit(region):
    whole = next(row for row in find_gaps(PARTNERSHIP).regions if row.region == region)
    assert find_region_gaps(PARTNERSHIP, region=region) == whole


def test_a_change_in_one_region_leaves_the_others_alone_where_it_is_no_peer():
    changed = exercise(
        *(
            answers(row.region, seed=99, released=False) if row.region == "r3" else row
            for row in PARTNERSHIP.regions
        )
    )
    before, after = find_gaps(PARTNERSHIP).regions, find_gaps(changed).regions
    assert [row.region for row, new in zip(before, after, strict=True) if row != new] == ["r3"]


def test_order_of_regions_changes_no_number():
    turned = exercise(*reversed(PARTNERSHIP.regions))
    one, other = ({row.region: row for row in find_gaps(inputs).regions} for inputs in (PARTNERSHIP, turned))
    assert one == other


def test_inputs_and_report_survive_json():
    text = json.dumps(PARTNERSHIP.to_dict(), allow_nan=False)
    assert GapInputs.from_dict(json.loads(text)) == PARTNERSHIP
    report = find_gaps(PARTNERSHIP)
    text = json.dumps(report.to_dict(), allow_nan=False)
    assert GapReport.from_dict(json.loads(text)) == report


def test_the_same_inputs_give_the_same_report():
    again = GapInputs.from_dict(json.loads(json.dumps(PARTNERSHIP.to_dict())))
    assert find_gaps(again) == find_gaps(PARTNERSHIP)


def test_the_report_names_method_thresholds_and_seed():
    report = find_gaps(exercise(plain("a", {"E1": 3}), thresholds=Thresholds(interval_n=6), seed=5))
    assert (report.method, report.seed, report.thresholds.interval_n) == (METHOD_VERSION, 5, 6)


def test_a_region_without_answers():
    report = find_gaps(exercise(plain("a", {})))
    (row,) = report.regions
    assert {gap.reason for gap in row.dimensions} == {"NO_DATA"}
    assert {gap.needed for gap in row.dimensions} == {1}
    assert (row.overall, row.overall_reason, row.n) == (None, "NO_DATA", 0)
    assert (row.work, row.perception, row.agreement, row.statements_of_order) == ((), (), (), ())
    assert report.importance_line is None


def test_no_regions():
    assert find_gaps(exercise()).regions == ()


@given(
    levels=st.lists(
        st.dictionaries(st.sampled_from(DIMENSIONS), st.integers(1, 5), max_size=4), min_size=1, max_size=7
    ),
    target=st.one_of(st.none(), st.integers(1, 5)),
)
def test_every_missing_number_has_its_reason(levels, target):
    regions = [plain(f"r{place}", row, target=target) for place, row in enumerate(levels)]
    for region in find_gaps(exercise(*regions)).regions:
        for gap in region.dimensions:
            fields = ("score", "target", "target_gap", "confirmed", "peer_gap", "best_gap", "importance")
            fields += ("alpha", "between_groups", "coverage", "spread", "gap_holds")
            missing = {name for name in fields if getattr(gap, name) is None}
            assert missing <= set(gap.reasons)
            assert (gap.lower is None) == bool(gap.interval_reason)
