"""Small cells of tables with totals stay hidden."""

import numpy as np
import scipy  # its parts load when they are asked for
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from governance.scoring.disclosure import determined, suppress

TABLES = arrays.arrays(
    np.int64,
    st.tuples(st.integers(2, 5), st.integers(2, 5)),
    elements=st.sampled_from([1, 2, 4, 5, 6, 9, 20]),
)


def narrowest_range(counts, hidden, k):
    """The smallest room that totals and shown cells leave a hidden small cell (linear programming)."""
    cells = np.argwhere(hidden)
    rows = [(cells[:, 0] == row).astype(float) for row in range(counts.shape[0])]
    columns = [(cells[:, 1] == column).astype(float) for column in range(counts.shape[1])]
    values = np.array([counts[tuple(cell)] for cell in cells], dtype=float)
    equations = np.array(rows + columns)
    widths = []
    for place, value in enumerate(values):
        if not 0 < value < k:
            continue
        goal = np.zeros(len(cells))
        goal[place] = 1
        ends = [
            scipy.optimize.linprog(sign * goal, A_eq=equations, b_eq=equations @ values).fun
            for sign in (1, -1)
        ]
        widths.append(-ends[1] - ends[0])
    return min(widths, default=np.inf)


def test_suppression_by_hand():
    # [9, 2] / [9, 9], k = 5: 2 is small; its row hides one cell: 9 beside it goes; each column now hides
    # one cell: the 9 below each goes; every line hides two cells and at least 11 respondents
    found = suppress(np.array([[9, 2], [9, 9]]), k=5)
    assert found.hidden.tolist() == [[True, True], [True, True]]
    assert not found.row_totals.any()
    assert not found.column_totals.any()
    assert not found.grand_total


def test_nothing_small_nothing_hidden():
    assert not suppress(np.array([[5, 0], [9, 7]]), k=5).hidden.any()


@given(TABLES)
def test_no_small_cell_follows_from_the_totals(counts):
    found = suppress(counts, k=5)
    assert found.hidden[counts < 5].all()
    assert narrowest_range(counts, found.hidden, 5) > 1e-6
    for axis, totals in ((1, found.row_totals), (0, found.column_totals)):
        held_back = np.where(found.hidden, counts, 0).sum(axis=axis)
        assert ((held_back >= 5) | ~found.hidden.any(axis=axis) | totals).all()


def test_a_row_of_one_small_cell_gives_up_its_total():
    # beside 3 there are empty cells only: they help to hide it, and the row's total of 3 must go;
    # a single missing total would follow from the others, so the smallest other one goes too
    found = suppress(np.array([[0, 3, 0], [8, 9, 20], [7, 8, 30]]), k=5)
    assert found.hidden[0, 1]
    assert not determined(found.hidden)[0, 1]
    assert found.row_totals.tolist() == [True, True, False]
    assert not found.grand_total


def test_a_table_of_one_small_cell_shows_nothing():
    found = suppress(np.array([[3]]), k=5)
    assert (found.hidden.tolist(), found.grand_total) == ([[True]], True)


def test_a_single_line_has_one_total():
    # 3 + 1 = 4 are too few, so the smallest other cell goes: 14 hidden in all
    found = suppress(np.array([[22, 3, 1, 10, 10]]), k=5)
    assert found.hidden.tolist() == [[False, True, True, True, False]]
    assert not found.row_totals.any()
    assert (
        suppress(np.array([[22], [3], [1], [10], [10]]), k=5).hidden[:, 0].tolist()
        == found.hidden[0].tolist()
    )


def test_hidden_cells_in_a_ring_are_not_determined_and_a_tail_is():
    # four cells in a ring; a fifth hangs on to it: it is the only hidden one of its column
    ring = np.array([[True, True, False], [True, True, True]])
    assert determined(ring).tolist() == [[False, False, False], [False, False, True]]


def test_larger_table_stays_fast_and_safe():
    counts = np.random.default_rng(3).integers(0, 40, size=(60, 40))
    found = suppress(counts, k=5)
    assert not (determined(found.hidden) & (counts > 0) & (counts < 5)).any()
