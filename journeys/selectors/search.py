"""Searching everything a person may see: the best of each kind, or all of one kind."""

import datetime as dt
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import get_language

from cohes3ion.lib.list_pages import Paginator
from cohes3ion.lib.models import SearchEntry
from cohes3ion.lib.search.excerpts import Piece, marked, told
from cohes3ion.lib.search.found import ORDER, found, scored, seen_by
from journeys.enums import SearchKind
from journeys.selectors.news import language_name

PER_PAGE = 20
OF_A_KIND = 3


# What a moment says of these: when it takes place, or when it was published.
DATED = (SearchKind.ARTICLE, SearchKind.EVENT, SearchKind.DOCUMENT, SearchKind.NEWSLETTER)


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Something found: its title and a part of its text, in pieces of which some are marked."""

    entry: SearchEntry
    title: list[Piece]
    text: list[Piece]

    @property
    def at(self) -> dt.datetime | None:
        return self.entry.at if self.entry.kind in DATED else None

    @property
    def language(self) -> str:
        """The name of its language where it is not the reader's."""
        code = self.entry.language
        return language_name(code) if code and code != get_language() else ""


@dataclass(frozen=True, kw_only=True)
class KindFound:
    """How many of a kind the person finds; `hits`: the best of them, where all kinds are shown."""

    kind: SearchKind
    count: int
    hits: list[Hit]

    @property
    def more(self) -> int:
        return self.count - len(self.hits)


@dataclass(frozen=True, kw_only=True)
class Found:
    """`page` is of the chosen kinds; None: every kind with its best hits."""

    kinds: list[KindFound]
    page: Page[SearchEntry] | None
    hits: list[Hit]

    @property
    def count(self) -> int:
        return sum(kind.count for kind in self.kinds)


def search(*, user: Any, wanted: tuple[str, ...], kind: str = "", number: str | None = None) -> Found:
    """Two queries, whatever there is: one counts by kind, one reads what is shown."""
    rows = found(user=user, wanted=wanted)
    if kind:
        counts = dict(rows.order_by().values_list("kind").annotate(n=Count("pk")))
        best = best_hits(user=user, wanted=wanted, kind=kind)
        pages = Counted(best, PER_PAGE, n=counts.get(kind, 0))
        page = pages.get_page(number)
        return Found(kinds=_kinds(counts, {}), page=page, hits=_hits(page, wanted))
    firsts = _first_of_each_kind(rows, wanted)
    counts = {name: n for name, n, _pk in firsts}
    entries = SearchEntry.objects.in_bulk([pk for _name, _n, pk in firsts])
    shown = _hits([entries[pk] for _name, _n, pk in firsts if pk in entries], wanted)
    groups: dict[str, list[Hit]] = {}
    for hit in shown:
        groups.setdefault(hit.entry.kind, []).append(hit)
    return Found(kinds=_kinds(counts, groups), page=None, hits=shown)


def _first_of_each_kind(rows: Any, wanted: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """The best three of each kind, the best of all first: kind, how many there are of it, key.

    Keys alone: of very many hits the database would sort their texts too.
    """
    by_kind = {"partition_by": F("kind")}
    best = scored(rows, wanted=wanted).annotate(
        place_in_kind=Window(RowNumber(), order_by=list(ORDER), **by_kind),
        of_kind=Window(Count("pk"), **by_kind),
    )
    firsts = best.filter(place_in_kind__lte=OF_A_KIND).order_by(*ORDER)
    return list(firsts.values_list("kind", "of_kind", "pk"))


def best_hits(*, user: Any, wanted: tuple[str, ...], kind: str = "") -> Any:
    """All hits, the best first; of one kind or of all."""
    kinds = [kind] if kind else []
    return scored(found(user=user, wanted=wanted, kinds=kinds), wanted=wanted).order_by(*ORDER)


@dataclass(frozen=True, kw_only=True)
class Wider:
    """A search with one word less: the word, what is left, and how much of it this person finds."""

    without: str
    words: str
    count: int


def wider(*, user: Any, wanted: tuple[str, ...]) -> list[Wider]:
    """Where nothing was found: which word is in the way. One query for all of them."""
    if len(wanted) < 2:
        return []
    rests = [tuple(word for word in wanted if word != left_out) for left_out in wanted]
    each = [Q(words__have_all=rest) for rest in rests]
    counts = {f"n{place}": Count("pk", filter=rest) for place, rest in enumerate(each)}
    found_of = SearchEntry.objects.filter(seen_by(user)).filter(reduce(or_, each)).aggregate(**counts)
    rows = [
        Wider(without=word, words=" ".join(rest), count=found_of[f"n{place}"])
        for place, (word, rest) in enumerate(zip(wanted, rests, strict=True))
    ]
    return [row for row in rows if row.count]


class Counted(Paginator):
    """Pages of a list whose length is known already."""

    def __init__(self, rows: Any, size: int, *, n: int) -> None:
        super().__init__(rows, size)
        self.count = n  # type: ignore[misc]


def _kinds(counts: dict[str, int], groups: dict[str, list[Hit]]) -> list[KindFound]:
    """In the order of their best hit, then as they are listed everywhere."""
    ranked = [*groups, *(kind for kind in SearchKind.values if kind not in groups)]
    return [
        KindFound(kind=SearchKind(name), count=counts[name], hits=groups.get(name, []))
        for name in ranked
        if counts.get(name)
    ]


def _hits(rows: Any, wanted: tuple[str, ...]) -> list[Hit]:
    return [
        Hit(
            entry=row,
            title=marked(row.title, wanted=wanted),
            text=told(title=row.title, text=row.text, subjects=row.subjects, wanted=wanted),
        )
        for row in rows
    ]
