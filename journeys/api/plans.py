"""Action plans, their actions and indicators in the API."""

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from rest_framework import serializers

from journeys.models import (
    Action,
    ActionIndicator,
    ActionPlan,
    IndicatorReading,
    Milestone,
    Practice,
    Takeaway,
)
from mapping.api import ReadOnly


class PlanSerializer(serializers.ModelSerializer[ActionPlan]):
    exercise = serializers.SlugField(source="region_map.exercise.slug")
    region = serializers.SlugField(source="region_map.region.slug")

    class Meta:
        model = ActionPlan
        fields = [
            "id",
            "exercise",
            "region",
            "title",
            "organisation",
            "policy_instrument",
            "policy_context",
            "background",
            "instrument_change",
            "signed_on",
            "signed_by",
            "published_at",
            "provenance",
            "sources",
            "unknown",
            "version",
        ]


class MilestoneSerializer(serializers.ModelSerializer[Milestone]):
    class Meta:
        model = Milestone
        fields = ["id", "title", "due_on", "done_on"]


class ReadingSerializer(serializers.ModelSerializer[IndicatorReading]):
    """`file` is the address of a document that proves the value."""

    file = serializers.SerializerMethodField()

    class Meta:
        model = IndicatorReading
        fields = ["on", "value", "note", "evidence_title", "evidence_url", "file", "file_name", "provenance"]

    def get_file(self, row: IndicatorReading) -> str | None:
        return reverse("journeys:reading_file", args=[row.pk]) if row.file else None


class IndicatorSerializer(serializers.ModelSerializer[ActionIndicator]):
    """A baseline or target that is not known is null, which is not zero."""

    readings = ReadingSerializer(many=True, read_only=True)

    class Meta:
        model = ActionIndicator
        fields = [
            "id",
            "name",
            "unit",
            "baseline",
            "baseline_on",
            "target",
            "target_on",
            "provenance",
            "sources",
            "readings",
        ]


class ActionSerializer(serializers.ModelSerializer[Action]):
    areas = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    practices = serializers.SlugRelatedField(slug_field="slug", many=True, read_only=True)
    takeaways = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    milestones = MilestoneSerializer(many=True, read_only=True)
    indicators = IndicatorSerializer(many=True, read_only=True)

    class Meta:
        model = Action
        fields = [
            "id",
            "plan",
            "position",
            "title",
            "background",
            "description",
            "players",
            "timeframe",
            "due_on",
            "costs",
            "funding",
            "state",
            "progress",
            "result",
            "areas",
            "practices",
            "takeaways",
            "milestones",
            "indicators",
            "provenance",
            "sources",
            "unknown",
            "version",
        ]


class PlanViewSet(ReadOnly):
    """Regional action plans: released ones of published maps, and those of one's partnership."""

    queryset: Any = ActionPlan.objects.select_related("region_map__exercise", "region_map__region").order_by(
        "pk"
    )
    serializer_class = PlanSerializer
    filterset_fields = ["region_map__exercise__slug", "region_map__region__slug"]


class ActionViewSet(ReadOnly):
    """Actions of plans, with the gaps they answer, the practices they build on, milestones and indicators."""

    queryset: Any = Action.objects.order_by("plan", "position", "pk")
    serializer_class = ActionSerializer
    filterset_fields = ["plan", "state"]

    def get_queryset(self) -> Any:
        user = self.request.user
        practices = Practice.objects.visible_to(user)
        takeaways = Takeaway.objects.visible_to(user)
        return (
            super()
            .get_queryset()
            .prefetch_related(
                "areas",
                Prefetch("practices", queryset=practices),
                Prefetch("takeaways", queryset=takeaways),
                "milestones",
                "indicators__readings",
            )
        )
