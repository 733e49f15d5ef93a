import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.similarity import code_overlap, soft_overlap
from mapping.analysis.taxonomy import CodeTree, SimilarityTable

PARENTS = {
    "nace:C": None,
    "nace:C20": "nace:C",
    "nace:C21": "nace:C",
    "nace:J": None,
    "nace:J62": "nace:J",
    "nabs:1": None,
    "nabs:2": None,
    "ford:1": None,
    "ford:1.1": "ford:1",
    "ford:1.2": "ford:1",
    "policy:a": None,
    "policy:b": None,
}
TABLE = SimilarityTable(PARENTS, CodeTree(parents=PARENTS))
WEIGHTS = {"economic": 0.5, "scientific": 0.25, "policy": 0.25}
CODES = st.sets(st.sampled_from(sorted(PARENTS)), max_size=5)


def overlap(a, b):
    return code_overlap(dict.fromkeys(a, 1.0), dict.fromkeys(b, 1.0), table=TABLE, weights=WEIGHTS)


def test_soft_overlap_by_hand():
    # a: weights 3 and 1; b: weights 1 and 1.
    # a -> b: (3 x max(0.5, 0) + 1 x max(0, 0.2)) / 4 = 1.7 / 4 = 0.425
    # b -> a: (max(0.5, 0) + max(0, 0.2)) / 2 = 0.35; mean 0.3875
    result = soft_overlap([3, 1], [1, 1], [[0.5, 0.0], [0.0, 0.2]])
    assert result == pytest.approx((0.425, 0.35, 0.3875))


def test_overlap_of_three_parts_by_hand():
    # economic: C20 -> {C21, J62}: max(2/3, 0) = 2/3; back: (2/3 + 0) / 2 = 1/3; mean 1/2
    # scientific: ford 1.1 and 1.2 share ford 1: 2 x 2 / 6 = 2/3
    # policy: a and b share only the root: 0
    # 0.5 x 1/2 + 0.25 x 2/3 + 0.25 x 0 = 5/12
    result = overlap(["nace:C20", "ford:1.1", "policy:a"], ["nace:C21", "nace:J62", "ford:1.2", "policy:b"])
    assert result.value == pytest.approx(5 / 12)
    assert [(part.part, part.weight) for part in result.parts] == [
        ("economic", 0.5),
        ("scientific", 0.25),
        ("policy", 0.25),
    ]
    assert [(m.a, m.b) for m in result.parts[0].matches] == [("nace:C20", "nace:C21")]
    assert result.parts[2].matches == ()


def test_a_list_coded_on_one_side_only_drops_out():
    # Only the economic part is left: weight 0.5 / 0.5 = 1.
    result = overlap(["nace:C20", "policy:a"], ["nace:C20", "ford:1.1"])
    assert result.value == 1
    assert [(part.part, part.weight) for part in result.parts] == [("economic", 1.0)]


def test_two_scientific_lists_are_compared_list_by_list():
    # nabs is on one side only and drops out; ford 1.1 is the same on both.
    result = overlap(["nabs:1", "ford:1.1"], ["ford:1.1"])
    assert result.value == 1
    # nabs here, ford there: nothing was coded on both sides.
    assert overlap(["nabs:1"], ["ford:1.1"]).reason == "NO_DATA"


def test_no_list_on_both_sides_is_undefined():
    result = overlap(["nace:C20"], ["policy:a"])
    assert (result.value, result.a_to_b, result.b_to_a, result.reason) == (None, None, None, "NO_DATA")


@given(CODES, CODES)
def test_overlap_is_symmetric_and_within_its_range(a, b):
    there, back = overlap(sorted(a), sorted(b)), overlap(sorted(b), sorted(a))
    assert there.value == pytest.approx(back.value)
    assert there.a_to_b == pytest.approx(back.b_to_a)
    if there.value is not None:
        assert 0 <= there.value <= 1 + 1e-12
        assert sum(part.weight for part in there.parts) == pytest.approx(1)


@given(CODES)
def test_a_set_overlaps_itself_fully(codes):
    result = overlap(sorted(codes), sorted(codes))
    assert result.value == (pytest.approx(1) if codes else None)
