"""Who holds which role where, and who may give which."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from cohes3ion.accounts.models import Mail
from mapping.enums import Role, RoleStep
from mapping.models import (
    Membership,
    Project,
    Region,
    RoleChange,
    RoleInvitation,
    TerritorialUnit,
)

# What a regional lead may give in the own region; a coordinator gives every role.
LEAD_GIVES = (Role.CONTRIBUTOR, Role.UNIT_CONTACT, Role.STAKEHOLDER)
COORDINATOR_GIVES = (
    Role.COORDINATOR,
    Role.FACILITATOR,
    Role.OBSERVER,
    Role.REGIONAL_LEAD,
    Role.CONTRIBUTOR,
    Role.UNIT_CONTACT,
    Role.STAKEHOLDER,
)
SHOWN = 40


@dataclass(frozen=True, kw_only=True)
class Reach:
    """What of a partnership a person arranges: all of it, or the regions they lead."""

    project: Project
    whole: bool
    regions: list[Region]

    @property
    def roles(self) -> tuple[Role, ...]:
        return COORDINATOR_GIVES if self.whole else LEAD_GIVES

    @property
    def is_empty(self) -> bool:
        return not self.whole and not self.regions

    @property
    def places(self) -> list[str]:
        """Whose mails they follow."""
        own = [f"region-{region.pk}" for region in self.regions]
        return [f"project-{self.project.pk}", *own] if self.whole else own

    def covers(self, row: Any) -> bool:
        """A membership or an invitation of this person's to arrange."""
        if row.project_id != self.project.pk:
            return False
        return self.whole or (row.role in LEAD_GIVES and row.region_id in {r.pk for r in self.regions})


@dataclass(frozen=True, kw_only=True)
class RoleRow:
    membership: Membership
    may_be_taken: bool


@dataclass(frozen=True, kw_only=True)
class PeoplePage:
    reach: Reach
    region: Region | None
    rows: list[RoleRow]
    invited: list[RoleInvitation]
    changes: list[RoleChange]
    units: list[TerritorialUnit]

    @property
    def back(self) -> str:
        """The part of an address that leads back to the region looked at."""
        return f"?region={self.region.slug}" if self.region else ""


def find_reach(*, slug: str, user: Any) -> Reach | None:
    """None outside the person's partnerships. Two queries."""
    project = Project.objects.filter(slug=slug, memberships__user=user).distinct().first()
    if project is None:
        return None
    mine = list(Membership.objects.of(user).filter(project=project).values_list("role", "region"))
    whole = any(role == Role.COORDINATOR for role, _region in mine)
    led = [region for role, region in mine if role == Role.REGIONAL_LEAD]
    regions = Region.objects.filter(project=project)
    return Reach(project=project, whole=whole, regions=list(regions if whole else regions.filter(pk__in=led)))


def inside(rows: QuerySet[Any], *, reach: Reach, region: Region | None) -> QuerySet[Any]:
    rows = rows.filter(project=reach.project)
    if region is not None:
        return rows.filter(region=region)
    return rows if reach.whole else rows.filter(region__in=reach.regions)


def people_page(*, reach: Reach, region: Region | None, user: Any) -> PeoplePage:
    """Roles, open invitations and the last changes: four queries for any number of people."""
    members = inside(Membership.objects.all(), reach=reach, region=region)
    members = members.select_related("user", "region", "unit", "given_by")
    invited = inside(RoleInvitation.objects.pending(), reach=reach, region=region)
    changes = inside(RoleChange.objects.all(), reach=reach, region=region).select_related("by")
    return PeoplePage(
        reach=reach,
        region=region,
        rows=[
            RoleRow(membership=row, may_be_taken=row.user_id != user.pk and reach.covers(row))
            for row in members.order_by("region__name", "-role", "user__name", "user__email")
        ],
        invited=list(invited.select_related("region", "unit", "given_by")),
        changes=list(changes[:SHOWN]),
        units=units_of(region) if region is not None else [],
    )


def units_of(region: Region) -> list[TerritorialUnit]:
    """The units of the region's newest map."""
    units = TerritorialUnit.objects.filter(region_map__region=region)
    newest = units.order_by("-region_map").values("region_map")[:1]
    return list(units.filter(region_map__in=newest).select_related("region_map"))


def lost_role(*, user: Any, project_id: int, region_id: int) -> bool:
    """A role that reached this region was taken from the person: they learn why a save is refused."""
    here = Q(region=region_id) | Q(region=None)
    return RoleChange.objects.filter(here, user=user, project=project_id, step=RoleStep.TAKEN).exists()


def mails_of(*, reach: Reach) -> QuerySet[Mail]:
    return Mail.objects.filter(place__in=reach.places)
