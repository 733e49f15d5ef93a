"""The reminder as it stands ready: in the language of the person, with everything that waits for them."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.enums import Group, MapPart
from governance.models import Mention, Reminder, Response
from governance.selectors.open_work import Addressee, OpenItem
from governance.selectors.questionnaires import sections_of
from mapping.models import Exercise

SALT, MENTION_SALT = "governance.reminder-stop", "governance.mention-stop"


@dataclass(frozen=True, kw_only=True)
class ReadyText:
    """What may be sent as it is, or changed before."""

    subject: str
    text: str


def spoken_language(*, language: str) -> str:
    """The person's language where these words are translated, else English: never a mixture of both."""
    probe = "Every answer is saved as you write. “We do not know” is an answer too."
    with translation.override(language):
        return language if _(probe) != probe else "en"


def ready_text(*, addressee: Addressee, exercise: Exercise) -> ReadyText:
    """No query for published questionnaires."""
    language = spoken_language(language=addressee.language)
    with translation.override(language):
        names = {
            "region": str(addressee.region),
            "round": str(exercise),
            "name": addressee.name,
            "n": len(addressee.items),
        }
        if addressee.is_overdue:
            subject = _("%(region)s: this was due, and others wait for it")
        elif addressee.due_on is not None:
            names["day"] = date_format(addressee.due_on, "MONTH_DAY_FORMAT")
            subject = _("%(region)s: due on %(day)s")
        else:
            subject = _("%(region)s: this still waits for you")
        first = ngettext(
            "One thing in %(round)s still waits for you:",
            "%(n)s things in %(round)s still wait for you:",
            len(addressee.items),
        )
        lines = [f"- {item_in_words(item, language=language)}" for item in addressee.items]
        paragraphs = [
            _("Dear %(name)s,") % names,
            first % names,
            "\n".join(lines),
            _("Every answer is saved as you write. “We do not know” is an answer too."),
            *_hints(addressee),
            _("If something keeps you from it, answer this mail: we can help, or find somebody else."),
        ]
        return ReadyText(subject=(subject % names)[:200], text="\n\n".join(paragraphs))


def _hints(addressee: Addressee) -> list[str]:
    """A personal link is known to its owner alone: only its hash is stored, so no reminder can repeat it."""
    links = [item.link for item in addressee.items if item.link is not None]
    text = _("Use the personal link in our e-mail of %(day)s. If you cannot find it, ask us for a new one.")
    hints = [text % {"day": date_format(link.created_at, "DATE_FORMAT")} for link in links[:1]]
    if addressee.user_id is None and not links:
        hints.append(_("You need no account: answer this mail, and a colleague types in what you say."))
    return hints


def item_in_words(item: OpenItem, *, language: str) -> str:
    """One line, in the language that is active; titles of sections in `language`."""
    if item.task is not None:
        row = item.task.row
        title = _section_title(row.response, row.part, language) or str(MapPart(row.part).label)
        words = f"{title}, {item.task.place}"
    elif item.link is not None:
        words = _("Your view of %(region)s, ten minutes") % {"region": item.link.region_map.region}
    else:
        words = _response_in_words(item.response)
    if item.due_on is None:
        return words
    day = date_format(item.due_on, "DATE_FORMAT")
    return (_("%(what)s (was due on %(day)s)") if item.is_overdue else _("%(what)s (due on %(day)s)")) % {
        "what": words,
        "day": day,
    }


def _section_title(response: Response | None, code: str, language: str) -> str:
    if response is None:
        return ""
    sections = sections_of(version=response.questionnaire_version, language=language)
    return next((item.title for item in sections if item.code == code), code)


def _response_in_words(response: Response | None) -> str:
    assert response is not None, "an open item is about something"
    names = {
        "what": response.questionnaire_version.title,
        "who": response.unit or response.region_map.region,
    }
    if response.state == "returned":
        return _("%(what)s: the answers of %(who)s were returned to you") % names
    if response.group == Group.STAKEHOLDER:
        return _("%(what)s: your answers about %(who)s are not sent yet") % names
    return _("%(what)s: the answers of %(who)s are not sent yet") % names


def stop_token(row: Reminder | Mention) -> str:
    """For the link with which an address stops such mails. The address itself does not stand in it."""
    salt = SALT if isinstance(row, Reminder) else MENTION_SALT
    return signing.dumps(row.pk, salt=salt)


def stopped_address(token: str) -> str | None:
    """None for a link that was altered, or whose reminder went with its round."""
    for salt, rows, address in (
        (SALT, Reminder.objects, "address"),
        (MENTION_SALT, Mention.objects, "user__email"),
    ):
        try:
            pk = signing.loads(token, salt=salt)
        except signing.BadSignature:
            continue
        return rows.filter(pk=pk).values_list(address, flat=True).first()
    return None


def stop_line(*, row: Reminder | Mention, language: str) -> str:
    """Added to every one of these mails when it leaves; whoever edits the text cannot leave it out."""
    link = settings.SITE_URL + reverse("governance:reminder_stop", args=[stop_token(row)])
    with translation.override(language):
        return _("You want no reminders? %(link)s") % {"link": link}
