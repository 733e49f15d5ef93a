"""Events: meetings, webinars and visits, who takes part, and what came out of them."""

import datetime as dt
import uuid
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.historical import HistoricalRecords
from cohes3ion.lib.versions import Versioned
from journeys.enums import Audience, EventKind, EventState, Mode, RegistrationState
from mapping.enums import Helix, Provenance, Role
from mapping.models import Exercise, Project, Region
from mapping.validators import storable_text, visible_text, web_address


class EventQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """Cancelled ones stay on the list, marked: people had planned to come."""
        return self.exclude(state=EventState.DRAFT)

    def visible_to(self, user: Any) -> Self:
        """Public ones that were announced; members' ones for partners; drafts for who organises."""
        announced = ~Q(state=EventState.DRAFT)
        seen = announced & Q(audience=Audience.PUBLIC)
        if user.is_authenticated:
            mine = user.memberships.all()
            seen |= announced & Q(project__in=mine.values("project"))
        return self.filter(Q(seen) | self.of_organisers(user))

    def of_organisers(self, user: Any) -> Q:
        """Coordinators and facilitators of the partnership, and the team of the region that hosts."""
        if not user.is_authenticated:
            return Q(pk__in=[])
        mine = user.memberships.all()
        run = mine.running().values("project")
        team = mine.in_teams().values("region")
        return Q(project__in=run) | Q(region__in=team)

    def organised_by(self, user: Any) -> Self:
        return self.filter(self.of_organisers(user))


class Event(Versioned):
    """Moments are stored in UTC beside the zone in which people were told them.

    A whole-day event has `is_all_day`: its moments are midnights in its own zone, the last one excluded.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    exercise = models.ForeignKey(Exercise, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # In calendars all over the world: never changes.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What calendars must take over is counted (selectors/calendars.py: sequence_of); this is how far the
    # people who are registered were told.
    told_sequence = models.PositiveIntegerField(default=0, editable=False)
    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=200, validators=[storable_text, visible_text])
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind, default=EventKind.MEETING)
    summary = models.TextField(_("what it is about"), blank=True, validators=[storable_text])
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    is_all_day = models.BooleanField(_("whole days"), default=False)
    time_zone = models.CharField(_("time zone"), max_length=50, default="Europe/Brussels")
    mode = models.CharField(_("on site or online"), max_length=8, choices=Mode, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True, validators=[storable_text])
    # Shown to those who are registered, and to organisers.
    online_url = models.URLField(_("link to take part"), max_length=600, blank=True, validators=[web_address])
    organiser = models.CharField(_("organiser"), max_length=200, blank=True, validators=[storable_text])
    audience = models.CharField(_("open to"), max_length=8, choices=Audience, default=Audience.PUBLIC)
    takes_registrations = models.BooleanField(_("takes registrations"), default=False)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    registration_until = models.DateTimeField(_("registration until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=EventState, default=EventState.DRAFT)
    cancelled_because = models.TextField(_("why it is cancelled"), blank=True, validators=[storable_text])
    cancelled_at = models.DateTimeField(null=True, blank=True)
    recording_url = models.URLField(_("recording"), max_length=600, blank=True, validators=[web_address])
    captions_note = models.CharField(_("captions of the recording"), max_length=200, blank=True)
    outputs = models.TextField(_("what came out of it"), blank=True, validators=[storable_text])
    # Told afterwards by the organisers; None: not known, which is not nobody.
    people_reached = models.PositiveIntegerField(_("people who took part"), null=True, blank=True)
    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance, default=Provenance.ESTIMATED
    )
    sources = models.JSONField(_("sources"), default=list, blank=True)
    unknown = models.JSONField(_("not found in the sources"), default=list, blank=True)

    history = HistoricalRecords()
    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["project", "starts_at"], name="event_by_time")]
        constraints = [
            models.CheckConstraint(
                name="event_ends_after_its_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def first_day(self) -> dt.date:
        """The day it begins where it takes place; elsewhere it may still be the day before."""
        return self.starts_at.astimezone(ZoneInfo(self.time_zone)).date()

    @property
    def was_held(self) -> bool:
        """It has begun and was not cancelled: before that nobody took part."""
        return self.state != EventState.CANCELLED and self.starts_at <= timezone.now()


class AgendaItem(Versioned):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveIntegerField(default=0)
    # Counted from the first day of the event, so that it moves with it.
    day = models.PositiveSmallIntegerField(_("day"), default=1)
    # As written in the programme, in the event's zone; empty: no time given.
    starts = models.TimeField(_("from"), null=True, blank=True)
    title = models.CharField(_("what"), max_length=300, validators=[storable_text, visible_text])
    # People who speak in public, as the programme names them.
    speakers = models.CharField(_("who"), max_length=300, blank=True, validators=[storable_text])

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("point of the agenda")
        verbose_name_plural = _("points of the agenda")

    def __str__(self) -> str:
        return self.title


class RegistrationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Names are for organisers; everybody sees their own."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(event__in=Event.objects.organised_by(user)) | Q(user=user))

    def holding(self) -> Self:
        return self.filter(state=RegistrationState.REGISTERED)


class Registration(models.Model):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations")
    user = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=150, validators=[storable_text, visible_text])
    email = models.EmailField(_("e-mail"))
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    helix = models.CharField(_("group"), max_length=14, choices=Helix, blank=True)
    region = models.ForeignKey(Region, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=RegistrationState, default=RegistrationState.REGISTERED)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=50, blank=True)
    # What the person agreed to, and when: kept with the words that were shown.
    consent_text = models.TextField()
    consent_at = models.DateTimeField(default=timezone.now)
    # Of the personal link by which one looks, changes and withdraws; the link itself is not kept.
    token_hash = models.CharField(max_length=64, unique=True)
    registered_at = models.DateTimeField(default=timezone.now)
    has_attended = models.BooleanField(_("took part"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["registered_at", "pk"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=~Q(state=RegistrationState.WITHDRAWN),
                name="registered_once_for_an_event",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.event}"


def material_path(material: "Material", filename: str) -> str:
    """A random name: what people typed never becomes a path."""
    return f"materials/{uuid.uuid4().hex}"


class MaterialQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Public ones of events one sees; the others for partners of the event's project."""
        events = Event.objects.visible_to(user)
        if not user.is_authenticated:
            return self.filter(is_public=True, event__in=events)
        partners = user.memberships.exclude(role=Role.STAKEHOLDER).values("project")
        return self.filter(Q(event__in=events) & (Q(is_public=True) | Q(event__project__in=partners)))


class Material(models.Model):
    """A file or a link of an event: slides, a report, minutes."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=300, validators=[storable_text, visible_text])
    url = models.URLField(_("link"), max_length=600, blank=True, validators=[web_address])
    file = models.FileField(_("file"), upload_to=material_path, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    is_public = models.BooleanField(_("public"), default=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints = [
            models.CheckConstraint(name="material_is_link_or_file", condition=~Q(url="") | ~Q(file="")),
        ]

    def __str__(self) -> str:
        return self.title


class CalendarLink(models.Model):
    """The secret address at which a calendar reads the events a person may see. Only its hash is kept."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("calendar link")
        verbose_name_plural = _("calendar links")

    def __str__(self) -> str:
        return str(self.user)
