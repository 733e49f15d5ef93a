"""A list in parts on a page with other lists: which part is shown, and where its other parts are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core import paginator
from django.core.paginator import Page


class Paginator(paginator.Paginator):  # type: ignore[type-arg]
    """Django's, but a number below the first leads to the first part: its own leads to the last one."""

    def get_page(self, number: Any) -> Page[Any]:
        try:
            is_below = int(number) < 1
        except (TypeError, ValueError):
            is_below = False
        return super().get_page(1 if is_below else number)


@dataclass(frozen=True, kw_only=True)
class PageLink:
    """A part of the list; without a number, those that are left out between two others."""

    number: int | None
    address: str = ""
    is_here: bool = False


@dataclass(frozen=True, kw_only=True)
class ListPages:
    """`key`: its parameter in the address; `kept`: what that says besides; `anchor`: the heading above it."""

    page: Page[Any]
    key: str
    anchor: str
    kept: Mapping[str, str]

    @property
    def rows(self) -> Sequence[Any]:
        return self.page.object_list  # type: ignore[return-value]

    @property
    def count(self) -> int:
        return int(self.page.paginator.count)

    @property
    def is_split(self) -> bool:
        return self.page.has_other_pages()

    @property
    def previous(self) -> str:
        return self.address(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next(self) -> str:
        return self.address(self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def links(self) -> list[PageLink]:
        """The first and the last part, this one and its neighbours."""
        here, last = self.page.number, self.page.paginator.num_pages
        shown = sorted({1, last, *range(max(1, here - 1), min(last, here + 1) + 1)})
        found: list[PageLink] = []
        for number in shown:
            if found and number - (found[-1].number or 0) > 1:
                found.append(PageLink(number=None))
            found.append(PageLink(number=number, address=self.address(number), is_here=number == here))
        return found

    @property
    def here(self) -> str:
        """What the address of this part says, for one that says more."""
        return self.address(self.page.number).removeprefix("?").partition("#")[0]

    def address(self, number: int) -> str:
        said = {name: value for name, value in self.kept.items() if value and name != self.key}
        return f"?{urlencode({**said, self.key: number})}#{self.anchor}"


def page_with(rows: Sequence[Any], *, per_page: int, place: int) -> int:
    """The number of the page on which the row at this place stands."""
    return min(place, max(len(rows) - 1, 0)) // per_page + 1


def list_pages(
    rows: Sequence[Any], *, per_page: int, number: Any, key: str, anchor: str, kept: Mapping[str, str]
) -> ListPages:
    """A number that is none or too low leads to the first part, one that is too high to the last."""
    page = Paginator(rows, max(per_page, 1)).get_page(number)
    return ListPages(page=page, key=key, anchor=anchor, kept=kept)
