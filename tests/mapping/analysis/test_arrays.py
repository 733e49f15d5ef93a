import numpy as np

from mapping.analysis.arrays import ratio, read_labels, read_vector, to_list


def test_a_ratio_over_nothing_is_undefined():
    assert np.isnan(ratio([1.0, 0.0], [0.0, 0.0])).all()
    assert ratio([[1.0], [2.0]], [2.0, 0.0], otherwise=0).tolist() == [[0.5, 0], [1, 0]]


def test_nothing_leaves_as_a_number_that_is_not_one():
    assert to_list(np.array([[1.5, np.nan], [np.inf, -0.0]])) == [[1.5, None], [None, 0.0]]
    assert str(to_list(np.array([-0.0]))[0]) == "0.0"
    assert to_list(np.array([1, 2])) == [1, 2]


def test_null_is_read_as_unknown_where_it_may_be():
    assert np.isnan(read_vector([1, None], "x", missing=True)[1])


def test_names_may_be_numbers():
    assert read_labels([1, "a"], "level") == ["1", "a"]
