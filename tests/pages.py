"""The forms of a page, as a browser without JavaScript would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(kw_only=True)
class PageForm:
    action: str
    data: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[PageForm] = []
        self.is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "form":
            self.is_inside = named.get("method") == "post"
            if self.is_inside:
                self.found.append(PageForm(action=named["action"] or ""))
        elif tag == "input" and self.is_inside and named.get("name") and named.get("type") == "hidden":
            self.found[-1].data.setdefault(str(named["name"]), []).append(named.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False


def forms_of(page: str) -> list[PageForm]:
    """The forms that are posted, in reading order, each with its hidden inputs."""
    parser = _Forms()
    parser.feed(page)
    return parser.found
