"""The list of published practices, narrowed by words and kinds."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.safestring import SafeString, mark_safe

from cohes3ion.lib.list_pages import Paginator
from cohes3ion.lib.search.words import search_text
from governance.enums import Dimension
from journeys.models import Practice
from mapping.charts.outline_pictures import outline_card
from mapping.models import Code, NutsRegion
from mapping.selectors.reference import region_outline

PER_PAGE = 18
CARD = (400, 148)
Choices = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class PracticeChoice:
    """What the reader looks for; empty: everything. `domain` is the key of a code, such as "nace:K62"."""

    q: str = ""
    theme: str = ""
    domain: str = ""
    level: str = ""
    country: str = ""
    dimension: str = ""

    @property
    def is_empty(self) -> bool:
        return not any((self.q.strip(), self.theme, self.domain, self.level, self.country, self.dimension))


@dataclass(frozen=True, kw_only=True)
class PracticeLine:
    practice: Practice
    dimensions: list[str]

    @property
    def outline(self) -> SafeString:
        return outline_of(self.practice)


@dataclass(frozen=True, kw_only=True)
class PracticeList:
    page: Page[Practice]
    lines: list[PracticeLine]

    @property
    def count(self) -> int:
        return int(self.page.paginator.count)


def outline_of(practice: Practice, *, size: tuple[int, int] = CARD) -> SafeString:
    """The region's outline as the picture of its practices; empty when no code of it has one."""
    outline = region_outline(codes=practice.region.nuts_codes, detail="close")
    if not outline.path:
        return SafeString()
    # Drawn by our own chart module, which escapes every text.
    return mark_safe(outline_card(practice.slug, shape=outline.path, size=size, cover=True))


def dimension_names(codes: list[str]) -> list[str]:
    return [str(Dimension(code).label) for code in codes if code in Dimension.values]


def found_practices(choice: PracticeChoice) -> Any:
    """Published practices that fit; every word must be there, accents and letter case do not matter."""
    rows = Practice.objects.published()
    for word in search_text(choice.q).split():
        rows = rows.filter(search__contains=word)
    for name in ("theme", "level"):
        if getattr(choice, name):
            rows = rows.filter(**{name: getattr(choice, name)})
    if choice.country:
        rows = rows.filter(region__country=choice.country)
    if choice.dimension:
        rows = with_dimensions(rows, codes=[choice.dimension])
    if choice.domain:
        rows = rows.filter(pk__in=_in_domain(choice.domain))
    return rows.order_by("title", "pk")


def with_dimensions(rows: Any, *, codes: list[str], or_none: bool = False) -> Any:
    """Those that help with one of the dimensions. As text: SQLite cannot look into lists."""
    wanted = Q(dimensions_text="[]") if or_none else Q()
    for code in codes:
        wanted |= Q(dimensions_text__contains=f'"{code}"')
    return rows.annotate(dimensions_text=Cast("dimensions", TextField())).filter(wanted)


def _in_domain(key: str) -> Any:
    """Practices with the code, or one of the two steps below it."""
    at = Q(codes__key=key) | Q(codes__parent__key=key) | Q(codes__parent__parent__key=key)
    return Practice.objects.filter(at).values("pk")


def practice_list(*, choice: PracticeChoice, number: str) -> PracticeList:
    """A page of practices. Two queries."""
    rows = found_practices(choice).select_related("region").defer("search")
    page = Paginator(rows, PER_PAGE).get_page(number)
    lines = [PracticeLine(practice=row, dimensions=dimension_names(row.dimensions)) for row in page]
    return PracticeList(page=page, lines=lines)


def offered_domains() -> Choices:
    """Codes that published practices have."""
    used = Practice.codes.through.objects.filter(practice__in=Practice.objects.published())
    codes = Code.objects.filter(pk__in=used.values("code")).order_by("code_list", "code")
    return [(code.key, str(code.label)) for code in codes]


def offered_countries() -> Choices:
    """Countries of regions with published practices, by their names in letters we all read."""
    used = Practice.objects.published().order_by("region__country").values("region__country")
    names = NutsRegion.objects.filter(code__in=used, level=0).order_by("version")
    latin = {row.code: row.latin_name or row.name for row in names}
    codes = used.values_list("region__country", flat=True).distinct()
    return sorted(((code, latin.get(code, code)) for code in codes), key=lambda pair: pair[1])
