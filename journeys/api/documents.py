"""Documents in the API."""

from typing import Any

from rest_framework import serializers
from rest_framework.reverse import reverse

from journeys.models import Document
from mapping.api import ReadOnly


class DocumentSerializer(serializers.ModelSerializer[Document]):
    exercise = serializers.SlugField(source="exercise.slug")
    region = serializers.SlugField(source="region.slug", allow_null=True)
    file = serializers.SerializerMethodField()

    class Meta:
        model = Document
        fields = [
            "id",
            "exercise",
            "region",
            "edition",
            "is_draft",
            "language",
            "fingerprint",
            "size",
            "pages",
            "published_at",
            "file",
        ]

    def get_file(self, row: Document) -> str:
        return str(reverse("journeys:document_download", args=[row.pk], request=self.context.get("request")))


class DocumentViewSet(ReadOnly):
    """Policy Learning Documents with the address of the PDF."""

    queryset: Any = (
        Document.objects.done().select_related("exercise", "region").order_by("-published_at", "pk")
    )
    serializer_class = DocumentSerializer
    filterset_fields = ["exercise__slug", "region__slug"]
