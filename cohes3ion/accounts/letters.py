"""What a mail says, once as text and once as HTML: plain tables, no picture, nothing loaded from anywhere."""

from dataclasses import dataclass
from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from cohes3ion.accounts.models import Mail
from cohes3ion.lib.characters import one_line


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail before it is written down. `text` holds paragraphs with an empty line between them."""

    key: str
    kind: str
    to: str
    subject: str
    text: str
    language: str = "en"
    action: str = ""
    link: str = ""
    place: str = ""
    reply_to: str = ""
    # What a calendar program reads (RFC 5545).
    calendar: str = ""
    # An HTML part of its own, which says the same as `text`.
    html: str = ""
    # Where one POST ends the subscription (RFC 8058).
    unsubscribe: str = ""


def message_of(mail: Mail) -> EmailMultiAlternatives:
    """The message as it leaves, with the same Message-ID at every attempt."""
    with translation.override(mail.language or settings.LANGUAGE_CODE):
        context = {"mail": mail, "paragraphs": paragraphs(mail.text), "site_name": str(settings.SITE_NAME)}
        context |= {"site_url": settings.SITE_URL, "language": translation.get_language()}
        text = mail.text if mail.html else render_to_string("accounts/email/letter.txt", context)
        html = mail.html or render_to_string("accounts/email/letter.html", context)
    message = EmailMultiAlternatives(
        subject=one_line(mail.subject),
        body=text.strip() + "\n",
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers_of(mail),
    )
    message.attach_alternative(html, "text/html")
    if mail.calendar:
        message.attach(calendar_part(mail.calendar))
    return message


def headers_of(mail: Mail) -> dict[str, str]:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if mail.unsubscribe:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def calendar_part(content: str) -> MIMEText:
    """Calendar programs ask for the method beside the type."""
    part = MIMEText(content, "calendar", "utf-8")
    part.set_param("method", "PUBLISH")
    part.add_header("Content-Disposition", "attachment", filename="event.ics")
    return part


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
