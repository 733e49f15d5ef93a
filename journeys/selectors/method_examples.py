"""A small example for each method, small enough to be done by hand, worked out by the methods' own code."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from journeys.content.methods import METHODS
from mapping.analysis.methods import apply_method

Json = dict[str, Any]
Pick = Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True)
class Example:
    """Inputs of one method and what to look at in its result.

    columns, rows: the inputs as a table; arithmetic: the same by hand; picks: what of the result is shown.
    """

    method: str
    inputs: Json
    columns: tuple[Any, ...]
    rows: tuple[tuple[Any, ...], ...]
    arithmetic: Any
    picks: tuple[tuple[Any, Pick], ...]

    def results(self) -> list[tuple[Any, Any]]:
        """What the code makes of the inputs, now."""
        result = apply_method(METHODS[self.method], self.inputs)
        return [(label, pick(result)) for label, pick in self.picks]
