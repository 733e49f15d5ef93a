"""Methods on one table of regions and domains, by name: JSON values in, JSON values out."""

from typing import Any

import numpy as np

from mapping.analysis.arrays import Flags, Floats, presence, read_binary, read_matrix, read_vector, to_list
from mapping.analysis.complexity import complexity_indices, known_portfolios, large_enough, outlook
from mapping.analysis.complexity import reflections as reflection_steps
from mapping.analysis.concentration import entropy, hachman, herfindahl, krugman_against_total, whole_shares
from mapping.analysis.reasons import (
    COVERAGE_TOO_LOW,
    N_TOO_SMALL,
    NO_DATA,
    NO_VARIANCE,
    ZERO_TOTAL,
    Result,
    places_of,
    with_reasons,
)
from mapping.analysis.relatedness import (
    association_strength,
    co_occurrence,
    cosine_index,
    density_of,
    jaccard_index,
    portfolio_density,
    probability_index,
    proximity,
)
from mapping.analysis.specialisation import (
    complete,
    counts_along,
    enough_known,
    location_quotients,
    reference_of,
    specialisations,
    specialised,
    upper_tail,
)

CONFIRMED_COUNT, CONFIRMED_P = 5, 0.01
RELATED = 1 + 1e-9  # association above chance


def location_quotient(*, X: Any) -> Result:  # noqa: N803  the key of the method's contract
    """Location quotient, symmetric form, binary specialisation at 1, diversity, ubiquity (A1-A3).

    A blank (null) is never 0: a region with blanks is compared over the domains it knows, with the
    `reference_regions` that know these too, and has no diversity. `left_out` counts the blanks, and names
    the regions that know less than two thirds of the domains.
    """
    x = read_matrix(X, "X", missing=True)
    lq = location_quotients(x)
    binary = specialised(lq)
    dropped, blank = ~enough_known(x), np.isnan(x)
    # A region that is left out as a whole leaves the ubiquities of the others alone.
    open_columns = (blank & ~dropped[:, None]).any(axis=0) & ~blank.all(axis=0)
    diversity = np.where(complete(x), counts_along(binary, 1), np.nan)
    ubiquity = np.where(open_columns, np.nan, counts_along(binary, 0))
    cells = places_of(NO_DATA, blank, places_of(COVERAGE_TOO_LOW, dropped[:, None], ZERO_TOTAL))
    per_region = places_of(
        NO_DATA, blank.all(axis=1), places_of(COVERAGE_TOO_LOW, dropped, _blank_or_zero(~complete(x)))
    )
    result = {
        "lq": to_list(lq),
        "rsca": to_list((lq - 1) / (lq + 1)),
        "binary": to_list(binary),
        "diversity": to_list(diversity),
        "ubiquity": to_list(ubiquity),
        "reference_regions": reference_of(x).regions.tolist(),
        "left_out": _left_out(x, dropped),
    }
    return with_reasons(
        result,
        lq=cells,
        rsca=cells,
        binary=cells,
        diversity=per_region,
        ubiquity=_blank_or_zero(open_columns | blank.all(axis=0)),
    )


def location_quotient_significance(*, x: Any, expected: Any) -> Result:
    """Is a location quotient above 1 more than noise: LQ >= 1, x >= 5 and Poisson p < 0.01 (A2)."""
    observed = read_vector(x, "x", missing=True)
    mean = read_vector(expected, "expected", missing=True)
    if len(mean) != len(observed):
        raise ValueError(f"expected: {len(mean)} values for {len(observed)} of x")
    unknown = np.isnan(observed) | np.isnan(mean)
    mean = np.where(mean > 0, mean, np.nan)
    lq, p_upper = observed / mean, upper_tail(observed, mean)
    confirmed = (lq >= 1 - 1e-9) & (observed >= CONFIRMED_COUNT) & (p_upper < CONFIRMED_P)
    codes = _blank_or_zero(unknown)
    result = {
        "lq": to_list(lq),
        "p_upper": to_list(p_upper),
        "confirmed": [None if np.isnan(p) else bool(c) for c, p in zip(confirmed, p_upper, strict=True)],
    }
    return with_reasons(result, lq=codes, p_upper=codes, confirmed=codes)


def specialisation_indices(*, X: Any) -> Result:  # noqa: N803  the key of the method's contract
    """Krugman, Hoover, Hachman, Herfindahl and entropy of each region against the whole (A11, A13).

    A region with a blank (null) has no shares: its indices are null, it is no part of the whole, and
    `left_out` names it.
    """
    x = read_matrix(X, "X", missing=True)
    shares = whole_shares(x)
    krugman = krugman_against_total(x)
    result = {
        "krugman": to_list(krugman),
        "hoover": to_list(krugman / 2),
        "hachman": to_list(hachman(x)),
        "herfindahl": to_list(herfindahl(shares)),
        "entropy_bits": to_list(entropy(shares, base=2)),
    }
    codes = dict.fromkeys(result, _blank_or_zero(~complete(x)))
    return with_reasons({**result, "left_out": _left_out(x, ~complete(x))}, **codes)


def reflections(*, M: Any) -> Result:  # noqa: N803  the key of the method's contract
    """Method of reflections, steps 0 to 2 (A7); a region with a cell that is not known is left out."""
    m = read_binary(M, "M")
    regions, domains = reflection_steps(m)
    left_out = known_portfolios(m)[1]
    result = {
        "k_region": [to_list(k) for k in regions],
        "k_domain": [to_list(k) for k in domains],
        "left_out": _left_out(m, left_out),
    }
    codes = _blank_or_zero(left_out)
    return with_reasons(result, k_region=[codes] * len(regions), k_domain=ZERO_TOTAL)


