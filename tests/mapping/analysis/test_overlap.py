import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.overlap import OverlapTable
from mapping.analysis.similarity import code_overlap
from mapping.analysis.taxonomy import SimilarityTable
from tests.mapping.analysis.synergy_samples import PARENTS, WEIGHTS, tree

CODES = st.lists(st.sampled_from([*sorted(PARENTS), "unknown:1"]), max_size=6)


@given(st.lists(CODES, min_size=1, max_size=8))
def test_blocks_and_pairs_say_what_the_single_overlap_says(code_sets):
    table = SimilarityTable({code for codes in code_sets for code in codes}, tree())
    overlaps = OverlapTable(code_sets, table=table, weights=WEIGHTS)
    rows = np.arange(len(code_sets))
    block = overlaps.block(rows, rows)
    left, right = (axis.ravel() for axis in np.meshgrid(rows, rows, indexing="ij"))
    assert overlaps.pairs(left, right) == pytest.approx(block.ravel(), nan_ok=True)
    for i, a in enumerate(code_sets):
        for j, b in enumerate(code_sets):
            single = code_overlap(dict.fromkeys(a, 1.0), dict.fromkeys(b, 1.0), table=table, weights=WEIGHTS)
            assert (np.isnan(block[i, j])) == (single.value is None)
            if single.value is not None:
                assert block[i, j] == pytest.approx(single.value)


def test_a_part_of_no_weight_is_not_compared():
    table = SimilarityTable(["nace:C20", "policy:a"], tree())
    sets = [["nace:C20", "policy:a"], ["policy:a"]]
    overlaps = OverlapTable(sets, table=table, weights={"economic": 1.0, "policy": 0.0})
    assert np.isnan(overlaps.pairs(np.array([0]), np.array([1]))[0])
