"""Room for deep calls: what the functions of one request need while they run, in one piece of memory.

CPython keeps it in pieces of 16 KB, asks the kernel for a new one when a call does not fit, and gives that
back when the call returns. A loop that stands at the border of two pieces does both with every turn, and deep
in Django's templates and queries some loop always does (python/cpython#142183, not mended before 3.13). A
first call that takes more than half of a large piece leaves the other half for all that follow it.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
# Of 8 bytes each: more than half of 512 KB, so CPython takes a piece of that size, and as good as all of this
# half stays untouched, which costs no memory. About 200 KB are left; a page needs less than 100.
WORDS = 40_000


def with_room(work: Callable[P, R]) -> Callable[P, R]:
    """The same function, called in a piece of memory that all calls below it share."""

    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return work(*args, **kwargs)

    call.__code__ = call.__code__.replace(co_stacksize=WORDS)
    return call
