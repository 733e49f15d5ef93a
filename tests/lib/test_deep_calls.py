"""Many calls at every depth ask the kernel for memory as good as never."""

import resource
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from cohes3ion.lib.deep_calls import with_room

TURNS = 200


def needs_room() -> None:
    a = b = c = d = e = f = g = h = i = j = k = m = n = o = p = q = r = s = t = u = v = w = x = y = None
    del a, b, c, d, e, f, g, h, i, j, k, m, n, o, p, q, r, s, t, u, v, w, x, y


def calls_at_every_depth(depth: int) -> int:
    """Past several pieces of 16 KB: at each of their borders stands a loop."""
    if depth:
        calls_at_every_depth(depth - 1)
    for _ in range(TURNS):
        needs_room()
    return depth


def page_faults(work: Callable[[int], int]) -> int:
    """In a thread of its own, whose calls begin at the top."""

    def counted() -> int:
        work(600)
        before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
        assert work(600) == 600
        return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(counted).result()


def test_deep_calls_share_one_piece_of_memory():
    assert page_faults(with_room(calls_at_every_depth)) < TURNS


def test_negative_control_without_room_each_turn_at_a_border_costs_a_page():
    assert page_faults(calls_at_every_depth) > 3 * TURNS or sys.version_info >= (3, 13)


def test_what_is_called_is_the_same():
    def divided(a: int, *, by: int) -> float:
        return a / by

    assert with_room(divided)(6, by=4) == 1.5
    with pytest.raises(ZeroDivisionError):
        with_room(divided)(6, by=0)
