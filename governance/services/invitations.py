"""Inviting stakeholders: making a personal link, mailing it, taking it back. Only its hash is stored."""

import unicodedata
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cohes3ion.accounts.letters import Letter
from cohes3ion.accounts.models import Mail, MailKind
from cohes3ion.accounts.outbox import post
from cohes3ion.lib.history import history_may_go
from cohes3ion.lib.tokens import new_token, token_hash
from governance.enums import Group, QuestionnaireState
from governance.models import PersonalLink, QuestionnaireVersion, Response
from governance.services.stakeholder_accounts import hand_out_forms
from mapping.enums import MapState, Provenance
from mapping.models import RegionMap

# While the map is prepared or discussed; afterwards nobody could answer any more.
INVITING = (MapState.DRAFT, MapState.CONSULTATION)


class AlreadyInvited(Exception):
    """An organisation, or an address, has a link that was not taken back."""

    def __init__(self, link: PersonalLink) -> None:
        self.link = link
        super().__init__(link.organisation)


class NotInviting(Exception):
    """The consultation is over, or the round has no published questionnaire yet."""


def same_name(text: str) -> str:
    """A name as it is compared: "Example  GmbH" and "example gmbh" are one organisation."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def asked_version(region_map: RegionMap) -> QuestionnaireVersion:
    """The published questionnaire of the round, or the one this map's responses use."""
    published = QuestionnaireVersion.objects.filter(
        state=QuestionnaireState.PUBLISHED, questionnaire__is_annex=False
    )
    version = published.filter(exercises=region_map.exercise_id).order_by("-pk").first()
    if version is None:
        used = Response.objects.filter(region_map=region_map).values("questionnaire_version")
        version = published.filter(pk__in=used).order_by("-pk").first()
    if version is None:
        raise NotInviting
    return version


@transaction.atomic
def create_link(*, region_map: RegionMap, values: dict[str, Any], by: Any) -> tuple[PersonalLink, str]:
    """Invite an organisation. Returns the link and its token, which nobody can read again later.

    The response is made at once: who was invited counts, also those who never open the link.
    Raises AlreadyInvited, NotInviting.
    """
    # Two leads who invite the same organisation at the same moment come one after the other.
    current = RegionMap.objects.select_for_update(of=("self",)).select_related("exercise__project")
    region_map = current.get(pk=region_map.pk)
    if region_map.state not in INVITING:
        raise NotInviting
    free_place(region_map=region_map, organisation=values["organisation"], email=values["email"])
    response = Response.objects.create(
        region_map=region_map,
        questionnaire_version=asked_version(region_map),
        group=Group.STAKEHOLDER,
        label=values["organisation"],
        helix=values["helix"],
        provenance=Provenance.INVENTED if region_map.exercise.project.is_demo else Provenance.AGREED,
    )
    token = new_token()
    link = PersonalLink.objects.create(
        region_map=region_map, token_hash=token_hash(token), response=response, created_by=by, **values
    )
    hand_out_forms(region_map=region_map)
    return link, token


def free_place(*, region_map: RegionMap, organisation: str, email: str) -> None:
    """Refuse a second link; give up what was begun, but not sent, with a link that was taken back."""
    for link in PersonalLink.objects.filter(region_map=region_map).select_related("response"):
        same = same_name(link.organisation) == same_name(organisation)
        if link.revoked_at is None:
            if same or (email and link.email.casefold() == email.casefold()):
                raise AlreadyInvited(link)
        elif same and link.response is not None and link.response.is_writable:
            with history_may_go():
                link.response.delete()


@transaction.atomic
def revoke_link(*, link: PersonalLink) -> None:
    """Take a link back, and the form from the account it was given to.

    Answers that were sent stay; an invitation nobody opened no longer counts.
    """
    current = PersonalLink.objects.select_for_update(of=("self",)).select_related("response").get(pk=link.pk)
    if current.revoked_at is None:
        PersonalLink.objects.filter(pk=current.pk).update(revoked_at=timezone.now())
    response = current.response
    if response is None or not response.is_writable:
        return
    if response.opened_at is None:
        with history_may_go():
            response.delete()
    else:
        Response.objects.filter(pk=response.pk).update(respondent=None)


def mail_link(*, link: PersonalLink, address: str, by: Any) -> Mail:
    """Put the address into the outbox, in the person's language."""
    language = link.language or "en"
    with translation.override(language):
        region = str(link.region_map.region)
        paragraphs = [
            _("Dear colleagues of %(organisation)s,") % {"organisation": link.organisation},
            _(
                "%(region)s is drawing a map of what its cities, counties and organisations are good at, "
                "and of how they work together. We ask you how this works, seen from your organisation. "
                "It takes about ten minutes; you need no account."
            )
            % {"region": region},
            _("This link is for your organisation alone. Please do not forward it."),
            _("Nothing is stored before you press “Start”. The page says who will see what."),
        ]
        if link.expires_at is not None:
            last = date_format(timezone.localtime(link.expires_at), "DATE_FORMAT")
            paragraphs.append(_("The link works until %(day)s.") % {"day": last})
        letter = Letter(
            key=f"link-{link.pk}",
            kind=MailKind.LINK,
            place=f"region-{link.region_map.region_id}",
            to=link.email,
            subject=_("%(region)s: ten minutes for your view of the region") % {"region": region},
            text="\n\n".join(paragraphs),
            language=language,
            action=_("Open your link"),
            link=address,
        )
    return post(letter, by=by)
