"""Events in the API: what their pages show, never who takes part."""

from typing import Any

from django.db.models import Prefetch
from rest_framework import serializers
from rest_framework.reverse import reverse

from journeys.models import AgendaItem, Event, Material
from journeys.selectors.calendars import sequence_of
from mapping.api import ReadOnly


class AgendaSerializer(serializers.ModelSerializer[AgendaItem]):
    class Meta:
        model = AgendaItem
        fields = ["day", "starts", "title", "speakers"]


class MaterialSerializer(serializers.ModelSerializer[Material]):
    """A link as it is; a file by the address from which it is downloaded."""

    address = serializers.SerializerMethodField()

    class Meta:
        model = Material
        fields = ["title", "address", "file_name", "size", "is_public"]

    def get_address(self, row: Material) -> str:
        if row.url:
            return row.url
        return str(reverse("journeys:event_material", args=[row.pk], request=self.context.get("request")))


class EventSerializer(serializers.ModelSerializer[Event]):
    project = serializers.SlugField(source="project.slug")
    region = serializers.SlugField(source="region.slug", allow_null=True)
    agenda = AgendaSerializer(many=True)
    materials = MaterialSerializer(many=True)
    sequence = serializers.SerializerMethodField()
    calendar = serializers.SerializerMethodField()

    class Meta:
        model = Event
        fields = [
            "id",
            "uid",
            "sequence",
            "project",
            "region",
            "slug",
            "title",
            "kind",
            "summary",
            "starts_at",
            "ends_at",
            "is_all_day",
            "time_zone",
            "mode",
            "place",
            "organiser",
            "audience",
            "takes_registrations",
            "capacity",
            "registration_until",
            "state",
            "cancelled_because",
            "recording_url",
            "captions_note",
            "outputs",
            "people_reached",
            "provenance",
            "sources",
            "unknown",
            "agenda",
            "materials",
            "calendar",
        ]

    def get_sequence(self, row: Event) -> int:
        return sequence_of(row)

    def get_calendar(self, row: Event) -> str:
        return str(reverse("journeys:event_calendar", args=[row.slug], request=self.context.get("request")))


class EventViewSet(ReadOnly):
    """Announced and cancelled events the reader may see, with the address of the calendar file of each.

    All of them as one calendar: /events/feed.ics, narrowed by region, kind, mode, audience and q.
    """

    queryset: Any = Event.objects.none()
    serializer_class = EventSerializer
    filterset_fields = ["region__slug", "kind", "mode", "audience", "state"]

    def get_queryset(self) -> Any:
        rows = Event.objects.visible_to(self.request.user).published()
        materials = Prefetch("materials", queryset=Material.objects.visible_to(self.request.user))
        rows = rows.select_related("project", "region").prefetch_related("agenda", materials)
        return rows.order_by("starts_at", "pk")
