import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis import pairs as module
from mapping.analysis.coordination import SpaceTable
from mapping.analysis.overlap import OverlapTable
from mapping.analysis.pairs import pairs_in_region
from mapping.analysis.similarity import code_overlap
from mapping.analysis.synergy_inputs import SynergyThresholds
from mapping.analysis.taxonomy import SimilarityTable
from mapping.analysis.verdicts import KIND_NAMES, columns_of
from tests.mapping.analysis.synergy_samples import PARENTS, WEIGHTS, capability, space, tree
from tests.mapping.analysis.test_verdicts import kind

UNITS = {"u": 0, "v": 1, "w": 2}
TOPICS = {"p": 0, "q": 1}
CAPABILITY = st.fixed_dictionaries(
    {
        "unit_id": st.sampled_from(sorted(UNITS)),
        "codes": st.lists(st.sampled_from(sorted(PARENTS)), max_size=3),
        "strength": st.sampled_from([None, 1, 2, 3, 4, 5]),
        "role": st.sampled_from([None, "research", "production"]),
        "priority_id": st.sampled_from([None, "p", "q"]),
        "publicly_funded": st.sampled_from([None, True, False]),
    }
)
SPACE = st.fixed_dictionaries(
    {
        "unit_ids": st.lists(st.sampled_from(sorted(UNITS)), unique=True),
        "depth": st.sampled_from([None, 1, 2, 3, 5]),
        "topics": st.lists(st.sampled_from(sorted(TOPICS)), unique=True).map(tuple),
        "all_topics": st.booleans(),
    }
)


def summary(capabilities, spaces, thresholds=None):
    table = SimilarityTable(PARENTS, tree())
    return pairs_in_region(
        columns_of(capabilities, units=UNITS, topics=TOPICS),
        OverlapTable([c.codes for c in capabilities], table=table, weights=WEIGHTS),
        SpaceTable(spaces, units=UNITS, topics=TOPICS),
        thresholds or SynergyThresholds(),
    )


def values(c):
    return {name: getattr(c, name) for name in ("strength", "role", "priority_id", "publicly_funded")}


def shared(spaces, a, b):
    """Spaces of both units on the topic of either capability."""
    topics = {a.priority_id, b.priority_id} - {None}
    return [
        s
        for s in spaces
        if {a.unit_id, b.unit_id} <= set(s.unit_ids) and (s.all_topics or topics & set(s.topics))
    ]


def expected_counts(capabilities, spaces):
    """The rules pair by pair, in plain loops."""
    table = SimilarityTable(PARENTS, tree())
    counts = dict.fromkeys(
        [
            *KIND_NAMES.values(),
            *("used", "loose", "unused_synergy", "undecided_coordination", "uncoordinated_overlap"),
        ],
        0,
    )
    for a, b in itertools.combinations(capabilities, 2):
        if a.unit_id == b.unit_id:
            continue
        codes = (dict.fromkeys(c.codes, 1.0) for c in (a, b))
        overlap = code_overlap(*codes, table=table, weights=WEIGHTS).value
        found = kind(overlap, values(a), values(b))
        counts[found] += 1
        if found not in ("common_strength", "complementarity"):
            continue
        depths = [s.depth for s in shared(spaces, a, b)]
        deepest = max((d for d in depths if d is not None), default=0)
        if deepest >= 3:
            counts["used"] += 1
        elif None in depths:
            counts["undecided_coordination"] += 1
        elif deepest:
            counts["loose"] += 1
        else:
            counts["unused_synergy"] += 1
            funded = a.publicly_funded and b.publicly_funded
            counts["uncoordinated_overlap"] += bool(funded and found == "common_strength")
    return counts


@given(st.lists(CAPABILITY, max_size=8), st.lists(SPACE, max_size=3), st.sampled_from([2, 3, 512]))
def test_counts_agree_with_plain_loops(rows, spaces, block):
    capabilities = [capability(n, **row) for n, row in enumerate(rows)]
    tables = [space(n, **row) for n, row in enumerate(spaces)]
    size = module.BLOCK
    module.BLOCK = block
    try:
        found = summary(capabilities, tables)
    finally:
        module.BLOCK = size
    assert found.counts == expected_counts(capabilities, tables)
    assert found.n_pairs == sum(found.counts[name] for name in KIND_NAMES.values())
    assert found.n_verdicts == len(found.best) == len(found.sample)


def test_the_strongest_pairs_of_each_kind_are_kept_in_order():
    rows = [
        capability("a", "u", ["nace:C20"], strength=3, role="research"),
        capability("b", "v", ["nace:C20"], strength=3, role="research"),
        capability("c", "w", ["nace:C20"], strength=5, role="research"),
        capability("d", "w", ["nace:C21"], strength=5, role="research"),
    ]
    best = summary(rows, [], SynergyThresholds(top_pairs=3)).best
    # Overlap 1: a-c and b-c (strengths 8) before a-b (6); a-d and b-d overlap by 2/3 only and fall out.
    assert list(zip(best.left.tolist(), best.right.tolist(), strict=True)) == [(0, 2), (1, 2), (0, 1)]
    assert summary(rows, [], SynergyThresholds(top_pairs=3)).counts["common_strength"] == 5


def test_in_a_need_the_strong_side_is_left():
    rows = [
        capability("weak", "u", strength=1, priority_id="p"),
        capability("strong", "v", strength=5),
    ]
    best = summary(rows, []).best
    assert (best.left.tolist(), best.right.tolist()) == ([1], [0])


def test_the_sample_of_very_many_verdicts_stays_small(monkeypatch):
    monkeypatch.setattr(module, "SAMPLE", 10)
    monkeypatch.setattr(module, "BLOCK", 7)
    rows = [capability(n, "uv"[n % 2], strength=4, role="research") for n in range(30)]
    found = summary(rows, [])
    assert found.n_verdicts == 15 * 15
    assert 10 <= len(found.sample) <= 20
    assert (np.diff(found.sample.left) >= -30).all()


def test_no_capabilities_no_pairs():
    found = summary([], [])
    assert (found.n_pairs, found.n_verdicts, len(found.best)) == (0, 0, 0)
    assert set(found.counts.values()) == {0}


@pytest.mark.parametrize("kind_of_pair", ["has_synergy", "has_open", "has_used"])
def test_unit_pairs_are_marked_once_in_the_upper_triangle(kind_of_pair):
    rows = [
        capability("a", "w", strength=4, role="research"),
        capability("b", "u", strength=4, role="research"),
    ]
    depth = 3 if kind_of_pair == "has_used" else 1
    found = summary(rows, [space("s", ["u", "w"], depth=depth, all_topics=True)])
    assert np.argwhere(getattr(found, kind_of_pair)).tolist() == [[0, 2]]
