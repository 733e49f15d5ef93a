"""Governance in the API: spaces, scores that pass suppression, published findings."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from governance import models
from governance.analysis.rounding import rounded_score
from governance.models.score import ScoreGroup
from governance.selectors.scores import public_scores
from mapping.api import RECORD, ReadOnly, RecordSerializer, RecordViewSet


class MandateSerializer(serializers.ModelSerializer[models.Mandate]):
    class Meta:
        model = models.Mandate
        fields = ["topic", "role", "who"]


class SpaceSerializer(RecordSerializer):
    units = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    topics = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    mandates = MandateSerializer(many=True, read_only=True)
    helices = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = models.GovernanceSpace
        fields = [
            *RECORD,
            "key",
            "name",
            "description",
            "units",
            "helices",
            "depth_answer",
            "depth",
            "legal_basis",
            "started",
            "meetings_per_year",
            "all_topics",
            "topics",
            "mandates",
        ]


class AreaSerializer(RecordSerializer):
    """What a region wants to improve: where the chain to practice, visit, action and result begins."""

    units = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta:
        model = models.AreaOfImprovement
        fields = [*RECORD, "text", "dimension", "units", "response_intended", "is_chosen", "chosen_on"]


class ScoreSerializer(serializers.ModelSerializer[models.GovernanceScore]):
    region = serializers.SlugField(source="region_map.region.slug")
    exercise = serializers.SlugField(source="region_map.exercise.slug")

    class Meta:
        model = models.GovernanceScore
        fields = [
            "id",
            "region",
            "exercise",
            "group",
            "code",
            "mean",
            "importance",
            "reason",
            "n",
            "invited",
            "coverage",
            "spread",
            "method_version",
            "computed_at",
        ]

    def to_representation(self, instance: models.GovernanceScore) -> dict[str, Any]:
        """Rounded as on pages. The spread of all answers, with their mean, would tell of hidden groups."""
        found: dict[str, Any] = rounded_score(super().to_representation(instance))
        return found | ({"spread": None} if instance.group == ScoreGroup.ALL else {})


class FindingSerializer(serializers.ModelSerializer[models.Finding]):
    exercise = serializers.SlugField(source="analysis.exercise.slug")
    kind = serializers.CharField(source="analysis.kind")
    region = serializers.SlugField(source="region.slug", allow_null=True)
    other_region = serializers.SlugField(source="other_region.slug", allow_null=True)
    method_version = serializers.CharField(source="analysis.method_version")
    fingerprint = serializers.CharField(source="analysis.fingerprint")
    changed_parameters = serializers.ListField(
        source="analysis.changed_parameters", child=serializers.DictField(), read_only=True
    )
    data = serializers.DictField(read_only=True)

    class Meta:
        model = models.Finding
        fields = [
            "id",
            "exercise",
            "kind",
            "code",
            "region",
            "other_region",
            "data",
            "method_version",
            "fingerprint",
            "changed_parameters",
        ]


class SpaceViewSet(RecordViewSet):
    """Governance spaces: who meets, how deep, who decides, advises and carries out."""

    queryset = models.GovernanceSpace.objects.prefetch_related("units", "topics", "mandates").order_by("pk")
    serializer_class = SpaceSerializer


class AreaViewSet(RecordViewSet):
    """Areas of improvement. Takeaways, actions and uses of practices name them by `id`."""

    queryset = models.AreaOfImprovement.objects.prefetch_related("units").order_by("pk")
    serializer_class = AreaSerializer


class ScoreViewSet(RecordViewSet):
    """Scores with n, coverage and reason, to one decimal. Small groups are withheld, for every role."""

    queryset = models.GovernanceScore.objects.order_by("pk")
    serializer_class = ScoreSerializer
    filterset_fields = ["region_map__region__slug", "region_map__exercise__slug", "group", "code"]

    def get_queryset(self) -> QuerySet[Any]:
        return public_scores(super().get_queryset())


class FindingViewSet(ReadOnly):
    """Findings of published analyses, each with the rows behind it."""

    # Inputs and results of a run are megabytes; each row would read them again.
    queryset = (
        models.Finding.objects.select_related("analysis__exercise", "region", "other_region")
        .defer("analysis__inputs", "analysis__result", "analysis__public", "analysis__parameters")
        .defer("analysis__warnings")
        .order_by("analysis", "position")
    )
    serializer_class = FindingSerializer
    filterset_fields = ["analysis__exercise__slug", "analysis__kind", "region__slug", "code"]
