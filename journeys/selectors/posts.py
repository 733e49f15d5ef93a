"""The board of needs and offers as everybody reads it: never who is behind one."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Q
from django.utils.html import urlize
from django.utils.safestring import SafeString, mark_safe

from cohes3ion.lib.list_pages import Paginator
from cohes3ion.lib.search.words import search_text
from journeys.models import MeetingCount, Post
from mapping.models import Code, Region

PER_PAGE = 18
COUNTERPARTS = 10
# What leads to a person or an organisation is not even read for a public page.
HIDDEN = (
    *("organisation", "organisation_key", "owner", "actor", "contact_name", "contact_email", "edited_by"),
    *("area", "capability", "returned_because", "search"),
)


@dataclass(frozen=True, kw_only=True)
class BoardChoice:
    """What the reader looks for; empty: everything."""

    q: str = ""
    kind: str = ""
    region: str = ""
    domain: str = ""

    @property
    def is_empty(self) -> bool:
        return not any((self.q.strip(), self.kind, self.region, self.domain))


@dataclass(frozen=True, kw_only=True)
class Board:
    """`meetings`: how often organisations of the chosen region met others, and what came of it."""

    page: Page[Post]
    meetings: MeetingCount | None = None

    @property
    def count(self) -> int:
        return int(self.page.paginator.count)


def linked_text(text: str) -> SafeString:
    """A text that somebody typed, with its web addresses as links that vouch for nothing."""
    linked = urlize(text, nofollow=True, autoescape=True)
    return mark_safe(str(linked).replace('rel="nofollow"', 'rel="nofollow noopener"'))


def post_board(*, choice: BoardChoice, number: str) -> Board:
    """A page of open posts. Three queries, and one for the outcomes of a region."""
    rows = Post.objects.open()
    for word in search_text(choice.q).split():
        rows = rows.filter(search__contains=word)
    if choice.kind:
        rows = rows.filter(kind=choice.kind)
    if choice.region:
        rows = rows.filter(region__slug=choice.region)
    if choice.domain:
        at = Q(codes__key=choice.domain) | Q(codes__parent__key=choice.domain)
        rows = rows.filter(pk__in=Post.objects.filter(at).values("pk"))
    rows = (
        rows.select_related("region")
        .prefetch_related("codes")
        .defer(*HIDDEN)
        .order_by("-published_at", "-pk")
    )
    meetings = meetings_of(region=choice.region) if choice.region else None
    return Board(page=Paginator(rows, PER_PAGE).get_page(number), meetings=meetings)


def meetings_of(*, region: str) -> MeetingCount | None:
    """Numbers only; None where nobody met yet."""
    found: MeetingCount | None = MeetingCount.objects.filter(region__slug=region, met__gt=0).first()
    return found


def offered_regions() -> list[tuple[str, str]]:
    used = Post.objects.open().values("region")
    return list(Region.objects.filter(pk__in=used).order_by("name").values_list("slug", "name"))


def offered_codes() -> list[tuple[str, str]]:
    used = Post.codes.through.objects.filter(post__in=Post.objects.open())
    codes = Code.objects.filter(pk__in=used.values("code")).order_by("code_list", "code")
    return [(code.key, str(code.label)) for code in codes]


def find_open_post(*, pk: int) -> Post | None:
    rows = Post.objects.open().select_related("region", "project").prefetch_related("codes")
    found: Post | None = rows.defer(*HIDDEN).filter(pk=pk).first()
    return found


def own_counterparts(*, post: Post, user: Any) -> list[Post]:
    """Open posts of this person that it may match: offers beside a need, needs beside an offer."""
    rows = Post.objects.open().owned_by(user).exclude(kind=post.kind)
    return list(rows.order_by("-published_at", "-pk")[:COUNTERPARTS])


def find_own_post(*, pk: int, user: Any) -> Post | None:
    """Of this person, or for those who check it."""
    if not user.is_authenticated:
        return None
    found: Post | None = (
        Post.objects.visible_to(user)
        .select_related("region", "project")
        .prefetch_related("codes")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        return None
    is_own = found.owner_id == user.pk
    return found if is_own or user.has_perm("journeys.moderate_posts", found) else None
