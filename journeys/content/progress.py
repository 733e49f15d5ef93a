"""How far an action has come: by its indicators and by its milestones."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Reached:
    """The share of the way from baseline to target, or why there is none.

    share: 0 at the baseline, 1 at the target; below 0 when it went the wrong way, above 1 beyond the target.
    reason: "no_baseline", "no_target", "no_value" or "no_way" (baseline and target are the same); else empty.
    """

    share: float | None
    reason: str = ""


def share_reached(*, baseline: Decimal | None, target: Decimal | None, value: Decimal | None) -> Reached:
    """The share of the way to a target, (value - baseline) / (target - baseline).

    Parameters
    ----------
    baseline, target, value : Decimal or None
        In the indicator's own unit; None is not known, which is not zero.

    Returns
    -------
    Reached
        Undefined without one of the three, and where baseline and target are the same.

    Examples
    --------
    From 10 to a target of 30, now at 15: a quarter of the way.

    >>> share_reached(baseline=Decimal(10), target=Decimal(30), value=Decimal(15)).share
    0.25

    A target below the baseline works the same way: from 40 down to 20, now at 35.

    >>> share_reached(baseline=Decimal(40), target=Decimal(20), value=Decimal(35)).share
    0.25
    """
    if baseline is None:
        return Reached(share=None, reason="no_baseline")
    if target is None:
        return Reached(share=None, reason="no_target")
    if value is None:
        return Reached(share=None, reason="no_value")
    if baseline == target:
        return Reached(share=None, reason="no_way")
    return Reached(share=float((value - baseline) / (target - baseline)))
