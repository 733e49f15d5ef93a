"""Capabilities of regions as tables: strength-weighted code profiles, specialisations, value-chain stages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mapping.analysis.arrays import Floats, Ints
from mapping.analysis.profiles import row_shares
from mapping.analysis.synergy_inputs import ROLES, CapabilityRow, Id, SynergyInputs
from mapping.analysis.taxonomy import PARTS, CodeTree, list_of

ECONOMIC = "nace"


@dataclass(frozen=True, kw_only=True)
class RegionProfiles:
    """R regions. Domains are codes rolled up to `profile_depth`, so that C21.1 and C21.2 meet in C21.

    A capability of unknown strength adds nothing to a profile; the cells in which it alone stands are
    *unknown*: neither present nor missing.
    """

    regions: tuple[Id, ...]
    shares: dict[str, Floats]  # code list -> R x D, rows sum to 1, NaN without data
    domains: tuple[str, ...]  # of the economic list
    present: Floats  # R x D: 1 where a capability of strength >= 3 is
    missing: Floats  # R x D: 1 where it is known not to be
    unit_present: Floats  # units x D, for the co-occurrence of domains
    stages: Floats  # R x D x K: 0, 0.5 or 1 per value-chain role, NaN unknown
    active: Floats  # R x D: 1 where anything of known strength is


def region_profiles(inputs: SynergyInputs) -> RegionProfiles:
    """Read the capabilities of all regions into tables; regions in the order of their units."""
    regions = {key: n for n, key in enumerate(dict.fromkeys(unit.region_id for unit in inputs.units))}
    home = {unit.id: regions[unit.region_id] for unit in inputs.units}
    unit_number = {unit.id: n for n, unit in enumerate(inputs.units)}
    domain_of = _roll_up(inputs.capabilities, inputs)
    shares = {
        name: _profile(name, inputs.capabilities, home, len(regions), domain_of)
        for lists in PARTS.values()
        for name in lists
    }
    domains = _domains(ECONOMIC, domain_of)
    numbers = {domain: n for n, domain in enumerate(domains)}
    cells = [
        (home[c.unit_id], unit_number[c.unit_id], numbers[domain], c)
        for c in inputs.capabilities
        for domain in dict.fromkeys(domain_of[code] for code in c.codes if list_of(code) == ECONOMIC)
    ]
    strong = np.zeros((len(regions), len(domains)))
    active, unknown = strong.copy(), strong.copy()
    unit_present = np.zeros((len(unit_number), len(domains)))
    for region, unit, domain, capability in cells:
        if capability.strength is None:
            unknown[region, domain] = 1
            continue
        active[region, domain] = 1
        if capability.strength >= inputs.thresholds.strength_present:
            strong[region, domain] = unit_present[unit, domain] = 1
    return RegionProfiles(
        regions=tuple(regions),
        shares=shares,
        domains=domains,
        present=strong,
        missing=(1 - strong) * (1 - unknown),
        unit_present=unit_present,
        stages=_stages([(r, d, c) for r, _, d, c in cells], strong.shape, inputs),
        active=active,
    )


def _roll_up(capabilities: Sequence[CapabilityRow], inputs: SynergyInputs) -> dict[str, str]:
    tree = CodeTree(parents=inputs.code_parents)
    codes = dict.fromkeys(code for c in capabilities for code in c.codes)
    return {code: tree.path(code)[: inputs.thresholds.profile_depth][-1] for code in codes}


def _domains(code_list: str, domain_of: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted({domain for domain in domain_of.values() if list_of(domain) == code_list}))


def _profile(
    code_list: str,
    capabilities: Sequence[CapabilityRow],
    home: Mapping[Id, int],
    n_regions: int,
    domain_of: Mapping[str, str],
) -> Floats:
    """Shares of the domains of a list: each capability spreads its strength over its codes of the list."""
    numbers = {domain: n for n, domain in enumerate(_domains(code_list, domain_of))}
    table = np.zeros((n_regions, len(numbers)))
    for c in capabilities:
        codes = [code for code in dict.fromkeys(c.codes) if list_of(code) == code_list]
        for code in codes:
            table[home[c.unit_id], numbers[domain_of[code]]] += (c.strength or 0) / len(codes)
    return row_shares(table)


def _stages(
    cells: Sequence[tuple[int, int, CapabilityRow]], shape: tuple[int, int], inputs: SynergyInputs
) -> Floats:
    """A stage is 1 at strength >= 3, 0.5 below, 0 when nothing was recorded, NaN when not known."""
    roles = {role: n for n, role in enumerate(ROLES)}
    stages = np.zeros((*shape, len(ROLES)))
    unknown = np.zeros_like(stages)
    for region, domain, capability in cells:
        if capability.role not in roles:
            continue
        place = (region, domain, roles[capability.role])
        if capability.strength is None:
            unknown[place] = 1
            continue
        value = 1.0 if capability.strength >= inputs.thresholds.strength_present else 0.5
        stages[place] = max(stages[place], value)
    # What was not recorded could lift any stage but a full one.
    stages[(unknown > 0) & (stages < 1)] = np.nan
    return stages


def regions_active_in(profiles: RegionProfiles, domain: int) -> Ints:
    """Indices of the regions with anything of known strength in a domain."""
    found: Ints = np.flatnonzero(profiles.active[:, domain])
    return found
