"""A mail to who was named in a discussion and has not looked yet: by whom, and the way there."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohes3ion.accounts.letters import Letter
from cohes3ion.accounts.models import MailKind, User
from cohes3ion.accounts.outbox import post
from governance.models import Mention
from governance.selectors.mentions import thread_address, unsent_mentions
from governance.selectors.reminder_texts import spoken_language, stop_line

# Who is at work sees the notice on the page before a mail is written; and a busy talk fills no inbox.
WAIT, PAUSE = dt.timedelta(minutes=15), dt.timedelta(hours=2)


def send_due() -> int:
    """What beat does. Returns how many mails were written: one a person, whoever named them meanwhile."""
    now = timezone.now()
    told = Mention.objects.filter(mailed_at__gt=now - PAUSE).values("user")
    ripe = unsent_mentions(named_before=now - WAIT).exclude(user__in=told)
    return sum(_tell(person) for person in User.objects.filter(pk__in=ripe.values("user")).order_by("pk"))


@transaction.atomic
def _tell(person: Any) -> bool:
    """False when another process was quicker, or the person does not see any of the discussions now."""
    rows = list(unsent_mentions(user=person).select_for_update(of=("self",)))
    if not rows:
        return False
    language = spoken_language(language=person.language or settings.LANGUAGE_CODE)
    with translation.override(language):
        post(_letter(person, rows, language))
    Mention.objects.filter(pk__in=[row.pk for row in rows]).update(mailed_at=timezone.now())
    return True


def _letter(person: Any, rows: list[Mention], language: str) -> Letter:
    places = [(_author(row), settings.SITE_URL + thread_address(row.comment.thread)) for row in rows]
    names = {"name": person.name or person.email, "who": places[0][0], "n": len(rows)}
    alone = len(rows) == 1
    subject = (
        _("%(who)s named you in a discussion")
        if alone
        else ngettext("You were named in %(n)s discussion", "You were named in %(n)s discussions", len(rows))
    )
    if alone:  # the button leads there
        body = [_("%(who)s named you in a discussion and waits for your answer.") % names]
    else:
        lines = "\n".join(f"- {who}: {link}" for who, link in places)
        body = [_("Somebody named you in these discussions and waits for your answer:"), lines]
    paragraphs = [_("Dear %(name)s,") % names, *body, stop_line(row=rows[0], language=language)]
    return Letter(
        key=f"mention-{rows[-1].pk}",
        kind=MailKind.REMINDER,
        to=person.email,
        subject=subject % names,
        text="\n\n".join(paragraphs),
        language=language,
        action=_("Open the discussion") if alone else _("Open my work"),
        link=places[0][1] if alone else settings.SITE_URL + reverse("governance:workspace"),
    )


def _author(row: Mention) -> str:
    return (row.comment.by.name or row.comment.by.email) if row.comment.by else _("Somebody")
