"""Outlines are read, measured and written as numbers."""

import pytest

from mapping.charts.paths import Box, anchor_of, box_of, path_of, rings_of

SQUARE = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0))


def test_absolute_and_relative_steps_give_the_same_ring():
    assert rings_of("M0 0L4 0L4 4L0 4Z") == (SQUARE,)
    assert rings_of("M0,0 4,0 4,4 0,4z") == (SQUARE,)
    assert rings_of("M0 0h4v4H0z") == (SQUARE,)
    assert rings_of("m0 0 4 0 0 4-4 0z") == (SQUARE,)


def test_a_relative_start_counts_from_the_last_start():
    assert rings_of("M1 1h2v2zm5 0h2v2z")[1] == ((6.0, 1.0), (8.0, 1.0), (8.0, 3.0))


def test_a_curve_is_refused():
    with pytest.raises(ValueError) as fault:
        rings_of("M0 0C1 1 2 2 3 3")
    assert str(fault.value) == "A path of straight lines cannot hold 'C'."


def test_the_box_holds_all_rings():
    assert box_of(rings_of("M0 0h4v4zM9 -2h1v1z")) == Box(0, -2, 10, 4)


def test_boxes_that_only_touch_do_not_meet():
    assert not Box(0, 0, 2, 2).meets(Box(2, 0, 4, 2))
    assert Box(0, 0, 2, 2).meets(Box(1, 1, 4, 4))
    assert Box(0, 0, 2, 2).grown(1).meets(Box(2, 0, 4, 2))


def test_the_anchor_is_inside_the_largest_ring():
    assert anchor_of(rings_of("M20 20h2v2h-2zM0 0h4v4H0z")) == (2.0, 2.0)
    # A horseshoe: its centre of area lies in the opening, the anchor in one of its arms.
    x, y = anchor_of(rings_of("M0 0h2v8h6v-8h2v10H0z"))
    assert x < 2 or x > 8
    assert 0 < y < 8


def test_a_path_can_be_moved_and_scaled():
    assert path_of((SQUARE,), scale=2, move=(1, 0)) == "M2 0l8 0 0 8-8 0z"


def test_a_line_stays_open():
    assert path_of((((0.0, 0.0), (4.0, 3.0)),), closed=False) == "M0 0l4 3"


def test_points_that_fall_together_are_left_out():
    ring = ((0.0, 0.0), (0.01, 0.0), (4.0, 0.0), (4.0, 4.0))
    assert path_of((ring,)) == "M0 0l4 0 0 4z"
    assert path_of((((0.0, 0.0), (0.01, 0.01), (0.02, 0.0)),)) == ""


def test_steps_are_written_in_tenths_and_read_back_to_the_same_places():
    ring = ((0.04, -0.06), (0.5, 0.4), (-12.34, 3.0), (100.0, -0.5))
    path = path_of((ring,))
    assert path == "M0-.1l.5 .5-12.8 2.6 112.3-3.5z"
    (again,) = rings_of(path)
    assert [(round(x, 1), round(y, 1)) for x, y in again] == [
        (0, -0.1),
        (0.5, 0.4),
        (-12.3, 3.0),
        (100, -0.5),
    ]
