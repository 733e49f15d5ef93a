"""An explained number as plain values."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Number:
    """One number of a finding, the method that made it, and why it is missing."""

    label: Any
    value: str
    method: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Explained:
    """A finding: its numbers, the table they are made of, n, coverage, and the thresholds that matter.

    statement: one of them only. more: other numbers of the same run, as (label, measure, key).
    back: the part of the diagnosis it stands in. dimension: the theme whose answers went in, if any.
    origin: where the numbers come from when they are not the answers of the exercise.
    """

    title: Any
    lead: Any
    numbers: tuple[Number, ...]
    columns: tuple[Any, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    n: int | None = None
    invited: int | None = None
    coverage: float | None = None
    parameters: tuple[str, ...] = ()
    dimension: str = ""
    statement: str = ""
    more: tuple[tuple[str, str, str], ...] = ()
    back: str = ""
    origin: str = ""
    sentences: tuple[str, ...] = field(default=())
    is_withheld: bool = False
