"""Between regions: similarity of profiles, directed complementarity, value-chain fill, and example pairs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mapping.analysis.arrays import TIE, Floats, Ints, number, presence, ratio
from mapping.analysis.complementarity import chain_fill, missing_weights, pair_scores, reciprocity
from mapping.analysis.findings import PairVerdict, Reason
from mapping.analysis.profiles import shared_mass
from mapping.analysis.region_profiles import RegionProfiles, region_profiles, regions_active_in
from mapping.analysis.relatedness import association_strength, co_occurrence
from mapping.analysis.synergy_examples import example_pairs
from mapping.analysis.synergy_inputs import ROLES, Id, SynergyInputs, SynergyThresholds
from mapping.analysis.synergy_report import RegionPair
from mapping.analysis.taxonomy import PARTS, SimilarityTable

Examples = Mapping[tuple[Id, Id], tuple[PairVerdict, ...]]  # of a source and a target
BLOCK = 500_000  # values looked through at once for the largest: 4 MB


@dataclass(frozen=True, kw_only=True)
class _Scores:
    similarity: Floats
    parts: dict[str, Floats]
    complementarity: Floats
    reciprocity: Floats
    added: Floats  # R x D: what each domain would bring a region
    fill: Floats


def compare_regions(inputs: SynergyInputs, table: SimilarityTable, known: Examples) -> tuple[RegionPair, ...]:
    """The best partners of every region, with what each can give it; `known`: examples that stand already.

    Per target the `top_partners` sources by complementarity, then fill, then similarity. A region without
    an economic capability of known strength has no complementarity and no fill: None.
    """
    profiles = region_profiles(inputs)
    t = inputs.thresholds
    scores = _scores(profiles, t)
    best = [_best_sources(scores, n, t.top_partners) for n in range(len(profiles.regions))]
    chosen = [(int(source), n) for n, sources in enumerate(best) for source in sources]
    shown = [(int(source), n) for n, sources in enumerate(best) for source in sources[: t.top_reasons]]
    names = {pair: (profiles.regions[pair[0]], profiles.regions[pair[1]]) for pair in shown}
    examples = {pair: known[name] for pair, name in names.items() if name in known}
    examples |= example_pairs(
        inputs, profiles.regions, [pair for pair in shown if pair not in examples], table=table
    )
    reasons = _reasons(profiles, scores, chosen, t)
    return tuple(
        RegionPair(
            source=profiles.regions[source],
            target=profiles.regions[target],
            similarity=number(scores.similarity[source, target]),
            complementarity=number(scores.complementarity[target, source]),
            reciprocity=number(scores.reciprocity[target, source]),
            fill=number(scores.fill[target, source]),
            reasons=why,
            examples=examples.get((source, target), ()),
        )
        for (source, target), why in zip(chosen, reasons, strict=True)
    )


def _scores(profiles: RegionProfiles, t: SynergyThresholds) -> _Scores:
    similarity, parts = _similarity(profiles, t)
    relatedness = association_strength(co_occurrence(profiles.unit_present))
    known = profiles.active.any(axis=1)
    added = missing_weights(profiles.missing, relatedness)
    score = pair_scores(profiles.present, profiles.missing, relatedness)
    score[~known, :] = np.nan
    score[:, ~known] = np.nan
    return _Scores(
        similarity=similarity,
        parts=parts,
        complementarity=score,
        reciprocity=reciprocity(score),
        added=added,
        fill=_fill(profiles),
    )


def _similarity(profiles: RegionProfiles, t: SynergyThresholds) -> tuple[Floats, dict[str, Floats]]:
    """Finger-Kreinin per part, and their weighted mean over the parts that both regions have."""
    n = len(profiles.regions)
    total, weights = np.zeros((n, n)), np.zeros((n, n))
    parts = {}
    for part, weight in t.part_weights().items():
        mass, lists = np.zeros((n, n)), np.zeros((n, n))
        for name in PARTS[part]:
            value = shared_mass(profiles.shares[name])
            mass += np.nan_to_num(value, nan=0.0)
            lists += ~np.isnan(value)
        parts[part] = ratio(mass, lists)
        total += weight * np.nan_to_num(parts[part], nan=0.0)
        weights += np.where(lists > 0, weight, 0.0)
    return ratio(total, weights), parts


def _fill(profiles: RegionProfiles) -> Floats:
    """A15 over the stages of all domains in which the target is active: a share of the stages it lacks."""
    n = len(profiles.regions)
    filled, gaps = np.zeros((n, n)), np.zeros((n, n))
    for domain in range(len(profiles.domains)):
        active = regions_active_in(profiles, domain)
        stages = profiles.stages[active, domain, :]
        gap = np.nan_to_num(1 - stages, nan=0.0).sum(axis=1)
        share = chain_fill(stages, np.ones(len(ROLES)))
        pairs = np.ix_(active, active)
        filled[pairs] += presence(share) * gap[:, None]
        gaps[active] += gap[:, None]
        # A domain in which too little is known of a pair leaves both sums.
        gaps[pairs] -= np.where(np.isnan(share), gap[:, None], 0.0)
    np.fill_diagonal(filled, np.nan)
    result = ratio(filled, np.where(gaps > 1e-12, gaps, 0.0))
    result[:, ~profiles.active.any(axis=1)] = np.nan
    return result


def _best_sources(scores: _Scores, target: int, top: int) -> Ints:
    """The best `top` others: first by complementarity, then by fill, then by similarity."""
    first = np.nan_to_num(scores.complementarity[target], nan=-1.0)
    first[target] = -2.0
    # Only those that could be among the best are sorted.
    bar = np.partition(first, -top)[-top] if top < len(first) else -1.0
    others = np.flatnonzero((first >= bar - TIE) & (np.arange(len(first)) != target))
    keys: Sequence[Floats] = (scores.similarity[others, target], scores.fill[target, others], first[others])
    order = np.lexsort([-np.round(np.nan_to_num(key, nan=-1.0), 9) for key in keys])
    best: Ints = others[order][:top]
    return best


def _reasons(
    profiles: RegionProfiles, scores: _Scores, chosen: Sequence[tuple[int, int]], t: SynergyThresholds
) -> Iterator[tuple[Reason, ...]]:
    """Why each chosen (source, target) is one: some hundred pairs at a time, whatever their number."""
    width = max(1, len(profiles.domains) * len(ROLES))
    step = max(1, BLOCK // width)
    for start in range(0, len(chosen), step):
        yield from _block_of_reasons(profiles, scores, chosen[start : start + step], t)


def _block_of_reasons(
    profiles: RegionProfiles, scores: _Scores, chosen: Sequence[tuple[int, int]], t: SynergyThresholds
) -> Iterator[tuple[Reason, ...]]:
    sources, targets = np.array(chosen, dtype=np.int64).T
    shares, domains = profiles.shares["nace"], profiles.domains
    common = _largest(np.minimum(shares[sources], shares[targets]), t.top_reasons)
    points = _largest(100 * scores.added[targets] * profiles.present[sources], t.top_reasons)
    both = (profiles.active[sources] * profiles.active[targets]) != 0
    more = profiles.stages[sources] - profiles.stages[targets]
    more[~both] = np.nan
    gains = _largest(more.reshape(len(chosen), -1), t.top_reasons)
    for n, (source, target) in enumerate(chosen):
        reasons = []
        if scores.similarity[source, target] >= 0:
            parts = {part: number(values[source, target]) for part, values in scores.parts.items()}
            data = {"parts": parts, "domains": _named(common[n], domains)}
            reasons.append(Reason(code="PROFILE_SHARED", data=data))
        if scores.complementarity[target, source] > 0:
            reasons.append(Reason(code="DOMAINS_ADDED", data={"domains": _named(points[n], domains)}))
        if scores.fill[target, source] > 0:
            stages = [
                {"code": domains[place // len(ROLES)], "role": ROLES[place % len(ROLES)], "gain": gain}
                for place, gain in gains[n]
            ]
            reasons.append(Reason(code="STAGES_FILLED", data={"stages": stages}))
        yield tuple(reasons)


def _named(largest: list[tuple[int, float]], domains: Sequence[str]) -> list[dict[str, str | float]]:
    return [{"code": domains[place], "value": value} for place, value in largest]


def _largest(rows: Floats, top: int) -> list[list[tuple[int, float]]]:
    """Of each row, places and values of the `top` largest positive values, the first of equals first.

    NaN is none of them.
    """
    keys = np.where(rows > 0, -rows, np.inf)
    order = np.argsort(keys, axis=1, kind="stable")[:, :top]
    values = np.take_along_axis(rows, order, axis=1).tolist()
    counts = np.minimum((rows > 0).sum(axis=1), top).tolist()
    return [
        list(zip(places[:n], mine[:n], strict=True))
        for places, mine, n in zip(order.tolist(), values, counts, strict=True)
    ]
