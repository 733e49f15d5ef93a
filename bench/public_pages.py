"""Row 1: public pages, against a view that does nothing, through the same web server."""

from bench.load import page_rate
from bench.ratios import Ratio, median_ratio
from bench.site import web_port

PAGES = {"start": "/", "diagnosis": "/regions/mazovia/"}


def measure() -> list[Ratio]:
    port = web_port()
    return [
        Ratio(
            row=1,
            name=f"{name}: requests/s ÷ trivial view",
            value=median_ratio(lambda path=path: page_rate(port, path), lambda: page_rate(port, "/healthz")),
            target=0.9,
            at_most=False,
        )
        for name, path in PAGES.items()
    ]
