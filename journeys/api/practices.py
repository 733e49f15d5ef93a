"""Good practices and their uses in the API."""

from typing import Any

from rest_framework import serializers

from journeys.models import Practice, PracticeUse
from mapping.api import ReadOnly


class PracticeSerializer(serializers.ModelSerializer[Practice]):
    """`unknown` names the fields of which no source tells; a value beside that is our reading."""

    project = serializers.SlugField(source="project.slug")
    region = serializers.SlugField(source="region.slug")
    country = serializers.CharField(source="region.country")
    codes = serializers.SlugRelatedField(slug_field="key", many=True, read_only=True)

    class Meta:
        model = Practice
        fields = [
            "slug",
            "project",
            "region",
            "country",
            "state",
            "title",
            "summary",
            "description",
            "institution",
            "location",
            "timescale",
            "resources",
            "evidence",
            "difficulties",
            "transfer",
            "conditions",
            "level",
            "theme",
            "dimensions",
            "codes",
            "keywords",
            "website",
            "published_at",
            "withdrawn_because",
            "expert_opinion",
            "expert_at",
            "provenance",
            "sources",
            "unknown",
            "version",
        ]


class PracticeUseSerializer(serializers.ModelSerializer[PracticeUse]):
    """A region uses a practice for one of its areas of improvement; area null: for none in particular."""

    exercise = serializers.SlugField(source="region_map.exercise.slug")
    region = serializers.SlugField(source="region_map.region.slug")
    practice = serializers.SlugField(source="practice.slug")

    class Meta:
        model = PracticeUse
        fields = [
            "id",
            "exercise",
            "region",
            "practice",
            "area",
            "state",
            "plan",
            "result",
            "provenance",
            "sources",
            "version",
        ]


class PracticeViewSet(ReadOnly):
    """Published practices, withdrawn ones with the reason; partners also see those at work."""

    queryset: Any = (
        Practice.objects.select_related("project", "region")
        .prefetch_related("codes")
        .defer("search")
        .order_by("title", "pk")
    )
    serializer_class = PracticeSerializer
    lookup_field = "slug"
    filterset_fields = ["region__slug", "region__country", "theme", "level", "state", "codes__key"]


class PracticeUseViewSet(ReadOnly):
    """Which region uses which practice, for which of its areas, and what came of it."""

    queryset: Any = PracticeUse.objects.select_related(
        "region_map__exercise", "region_map__region", "practice"
    ).order_by("pk")
    serializer_class = PracticeUseSerializer
    filterset_fields = ["region_map__region__slug", "region_map__exercise__slug", "practice__slug", "state"]
