"""The rows of a draft map that can be commented on, in the order of its page; of a large map a part.

Only what the page says of a row is read: its name, and of a capability its strength and priority.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from cohes3ion.lib.list_pages import ListPages, list_pages, page_with
from cohes3ion.lib.search.words import wanted_words, words_or_signs
from governance.models import AreaOfImprovement, GovernanceSpace, StrengthItem
from governance.selectors.matrix_lines import is_named
from mapping.models import Actor, Capability, RegionalPriority, RegionMap, TerritorialUnit

WHOLE = "map"
# A draft of the usual size is one page; of a larger one so many rows stand on a page.
WHOLE_ROWS, ROWS = 400, 200
LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class MapPart:
    """One row of the draft that can be commented on."""

    kind: str
    pk: int
    title: str
    sub: str = ""
    level: int | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"


@dataclass(frozen=True, kw_only=True)
class PartGroup:
    title: str
    parts: list[MapPart]
    # Of a large map a part of the group is shown.
    total: int = 0


@dataclass(frozen=True, kw_only=True)
class DraftPage:
    """The rows that are shown, of all or of those that were found."""

    groups: list[PartGroup]
    pages: ListPages
    q: str
    # What was typed instead of a word: it is said back, and everything is shown.
    signs: str
    is_large: bool

    @property
    def is_searched(self) -> bool:
        return self.is_large or bool(self.q or self.signs)

    @property
    def address(self) -> str:
        """What an address says to lead back to this part, ready to be followed by more."""
        return self.pages.here if self.is_searched else ""


def draft_groups(*, region_map: RegionMap) -> list[PartGroup]:
    """Priorities, each unit with its capabilities, actors, and so on. Seven queries, whatever the size."""

    def rows(model: Any, *columns: str) -> list[Any]:
        return list(model.objects.filter(region_map=region_map).values_list("pk", *columns))

    def group(title: str, kind: str, model: Any, name: str = "name") -> PartGroup:
        parts = [MapPart(kind=kind, pk=pk, title=said) for pk, said in rows(model, name)]
        return PartGroup(title=title, parts=parts, total=len(parts))

    capabilities: dict[int, list[MapPart]] = {}
    for pk, unit, name, strength, priority in rows(
        Capability, "unit_id", "name", "strength", "priority__name"
    ):
        part = MapPart(kind="capability", pk=pk, title=name, sub=priority or "", level=strength)
        capabilities.setdefault(unit, []).append(part)
    found = [
        group(_("Regional priorities"), "priority", RegionalPriority),
        *(
            _unit_group(pk, name, capabilities=capabilities.get(pk, []))
            for pk, name in rows(TerritorialUnit, "name")
        ),
        group(_("Innovation actors"), "actor", Actor),
        group(_("Where levels meet"), "space", GovernanceSpace),
        group(_("Strengths"), "strength", StrengthItem, name="text"),
        group(_("Areas of improvement"), "area", AreaOfImprovement, name="text"),
    ]
    return [item for item in found if item.parts]


def _unit_group(pk: int, name: str, *, capabilities: list[MapPart]) -> PartGroup:
    """The unit itself, then what it can do, the strongest first."""
    itself = MapPart(kind="unit", pk=pk, title=_("%(unit)s itself") % {"unit": name})
    parts = [itself, *sorted(capabilities, key=lambda part: -(part.level or 0))]
    return PartGroup(title=name, parts=parts, total=len(parts))


def draft_page(*, groups: list[PartGroup], asked: Mapping[str, str]) -> DraftPage:
    """What an address asks for: words of a name (`q`), a page, or the page with the row it is about."""
    q, signs = words_or_signs(asked.get("q", "").strip()[:LONGEST])
    words = wanted_words(q)
    rows = [
        (at, part)
        for at, group in enumerate(groups)
        for part in group.parts
        if is_named(part.title, words=words) or is_named(group.title, words=words)
    ]
    count = sum(len(group.parts) for group in groups)
    size = ROWS if count > WHOLE_ROWS else max(len(rows), 1)
    about = asked.get("about", "")
    place = next((at for at, (_group, part) in enumerate(rows) if part.key == about), None)
    number = asked.get("page") or (page_with(rows, per_page=size, place=place) if place is not None else 1)
    pages = list_pages(rows, per_page=size, number=number, key="page", anchor="draft", kept={"q": q})
    shown = _shown_groups(groups, pages.rows)
    return DraftPage(groups=shown, pages=pages, q=q, signs=signs, is_large=count > WHOLE_ROWS)


def _shown_groups(groups: list[PartGroup], rows: Sequence[tuple[int, MapPart]]) -> list[PartGroup]:
    return [
        replace(groups[at], parts=[part for _at, part in found])
        for at, found in groupby(rows, key=lambda row: row[0])
    ]


def groups_with(*, shown: list[PartGroup], groups: list[PartGroup], key: str) -> list[PartGroup]:
    """What one may choose to comment on: what is shown, and the row that was chosen, wherever it stands."""
    if any(part.key == key for group in shown for part in group.parts):
        return shown
    more = [replace(group, parts=[part for part in group.parts if part.key == key]) for group in groups]
    return [*shown, *(group for group in more if group.parts)]


def find_part(*, groups: list[PartGroup], key: str) -> dict[str, Any] | None:
    """What a comment is about, as it is stored; None when there is no such part."""
    if key in ("", WHOLE):
        return {"kind": "", "record_id": None, "about": ""}
    part = next((part for group in groups for part in group.parts if part.key == key), None)
    return part and {"kind": part.kind, "record_id": part.pk, "about": part.title[:300]}
