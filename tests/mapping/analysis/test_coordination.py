import numpy as np

from mapping.analysis.coordination import SpaceTable
from tests.mapping.analysis.synergy_samples import space

UNITS = {"a": 0, "b": 1, "c": 2}
TOPICS = {"p": 0, "q": 1}
TABLE = SpaceTable(
    [
        space("council", ["a", "b"], depth=4, topics=("p",)),
        space("forum", ["a", "b", "stranger"], depth=2, all_topics=True),
        space("talks", ["b", "c"], depth=None, topics=("q",)),
    ],
    units=UNITS,
    topics=TOPICS,
)


def deepest(left, right, topic_left, topic_right):
    one = [np.array([value]) for value in (left, right, topic_left, topic_right)]
    depth, unknown = TABLE.deepest((one[0], one[1]), (one[2], one[3]))
    return int(depth[0]), bool(unknown[0])


def test_the_deepest_space_on_the_topic_counts():
    assert deepest(0, 1, 0, 0) == (4, False)


def test_the_topic_of_either_side_will_do():
    assert deepest(0, 1, 1, 0) == (4, False)


def test_without_a_topic_only_spaces_on_all_topics_serve():
    assert deepest(0, 1, -1, -1) == (2, False)


def test_a_space_of_unknown_depth_is_not_nothing():
    assert deepest(1, 2, 1, 1) == (0, True)
    assert deepest(1, 2, 0, 0) == (0, False)


def test_units_that_never_meet():
    assert deepest(0, 2, 0, 0) == (0, False)
    assert TABLE.together().tolist() == [[True, True, False], [True, True, True], [False, True, True]]


def test_shared_spaces_are_listed_whatever_their_topic():
    assert [row.id for row, _ in TABLE.shared_spaces((0, 1))] == ["council", "forum"]
