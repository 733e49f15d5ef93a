"""Who may write what in a map. Each predicate takes the row's map (or the project for partnership rights)."""

from typing import Any

import rules

from mapping.enums import MapState, Role
from mapping.models import Exercise, Membership, Project, RegionMap, TerritorialUnit


def project_of(row: Any) -> Project | None:
    if isinstance(row, Project):
        return row
    if isinstance(row, Exercise):
        return row.project
    if isinstance(row, RegionMap):
        return row.exercise.project
    if hasattr(row, "exercise"):
        return row.exercise.project
    region_map = getattr(row, "region_map", None)
    return region_map.exercise.project if region_map is not None else None


def map_of(row: Any) -> RegionMap | None:
    return row if isinstance(row, RegionMap) else getattr(row, "region_map", None)


def _unit_of(row: Any) -> TerritorialUnit | None:
    return row if isinstance(row, TerritorialUnit) else getattr(row, "unit", None)


def has_role(user: Any, project: Project | None, *roles: str, region_id: int | None = None) -> bool:
    """Asked of the person's roles, read once per request and kept on the user."""
    if project is None or not user.is_authenticated:
        return False
    kept = getattr(user, "_kept_roles", None)
    if kept is None:
        kept = list(Membership.objects.of(user).values_list("project_id", "role", "region_id", "unit_id"))
        user._kept_roles = kept
    return any(
        project.pk == kept_project and role in roles and (region_id is None or region == region_id)
        for kept_project, role, region, _unit in kept
    )


def is_contact_of(user: Any, unit: TerritorialUnit | None) -> bool:
    if unit is None or not user.is_authenticated:
        return False
    has_role(user, unit.region_map.exercise.project, Role.UNIT_CONTACT)
    return any(role == Role.UNIT_CONTACT and kept == unit.pk for _p, role, _r, kept in user._kept_roles)


@rules.predicate
def is_coordinator(user: Any, row: Any) -> bool:
    return has_role(user, project_of(row), Role.COORDINATOR)


@rules.predicate
def coordinates(user: Any) -> bool:
    """Of any partnership: for news about the site that concerns whoever waits for background work."""
    return user.is_authenticated and Membership.objects.of(user).filter(role=Role.COORDINATOR).exists()


@rules.predicate
def is_facilitator(user: Any, row: Any) -> bool:
    return has_role(user, project_of(row), Role.FACILITATOR)


@rules.predicate
def is_lead(user: Any, row: Any) -> bool:
    region_map = map_of(row)
    return region_map is not None and has_role(
        user, project_of(row), Role.REGIONAL_LEAD, region_id=region_map.region_id
    )


@rules.predicate
def is_team(user: Any, row: Any) -> bool:
    region_map = map_of(row)
    return region_map is not None and has_role(
        user, project_of(row), Role.REGIONAL_LEAD, Role.CONTRIBUTOR, region_id=region_map.region_id
    )


@rules.predicate
def is_own_unit(user: Any, row: Any) -> bool:
    return is_contact_of(user, _unit_of(row))


@rules.predicate
def map_is_open(user: Any, row: Any) -> bool:
    """Drafts and maps in consultation may be edited; adopted and published ones are reopened first."""
    region_map = map_of(row)
    return region_map is not None and region_map.state in (MapState.DRAFT, MapState.CONSULTATION)


@rules.predicate
def may_give(user: Any, row: Any) -> bool:
    """The coordinator in the whole partnership, a lead in the own region; `row` is the partnership."""
    return has_role(user, project_of(row), Role.COORDINATOR, Role.REGIONAL_LEAD)


rules.add_perm("mapping.change_matrix", is_team | is_own_unit)
rules.add_perm("mapping.change_whole_matrix", is_team)
rules.add_perm("mapping.move_map", is_lead)
rules.add_perm("mapping.release_map", is_lead)
rules.add_perm("mapping.publish_map", is_coordinator)
rules.add_perm("mapping.run_exercise", is_coordinator)
rules.add_perm("mapping.see_progress", is_coordinator | is_facilitator)
rules.add_perm("mapping.see_waiting_work", coordinates)
rules.add_perm("mapping.change_thresholds", is_facilitator)
rules.add_perm("mapping.give_roles", may_give)
# Whoever holds the link; the service compares the address.
rules.add_perm("mapping.accept_role", rules.always_allow)
