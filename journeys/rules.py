"""Who may write and publish documents, and what partners share with each other."""

from typing import Any

import rules

from mapping.enums import Role
from mapping.models import Region
from mapping.rules import has_role, is_coordinator, is_facilitator, is_lead, is_team, project_of

rules.add_perm("journeys.edit_narrative", is_coordinator | is_facilitator)
rules.add_perm("journeys.edit_summary", is_coordinator)
rules.add_perm("journeys.render_document", is_coordinator)
rules.add_perm("journeys.publish_document", is_coordinator)
rules.add_perm("journeys.retry_job", is_coordinator)
rules.add_perm("journeys.export_draft", is_coordinator | is_facilitator | is_team)
rules.add_perm("journeys.make_brief", is_coordinator | is_facilitator | is_team)


def _project(row: Any) -> Any:
    """The partnership of a row of the exchange: of a visit, that of its journey; of an action, its plan's."""
    for step in ("newsletter", "visit", "journey", "indicator", "action", "plan", "event", "practice"):
        row = getattr(row, step, None) or row
    return getattr(row, "project", None) or project_of(row)


@rules.predicate
def runs(user: Any, row: Any) -> bool:
    """Coordinator or facilitator of the row's partnership."""
    return has_role(user, _project(row), Role.COORDINATOR, Role.FACILITATOR)


@rules.predicate
def coordinates_it(user: Any, row: Any) -> bool:
    return has_role(user, _project(row), Role.COORDINATOR)


@rules.predicate
def gives_opinions(user: Any, row: Any) -> bool:
    return has_role(user, _project(row), Role.FACILITATOR)


@rules.predicate
def is_team_of_region(user: Any, row: Any) -> bool:
    """The team of the region that a practice, a visit or an event is of; `row` may be that region."""
    region_id = getattr(row, "region_id", None) or getattr(row, "host_id", None)
    if isinstance(row, Region):
        region_id = row.pk
    return region_id is not None and has_role(
        user, _project(row), Role.REGIONAL_LEAD, Role.CONTRIBUTOR, region_id=region_id
    )


@rules.predicate
def is_team_somewhere(user: Any, row: Any) -> bool:
    """In the team of any region of the partnership; `row` is the partnership or a row of it."""
    return has_role(user, _project(row), Role.REGIONAL_LEAD, Role.CONTRIBUTOR)


@rules.predicate
def is_partner(user: Any, row: Any) -> bool:
    """Anybody of the partnership but stakeholders."""
    return has_role(user, _project(row), *(role for role in Role if role != Role.STAKEHOLDER))


rules.add_perm("journeys.add_practice", runs | is_team_somewhere)
rules.add_perm("journeys.write_practice", runs | is_team_of_region)
rules.add_perm("journeys.publish_practice", coordinates_it)
rules.add_perm("journeys.give_opinion", gives_opinions)
rules.add_perm("journeys.use_practice", is_team)
rules.add_perm("journeys.write_journey", runs)
rules.add_perm("journeys.write_visit", runs | is_team_of_region)
rules.add_perm("journeys.ask_before_visit", is_team_somewhere)
# Of a question the region that asked; `row` may be the region that is about to ask.
rules.add_perm("journeys.write_question", is_team_of_region)
rules.add_perm("journeys.write_takeaway", is_team)
rules.add_perm("journeys.add_event", runs | is_team_somewhere)
rules.add_perm("journeys.write_event", runs | is_team_of_region)
# Whoever sees the event; the service looks at places and time.
rules.add_perm("journeys.register", rules.always_allow)
rules.add_perm("journeys.write_plan", is_team)
rules.add_perm("journeys.publish_plan", is_lead)
# Observers look on as well; stakeholders read what is published.
rules.add_perm("journeys.see_board", is_partner)
rules.add_perm("journeys.set_targets", coordinates_it)


@rules.predicate
def owns_post(user: Any, row: Any) -> bool:
    """The one who wrote it; before there is one, anybody with a role somewhere but a look-on."""
    if row is None:
        return bool(user.memberships.exclude(role=Role.OBSERVER).exists())
    return bool(row.owner_id == user.pk)


@rules.predicate
def is_a_side(user: Any, row: Any) -> bool:
    return user.pk in (row.need.owner_id, row.offer.owner_id)


rules.add_perm("journeys.moderate_posts", runs)
rules.add_perm("journeys.write_post", owns_post)
rules.add_perm("journeys.talk", is_a_side)
rules.add_perm("journeys.write_news", runs)
rules.add_perm("journeys.send_newsletter", coordinates_it)
rules.add_perm("journeys.see_subscribers", coordinates_it)
# Whoever holds the signed link of the mail.
rules.add_perm("journeys.subscribe", rules.always_allow)
