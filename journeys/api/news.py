"""News in the API: what is published, in every language it is written in."""

from typing import Any

from rest_framework import serializers

from journeys.models import Article, ArticleText
from mapping.api import ReadOnly


class ArticleTextSerializer(serializers.ModelSerializer[ArticleText]):
    class Meta:
        model = ArticleText
        fields = ["language", "title", "lead", "body"]


class ArticleSerializer(serializers.ModelSerializer[Article]):
    """`body` is Markdown."""

    project = serializers.SlugField(source="project.slug")
    texts = ArticleTextSerializer(many=True)

    class Meta:
        model = Article
        fields = ["slug", "project", "published_at", "provenance", "sources", "texts"]


class ArticleViewSet(ReadOnly):
    """Published news, the newest first; as a feed: /news/feed.atom."""

    queryset: Any = Article.objects.none()
    serializer_class = ArticleSerializer
    lookup_field = "slug"
    filterset_fields = ["project__slug", "texts__language"]

    def get_queryset(self) -> Any:
        rows = Article.objects.published().select_related("project").prefetch_related("texts")
        return rows.distinct().order_by("-published_at", "-pk")
