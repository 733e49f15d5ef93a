"""Row 11: the PDF of the Mazovia document, against Chromium's print of the same HTML."""

import os
import subprocess
import sys
from pathlib import Path

from django.utils import timezone

from bench.ratios import Ratio, interleaved, seconds
from bench.site import demonstration
from cohes3ion.launcher.services import chromium_binary

TARGET = 1.2
ALONE = "import sys, pathlib; from cohes3ion.lib.pdf import html_to_pdf; "
ALONE += "html, css = (pathlib.Path(name).read_text() for name in sys.argv[1:]); html_to_pdf(html, css=css)"


def sources() -> tuple[str, str]:
    """HTML and style sheet of the document."""
    from journeys.selectors.document_content import document_content  # after setup: models
    from journeys.services import rendering  # after setup: models
    from mapping.models import Exercise, Region  # after setup: models

    region = Region.objects.get(slug="mazovia")
    content = document_content(exercise=Exercise.objects.get(), region=region, is_draft=False)
    html = rendering._document_html(content=content, edition=1, made_at=timezone.now())
    return html, rendering.style_sheet("document")


def chromium_command(folder: Path) -> list[str]:
    command = [chromium_binary(), "--headless", "--disable-gpu", "--no-pdf-header-footer"]
    command += ["--no-sandbox"] if os.geteuid() == 0 else []
    command += [f"--user-data-dir={folder / 'chromium'}", f"--print-to-pdf={folder / 'chromium.pdf'}"]
    return [*command, (folder / "whole.html").as_uri()]


def measure() -> list[Ratio]:
    from cohes3ion.lib.pdf import html_to_pdf  # slow import: only this measurement renders

    folder = demonstration()
    html, css = sources()
    (folder / "document.html").write_text(html)
    (folder / "document.css").write_text(css)
    (folder / "whole.html").write_text(html.replace("</head>", f"<style>{css}</style></head>", 1))
    alone = [sys.executable, "-c", ALONE, str(folder / "document.html"), str(folder / "document.css")]

    def run(command: list[str]) -> None:
        subprocess.run(command, check=True, capture_output=True, timeout=120)

    def printed() -> None:
        run(chromium_command(folder))

    pages = html_to_pdf(html, css=css)[1]
    warm = seconds(lambda: html_to_pdf(html, css=css))
    detail = f"{pages} pages, {pages / warm:.1f} pages/s; Chromium starts anew"
    new = interleaved(lambda: run(alone), printed, rounds=3)
    kept = interleaved(lambda: html_to_pdf(html, css=css), printed, rounds=3)
    if not (folder / "chromium.pdf").read_bytes().startswith(b"%PDF"):
        raise RuntimeError("Chromium printed nothing.")
    return [
        Ratio(row=11, name="PDF in a new process ÷ Chromium print", value=new, target=TARGET),
        Ratio(row=11, name="PDF in a warm worker ÷ Chromium print", value=kept, target=TARGET, detail=detail),
    ]
