import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.alignment import KEYS, align

WEIGHTS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 5), max_size=4)


def test_alignment_by_hand():
    # Child a 3/4, b 1/4; parent a 1/2, c 1/2; b is like c by 0.6.
    found = align({"a": 3, "b": 1}, {"a": 1, "c": 1}, [("c", "b", 0.6)])
    assert found["finger_kreinin"] == 0.5  # min(3/4, 1/2)
    assert (found["jaccard"], found["overlap"]) == pytest.approx((1 / 3, 1 / 2))
    assert (found["child_covered"], found["parent_taken_up"]) == (0.5, 0.5)
    # Child to parent: 3/4 x 1 + 1/4 x 0.6 = 0.9; parent to child: 1/2 x 1 + 1/2 x 0.6 = 0.8.
    assert found["soft_child_to_parent"] == pytest.approx(0.9)
    assert found["soft_parent_to_child"] == pytest.approx(0.8)
    assert found["soft"] == pytest.approx(0.85)


def test_a_weight_of_zero_is_no_priority():
    assert align({"a": 1, "b": 0}, {"a": 2}) == align({"a": 1}, {"a": 2})


@given(WEIGHTS, WEIGHTS)
def test_alignment_is_a_share_both_ways(child, parent):
    found, back = align(child, parent), align(parent, child)
    if not any(child.values()) or not any(parent.values()):
        assert {found[key] for key in KEYS} == {None}
        assert found["reason"] == "NO_DATA"
        return
    assert all(0 <= found[key] <= 1 + 1e-12 for key in KEYS)
    assert found["soft"] == pytest.approx(back["soft"])
    assert found["child_covered"] == back["parent_taken_up"]
