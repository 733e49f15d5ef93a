"""How a benchmark measures: ours and a yardstick in turn, in one run, and the median of the ratios.

A lone time says more about the machine and its other guests than about the code.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """One line of the report. `row` is the row of the table of targets that it answers."""

    row: int
    name: str
    value: float
    target: float
    at_most: bool = True
    detail: str = ""

    @property
    def met(self) -> bool:
        return self.value <= self.target if self.at_most else self.value >= self.target

    def __str__(self) -> str:
        target = f"{'≤' if self.at_most else '≥'} {self.target:g}"
        verdict = "met" if self.met else "missed"
        return f"{self.row:>3}  {self.name:<48} {self.value:>7.3f}  {target:<8} {verdict:<7} {self.detail}"


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def interleaved(ours: Callable[[], object], yardstick: Callable[[], object], *, rounds: int = 5) -> float:
    """Median over the rounds of time(ours) / time(yardstick), after one round that does not count."""
    return median_ratio(lambda: seconds(ours), lambda: seconds(yardstick), rounds=rounds)


def median_ratio(ours: Callable[[], float], yardstick: Callable[[], float], *, rounds: int = 5) -> float:
    """The same for anything that measures itself, such as requests per second."""
    ratios = [ours() / yardstick() for _ in range(rounds + 1)]
    return statistics.median(ratios[1:])
