"""An imported indicator table read through the methods: A1, A2, A5, A6, A10, B8 and A12 in one report."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mapping.analysis.arrays import TIE, Floats, Ints, presence
from mapping.analysis.indicator_tables import (
    DomainPoints,
    FieldCount,
    IndicatorInputs,
    IndicatorReport,
    Partner,
    Peer,
    PriorityEvidence,
    Specialisation,
    TerritoryIndicators,
)
from mapping.analysis.opportunities import Evidence, weigh_evidence
from mapping.analysis.partners import Partners, explained_partners, largest_in_rows
from mapping.analysis.peers import StructuralDistance, nearest_peers, structural_distance, winsorise
from mapping.analysis.reasons import COVERAGE_TOO_LOW, NO_DATA, ZERO_TOTAL
from mapping.analysis.relatedness import association_strength, co_occurrence, density_of
from mapping.analysis.specialisation import (
    enough_known,
    expected_counts,
    location_quotients,
    specialisations,
    specialised,
    upper_tail,
)
from mapping.analysis.synergy_inputs import Id

LEAST_COUNT, LEAST_P = 5, 0.01


@dataclass(frozen=True, kw_only=True)
class _Table:
    inputs: IndicatorInputs
    counts: Floats
    things: Floats  # what the counts stand for, one by one; NaN where they are no counts
    expected: Floats  # the count of an equal share
    lq: Floats
    p_upper: Floats
    present: Floats  # NaN where nothing is known
    density: Floats
    priority: Floats
    evidence: Evidence
    partners: Partners
    peers: Sequence[tuple[Peer, ...]]


def read_indicators(inputs: IndicatorInputs) -> IndicatorReport:
    """Specialisations, related domains, priorities against evidence, partners and peers of all territories.

    Parameters
    ----------
    inputs
        Territories of one level only: parents and children in one table would count the same jobs twice.

    Returns
    -------
    IndicatorReport
        The top of each list per territory. Similar territories are peers, never synergies.

    Raises
    ------
    ValueError
        A row is too long or short, or a priority names an unknown territory or domain.
    """
    table = _table(inputs)
    return IndicatorReport(
        method=inputs.method,
        density_threshold=table.evidence.density_threshold,
        territories=tuple(_territory(table, n) for n in range(len(inputs.territories))),
    )


def recode_domains(
    counts: Floats, domains: Sequence[str], correspondence: Mapping[str, Mapping[str, float]]
) -> tuple[Floats, tuple[str, ...]]:
    """Counts by the domains of another revision of the code list, through a written correspondence.

    Parameters
    ----------
    counts
        R x D; NaN is not known, and makes every domain it flows into not known.
    domains
        The D domains of the table, such as NACE Rev. 2 divisions.
    correspondence
        Old domain -> new domain -> share of the old one, shares adding up to 1.

    Raises
    ------
    ValueError
        A domain has no correspondence, or its shares do not add up to 1.
    """
    names = tuple(sorted({new for old in domains for new in correspondence.get(old, {})}))
    shares = np.zeros((len(domains), len(names)))
    for n, old in enumerate(domains):
        if old not in correspondence:
            raise ValueError(f"correspondence: nothing for {old}")
        for new, share in correspondence[old].items():
            shares[n, names.index(new)] = share
        if abs(shares[n].sum() - 1) > TIE:
            raise ValueError(f"correspondence: shares of {old} add up to {shares[n].sum():g}")
    unknown = np.isnan(counts).astype(float) @ shares > 0
    return np.where(unknown, np.nan, presence(counts) @ shares), names


def _table(inputs: IndicatorInputs) -> _Table:
    counts = _matrix(inputs.counts, "counts", len(inputs.territories), len(inputs.domains))
    lq = location_quotients(counts)
    present = specialised(lq)
    portfolios = specialisations(counts)
    relatedness = presence(association_strength(co_occurrence(portfolios)))
    density = density_of(portfolios, relatedness)
    density[np.isnan(present).all(axis=1)] = np.nan
    priority = _priorities(inputs)
    each = np.nan if inputs.each is None else inputs.each
    things, expected = counts * each, expected_counts(counts)
    return _Table(
        inputs=inputs,
        counts=counts,
        things=things,
        lq=lq,
        expected=expected,
        p_upper=upper_tail(things, np.where(counts > 0, expected * each, np.nan)),
        present=present,
        density=density,
        priority=priority,
        evidence=weigh_evidence(present, density, priority),
        partners=explained_partners(
            presence(present),
            (present == 0).astype(float),
            relatedness,
            k=inputs.top,
            top=inputs.top_domains,
        ),
        peers=_peers(inputs),
    )


def _matrix(rows: Sequence[Sequence[float | None]], name: str, n: int, width: int) -> Floats:
    if len(rows) != n:
        raise ValueError(f"{name}: {len(rows)} rows for {n} territories")
    for number, row in enumerate(rows):
        if len(row) != width:
            raise ValueError(f"{name}[{number}]: {len(row)} values, expected {width}")
    values = [[np.nan if value is None else value for value in row] for row in rows]
    return np.array(values, dtype=float).reshape(n, width)


def _priorities(inputs: IndicatorInputs) -> Floats:
    rows = {territory.id: n for n, territory in enumerate(inputs.territories)}
    columns = {domain: n for n, domain in enumerate(inputs.domains)}
    weights = np.zeros((len(rows), len(columns)))
    for priority in inputs.priorities:
        if priority.territory_id not in rows:
            raise ValueError(f"priorities: {priority.territory_id} is no territory of the table")
        if priority.domain not in columns:
            raise ValueError(f"priorities: {priority.domain} is no domain of the table")
        weights[rows[priority.territory_id], columns[priority.domain]] += priority.weight
    return weights


def structure_of(inputs: IndicatorInputs) -> StructuralDistance | None:
    """Normalised structure and distances of all territories (A12); None without variables."""
    if not inputs.structure:
        return None
    variables = _matrix(inputs.structure, "structure", len(inputs.territories), len(inputs.structure_weights))
    return structural_distance(winsorise(variables), np.array(inputs.structure_weights, dtype=float))


def _peers(inputs: IndicatorInputs) -> list[tuple[Peer, ...]]:
    found = structure_of(inputs)
    if found is None:
        return [()] * len(inputs.territories)
    countries = [territory.country for territory in inputs.territories]
    shown = countries if inputs.exclude_own_country else None
    nearest = nearest_peers(found.distance, countries=shown, k=inputs.top)
    return [
        tuple(
            Peer(
                territory_id=inputs.territories[q].id,
                distance=float(found.distance[n, q]),
                joint_weight=float(found.joint_weight[n, q]),
            )
            for q in peers
        )
        for n, peers in enumerate(nearest)
    ]


def fields_of(inputs: IndicatorInputs, ids: Collection[Id]) -> dict[Id, tuple[FieldCount, ...]]:
    """Every domain of these territories with its count, what an equal share would be, and its quotient.

    A domain without a known count is left out; where nobody has any, quotient and share are None.
    """
    table = _table(inputs)
    return {
        territory.id: tuple(
            FieldCount(
                domain=inputs.domains[d],
                count=float(table.counts[n, d]),
                expected=float(table.expected[n, d]) if table.expected[n, d] > 0 else None,
                lq=_known(table.lq[n, d]),
                p_upper=_known(table.p_upper[n, d]),
                confirmed=_is_confirmed(table, n, d),
                density=_known(table.density[n, d]),
            )
            for d in range(len(inputs.domains))
            if not np.isnan(table.counts[n, d])
        )
        for n, territory in enumerate(inputs.territories)
        if territory.id in ids
    }


def _reason(table: _Table, n: int) -> str | None:
    """Why a territory has no quotient at all."""
    if not np.isnan(table.lq[n]).all():
        return None
    if np.isnan(table.counts[n]).all():
        return NO_DATA
    return ZERO_TOTAL if enough_known(table.counts)[n] else COVERAGE_TOO_LOW


def _is_confirmed(table: _Table, n: int, d: int) -> bool | None:
    if table.inputs.each is None:
        return None
    enough = table.things[n, d] >= LEAST_COUNT and table.p_upper[n, d] < LEAST_P
    return bool(table.present[n, d] == 1 and enough)


def _territory(table: _Table, n: int) -> TerritoryIndicators:
    inputs, domains = table.inputs, table.inputs.domains
    types = table.evidence.type[n]
    return TerritoryIndicators(
        territory_id=inputs.territories[n].id,
        reason=_reason(table, n),
        specialisations=_specialisations(table, n),
        related=_related(table, n),
        evidence=tuple(
            PriorityEvidence(domain=domains[d], type=types[d], density=_known(table.density[n, d]))
            for d in np.flatnonzero(table.priority[n] > 0)
        ),
        support_index=table.evidence.support_index[n],
        missed=tuple(domains[d] for d, kind in enumerate(types) if kind == "missed_opportunity"),
        peers=table.peers[n],
        partners=_partners(table, n),
    )


def _specialisations(table: _Table, n: int) -> tuple[Specialisation, ...]:
    quotients = np.where(table.present[n] == 1, table.lq[n], np.nan)
    places, values = largest_in_rows(quotients, table.inputs.top)
    return tuple(
        Specialisation(
            domain=table.inputs.domains[d],
            lq=float(lq),
            p_upper=_known(table.p_upper[n, d]),
            confirmed=_is_confirmed(table, n, int(d)),
        )
        for d, lq in zip(places, values, strict=True)
        if not np.isnan(lq)
    )


def _related(table: _Table, n: int) -> tuple[DomainPoints, ...]:
    """Domains the territory lacks whose density is high: at or above the threshold."""
    bar = table.evidence.density_threshold
    open_domains = (table.present[n] == 0) & (table.density[n] >= (bar or 0.0) - TIE)
    places, values = largest_in_rows(np.where(open_domains, table.density[n], np.nan), table.inputs.top)
    return _points(table, places, values)


def _points(table: _Table, places: Ints, values: Floats) -> tuple[DomainPoints, ...]:
    return tuple(
        DomainPoints(domain=table.inputs.domains[d], points=float(value))
        for d, value in zip(places, values, strict=True)
        if value > 0
    )


def _partners(table: _Table, n: int) -> tuple[Partner, ...]:
    found = table.partners
    return tuple(
        Partner(
            territory_id=table.inputs.territories[source].id,
            score=float(score),
            domains=_points(table, found.domains[n, k], found.points[n, k]),
        )
        for k, (source, score) in enumerate(zip(found.sources[n], found.scores[n], strict=True))
        if source >= 0 and score > 0
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
