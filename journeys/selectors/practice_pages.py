"""A practice as its readers see it: the record, what became of it, and what hangs together with it."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from governance.models import MapEdition
from journeys.enums import PracticeState
from journeys.models import Action, Practice, PracticeUse, Takeaway, Visit
from journeys.selectors.practice_uses import UseMap, use_maps
from journeys.selectors.practice_work import may_work
from journeys.selectors.practices import dimension_names, outline_of
from journeys.selectors.read_areas import areas_as_read
from journeys.selectors.suggestions import Served, served_needs
from mapping.enums import Role
from mapping.models import Code, Membership

PICTURE = (400, 240)
# The order of the Interreg Europe form.
FACTS = ("institution", "location", "timescale", "level", "theme")
TEXTS = ("resources", "evidence", "difficulties", "transfer", "conditions")


@dataclass(frozen=True, kw_only=True)
class PracticePart:
    """A field of the record. is_unknown: no source says it; a value beside that is our reading."""

    name: str
    label: str
    value: str
    is_unknown: bool


@dataclass(frozen=True, kw_only=True)
class Linked:
    """Something that hangs together with the practice; `address` is empty where no page shows it."""

    row: Any
    address: str


@dataclass(frozen=True, kw_only=True)
class PracticePage:
    practice: Practice
    facts: list[PracticePart]
    texts: list[PracticePart]
    dimensions: list[str]
    codes: list[Code]
    uses: list[PracticeUse]
    visits: list[Linked]
    actions: list[Linked]
    takeaways: list[Takeaway]
    needs: list[Served]
    use_maps: list[UseMap]
    region_is_public: bool
    may_work: bool

    @property
    def outline(self) -> SafeString:
        return outline_of(self.practice, size=PICTURE)

    @property
    def is_withdrawn(self) -> bool:
        return self.practice.state == PracticeState.WITHDRAWN

    @property
    def is_public(self) -> bool:
        return self.practice.state in (PracticeState.PUBLISHED, PracticeState.WITHDRAWN)

    @property
    def conditions(self) -> list[str]:
        """One to tick off for each line, where there are several."""
        found = [text.strip("-• \t") for text in self.practice.conditions.splitlines() if text.strip("-• \t")]
        return found if len(found) > 1 else []

    @property
    def keywords(self) -> list[str]:
        return [word.strip() for word in self.practice.keywords.split(",") if word.strip()]


def find_practice(*, slug: str, user: Any) -> Practice | None:
    """A practice this person may read."""
    rows = Practice.objects.visible_to(user).select_related("region", "project").prefetch_related("codes")
    return rows.filter(slug=slug).first()


def practice_part(practice: Practice, name: str) -> PracticePart:
    field = Practice._meta.get_field(name)
    shown = getattr(practice, f"get_{name}_display", None)
    label = str(field.verbose_name)  # type: ignore[union-attr]
    return PracticePart(
        name=name,
        label=label[:1].upper() + label[1:],
        value=str(shown() if shown else getattr(practice, name)),
        is_unknown=name in practice.unknown,
    )


def practice_page(*, practice: Practice, user: Any) -> PracticePage:
    """Everything a reader may see of it. A number of queries that does not grow."""
    uses = practice_uses(practice=practice, user=user)
    is_offered = practice.state == PracticeState.PUBLISHED
    return PracticePage(
        practice=practice,
        facts=[practice_part(practice, name) for name in FACTS],
        texts=[practice_part(practice, name) for name in TEXTS],
        dimensions=dimension_names(practice.dimensions),
        codes=list(practice.codes.all()),
        uses=uses,
        visits=_visits(practice, user),
        actions=_actions(practice, user),
        takeaways=_takeaways(practice, user),
        needs=served_needs(practice, but=[use.area_id for use in uses])
        if is_offered and practice.dimensions
        else [],
        use_maps=use_maps(user=user) if is_offered else [],
        region_is_public=MapEdition.objects.filter(
            region_map__region=practice.region, withdrawn_at=None
        ).exists(),
        may_work=may_work(practice, user=user),
    )


def partnerships(user: Any) -> set[int]:
    """Where the person works, by key of the project; stakeholders look on from outside."""
    mine = (
        user.memberships.exclude(role=Role.STAKEHOLDER)
        if user.is_authenticated
        else Membership.objects.none()
    )
    return set(mine.values_list("project", flat=True))


def practice_uses(*, practice: Practice, user: Any) -> list[PracticeUse]:
    """Regions that use it, as far as the reader sees their maps."""
    rows = PracticeUse.objects.visible_to(user).filter(practice=practice)
    uses = list(
        rows.select_related("region_map__region", "area").order_by(
            "region_map__region__name", "area__position", "pk"
        )
    )
    areas = areas_as_read((use.area for use in uses if use.area), user=user)
    public = MapEdition.objects.filter(withdrawn_at=None, region_map__in=[use.region_map_id for use in uses])
    shown = set(public.values_list("region_map", flat=True)) if uses else set()
    partner = partnerships(user) if uses else set()
    for use in uses:
        use.area = areas.get(use.area_id)
        use.region_map.is_public = use.region_map_id in shown
        # Stakeholders of a map in consultation see its uses, but not yet the page of its chain.
        use.has_chain = use.region_map.is_public or use.region_map.region.project_id in partner
    return uses


def _visits(practice: Practice, user: Any) -> list[Linked]:
    rows = (
        Visit.objects.visible_to(user).filter(practices=practice).select_related("journey", "host", "event")
    )
    return [
        Linked(row=row, address=_address("visit_detail", row.journey.slug, row.slug))
        for row in rows.order_by("journey", "position", "pk")
    ]


def _actions(practice: Practice, user: Any) -> list[Linked]:
    rows = Action.objects.visible_to(user).filter(practices=practice)
    rows = rows.select_related("plan__region_map__region").order_by("plan", "position", "pk")
    return [
        Linked(row=row, address=f"{_address('plan_detail', row.plan_id)}#action-{row.pk}") for row in rows
    ]


def _address(name: str, *parts: Any) -> str:
    """Where a page shows it; the pages of journeys and plans belong to other modules."""
    try:
        return reverse(f"journeys:{name}", args=parts)
    except NoReverseMatch:
        return ""


def _takeaways(practice: Practice, user: Any) -> list[Takeaway]:
    rows = Takeaway.objects.visible_to(user).filter(practice=practice)
    return list(rows.select_related("region_map__region", "visit__journey").order_by("pk"))
