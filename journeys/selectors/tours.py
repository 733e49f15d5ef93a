"""First steps for each role: a few stops through the pages that role works on."""

from dataclasses import dataclass
from typing import Any

from governance.enums import Group
from governance.models import Response
from journeys.models import SeenTour
from journeys.selectors.tour_stops import TOURS, Places
from mapping.enums import Role
from mapping.models import Exercise, Membership, RegionMap


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A step as a page shows it: which of how many, and where the next one is."""

    role: str
    number: int
    of: int
    title: str
    text: str
    address: str
    next_address: str  # empty at the end


def unseen_tour(*, user: Any) -> Stop | None:
    """The first stop of the tour of a role whose tour the person has not seen; None when there is none."""
    seen = set(SeenTour.objects.filter(user=user).values_list("role", flat=True))
    for membership in Membership.objects.of(user).select_related("project", "region").order_by("pk"):
        if membership.role not in seen:
            return _stop(membership, number=1)
    return None


def tour_stop(*, user: Any, role: str, number: int) -> Stop | None:
    """A stop of the tour of a role the person has; None for others and for numbers that are none."""
    rows = Membership.objects.of(user).filter(role=role).select_related("project", "region")
    membership = rows.order_by("pk").first()
    return None if membership is None else _stop(membership, number=number)


def _stop(membership: Membership, *, number: int) -> Stop | None:
    places = _places(membership)
    found = [(step, step.address(places)) for step in TOURS[membership.role]]
    steps = [(step, address) for step, address in found if address]
    if not 1 <= number <= len(steps):
        return None
    step, address = steps[number - 1]
    following = steps[number][1] if number < len(steps) else None
    return Stop(
        role=membership.role,
        number=number,
        of=len(steps),
        title=str(step.title),
        text=str(step.text),
        address=_with_tour(address, membership.role, number),
        next_address=_with_tour(following, membership.role, number + 1) if following else "",
    )


def _with_tour(address: str | None, role: str, number: int) -> str:
    return f"{address}?tour={role}&stop={number}"


def _places(membership: Membership) -> Places:
    rounds = Exercise.objects.filter(project=membership.project).order_by("-pk")
    exercise = rounds.values_list("slug", flat=True).first()
    region_map = response = None
    if membership.region_id:
        maps = RegionMap.objects.filter(region=membership.region).order_by("-pk")
        region_map = maps.values_list("pk", flat=True).first()
        response = _response(membership, region_map)
    return Places(
        region_map=region_map,
        response=response,
        exercise=exercise,
        project=membership.project.slug,
        region=membership.region.slug if membership.region else None,
    )


def _response(membership: Membership, region_map: int | None) -> int | None:
    rows = Response.objects.filter(region_map=region_map)
    if membership.role == Role.UNIT_CONTACT:
        rows = rows.filter(group=Group.UNIT, unit=membership.unit)
    elif membership.role == Role.STAKEHOLDER:
        rows = rows.filter(group=Group.STAKEHOLDER, respondent=membership.user)
    else:
        rows = rows.filter(group=Group.TEAM)
    return rows.order_by("pk").values_list("pk", flat=True).first()
