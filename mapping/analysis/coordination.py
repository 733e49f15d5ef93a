"""Which governance spaces two units share, on a topic or on any, and how deep the deepest is."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from mapping.analysis.arrays import Flags, Ints
from mapping.analysis.synergy_inputs import Id, SpaceRow

Depths = npt.NDArray[np.int8]


class SpaceTable:
    """The spaces of one region as membership tables.

    A space is *on a topic* when it deals with all topics or names this one. For a pair of capabilities the
    topics are the priorities of either; a pair linked to none is only served by spaces on all topics.

    Parameters
    ----------
    spaces
        The spaces of the region.
    units, topics
        Index of a unit id and of a priority id. Members from outside the region are passed over.
    """

    def __init__(
        self, spaces: Sequence[SpaceRow], *, units: Mapping[Id, int], topics: Mapping[Id, int]
    ) -> None:
        self._n, self._n_topics = len(units), len(topics)
        self._spaces = tuple(spaces)
        self._members = [
            np.array(sorted({units[u] for u in space.unit_ids if u in units}), dtype=np.int64)
            for space in spaces
        ]
        self._topics = [{topics[t] for t in space.topics if t in topics} for space in spaces]

    def together(self) -> Flags:
        """U x U: do two units share any space, whatever its topic and depth."""
        shared = np.zeros((self._n, self._n), dtype=bool)
        for members in self._members:
            shared[np.ix_(members, members)] = True
        return shared

    def deepest(self, units: tuple[Ints, Ints], topics: tuple[Ints, Ints]) -> tuple[Depths, Flags]:
        """Depth of the deepest space on the topic that both units share.

        Parameters
        ----------
        units, topics
            Left and right index arrays of length n; topic -1 is *no priority linked*.

        Returns
        -------
        depth, unknown
            depth 0 where they share none of known depth; unknown True where they share one whose depth
            nobody stated, so the true depth may be greater.
        """
        depth = np.zeros(len(units[0]), dtype=np.int8)
        unknown = np.zeros(len(units[0]), dtype=bool)
        for space, members, named in zip(self._spaces, self._members, self._topics, strict=True):
            inside = np.zeros(self._n, dtype=bool)
            inside[members] = True
            here = inside[units[0]] & inside[units[1]]
            if not space.all_topics:
                on_topic = np.zeros(self._n_topics + 1, dtype=bool)  # the last one is "no priority": -1
                on_topic[list(named)] = True
                here &= on_topic[topics[0]] | on_topic[topics[1]]
            if space.depth is None:
                unknown |= here
            else:
                np.maximum(depth, space.depth, out=depth, where=here)
        return depth, unknown

    def shared_spaces(self, units: tuple[int, int]) -> list[tuple[SpaceRow, set[int]]]:
        """The spaces both units sit in, each with the topics it names."""
        return [
            (space, topics)
            for space, members, topics in zip(self._spaces, self._members, self._topics, strict=True)
            if units[0] in members and units[1] in members
        ]
