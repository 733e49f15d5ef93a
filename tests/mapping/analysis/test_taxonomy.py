import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.taxonomy import CodeTree, SimilarityTable

PARENTS = {
    "nace:C": None,
    "nace:C20": "nace:C",
    "nace:C21": "nace:C",
    "nace:C20.1": "nace:C20",
    "nace:J": None,
    "nace:J62": "nace:J",
    "nabs:1": None,
    "ford:1": None,
    "ford:1.2": "ford:1",
}
TREE = CodeTree(parents=PARENTS)


def similarity(a, b, **options):
    return TREE.similarity_matrix([a], [b], **options)[0, 0]


def test_siblings_share_their_parent():
    # depth(C) = 2, depth(C20) = depth(C21) = 3: 2 x 2 / (3 + 3) = 2/3
    assert similarity("nace:C20", "nace:C21") == pytest.approx(2 / 3)


def test_a_code_and_its_parent():
    # depth(C20) = 3, depth(C20.1) = 4: 2 x 3 / (3 + 4) = 6/7
    assert similarity("nace:C20", "nace:C20.1") == pytest.approx(6 / 7)


def test_codes_that_share_only_the_root():
    # Published form: 2 x 1 / (3 + 3) = 1/3. Here the root is nothing in common.
    assert similarity("nace:C20", "nace:J62") == 0
    assert similarity("nace:C20", "nace:J62", root_counts=True) == pytest.approx(1 / 3)


def test_codes_of_different_lists_are_never_alike():
    assert similarity("nabs:1", "ford:1", root_counts=True) == 0


def test_a_code_without_a_parent_on_record_stands_alone():
    assert similarity("nace:X99", "nace:X99") == 1
    assert similarity("nace:X99", "nace:C20") == 0


def test_parents_in_a_circle_are_refused():
    tree = CodeTree(parents={"nace:a": "nace:b", "nace:b": "nace:a"})
    with pytest.raises(ValueError) as error:
        tree.path("nace:a")
    assert str(error.value) == "code_parents: nace:a is its own ancestor"


def test_no_codes_give_an_empty_table():
    assert TREE.similarity_matrix([], ["nace:C"]).shape == (0, 1)


@given(st.lists(st.sampled_from(sorted(PARENTS)), min_size=1, max_size=6))
def test_similarity_is_symmetric_and_one_only_for_the_same_code(codes):
    matrix = TREE.similarity_matrix(codes, codes)
    assert (matrix == matrix.T).all()
    for i, a in enumerate(codes):
        for j, b in enumerate(codes):
            assert 0 <= matrix[i, j] <= 1
            assert (matrix[i, j] == 1) == (a == b)


def test_table_looks_up_what_the_tree_says():
    table = SimilarityTable([*PARENTS, "other:1"], TREE)
    codes = ["nace:C20", "nace:C21", "nace:J62"]
    assert table.rows(codes, codes) == TREE.similarity_matrix(codes, codes).tolist()
    assert "other:1" not in table.numbers
