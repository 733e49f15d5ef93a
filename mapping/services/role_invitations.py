"""Inviting people to a role by e-mail. The link works once, for its address, until its last day."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cohes3ion.accounts.letters import Letter
from cohes3ion.accounts.models import MailKind, User
from cohes3ion.accounts.outbox import post
from cohes3ion.lib.tokens import new_token, token_hash
from mapping.enums import RoleStep
from mapping.models import Membership, RoleInvitation
from mapping.services.roles import HasRole, OwnRole, give_role, keep_change, mail_place, place_name

DAYS = 14


class AlreadyInvited(Exception):
    """An invitation to this role is open already."""


class LinkExpired(Exception):
    """Used, withdrawn, too old, or never made: from outside they are alike."""


class OtherPerson(Exception):
    """The signed-in person is not the one who was invited."""


def in_two_weeks() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=DAYS)


def known_person(*, email: str, project_id: int) -> User | None:
    """Somebody the giver sees on the page anyway. Whether others have an account is not told to anybody."""
    return User.objects.filter(email=email, is_active=True, memberships__project=project_id).first()


@transaction.atomic
def invite(*, email: str, language: str, place: dict[str, Any], by: Any) -> tuple[RoleInvitation, str]:
    """Offer a role. Returns the invitation and its token. Raises OwnRole, HasRole, AlreadyInvited."""
    if by.email == email:
        raise OwnRole
    if Membership.objects.filter(user__email=email, **place).exists():
        raise HasRole
    if RoleInvitation.objects.usable().filter(email=email, **place).exists():
        raise AlreadyInvited
    token = new_token()
    invitation = RoleInvitation.objects.create(
        email=email,
        language=language,
        token_hash=token_hash(token),
        given_by=by,
        expires_at=in_two_weeks(),
        **place,
    )
    keep_change(row=invitation, step=RoleStep.INVITED, person=email, by=by)
    return invitation, token


@transaction.atomic
def renew(*, invitation: RoleInvitation) -> str:
    """A new link; the old one works no longer. Raises LinkExpired when it was used or withdrawn."""
    token = new_token()
    pending = RoleInvitation.objects.pending().filter(pk=invitation.pk)
    if not pending.update(token_hash=token_hash(token), expires_at=in_two_weeks()):
        raise LinkExpired
    invitation.refresh_from_db()
    return token


@transaction.atomic
def withdraw(*, invitation: RoleInvitation, by: Any) -> None:
    if RoleInvitation.objects.pending().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
        keep_change(row=invitation, step=RoleStep.WITHDRAWN, person=invitation.email, by=by)


@transaction.atomic
def accept(*, invitation: RoleInvitation, user: User) -> Membership | None:
    """Give the role to the person who was invited; None when they hold it already.

    The link is used up by one UPDATE, so that of two presses at once only one counts.
    Raises OtherPerson, LinkExpired.
    """
    if user.email != invitation.email:
        raise OtherPerson
    used = RoleInvitation.objects.usable().filter(pk=invitation.pk, token_hash=invitation.token_hash)
    if not used.update(accepted_at=timezone.now(), accepted_by=user):
        raise LinkExpired
    names = ("role", "project", "region", "unit")
    place = {name: getattr(invitation, name) for name in names}
    try:
        return give_role(user=user, place=place, by=invitation.given_by, step=RoleStep.ACCEPTED)
    except HasRole:
        return None


@transaction.atomic
def accept_as_new(*, invitation: RoleInvitation, name: str, password: str) -> User:
    """Make the account and give the role. Raises LinkExpired; also when the address has an account."""
    if User.objects.filter(email=invitation.email).exists():
        raise LinkExpired
    user = User.objects.create_user(invitation.email, password, name=name, language=invitation.language)
    accept(invitation=invitation, user=user)
    return user


def mail_invitation(*, invitation: RoleInvitation, link: str, by: Any) -> None:
    with translation.override(invitation.language or "en"):
        names = {
            "name": str(by),
            "role": invitation.get_role_display(),
            "place": place_name(invitation),
            "project": str(invitation.project),
            "day": date_format(timezone.localtime(invitation.expires_at), "DATE_FORMAT"),
        }
        paragraphs = [
            _("%(name)s invites you to take part in %(project)s, as “%(role)s” in %(place)s."),
            _("Open the page, read what the role is, and press the button. Opening it changes nothing."),
            _("The link is for this address alone. It works once, until %(day)s."),
            _("If you expected no invitation, do nothing."),
        ]
        post(
            Letter(
                key=f"invitation-{invitation.pk}-{invitation.token_hash[:16]}",
                kind=MailKind.INVITATION,
                place=mail_place(invitation),
                to=invitation.email,
                reply_to=by.email,
                subject=_("Your invitation: %(role)s, %(place)s") % names,
                text="\n\n".join(text % names for text in paragraphs),
                language=invitation.language or "en",
                action=_("Read the invitation"),
                link=link,
            ),
            by=by,
        )
