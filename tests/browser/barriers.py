"""What axe-core finds on a page: barriers for people with disabilities, by the rules of WCAG up to 2.2 AA."""

from functools import cache
from pathlib import Path
from typing import Any

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Without preload, axe copies no style sheet into the page, which the content policy would refuse.
RUN = """async (rules) => {
  const options = { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"], preload: false };
  const found = await axe.run(document, options);
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
}"""


@cache
def source() -> str:
    return AXE.read_text(encoding="utf-8")


def expect_barriers(page: Any) -> None:
    """For many pages: the browser reads the rules as each one begins. To hand them over takes longer."""
    page.add_init_script(path=AXE)


def barriers(page: Any) -> list[str]:
    """Every violation as "rule: place on the page"."""
    if not page.evaluate("'axe' in window"):  # once for each page: reading it takes as long as a run
        page.evaluate(f"() => {{ {source()} }}")
    return list(page.evaluate(RUN, RULES))
