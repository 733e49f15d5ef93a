"""`./run bench [NAME ...]`: every module of this folder that has a `measure()`, or the named ones."""

import importlib
import pkgutil
import signal
import sys
import time

import bench

SUPPORT = {"__main__", "exercises", "load", "ratios", "site"}


def main(wanted: list[str]) -> int:
    known = sorted(
        module.name for module in pkgutil.iter_modules(bench.__path__) if module.name not in SUPPORT
    )
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        print(f"Unknown: {', '.join(unknown)}. Known: {', '.join(known) or 'none yet'}.", file=sys.stderr)
        return 2
    print("row  what                                               ratio  target")
    # A polite stop unwinds like any other end, so that nothing is left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    started = time.monotonic()
    missed = 0
    for name in wanted or known:
        for ratio in importlib.import_module(f"bench.{name}").measure():
            print(ratio, flush=True)
            missed += not ratio.met
    print(
        f"{missed} missed, {time.monotonic() - started:.0f} s. All ratios are from this one interleaved run."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
