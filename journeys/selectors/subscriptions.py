"""The signed links of a subscription. The address itself does not stand in them."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.models import Subscriber

ASK, STOP = "journeys.newsletter-confirm", "journeys.newsletter-stop"
DAYS = 7


def consent_words() -> str:
    """What is asked, and kept with the address as it was shown."""
    return _(
        "I agree that my e-mail address and language are stored to send me the newsletter. Coordinators of "
        "the partnership see them. Every newsletter holds a link that ends this, and deletes the address."
    )


def confirm_link(subscriber: Subscriber) -> str:
    token = signing.dumps([subscriber.pk, subscriber.generation], salt=ASK)
    return settings.SITE_URL + reverse("journeys:newsletter_confirm", args=[token])


def stop_link(subscriber: Subscriber) -> str:
    """Works as long as the address is stored, also from an old newsletter."""
    token = signing.dumps(subscriber.pk, salt=STOP)
    return settings.SITE_URL + reverse("journeys:newsletter_stop", args=[token])


def asking(token: str) -> Subscriber | None:
    """Whose subscription a link confirms; None when it was altered, is too old or replaced by a newer one."""
    try:
        pk, generation = signing.loads(token, salt=ASK, max_age=DAYS * 24 * 3600)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    rows = Subscriber.objects.filter(pk=pk, generation=generation).select_related("project")
    return rows.first()


def stopping(token: str) -> Subscriber | None:
    """Whose subscription a link ends; None when it was altered or the address is deleted."""
    try:
        pk = signing.loads(token, salt=STOP)
    except signing.BadSignature:
        return None
    return Subscriber.objects.filter(pk=pk).select_related("project").first()
