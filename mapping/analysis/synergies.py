"""The synergy analysis: what the capabilities, priorities and governance spaces of regions say together."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar, cast

from mapping.analysis.coordination import SpaceTable
from mapping.analysis.explanation import Explainer
from mapping.analysis.levels import align_levels, weakest_edge
from mapping.analysis.overlap import OverlapTable
from mapping.analysis.pairs import PairSummary, pairs_in_region
from mapping.analysis.priorities import find_niches, judge_priorities, judge_units
from mapping.analysis.spaces import find_missing_seats, find_unclear_mandates, judge_spaces
from mapping.analysis.synergy_inputs import Id, SynergyInputs, SynergyThresholds
from mapping.analysis.synergy_networks import actor_network, helix_balance, unit_network
from mapping.analysis.synergy_regions import Examples, compare_regions
from mapping.analysis.synergy_report import Noise, RegionSynergies, SynergyReport, TakenOver
from mapping.analysis.taxonomy import CodeTree, SimilarityTable
from mapping.analysis.verdicts import Columns, columns_of, surviving_verdicts

__all__ = ["SynergyInputs", "SynergyReport", "find_region_synergies", "find_synergies", "inputs_by_region"]

NO_DATA = "NO_DATA"

Row = TypeVar("Row")


def find_synergies(
    inputs: SynergyInputs,
    *,
    kept: Mapping[Id, RegionSynergies | TakenOver] | None = None,
    examples: Examples | None = None,
) -> SynergyReport:
    """Every verdict of the synergy analysis, inside each region and between regions.

    Inside a region: kinds of pairs of capabilities with their coordination, niches, uncovered and anchored
    priorities, alignment of levels, coverage of governance spaces, seats and mandates, networks, helices.
    Between regions: similarity, directed complementarity and value-chain fill, with examples.

    Parameters
    ----------
    inputs
        One or many regions; order decides only ties.
    kept
        Regions whose own rows and thresholds are those of an earlier run: their findings stand, and what is
        said of all regions is that of the full run, bit for bit. What lies between regions is made again.
    examples
        Examples of (source, target) where both regions are as in an earlier run: they rest on nothing else.

    Returns
    -------
    SynergyReport
        The same for the same inputs, always. Undefined values are None with a reason code
        (`NO_DATA`, `NO_VARIANCE`, `N_TOO_SMALL`, `BETWEEN_REGIONS`); a missing strength is never a zero.

    Raises
    ------
    ValueError
        An id occurs twice or points nowhere, a weight is negative, or the code trees run in a circle.

    Notes
    -----
    Time grows with the square of the capabilities of one region; memory does not: only the strongest pairs
    of each kind are kept, while the counts cover them all.
    """
    _check(inputs)
    known = kept or {}
    parts = inputs_by_region(inputs)
    table = _similarity_table(inputs)
    regions = tuple(
        known[region] if region in known else _inside(part, region, table) for region, part in parts.items()
    )
    counts: Counter[str] = Counter()
    for region in regions:
        counts.update(region.counts)
    return SynergyReport(
        method=inputs.method,
        thresholds=inputs.thresholds,
        counts=dict(counts),
        regions=cast(tuple[RegionSynergies, ...], regions),
        region_pairs=compare_regions(inputs, table, examples or {}),
        noise=_total_noise([region.noise for region in regions], inputs.thresholds),
    )


def find_region_synergies(inputs: SynergyInputs, *, region_id: Id) -> RegionSynergies:
    """The findings inside one region; `inputs` holds the rows of that region only.

    Depends on nothing outside the region, so after a change only the changed region need run again.
    """
    _check(inputs)
    return _inside(inputs, region_id, _similarity_table(inputs))


def _similarity_table(inputs: SynergyInputs) -> SimilarityTable:
    codes = {code for capability in inputs.capabilities for code in capability.codes}
    codes |= {code for priority in inputs.priorities for code in priority.codes}
    return SimilarityTable(codes, CodeTree(parents=inputs.code_parents))


def _inside(inputs: SynergyInputs, region_id: Id, table: SimilarityTable) -> RegionSynergies:
    t = inputs.thresholds
    units = {unit.id: n for n, unit in enumerate(inputs.units)}
    topics = {priority.id: n for n, priority in enumerate(inputs.priorities)}
    columns = columns_of(inputs.capabilities, units=units, topics=topics)
    overlaps = OverlapTable([c.codes for c in inputs.capabilities], table=table, weights=t.part_weights())
    spaces = SpaceTable(inputs.spaces, units=units, topics=topics)
    pairs = pairs_in_region(columns, overlaps, spaces, t)
    explainer = Explainer(
        capabilities=inputs.capabilities, columns=columns, table=table, thresholds=t, spaces=spaces
    )
    alignment = align_levels(
        region_id, inputs.units, inputs.capabilities, inputs.priorities, table=table, thresholds=t
    )
    seats = find_missing_seats(inputs.spaces, inputs.capabilities, inputs.priorities, t)
    findings = seats + find_unclear_mandates(inputs.spaces)
    return RegionSynergies(
        region_id=region_id,
        n_units=len(inputs.units),
        n_capabilities=len(inputs.capabilities),
        n_pairs=pairs.n_pairs,
        counts=pairs.counts,
        pairs=explainer.verdicts(pairs.best),
        niches=find_niches(inputs.capabilities, t),
        units=judge_units(inputs.units, inputs.capabilities, t),
        priorities=judge_priorities(inputs.priorities, inputs.units, inputs.capabilities, t),
        alignment=alignment,
        weakest_alignment=weakest_edge(alignment),
        spaces=judge_spaces(inputs.spaces, spaces, pairs, findings),
        networks=(unit_network(inputs.units, spaces), actor_network(inputs.actors, inputs.ties)),
        helix=helix_balance(inputs.actors),
        noise=_noise(pairs, columns, t),
    )


def _noise(pairs: PairSummary, columns: Columns, t: SynergyThresholds) -> Noise:
    share = None
    if pairs.n_verdicts:
        sample = pairs.sample
        share = float(surviving_verdicts(columns, (sample.left, sample.right), sample.overlap, t).mean())
    return Noise(
        share=share,
        reason=None if pairs.n_verdicts else NO_DATA,
        n_verdicts=pairs.n_verdicts,
        draws=t.noise_draws,
        seed=t.seed,
    )


def _total_noise(parts: Sequence[Noise], t: SynergyThresholds) -> Noise:
    known = [(part.share, part.n_verdicts) for part in parts if part.share is not None]
    n = sum(count for _, count in known)
    share = sum(share * count for share, count in known) / n if n else None
    return Noise(
        share=share,
        reason=None if n else NO_DATA,
        n_verdicts=n,
        draws=t.noise_draws,
        seed=t.seed,
    )


def inputs_by_region(inputs: SynergyInputs) -> dict[Id, SynergyInputs]:
    """The inputs of each region, in the order in which regions first appear."""
    region_of = {unit.id: unit.region_id for unit in inputs.units}
    actors = {actor.id: actor.region_id for actor in inputs.actors}
    units = _grouped(inputs.units, lambda row: row.region_id)
    capabilities = _grouped(inputs.capabilities, lambda row: region_of[row.unit_id])
    priorities = _grouped(inputs.priorities, lambda row: row.region_id)
    spaces = _grouped(inputs.spaces, lambda row: row.region_id)
    people = _grouped(inputs.actors, lambda row: row.region_id)
    ties = _grouped(inputs.ties, lambda row: actors[row.source])
    return {
        region: SynergyInputs(
            units=tuple(units[region]),
            capabilities=tuple(capabilities[region]),
            priorities=tuple(priorities[region]),
            spaces=tuple(spaces[region]),
            actors=tuple(people[region]),
            ties=tuple(ties[region]),
            code_parents=inputs.code_parents,
            thresholds=inputs.thresholds,
            method=inputs.method,
        )
        for region in dict.fromkeys([*units, *priorities, *spaces, *people])
    }


def _grouped(rows: Iterable[Row], key: Callable[[Row], Id]) -> defaultdict[Id, list[Row]]:
    groups: defaultdict[Id, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _check(inputs: SynergyInputs) -> None:
    for name in ("units", "capabilities", "priorities", "spaces", "actors"):
        ids = [row.id for row in getattr(inputs, name)]
        twice = [key for key, n in Counter(ids).items() if n > 1]
        if twice:
            raise ValueError(f"{name}: id {twice[0]} occurs {Counter(ids)[twice[0]]} times")
    units = {unit.id for unit in inputs.units}
    for capability in inputs.capabilities:
        if capability.unit_id not in units:
            raise ValueError(f"capabilities: unit_id {capability.unit_id} of {capability.id} is no unit")
    actors = {actor.id for actor in inputs.actors}
    for tie in inputs.ties:
        if tie.source not in actors or tie.target not in actors:
            raise ValueError(f"ties: {tie.source} - {tie.target} names an unknown actor")
