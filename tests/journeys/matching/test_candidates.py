import numpy as np
import pytest

from journeys.matching import candidates
from journeys.matching.candidates import first, likeliest, unique_pairs


@pytest.mark.parametrize("block", [2, 3, 100])
def test_the_likeliest_of_both_sides_are_found_block_by_block(monkeypatch, block):
    monkeypatch.setattr(candidates, "BLOCK", block)
    score = np.random.default_rng(4).random((7, 9)).astype(np.float32)
    score[score < 0.2] = -1.0  # kept apart
    score[3] = -1.0
    needs, offers = np.arange(7), np.arange(7, 16)
    found = likeliest(needs, offers, 2, lambda rows, columns: score[np.ix_(rows, columns - 7)].copy())
    wanted = {
        *((n, int(m) + 7) for n in range(7) for m in np.argsort(-score[n])[:2] if score[n, m] >= 0),
        *((int(n), m + 7) for m in range(9) for n in np.argsort(-score[:, m])[:2] if score[n, m] >= 0),
    }
    assert list(map(tuple, found.tolist())) == sorted(wanted)


def test_pairs_come_once_and_none_is_no_error():
    assert unique_pairs(np.array([[3, 1], [0, 9], [3, 1]])).tolist() == [[0, 9], [3, 1]]
    assert unique_pairs(np.zeros((0, 2), dtype=int)).shape == (0, 2)


def test_of_equal_ones_the_earlier_place_comes_first():
    own, other = np.array([0, 0, 0, 1]), np.array([7, 5, 6, 5])
    assert first(own, other, np.array([0.5, 0.5, 0.9, 0.1]), 2).tolist() == [False, True, True, True]
