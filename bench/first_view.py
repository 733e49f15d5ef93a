"""Row 5: bytes of a first visit, against the diagnosis as a page that loads the whole plotly.js.

The yardstick is kept small on purpose: no framework, no figure's data, only the bundle and the text.
"""

import gzip
import re
from pathlib import Path
from typing import Any

from bench.ratios import Ratio
from bench.site import regional_lead, team_response, visitor

TARGET = 0.07
# What the head and the end of a page fetch; explore.js waits for a click before it loads more.
FETCHED = re.compile(r'<(?:link[^>]+rel="(?:preload|stylesheet|icon)"|script)[^>]*>')
ADDRESS = re.compile(r'(?:href|src)="/static/([^"?#]+)')
PICTURE = re.compile(r'(?:href|src)="/static/(img/[^"?#]+)')
DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)


def page(client: Any, address: str) -> str:
    reply = client.get(address)
    if reply.status_code != 200:
        raise RuntimeError(f"{address}: {reply.status_code}")
    return reply.content.decode()


def file_bytes(name: str) -> int:
    """Bytes of a static file as it is served; fonts are compressed already."""
    from django.conf import settings  # after setup
    from django.contrib.staticfiles import finders  # after setup

    from cohes3ion.lib.static_files import squeezed  # after setup

    path = Path(finders.find(name))
    if path.suffix == ".woff2":
        return path.stat().st_size
    ours = path.is_relative_to(Path(settings.BASE_DIR) / "static") and "vendor" not in path.parts
    data = squeezed(path).encode() if ours and path.suffix in (".css", ".js") else path.read_bytes()
    return zipped(data)


def zipped(data: bytes) -> int:
    return len(gzip.compress(data, 6))


def first_view(text: str) -> int:
    names = {match[1] for tag in FETCHED.findall(text) for match in [ADDRESS.search(tag)] if match}
    names |= set(PICTURE.findall(text))
    return zipped(text.encode()) + sum(file_bytes(name) for name in names)


def plotly_page(text: str) -> int:
    from plotly.offline import get_plotlyjs  # slow import: only this needs the whole bundle

    return zipped(DRAWING.sub("", text).encode()) + zipped(get_plotlyjs().encode())


def measure() -> list[Ratio]:
    public = visitor()
    pages = {"start": page(public, "/"), "diagnosis": page(public, "/regions/mazovia/")}
    yardstick = plotly_page(pages["diagnosis"])
    pages["question"] = page(regional_lead(), f"/workspace/responses/{team_response().pk}/1.1/")
    return [
        Ratio(
            row=5,
            name=f"{name}: first-view bytes ÷ plotly page",
            value=first_view(text) / yardstick,
            target=TARGET,
            detail=f"{first_view(text) / 1000:.1f} of {yardstick / 1000:.0f} kB, gzip",
        )
        for name, text in pages.items()
    ]