def complexity(*, X: Any = None, M: Any = None) -> Result:  # noqa: N803  the keys of the contract
    """Proximity, density, ECI, PCI and outlook, refused when not connected (A4, A6a, A7, A8).

    A region with a cell that is not known is left out of ECI, PCI and outlook.
    """
    if (X is None) == (M is None):
        raise ValueError("X, M: give counts X or a binary matrix M, one of the two")
    x = None if X is None else read_matrix(X, "X", missing=True)
    m = read_binary(M, "M") if x is None else specialisations(x)
    left_out = known_portfolios(m)[1]
    phi = proximity(m)
    density = portfolio_density(m, phi)
    found = complexity_indices(m)
    result: Result = {
        "proximity": to_list(phi),
        "density": to_list(np.where(_unknown(m)[:, None], np.nan, density)),
        "n_components": found.n_components,
        "corr_diversity_eci": found.correlation,
        "reason": found.reason,
        "left_out": _left_out(m if x is None else x, left_out),
    }
    codes: Result = {"proximity": ZERO_TOTAL, "density": _density_codes(m, np.isnan(phi).all(axis=0))}
    if found.eci is None or found.pci is None or found.pci_from_zero is None:
        names = ("eci", "pci", "coi", "cog")
        refused = dict.fromkeys((*names, "corr_diversity_eci"), found.reason)
        return with_reasons(result | dict.fromkeys(names), **codes, **refused)
    large = np.ones(len(m), dtype=bool) if x is None else large_enough(x)
    eci = np.where(large, found.eci, np.nan)
    coi, cog = outlook(m, phi, density, found.pci_from_zero)
    per_region = places_of(N_TOO_SMALL, ~np.isnan(found.eci) & ~large, _blank_or_zero(left_out))
    result |= {
        "eci": to_list(eci),
        "pci": to_list(found.pci),
        "coi": to_list(np.where(large, coi, np.nan)),
        "cog": to_list(np.where(large[:, None], cog, np.nan)),
    }
    return with_reasons(
        result,
        **codes,
        eci=per_region,
        pci=ZERO_TOTAL,
        coi=places_of(NO_VARIANCE, ~np.isnan(eci), per_region),
        cog=places_of(ZERO_TOTAL, np.broadcast_to(~np.isnan(eci)[:, None], m.shape), per_region[:, None]),
    )


def relatedness(*, M: Any) -> Result:  # noqa: N803  the key of the method's contract
    """Normalised co-occurrence: association, probability, cosine, Jaccard (A5).

    A pair of domains is counted over the regions that know both, scaled up to all.
    """
    m = read_binary(M, "M")
    counts = co_occurrence(m)
    result = {
        "cooccurrence": to_list(counts),
        "association": to_list(association_strength(counts)),
        "probability": to_list(probability_index(counts)),
        "cosine": to_list(cosine_index(counts)),
        "jaccard": to_list(jaccard_index(counts)),
    }
    codes = dict.fromkeys(result, NO_DATA)
    # 0/0 is written as 0 above; these domains are related to no other, and nothing can be said of them.
    unrelated = np.flatnonzero(np.nansum(counts, axis=1) == 0).tolist()
    return with_reasons({**result, "unrelated": unrelated, "left_out": _left_out(m, _unknown(m))}, **codes)


def relatedness_density(*, M: Any) -> Result:  # noqa: N803  the key of the method's contract
    """Relatedness density, 0-100, diagonal excluded, weighted by association or binary (A6b).

    What a region does not know (null) leaves both sums of its density.
    """
    m = read_binary(M, "M")
    association = association_strength(co_occurrence(m))
    related = np.where(np.isnan(association), np.nan, association > RELATED)
    unknown = _unknown(m)
    result: Result = {"related_binary": to_list(related)}
    codes: Result = {"related_binary": NO_DATA}
    for name, phi in (("density_binary", related), ("density_weighted", association)):
        result[name] = to_list(np.where(unknown[:, None], np.nan, density_of(m, phi)))
        others = presence(phi) * (1 - np.eye(len(phi)))
        codes[name] = _density_codes(m, others.sum(axis=0) == 0)
    return with_reasons({**result, "left_out": _left_out(m, unknown)}, **codes)


def _unknown(m: Floats) -> Flags:
    """Regions of which nothing is known."""
    found: Flags = np.logical_and.reduce(np.isnan(m), axis=1)
    return found


def _blank_or_zero(blank: Any) -> Any:
    return places_of(NO_DATA, blank, ZERO_TOTAL)


def _density_codes(m: Floats, unrelated: Any) -> Any:
    """Per cell: the region is not known, the domain is related to no other, or too little is known."""
    cells = places_of(ZERO_TOTAL, np.broadcast_to(unrelated, m.shape), COVERAGE_TOO_LOW)
    return places_of(NO_DATA, _unknown(m)[:, None], cells)


def _left_out(x: Floats, regions: Flags) -> Result:
    """How many cells of the table are blank, and which regions have no value because of them."""
    blank = np.isnan(x)
    return {
        "blanks": int(blank.sum()),
        "regions": np.flatnonzero(regions & blank.any(axis=1)).tolist(),
    }
