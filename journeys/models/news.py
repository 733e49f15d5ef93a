"""News in the languages of a project, and the newsletter made of them."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.accounts.models import Mail
from cohes3ion.lib.historical import HistoricalRecords
from cohes3ion.lib.language_names import language_name
from cohes3ion.lib.versions import Versioned
from journeys.enums import ItemKind, SubscriberState
from journeys.models.journey import of_partnership
from mapping.enums import Provenance, Role
from mapping.models import Project
from mapping.validators import storable_text, visible_text

WRITERS = [Role.COORDINATOR, Role.FACILITATOR]


class ArticleQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False, published_at__lte=timezone.now())

    def visible_to(self, user: Any) -> Self:
        seen = Q(published_at__isnull=False, published_at__lte=timezone.now())
        return self.filter(seen | of_partnership(user, "project"))


class Article(Versioned):
    """A piece of news; its words stand in `texts`, one row per language."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=100, unique=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance, default=Provenance.ESTIMATED
    )
    sources = models.JSONField(_("sources"), default=list, blank=True)

    history = HistoricalRecords()
    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("article")
        verbose_name_plural = _("news")

    def __str__(self) -> str:
        return self.slug


class ArticleText(Versioned):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("title"), max_length=200, validators=[storable_text, visible_text])
    lead = models.TextField(_("in two sentences"), blank=True, validators=[storable_text])
    body = models.TextField(_("text"), blank=True, validators=[storable_text])

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("text of an article")
        verbose_name_plural = _("texts of articles")
        constraints = [
            models.UniqueConstraint(fields=["article", "language"], name="article_once_per_language")
        ]

    def __str__(self) -> str:
        return self.title


class NewsletterQuerySet(models.QuerySet[Any]):
    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)

    def unfinished(self) -> Self:
        """On their way to addresses: what a worker left behind is taken up again."""
        return self.sent().filter(spread_at=None, stopped_at=None)

    def visible_to(self, user: Any) -> Self:
        """Sent ones are the public archive; drafts are for who writes them."""
        seen = Q(sent_at__isnull=False)
        if user.is_authenticated:
            mine = user.memberships.filter(role__in=WRITERS).values("project")
            seen |= Q(project__in=mine)
        return self.filter(seen)


class Newsletter(Versioned):
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(_("number"))
    language = models.CharField(_("language"), max_length=10, default="en")
    subject = models.CharField(_("subject"), max_length=160, validators=[storable_text, visible_text])
    intro = models.TextField(_("first words"), blank=True, validators=[storable_text])
    # What was sent, frozen: later changes of an article do not change the archive.
    content = models.JSONField(default=dict, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    # Sending was stopped by a coordinator; None: it goes on, or is over.
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True)
    # Every address has its mail in the outbox.
    spread_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()
    objects = NewsletterQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number", "language"], name="newsletter_number_once_per_language"
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def language_name(self) -> str:
        return language_name(self.language)


class NewsletterItem(Versioned):
    """Something that is on the site already, or a few words of one's own; in the order of the letter."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=ItemKind)
    # The key of the article, event, practice or document; None for words of one's own.
    record_id = models.PositiveBigIntegerField(null=True, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True, validators=[storable_text])
    text = models.TextField(_("text"), blank=True, validators=[storable_text])
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("item of a newsletter")
        verbose_name_plural = _("items of a newsletter")

    def __str__(self) -> str:
        return self.title or self.kind


class SubscriberQuerySet(models.QuerySet[Any]):
    def confirmed(self) -> Self:
        return self.filter(state=SubscriberState.CONFIRMED)

    def visible_to(self, user: Any) -> Self:
        """Addresses are for coordinators of the project."""
        if not user.is_authenticated:
            return self.none()
        mine = user.memberships.filter(role=Role.COORDINATOR).values("project")
        return self.filter(project__in=mine)


class Subscriber(models.Model):
    """An address that asked for the newsletter; nothing else is kept of a person."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=10, default="en")
    state = models.CharField(max_length=12, choices=SubscriberState, default=SubscriberState.ASKED)
    consent_text = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # The links in mails are signed; this makes old ones void.
    generation = models.PositiveIntegerField(default=1)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        constraints = [models.UniqueConstraint(fields=["project", "email"], name="subscribed_once")]

    def __str__(self) -> str:
        return self.email

    @property
    def language_name(self) -> str:
        return language_name(self.language)


class Delivery(models.Model):
    """A newsletter on its way to an address; the state is that of its mail."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="+")
    mail = models.ForeignKey(Mail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["newsletter", "subscriber"], name="newsletter_once_per_address")
        ]

    def __str__(self) -> str:
        return f"{self.newsletter_id} · {self.subscriber_id}"
