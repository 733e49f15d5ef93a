"""Needs and offers in the API: what is open, and never who is behind it."""

from typing import Any

from rest_framework import serializers

from journeys.models import Post
from journeys.selectors.posts import HIDDEN
from mapping.api import ReadOnly


class PostSerializer(serializers.ModelSerializer[Post]):
    """Organisation and people are not part of it: they open on the site when both sides agree."""

    project = serializers.SlugField(source="project.slug")
    region = serializers.SlugField(source="region.slug")
    country = serializers.CharField(source="region.country")
    codes = serializers.SlugRelatedField(slug_field="key", many=True, read_only=True)

    class Meta:
        model = Post
        fields = [
            "id",
            "project",
            "region",
            "country",
            "kind",
            "title",
            "text",
            "language",
            "codes",
            "stage",
            "maturity",
            "reach",
            "valid_until",
            "published_at",
            "provenance",
        ]


class PostViewSet(ReadOnly):
    """Open needs and offers, the newest first; for everybody the same."""

    queryset: Any = Post.objects.none()
    serializer_class = PostSerializer
    filterset_fields = ["kind", "region__slug", "region__country", "language", "codes__key"]

    def get_queryset(self) -> Any:
        rows = Post.objects.open().select_related("project", "region").prefetch_related("codes")
        return rows.defer(*HIDDEN).order_by("-published_at", "-pk")
