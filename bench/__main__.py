"""`./run bench [NAME ...]`: every module of this folder that has a `measure()`, or the named ones."""

import importlib
import pkgutil
import signal
import sys
import time

import bench

SUPPORT = {"__main__", "exercises", "load", "matching", "ratios", "site"}


def main(wanted: list[str]) -> int:
    if wanted[:1] == ["matching"]:  # a table of its own, on a folder of texts
        if len(wanted) != 2:
            print("Name the folder with the texts: ./run bench matching DIR", file=sys.stderr)
            return 2
        for line in importlib.import_module("bench.matching").report(wanted[1]):
            print(line, flush=True)
        return 0
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
