"""Giving roles and taking them away. Nobody does either to oneself, and every step is kept."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cohes3ion.accounts.letters import Letter
from cohes3ion.accounts.models import MailKind, User
from cohes3ion.accounts.outbox import post
from mapping.enums import Role, RoleStep
from mapping.models import Membership, Project, RoleChange


class OwnRole(Exception):
    """Roles are given and taken by somebody else."""


class HasRole(Exception):
    """The person holds this role here already."""


class LastOfRole(Exception):
    """Without this person the partnership has no coordinator, or the region no lead."""


LASTING = (Role.COORDINATOR, Role.REGIONAL_LEAD)


def place_name(row: Any) -> str:
    return str(row.unit or row.region or row.project)


def mail_place(row: Any) -> str:
    return f"region-{row.region_id}" if row.region_id else f"project-{row.project_id}"


def keep_change(*, row: Any, step: RoleStep, person: Any, by: Any) -> RoleChange:
    """`person` is the account, or the address of somebody who has none yet."""
    account = person if isinstance(person, User) else None
    return RoleChange.objects.create(
        project=row.project,
        region=row.region,
        place=place_name(row)[:200],
        role=row.role,
        step=step,
        user=account,
        person=str(person)[:254],
        by=by,
    )


@transaction.atomic
def give_role(*, user: User, place: dict[str, Any], by: Any, step: RoleStep = RoleStep.GIVEN) -> Membership:
    """`place` holds role, project, region and unit. Raises OwnRole, HasRole."""
    if by is not None and by.pk == user.pk:
        raise OwnRole
    try:
        with transaction.atomic():
            membership = Membership.objects.create(user=user, given_by=by, **place)
    except IntegrityError as error:
        raise HasRole from error
    keep_change(row=membership, step=step, person=user, by=by)
    return membership


@transaction.atomic
def take_role(*, membership: Membership, by: Any) -> None:
    """Raises OwnRole, LastOfRole. Two people who take the last two leads come one after the other."""
    if membership.user_id == by.pk:
        raise OwnRole
    Project.objects.select_for_update().get(pk=membership.project_id)
    same = Membership.objects.filter(
        project=membership.project_id, role=membership.role, region=membership.region_id
    ).exclude(user=membership.user_id)
    if membership.role in LASTING and not same.exists():
        raise LastOfRole
    keep_change(row=membership, step=RoleStep.TAKEN, person=membership.user, by=by)
    membership.delete()


def tell_new_role(*, membership: Membership, by: Any, link: str) -> None:
    """A person who already works here learns of a further role; nothing has to be pressed."""
    language = membership.user.language or "en"
    with translation.override(language):
        names = {
            "name": str(by),
            "role": membership.get_role_display(),
            "place": place_name(membership),
        }
        post(
            Letter(
                key=f"role-{membership.pk}",
                kind=MailKind.ROLE,
                place=mail_place(membership),
                to=membership.user.email,
                subject=_("You have a new role: %(role)s, %(place)s") % names,
                text=_("%(name)s gave you the role “%(role)s” in %(place)s. You can start at once.") % names,
                language=language,
                action=_("Open your work"),
                link=link,
            ),
            by=by,
        )
