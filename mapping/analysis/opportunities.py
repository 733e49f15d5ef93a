"""Where to go from here: relatedness by complexity (A9), priorities against evidence (B8)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mapping.analysis.arrays import TIE, Floats

Labels = list[list[str | None]]


@dataclass(frozen=True, kw_only=True)
class Quadrants:
    density_threshold: float | None
    complexity_threshold: float | None
    quadrant: Labels


@dataclass(frozen=True, kw_only=True)
class Evidence:
    density_threshold: float | None
    type: Labels
    support_index: list[float | None]


def place_in_quadrants(m: Floats, density: Floats, complexity: Floats | None) -> Quadrants:
    """Every domain a region lacks: high road, slow road, casino or dead end.

    Relatedness density high or low by complexity high or low: high_road (high, high), slow_road (high, low),
    casino (low, high), dead_end (low, low); high is `RD_rd >= median RD over M = 0` and
    `PCI_d >= median PCI`, ties high.

    Parameters
    ----------
    m, density
        R x D, 0/1 and 0 to 100; NaN is not known.
    complexity
        PCI of the D domains; None when it was refused: then only near and far.

    Returns
    -------
    Quadrants
        None where the region is specialised (NOT_APPLICABLE) or a value is not known (NO_DATA). No cell
        lacking: thresholds None.

    References
    ----------
    Balland, Boschma, Crespo & Rigby (2019), Regional Studies 53:1252-1268.
    """
    open_cells = (m == 0) & ~np.isnan(density)
    bar = float(np.median(density[open_cells])) if open_cells.any() else None
    known = None if complexity is None or np.isnan(complexity).all() else complexity
    if known is None:
        level = None
        names = np.where(_high(density, bar), "near", "far")
    else:
        level = float(np.nanmedian(known))
        open_cells = open_cells & ~np.isnan(known)
        related, complex_ = _high(density, bar), np.broadcast_to(_high(known, level), m.shape)
        names = np.select(
            [related & complex_, related & ~complex_, complex_ & ~related],
            ["high_road", "slow_road", "casino"],
            "dead_end",
        )
    return Quadrants(density_threshold=bar, complexity_threshold=level, quadrant=_labels(names, open_cells))


def weigh_evidence(m: Floats, density: Floats, priority: Floats) -> Evidence:
    """Declared priorities against specialisation and relatedness.

    For a priority: consolidate (present, density high), isolated_strength (present, low),
    related_diversification (absent, high), unsupported (both low). For a domain that is no priority but
    present with high density: missed_opportunity. High is `RD_rd >= median RD over all cells`, ties high.
    `support_index_r = sum of weights not unsupported / sum of weights`. Evidence is never a veto.

    Parameters
    ----------
    m, density, priority
        R x D: 0/1, 0 to 100, weights not negative (0 is no priority); NaN is not known.

    Returns
    -------
    Evidence
        type None for other domains (NOT_APPLICABLE) and where a value is not known (NO_DATA); support_index:
        share of the priorities, by weight, that are not unsupported, 0 to 1, None without a priority that can
        be judged.

    References
    ----------
    After Marrocu, Paci, Rigby & Usai (2022), Regional Studies, doi 10.1080/00343404.2022.2047915.
    """
    bar = None if np.isnan(density).all() else float(np.nanmedian(density))
    known = ~np.isnan(m) & ~np.isnan(density) & ~np.isnan(priority)
    related, present, declared = _high(density, bar), m == 1, priority > 0
    names = np.select(
        [
            declared & present & related,
            declared & present,
            declared & related,
            declared,
            present & related,
        ],
        ["consolidate", "isolated_strength", "related_diversification", "unsupported", "missed_opportunity"],
        "",
    )
    judged = np.where(known & declared, np.nan_to_num(priority, nan=0.0), 0.0)
    supported = np.where(names == "unsupported", 0.0, judged)
    return Evidence(
        density_threshold=bar,
        type=_labels(names, known & (names != "")),
        support_index=[
            float(part / whole) if whole > 0 else None
            for part, whole in zip(supported.sum(axis=1), judged.sum(axis=1), strict=True)
        ],
    )


def _high(values: Floats, threshold: float | None) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    if threshold is None:
        return np.zeros(values.shape, dtype=bool)
    high: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = np.greater_equal(values, threshold - TIE)
    return high


def _labels(names: Sequence[Sequence[str]] | np.ndarray, shown: np.ndarray) -> Labels:
    return [
        [str(name) if show else None for name, show in zip(row, mask, strict=True)]
        for row, mask in zip(names, shown, strict=True)
    ]
