"""What the person at the terminal reads."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

WIDTH = 60


@contextmanager
def step(text: str) -> Iterator[None]:
    """One line: what is being done, then how long it took."""
    started = time.monotonic()
    print(f"  {text} ", end="", flush=True)
    try:
        yield
    except BaseException:
        print("... not finished", flush=True)
        raise
    print(f"{'.' * max(3, WIDTH - len(text))} {time.monotonic() - started:5.1f} s", flush=True)
