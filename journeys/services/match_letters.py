"""Mails about needs and offers: never a name or an address before both sides agreed."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cohes3ion.accounts.letters import Letter
from cohes3ion.accounts.models import MailKind
from cohes3ion.accounts.outbox import post
from journeys.models import Introduction

# Addresses of the demonstration's invented people lead nowhere.
NOBODY = "@demo.invalid"


def write_agreed(introduction: Introduction) -> int:
    """Both want to meet: each side is told where to read who the other is."""
    return _write(
        introduction,
        "agreed",
        lambda title: _("You want to meet: %(title)s") % {"title": title},
        lambda: [
            _("Both sides are interested. Names and addresses are open to the two of you now."),
            _("Write to each other on the page of the conversation."),
        ],
    )


def write_asked(introduction: Introduction) -> int:
    return _write(
        introduction,
        "asked",
        lambda title: _("What came of it? %(title)s") % {"title": title},
        lambda: [
            _("Two months ago you and another organisation agreed to meet."),
            _("Please tell in one click what came of it. Only the number of meetings is shown to others."),
        ],
    )


def _write(introduction: Introduction, what: str, subject: Any, lines: Any) -> int:
    address = reverse("journeys:post_talk", args=[introduction.pk])
    sent = 0
    for side in (introduction.need, introduction.offer):
        person = side.owner
        if person is None or person.email.endswith(NOBODY):
            continue
        with translation.override(person.language or settings.LANGUAGE_CODE):
            post(
                Letter(
                    key=f"introduction-{introduction.pk}-{what}-{side.kind}",
                    kind=MailKind.MATCH,
                    to=person.email,
                    subject=subject(side.title),
                    text="\n\n".join(lines()),
                    language=person.language or settings.LANGUAGE_CODE,
                    action=_("Open the conversation"),
                    link=f"{settings.SITE_URL}{address}",
                    place=f"project-{side.project_id}",
                )
            )
        sent += 1
    return sent
