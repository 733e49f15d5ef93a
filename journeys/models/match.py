"""Needs and offers of organisations, which of them fit, and what came of meeting."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.historical import HistoricalRecords
from cohes3ion.lib.versions import Versioned
from governance.models import AreaOfImprovement
from journeys.enums import Interest, Maturity, MeetingResult, PostKind, PostState, Reach
from mapping.enums import ChainRole, Provenance, Role
from mapping.models import Actor, Capability, Code, Project, Region
from mapping.validators import storable_text, visible_text

MODERATORS = [Role.COORDINATOR, Role.FACILITATOR]


class PostQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        """What may be matched: published, not expired."""
        return self.filter(state=PostState.PUBLISHED, valid_until__gte=timezone.localdate())

    def visible_to(self, user: Any) -> Self:
        """Open ones of regions everybody sees; one's own in any state; those handed in for moderators."""
        seen = Q(state=PostState.PUBLISHED, valid_until__gte=timezone.localdate())
        if user.is_authenticated:
            moderated = user.memberships.filter(role__in=MODERATORS).values("project")
            seen |= Q(owner=user) | (~Q(state=PostState.DRAFT) & Q(project__in=moderated))
        return self.filter(seen)

    def owned_by(self, user: Any) -> Self:
        return self.filter(owner=user) if user.is_authenticated else self.none()


class Post(Versioned):
    """What an organisation needs or offers. Who owns it is nobody's business before both sides agree."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    # Hidden until both sides said they are interested.
    owner = models.ForeignKey(
        "accounts.User", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    # Empty in a draft; whoever hands it in names it.
    organisation = models.CharField(_("organisation"), max_length=200, blank=True, validators=[storable_text])
    # The same organisation under one name: two posts of it are never matched to each other.
    organisation_key = models.CharField(max_length=200, db_index=True, editable=False)
    actor = models.ForeignKey(Actor, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    contact_name = models.CharField(_("person to talk to"), max_length=150, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    kind = models.CharField(_("need or offer"), max_length=5, choices=PostKind)
    title = models.CharField(_("title"), max_length=200, validators=[storable_text, visible_text])
    text = models.TextField(_("text"), validators=[storable_text, visible_text])
    language = models.CharField(_("language of the text"), max_length=10, default="en")
    codes = models.ManyToManyField(Code, blank=True, related_name="+")
    stage = models.CharField(_("place in the value chain"), max_length=10, choices=ChainRole, blank=True)
    maturity = models.CharField(_("maturity"), max_length=10, choices=Maturity, blank=True)
    reach = models.CharField(_("reach"), max_length=8, choices=Reach, default=Reach.EUROPE)
    valid_until = models.DateField(_("valid until"))
    state = models.CharField(_("state"), max_length=10, choices=PostState, default=PostState.DRAFT)
    returned_because = models.TextField(_("why it was returned"), blank=True, validators=[storable_text])
    published_at = models.DateTimeField(null=True, blank=True)
    # What the draft was proposed from.
    area = models.ForeignKey(
        AreaOfImprovement, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    capability = models.ForeignKey(
        Capability, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance, default=Provenance.ESTIMATED
    )
    # With what it was compared last (`match_inputs.matching_state`); "": what matching reads of it changed.
    matched_with = models.CharField(max_length=40, blank=True, db_index=True, editable=False)
    # Its words in lower case without accents, by which the board finds it.
    search = models.TextField(blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["contact_name", "contact_email", "matched_with", "search"])
    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("need or offer")
        verbose_name_plural = _("needs and offers")
        indexes = [models.Index(fields=["state", "kind", "valid_until"], name="post_open")]

    def __str__(self) -> str:
        return self.title


class Match(models.Model):
    """A need and an offer that fit, as the last matching found them, with the parts of its score."""

    need = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="offers_found")
    offer = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="needs_found")
    score = models.FloatField()  # 0 to 1, the sum of `parts`
    parts = models.JSONField(default=dict)
    method_version = models.CharField(max_length=20)
    found_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-score", "pk"]
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        constraints = [
            models.UniqueConstraint(fields=["need", "offer"], name="match_once_per_pair"),
            models.CheckConstraint(name="match_between_two_posts", condition=~Q(need=F("offer"))),
            models.CheckConstraint(name="match_score_within_scale", condition=Q(score__range=(0, 1))),
        ]

    def __str__(self) -> str:
        return f"{self.need} - {self.offer}"


class IntroductionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """The two sides, and nobody else."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(need__owner=user) | Q(offer__owner=user))

    def agreed(self) -> Self:
        return self.filter(need_says=Interest.YES, offer_says=Interest.YES)


class Introduction(models.Model):
    """Whether both sides want to meet. Names and addresses open only when both said yes."""

    need = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    offer = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    need_says = models.CharField(max_length=8, choices=Interest, default=Interest.OPEN)
    offer_says = models.CharField(max_length=8, choices=Interest, default=Interest.OPEN)
    # "Not for us: why?", for the one who asks how matching does.
    need_reason = models.CharField(max_length=300, blank=True, validators=[storable_text])
    offer_reason = models.CharField(max_length=300, blank=True, validators=[storable_text])
    started_at = models.DateTimeField(default=timezone.now)
    agreed_at = models.DateTimeField(null=True, blank=True)
    result_asked_at = models.DateTimeField(null=True, blank=True)
    # What came of it, as either side told; the later one stands.
    result = models.CharField(_("what came of it"), max_length=10, choices=MeetingResult, blank=True)
    result_text = models.TextField(blank=True, validators=[storable_text])
    result_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        constraints = [models.UniqueConstraint(fields=["need", "offer"], name="introduced_once")]

    def __str__(self) -> str:
        return f"{self.need} - {self.offer}"


class MeetingCount(models.Model):
    """How often organisations of a region met others here, and how often it led on: numbers for everybody.

    Counted from introductions, which lead to persons; public pages read these rows instead.
    """

    region = models.OneToOneField(Region, on_delete=models.CASCADE, related_name="+")
    met = models.PositiveIntegerField(default=0)
    led = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["region"]
        verbose_name = _("meetings of a region")
        verbose_name_plural = _("meetings of regions")

    def __str__(self) -> str:
        return f"{self.region}: {self.met}"


class Message(models.Model):
    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("message"), validators=[storable_text, visible_text])
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        return self.text
