"""Row 1: public pages, against a view that does nothing, through the same web server."""

from bench.load import Latencies, page_rate
from bench.ratios import Ratio, median_ratio
from bench.site import web_port

PAGES = {"start": "/", "diagnosis": "/regions/mazovia/"}
TRIVIAL = "/healthz"


def measure() -> list[Ratio]:
    return [measured(name, path, port=web_port()) for name, path in PAGES.items()]


def measured(name: str, path: str, *, port: int) -> Ratio:
    """The whole page in brotli, never 304; the processes have made it in the round that does not count."""
    took = Latencies()
    value = median_ratio(lambda: page_rate(port, path, latencies=took), lambda: page_rate(port, TRIVIAL))
    what = f"{name}: requests/s ÷ trivial view"
    return Ratio(row=1, name=what, value=value, target=0.9, at_most=False, detail=str(took))
