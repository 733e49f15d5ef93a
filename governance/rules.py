"""Who may answer, conclude, run and publish."""

from typing import Any

import rules

from governance.enums import Group
from governance.models import Response
from mapping.enums import Role
from mapping.models.membership import PARTNERSHIP_ROLES
from mapping.rules import (
    has_role,
    is_contact_of,
    is_coordinator,
    is_facilitator,
    is_lead,
    is_team,
    map_of,
    project_of,
)


def response_of(row: Any) -> Response | None:
    return row if isinstance(row, Response) else getattr(row, "response", None)


@rules.predicate
def is_consulted(user: Any, row: Any) -> bool:
    """A stakeholder of the region with an account."""
    region_map = map_of(row)
    return region_map is not None and has_role(
        user, project_of(row), Role.STAKEHOLDER, region_id=region_map.region_id
    )


@rules.predicate
def may_fill_in(user: Any, row: Any) -> bool:
    """The team's response by the team, a unit's by its contact, a stakeholder's by that person.

    Each while the role lasts. A personal link has no account, and asks no rule.
    """
    response = response_of(row)
    if response is None or not user.is_authenticated:
        return False
    if response.group == Group.TEAM:
        return bool(is_team(user, response))
    if response.group == Group.UNIT:
        return is_contact_of(user, response.unit)
    return response.respondent_id == user.pk and bool(is_consulted(user, response))


@rules.predicate
def may_send(user: Any, row: Any) -> bool:
    """The regional lead sends the team's response; everybody else sends their own."""
    response = response_of(row)
    if response is not None and response.group == Group.TEAM:
        return bool(is_lead(user, response))
    return bool(may_fill_in(user, row))


@rules.predicate
def takes_part(user: Any, row: Any) -> bool:
    """Any role in the partnership."""
    return has_role(user, project_of(row), *Role.values)


@rules.predicate
def sees_all_maps(user: Any, row: Any) -> bool:
    """Roles that reach every map of the partnership, drafts included."""
    return has_role(user, project_of(row), *PARTNERSHIP_ROLES)


@rules.predicate
def is_partner_staff(user: Any, row: Any) -> bool:
    return has_role(user, project_of(row), Role.COORDINATOR, Role.FACILITATOR)


@rules.predicate
def has_no_account(user: Any, row: Any) -> bool:
    """A personal link is for people without an account: nobody answers for others while signed in."""
    return not user.is_authenticated


@rules.predicate
def is_signed_in(user: Any, row: Any) -> bool:
    """Whoever reaches the page (the scope says who) may be seen on it."""
    return bool(user.is_authenticated)


@rules.predicate
def may_discuss(user: Any, row: Any) -> bool:
    """About a response: who reads it. About the map: the team, its units, and who runs the round."""
    response = response_of(row)
    if response is not None:
        return Response.objects.visible_to(user).filter(pk=response.pk).exists()
    region_map = map_of(row)
    region = region_map.region_id if region_map is not None else None
    at_work = (Role.REGIONAL_LEAD, Role.CONTRIBUTOR, Role.UNIT_CONTACT)
    return has_role(user, project_of(row), Role.COORDINATOR, Role.FACILITATOR) or (
        region is not None and has_role(user, project_of(row), *at_work, region_id=region)
    )


@rules.predicate
def may_assign(user: Any, row: Any) -> bool:
    """The lead shares out the work of the region; the contact of a unit that of the unit."""
    response = response_of(row)
    if response is None:
        return bool(is_lead(user, row))
    if response.group == Group.UNIT:
        return is_contact_of(user, response.unit) or bool(is_lead(user, response))
    return response.group == Group.TEAM and bool(is_lead(user, response))


@rules.predicate
def has_this_work(user: Any, row: Any) -> bool:
    """The person it was given to; `row` is an assignment."""
    return bool(user.is_authenticated and row.person_id == user.pk)


@rules.predicate
def _leads_a_region(user: Any, row: Any) -> bool:
    """Of the partnership; `row` is a round. Which regions, the page asks."""
    return has_role(user, project_of(row), Role.REGIONAL_LEAD)


rules.add_perm("governance.remind", is_coordinator | is_facilitator | _leads_a_region)
rules.add_perm("governance.set_reminders", is_coordinator | is_facilitator)
# Whoever holds the signed link of a reminder.
rules.add_perm("governance.stop_reminders", rules.always_allow)
rules.add_perm("governance.comment_on_map", is_consulted)
rules.add_perm("governance.answer_comments", is_team)
rules.add_perm("governance.assign", may_assign)
rules.add_perm("governance.finish_work", has_this_work | may_assign)


@rules.predicate
def _reads_answers(user: Any, row: Any) -> bool:
    """Who may read a response, or any answers of an exercise, takes them away as a file."""
    seen = Response.objects.visible_to(user)
    mine = seen.filter(pk=row.pk) if isinstance(row, Response) else seen.filter(region_map__exercise=row)
    return mine.exists()


@rules.predicate
def _gives_answers(user: Any, row: Any) -> bool:
    """Somebody who fills in answers of this exercise may send them as a file."""
    return (
        user.is_authenticated and Response.objects.fillable_by(user).filter(region_map__exercise=row).exists()
    )


rules.add_perm("governance.print_form", _reads_answers)
# Who runs the round asks first: their roles are known, answers would be looked for.
rules.add_perm("governance.take_answers", is_coordinator | is_facilitator | _reads_answers)
rules.add_perm("governance.send_answers", _gives_answers)
rules.add_perm("governance.discuss", may_discuss)
rules.add_perm("governance.be_here", is_signed_in)
rules.add_perm("governance.take_part", has_no_account)
rules.add_perm("governance.answer", may_fill_in)
rules.add_perm("governance.submit", may_send)
rules.add_perm("governance.review", is_coordinator)
rules.add_perm("governance.invite", is_lead)
rules.add_perm("governance.change_synthesis", is_team | is_facilitator)
rules.add_perm("governance.change_target", is_team)
rules.add_perm("governance.lead_workshop", is_team | is_facilitator)
rules.add_perm("governance.group_challenges", is_coordinator | is_facilitator)
rules.add_perm("governance.run_analysis", is_coordinator)
rules.add_perm("governance.publish_analysis", is_coordinator)
rules.add_perm("governance.import_statistics", is_coordinator | is_facilitator)
# What a run used and found; its page shows each reader what their roles reach.
rules.add_perm("governance.read_run", takes_part)
# The maps and tables a run read. Those of a gap analysis hold single ratings and need the next one.
rules.add_perm("governance.take_inputs", sees_all_maps)
rules.add_perm("governance.see_single_ratings", is_facilitator)
rules.add_perm("governance.see_workspace", is_partner_staff | is_team)
rules.add_perm("governance.edit_questionnaire", is_coordinator)
rules.add_perm("governance.read_questionnaires", is_partner_staff)
