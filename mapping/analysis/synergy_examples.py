"""Examples for a pair of regions: the pairs of capabilities that fit best, with their verdicts."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from mapping.analysis.arrays import Floats, Ints
from mapping.analysis.explanation import Explainer
from mapping.analysis.findings import PairVerdict
from mapping.analysis.overlap import OverlapTable
from mapping.analysis.pairs import PairTable
from mapping.analysis.synergy_inputs import Id, SynergyInputs, SynergyThresholds
from mapping.analysis.taxonomy import SimilarityTable
from mapping.analysis.verdicts import NONE, ONE_SIDED_NEED, Columns, columns_of, pair_kinds

CHUNK = 100_000  # pairs of capabilities judged at once


def example_pairs(
    inputs: SynergyInputs,
    regions: Sequence[Id],
    chosen: Sequence[tuple[int, int]],
    *,
    table: SimilarityTable,
) -> dict[tuple[int, int], tuple[PairVerdict, ...]]:
    """The `top_examples` best pairs of capabilities per ordered pair of regions (source, target).

    A pair shows the same examples both ways, except a one-sided need, which belongs to the direction in
    which the strong side is the source. Governance spaces belong to one region, so nothing is said here
    about coordination.

    Parameters
    ----------
    regions
        Region ids; `chosen` holds indices into them.
    """
    t = inputs.thresholds
    units = {unit.id: n for n, unit in enumerate(inputs.units)}
    topics = {priority.id: n for n, priority in enumerate(inputs.priorities)}
    columns = columns_of(inputs.capabilities, units=units, topics=topics)
    overlaps = OverlapTable([c.codes for c in inputs.capabilities], table=table, weights=t.part_weights())
    home = {unit.id: unit.region_id for unit in inputs.units}
    rows: defaultdict[Id, list[int]] = defaultdict(list)
    for n, capability in enumerate(inputs.capabilities):
        rows[home[capability.unit_id]].append(n)
    places = [np.array(rows[region], dtype=np.int64) for region in regions]
    explainer = Explainer(
        capabilities=inputs.capabilities, columns=columns, table=table, thresholds=t, spaces=None
    )
    examples: dict[tuple[int, int], tuple[PairVerdict, ...]] = {}
    for batch in _batches(chosen, places):
        left = np.concatenate([np.repeat(places[s], len(places[r])) for s, r in batch])
        right = np.concatenate([np.tile(places[r], len(places[s])) for s, r in batch])
        sizes = [len(places[s]) * len(places[r]) for s, r in batch]
        number = np.repeat(np.arange(len(batch)), sizes)
        found, number = _best(columns, (left, right), overlaps.pairs(left, right), number, t)
        verdicts = explainer.verdicts(found)
        for n, pair in enumerate(batch):
            first, last = np.searchsorted(number, (n, n + 1))
            examples[pair] = verdicts[first:last]
    return examples


def _best(
    columns: Columns, pairs: tuple[Ints, Ints], overlap: Floats, number: Ints, t: SynergyThresholds
) -> tuple[PairTable, Ints]:
    """The best pairs with a verdict of each numbered group, and their numbers, in order of the numbers."""
    left, right = pairs
    kinds = pair_kinds(overlap, columns.at(left), columns.at(right), t)
    strengths = columns.strength[left] + columns.strength[right]
    wanted = kinds > NONE
    wanted &= (kinds != ONE_SIDED_NEED) | (columns.strength[left] > columns.strength[right])
    hits = np.flatnonzero(wanted)
    order = hits[np.lexsort((-strengths[hits], -np.round(overlap[hits], 9), number[hits]))]
    first = np.searchsorted(number[order], number[order], side="left")
    order = order[np.arange(len(order)) - first < t.top_examples]
    table = PairTable(
        left=left[order],
        right=right[order],
        kind=kinds[order],
        overlap=overlap[order],
        depth=np.zeros(len(order), dtype=np.int8),
        depth_unknown=np.zeros(len(order), dtype=bool),
    )
    return table, number[order]


def _batches(chosen: Sequence[tuple[int, int]], places: Sequence[Ints]) -> list[list[tuple[int, int]]]:
    """Pairs of regions in groups of about `CHUNK` pairs of capabilities."""
    batches: list[list[tuple[int, int]]] = []
    size = CHUNK
    for source, target in chosen:
        if size >= CHUNK:
            batches.append([])
            size = 0
        batches[-1].append((source, target))
        size += len(places[source]) * len(places[target])
    return batches
