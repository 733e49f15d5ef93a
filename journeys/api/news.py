"""News in the API: what is published, in every language it is written in."""

from typing import Any

from rest_framework import serializers

from journeys.models import Article, ArticleText, Newsletter
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


class NewsletterSerializer(serializers.ModelSerializer[Newsletter]):
    """`content` is what was sent: subject, first words and items in their order; texts are Markdown."""

    project = serializers.SlugField(source="project.slug")

    class Meta:
        model = Newsletter
        fields = ["id", "project", "number", "language", "subject", "sent_at", "content"]


class NewsletterViewSet(ReadOnly):
    """Newsletters that were sent; never who gets them."""

    queryset: Any = Newsletter.objects.none()
    serializer_class = NewsletterSerializer
    filterset_fields = ["project__slug", "language", "number"]

    def get_queryset(self) -> Any:
        return Newsletter.objects.sent().select_related("project").order_by("-sent_at", "-pk")
