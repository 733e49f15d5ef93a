"""A newsletter as a mail: HTML without pictures and tables, and plain text that says the same."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import mark_safe

from cohes3ion.accounts.letters import Letter
from cohes3ion.accounts.models import MailKind
from cohes3ion.lib.prose import plain_prose, prose
from journeys.models import Newsletter, Subscriber
from journeys.selectors.newsletter_content import item_html, item_plain
from journeys.selectors.subscriptions import stop_link

SHEET = Path(settings.BASE_DIR) / "static" / "css" / "newsletter.css"


@dataclass(frozen=True, kw_only=True)
class Rendered:
    html: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Mould:
    """Both parts with a mark where the link of one subscriber goes."""

    place: str
    parts: Rendered


def rendered(*, newsletter: Newsletter, content: dict[str, Any], stop: str = "") -> Rendered:
    """Both parts, in the language of the newsletter; `stop` is the link of one subscriber."""
    items = [{**item, "html": item_html(item), "plain": item_plain(item)} for item in content["items"]]
    context = {
        "content": content,
        "items": items,
        "intro_html": prose(content["intro"], base=settings.SITE_URL),
        "intro_plain": plain_prose(content["intro"], base=settings.SITE_URL),
        "address": settings.SITE_URL + reverse("journeys:newsletter_detail", args=[newsletter.pk]),
        "stop": stop,
        "project": newsletter.project,
        "site_name": str(settings.SITE_NAME),
        "site_url": settings.SITE_URL,
        "sheet": mark_safe(f"<style>{SHEET.read_text(encoding='utf-8')}</style>"),
    }
    with translation.override(content["language"]):
        text = render_to_string("journeys/email/newsletter.txt", context)
        html = render_to_string("journeys/email/newsletter.html", context)
    return Rendered(html=html, text=text.strip() + "\n")


def mould(newsletter: Newsletter) -> Mould:
    """What all mails of a newsletter share is made once; only the link that ends it differs."""
    place = f"{settings.SITE_URL}/{uuid.uuid4().hex}/"  # nothing that an author can have typed
    return Mould(place=place, parts=rendered(newsletter=newsletter, content=newsletter.content, stop=place))


def letter_to(*, newsletter: Newsletter, subscriber: Subscriber, of: Mould) -> Letter:
    stop = stop_link(subscriber)
    parts = Rendered(
        html=of.parts.html.replace(of.place, escape(stop)), text=of.parts.text.replace(of.place, stop)
    )
    return Letter(
        key=f"newsletter-{newsletter.pk}-{subscriber.pk}",
        kind=MailKind.NEWSLETTER,
        to=subscriber.email,
        subject=newsletter.content["subject"],
        text=parts.text,
        html=parts.html,
        language=newsletter.language,
        unsubscribe=stop,
    )


def trial_letter(*, newsletter: Newsletter, content: dict[str, Any], to: Any, mark: str) -> Letter:
    """To whoever writes it; it ends nobody's subscription."""
    parts = rendered(newsletter=newsletter, content=content)
    return Letter(
        key=f"newsletter-trial-{newsletter.pk}-{to.pk}-{mark}",
        kind=MailKind.NEWSLETTER,
        to=to.email,
        subject=content["subject"],
        text=parts.text,
        html=parts.html,
        language=newsletter.language,
    )
