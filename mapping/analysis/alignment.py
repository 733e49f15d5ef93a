"""Vertical alignment of two sets of priorities (D1) on a common list or an expert table of similarities."""

from collections.abc import Mapping, Sequence

import numpy as np

from mapping.analysis.similarity import soft_overlap

NO_DATA = "NO_DATA"
KEYS = (
    "finger_kreinin",
    "jaccard",
    "overlap",
    "child_covered",
    "parent_taken_up",
    "cosine",
    "soft_child_to_parent",
    "soft_parent_to_child",
    "soft",
)


def align(
    child: Mapping[str, float],
    parent: Mapping[str, float],
    similarity: Sequence[tuple[str, str, float]] = (),
) -> dict[str, float | str | None]:
    """How far the priorities of a child and of its parent agree, both ways.

    With weights that sum to 1 on each side: `finger_kreinin = sum min(w_c, w_p)`; on the sets C and P:
    jaccard, overlap `|C n P| / min`, child_covered `|C n P| / |C|`, parent_taken_up `|C n P| / |P|`; cosine
    of the weights; soft `sum_a w_a max_b sim(a, b)` both ways and their mean.

    Parameters
    ----------
    child, parent
        Code -> weight, not negative; a weight of 0 is no priority.
    similarity
        Triples (a, b, s), either way round, s from 0 to 1; a code is like itself (1), pairs not named are 0.

    Returns
    -------
    dict
        All 0 to 1, and reason. No priorities on one side: all None, `NO_DATA`.

    References
    ----------
    Soft alignment after Mihalcea, Corley & Strapparava (2006), AAAI 21:775-780.
    """
    c = {code: weight for code, weight in child.items() if weight > 0}
    p = {code: weight for code, weight in parent.items() if weight > 0}
    if not c or not p:
        nothing: dict[str, float | str | None] = dict.fromkeys(KEYS)
        return nothing | {"reason": NO_DATA}
    table = {(a, b): s for x, y, s in similarity for a, b in ((x, y), (y, x))}
    rows = [[1.0 if a == b else table.get((a, b), 0.0) for b in p] for a in c]
    a_to_b, b_to_a, mean = soft_overlap(list(c.values()), list(p.values()), rows)
    common = len(c.keys() & p.keys())
    shares_c = {code: weight / sum(c.values()) for code, weight in c.items()}
    shares_p = {code: weight / sum(p.values()) for code, weight in p.items()}
    both = [(shares_c[code], shares_p[code]) for code in c if code in p]
    lengths = np.linalg.norm(list(shares_c.values())) * np.linalg.norm(list(shares_p.values()))
    return {
        "finger_kreinin": min(1.0, sum(min(pair) for pair in both)),  # rounding may leave a little more
        "jaccard": common / len(c.keys() | p.keys()),
        "overlap": common / min(len(c), len(p)),
        "child_covered": common / len(c),
        "parent_taken_up": common / len(p),
        "cosine": min(1.0, float(sum(x * y for x, y in both) / lengths)),
        "soft_child_to_parent": min(1.0, a_to_b),
        "soft_parent_to_child": min(1.0, b_to_a),
        "soft": min(1.0, mean),
        "reason": None,
    }
