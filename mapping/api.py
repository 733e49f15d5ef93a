"""The map in the API: read-only, and scoped exactly like the pages."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers, viewsets

from mapping import models


class ReadOnly(viewsets.ReadOnlyModelViewSet[Any]):
    """A list and a row of what the caller may see; everything else is 404."""

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().visible_to(self.request.user)  # type: ignore[attr-defined,no-any-return]


class RecordSerializer(serializers.ModelSerializer[Any]):
    """Rows of a map name their region and round, and where they come from."""

    region = serializers.SlugField(source="region_map.region.slug")
    exercise = serializers.SlugField(source="region_map.exercise.slug")


RECORD = ["id", "region", "exercise", "provenance", "field_provenance", "sources"]


class ProjectSerializer(serializers.ModelSerializer[models.Project]):
    class Meta:
        model = models.Project
        fields = [
            "slug",
            "acronym",
            "title",
            "programme",
            "summary",
            "starts_on",
            "ends_on",
            "sources",
            "is_demo",
        ]


class ExerciseSerializer(serializers.ModelSerializer[models.Exercise]):
    project = serializers.SlugField(source="project.slug")

    class Meta:
        model = models.Exercise
        fields = ["slug", "project", "name", "state", "opens_on", "due_on"]


class RegionSerializer(serializers.ModelSerializer[models.Region]):
    project = serializers.SlugField(source="project.slug")

    class Meta:
        model = models.Region
        fields = [
            "slug",
            "project",
            "name",
            "country",
            "summary",
            "lead_partner",
            "nuts_version",
            "nuts_codes",
            "sources",
        ]


class UnitSerializer(RecordSerializer):
    nuts = serializers.SlugRelatedField(many=True, read_only=True, slug_field="code")
    parents = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta:
        model = models.TerritorialUnit
        fields = [*RECORD, "key", "name", "kind", "parents", "nuts", "body_in_charge", "competence"]


class PrioritySerializer(RecordSerializer):
    codes = serializers.SlugRelatedField(many=True, read_only=True, slug_field="key")

    class Meta:
        model = models.RegionalPriority
        fields = [*RECORD, "key", "name", "description", "codes"]


class CapabilitySerializer(RecordSerializer):
    codes = serializers.SlugRelatedField(many=True, read_only=True, slug_field="key")

    class Meta:
        model = models.Capability
        fields = [
            *RECORD,
            "unit",
            "name",
            "kind",
            "description",
            "status",
            "strength_answer",
            "strength",
            "role",
            "priority_answer",
            "priority",
            "publicly_funded",
            "codes",
        ]


class ServiceSerializer(serializers.ModelSerializer[models.ActorService]):
    class Meta:
        model = models.ActorService
        fields = ["kind", "offered_to"]


class ActorSerializer(RecordSerializer):
    services = ServiceSerializer(many=True, read_only=True)
    units = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta:
        model = models.Actor
        fields = [*RECORD, "key", "name", "helix", "function", "description", "website", "units", "services"]


class ProjectViewSet(ReadOnly):
    """Partnerships with something published, and the caller's own."""

    queryset = models.Project.objects.order_by("slug")
    serializer_class = ProjectSerializer
    lookup_field = "slug"


class ExerciseViewSet(ReadOnly):
    """Rounds of mapping."""

    queryset = models.Exercise.objects.select_related("project").order_by("slug")
    serializer_class = ExerciseSerializer
    lookup_field = "slug"
    filterset_fields = ["project__slug", "state"]


class RegionViewSet(ReadOnly):
    """Regions with a published map, and those the caller's roles reach."""

    queryset = models.Region.objects.select_related("project").order_by("slug")
    serializer_class = RegionSerializer
    lookup_field = "slug"
    filterset_fields = ["project__slug", "country"]


class RecordViewSet(ReadOnly):
    filterset_fields = ["region_map__region__slug", "region_map__exercise__slug"]

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("region_map__region", "region_map__exercise")


class UnitViewSet(RecordViewSet):
    """Territorial units: several parents, many NUTS codes, any level."""

    queryset = models.TerritorialUnit.objects.prefetch_related("nuts", "parents").order_by("pk")
    serializer_class = UnitSerializer


class PriorityViewSet(RecordViewSet):
    """Regional priorities with their codes."""

    queryset = models.RegionalPriority.objects.prefetch_related("codes").order_by("pk")
    serializer_class = PrioritySerializer


class CapabilityViewSet(RecordViewSet):
    """Capabilities of units. A strength is null unless `strength_answer` is "value"."""

    queryset = models.Capability.objects.prefetch_related("codes").order_by("pk")
    serializer_class = CapabilitySerializer


class ActorViewSet(RecordViewSet):
    """Innovation actors with the services they offer."""

    queryset = models.Actor.objects.prefetch_related("units", "services").order_by("pk")
    serializer_class = ActorSerializer
