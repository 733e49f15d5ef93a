"""Does disagreement lie between groups or within them? (C10)"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

KEYS = ("ssb", "ssw", "eta_squared", "h", "p", "epsilon_squared")


def group_differences(groups: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    """Sums of squares between and within groups, and the Kruskal-Wallis test with ties.

    `eta^2 = SSB / (SSB + SSW)`; `H = (12 / (N (N + 1)) sum R_g^2 / n_g - 3 (N + 1)) / C` with mid-ranks and
    `C = 1 - sum (t^3 - t) / (N^3 - N)`; p from chi-square with G - 1 degrees of freedom;
    `epsilon^2 = H (N + 1) / (N^2 - 1)`.

    Parameters
    ----------
    groups
        Values per group; a group without values is left out.

    Returns
    -------
    dict
        ssb, ssw (squared units); eta_squared, p, epsilon_squared 0..1; h >= 0; n per group; reason.
        Fewer than two groups with values: all None, N_TOO_SMALL (NO_DATA without any). All values equal:
        ssb = ssw = 0, the rest None, NO_VARIANCE.

    Notes
    -----
    Source: Kruskal & Wallis (1952), J. of the American Statistical Association 47:583-621.
    Example: (1, 2) and (3, 4): mean 2.5, SSB = 2 + 2 = 4, SSW = 0.5 + 0.5 = 1, eta^2 = 0.8.
    """
    present = {name: np.asarray(values, dtype=float) for name, values in groups.items() if len(values)}
    n_by_group = {name: len(values) for name, values in present.items()}
    empty: dict[str, Any] = {**dict.fromkeys(KEYS), "n": n_by_group}
    if len(present) < 2:
        return {**empty, "reason": "N_TOO_SMALL" if present else "NO_DATA"}
    everything = np.concatenate(list(present.values()))
    if everything.min() == everything.max():
        return {**empty, "ssb": 0.0, "ssw": 0.0, "reason": "NO_VARIANCE"}
    means = {name: values.mean() for name, values in present.items()}
    middle = everything.mean()
    ssb = float(sum(len(values) * (means[name] - middle) ** 2 for name, values in present.items()))
    ssw = float(sum(((values - means[name]) ** 2).sum() for name, values in present.items()))
    h = _kruskal_wallis(list(present.values()), everything)
    n = len(everything)
    return {
        "ssb": ssb,
        "ssw": ssw,
        "eta_squared": ssb / (ssb + ssw),
        "h": h,
        "p": _upper_chi_square(h, len(present) - 1),
        "epsilon_squared": h * (n + 1) / (n * n - 1),
        "n": n_by_group,
        "reason": None,
    }


def _kruskal_wallis(groups: Sequence[Any], everything: Any) -> float:
    values, times = np.unique(everything, return_counts=True)
    ranks = np.cumsum(times) - (times - 1) / 2  # the middle rank of each value
    n = len(everything)
    squares = sum(ranks[np.searchsorted(values, group)].sum() ** 2 / len(group) for group in groups)
    raw = 12 / (n * (n + 1)) * squares - 3 * (n + 1)
    # Rounding may leave a trace below zero when all groups have the same mean rank.
    return max(0.0, float(raw / (1 - ((times**3 - times).sum()) / (n**3 - n))))


def _upper_chi_square(value: float, degrees: int) -> float:
    from scipy.special import chdtrc  # slow import: only this test needs it

    return float(chdtrc(degrees, value))
