"""Learning journeys in the API: scoped like their pages."""

from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from rest_framework import serializers

from governance.models import AreaOfImprovement
from journeys.models import Action, Event, Journey, Practice, Takeaway, Visit, VisitQuestion
from journeys.selectors.read_areas import name_areas
from mapping.api import ReadOnly


class JourneySerializer(serializers.ModelSerializer[Journey]):
    exercise = serializers.SlugField(source="exercise.slug")

    class Meta:
        model = Journey
        fields = ["slug", "exercise", "title", "aim", "published_at", "sources"]


class VisitSerializer(serializers.ModelSerializer[Visit]):
    journey = serializers.SlugField(source="journey.slug")
    host = serializers.SlugField(source="host.slug")
    event = serializers.SlugField(source="event_slug", allow_null=True)
    practices = serializers.SlugRelatedField(many=True, read_only=True, slug_field="slug")

    class Meta:
        model = Visit
        fields = [
            "id",
            "journey",
            "slug",
            "host",
            "event",
            "title",
            "summary",
            "when_words",
            "semester",
            "experts",
            "practices",
            "position",
            "provenance",
            "sources",
            "unknown",
        ]


class TakeawaySerializer(serializers.ModelSerializer[Takeaway]):
    """`area_text`: in the words of the public edition while its map is revised."""

    region = serializers.SlugField(source="region_map.region.slug")
    exercise = serializers.SlugField(source="region_map.exercise.slug")
    area_text = serializers.CharField(source="area.text", allow_null=True, default=None)
    practice = serializers.SlugField(source="practice_slug", allow_null=True)
    actions = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta:
        model = Takeaway
        fields = [
            "id",
            "visit",
            "region",
            "exercise",
            "learned",
            "will_do",
            "area",
            "area_text",
            "practice",
            "actions",
            "is_released",
            "provenance",
            "sources",
        ]


class VisitQuestionSerializer(serializers.ModelSerializer[VisitQuestion]):
    region = serializers.SlugField(source="region.slug")

    class Meta:
        model = VisitQuestion
        fields = ["id", "visit", "region", "text", "answer", "asked_at"]


def seen_slug(rows: Any, *, link: str) -> Any:
    """The slug of a linked row, where the caller may see that row."""
    return Subquery(rows.filter(pk=OuterRef(link)).values("slug")[:1])


class JourneyViewSet(ReadOnly):
    """Learning journeys: published ones, and those of the caller's partnerships."""

    queryset: Any = Journey.objects.select_related("exercise").order_by("pk")
    serializer_class = JourneySerializer
    lookup_field = "slug"
    filterset_fields = ["exercise__slug"]


class VisitViewSet(ReadOnly):
    """Visits in the order of their journey. The date is that of the event, where there is one."""

    queryset: Any = Visit.objects.select_related("journey", "host").order_by("journey", "position", "pk")
    serializer_class = VisitSerializer
    filterset_fields = ["journey__slug", "host__slug", "semester"]

    def get_queryset(self) -> QuerySet[Any]:
        user = self.request.user
        practices = Prefetch("practices", Practice.objects.visible_to(user))
        events = seen_slug(Event.objects.visible_to(user), link="event")
        return super().get_queryset().annotate(event_slug=events).prefetch_related(practices)


class TakeawayViewSet(ReadOnly):
    """What regions took home from visits; before a region releases it, its partners only."""

    queryset: Any = Takeaway.objects.select_related("region_map__region", "region_map__exercise").order_by(
        "visit", "position", "pk"
    )
    serializer_class = TakeawaySerializer
    filterset_fields = ["visit__journey__slug", "visit__slug", "region_map__region__slug"]

    def get_queryset(self) -> QuerySet[Any]:
        user = self.request.user
        practices = seen_slug(Practice.objects.visible_to(user), link="practice")
        areas = Prefetch("area", AreaOfImprovement.objects.visible_to(user))
        actions = Prefetch("actions", Action.objects.visible_to(user))
        return super().get_queryset().annotate(practice_slug=practices).prefetch_related(areas, actions)

    def paginate_queryset(self, queryset: Any) -> Any:
        rows = super().paginate_queryset(queryset)
        name_areas(rows or [], user=self.request.user)
        return rows

    def get_object(self) -> Takeaway:
        row: Takeaway = super().get_object()
        name_areas([row], user=self.request.user)
        return row


class VisitQuestionViewSet(ReadOnly):
    """Questions before a visit with the host's answers: among partners only."""

    queryset: Any = VisitQuestion.objects.select_related("region").order_by("visit", "asked_at", "pk")
    serializer_class = VisitQuestionSerializer
    filterset_fields = ["visit__journey__slug", "visit__slug", "region__slug"]
