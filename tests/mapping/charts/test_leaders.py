"""Labels find room of their own."""

from itertools import combinations

from mapping.charts.leaders import SHORT_STEPS, Place, overlapping, place_labels
from mapping.charts.paths import Box

ROOM = Box(0, 0, 800, 800)


def places(points: list[tuple[float, float]], width: float = 110) -> tuple[Place, ...]:
    return tuple(Place((x, y), Box(x - 10, y - 10, x + 10, y + 10), width, 34) for x, y in points)


def test_a_lone_label_stands_right_of_its_place():
    (spot,) = place_labels(places([(400, 400)]), ROOM)
    assert spot.start == (400, 400)
    assert spot.end == (424, 400)
    assert spot.box == Box(428, 383, 538, 417)


def test_a_label_at_the_edge_turns_inwards():
    (spot,) = place_labels(places([(780, 400)]), ROOM)
    assert spot.box.right < 780


def test_close_labels_cover_neither_each_other_nor_a_region():
    wanted = places([(400, 400), (425, 410), (410, 430), (440, 395), (395, 375), (420, 440)])
    spots = place_labels(wanted, ROOM)
    assert not overlapping(spots)
    assert [spot for spot in spots for place in wanted if spot.box.meets(place.region)] == []
    assert [spot for spot in spots if min(spot.box) < 0 or max(spot.box) > 800] == []


def test_labels_keep_clear_of_what_is_taken():
    legend = Box(424, 300, 800, 500)
    (spot,) = place_labels(places([(400, 400)]), ROOM, (legend,))
    assert not spot.box.meets(legend)


def test_lines_do_not_cross():
    spots = place_labels(places([(300, 300), (330, 300), (360, 300), (390, 300)], width=60), ROOM)

    def side(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0

    def cross(one, other):
        apart = side(one.start, one.end, other.start) != side(one.start, one.end, other.end)
        return apart and side(other.start, other.end, one.start) != side(other.start, other.end, one.end)

    assert [pair for pair in combinations(spots, 2) if cross(*pair)] == []


def test_too_many_labels_are_noticed():
    crowd = places([(100 + at, 100) for at in range(30)])
    assert overlapping(place_labels(crowd, Box(0, 0, 300, 200), (), SHORT_STEPS))


def test_nothing_to_label_is_no_spot():
    assert place_labels((), ROOM) == ()
