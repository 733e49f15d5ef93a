"""Searching in the API: exactly what the page of the search finds for the same person."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from cohes3ion.accounts.programs import PerAccount, Searches
from cohes3ion.lib.models import SearchEntry
from cohes3ion.lib.parameters import refuse_unknown
from cohes3ion.lib.refusals import Refusal
from cohes3ion.lib.schema import problems
from cohes3ion.lib.search.excerpts import told
from cohes3ion.lib.search.index import catch_up
from journeys.enums import SearchKind
from journeys.forms.search import SearchForm
from journeys.selectors.search import best_hits


class PieceSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    is_marked = serializers.BooleanField()


class HitSerializer(serializers.ModelSerializer[SearchEntry]):
    """`excerpt` is plain text in pieces; those marked hold a word that was looked for. It is no HTML.

    `language` is empty where nobody said in which language the text is.
    """

    type = serializers.ChoiceField(source="kind", choices=SearchKind.choices)
    address = serializers.SerializerMethodField()
    excerpt = serializers.SerializerMethodField()

    class Meta:
        model = SearchEntry
        fields = ["type", "title", "place", "language", "at", "address", "excerpt"]

    def get_address(self, entry: SearchEntry) -> str:
        return str(self.context["request"].build_absolute_uri(entry.address))

    @extend_schema(responses=PieceSerializer(many=True))
    def get_excerpt(self, entry: SearchEntry) -> list[dict[str, Any]]:
        said = {"title": entry.title, "text": entry.text, "subjects": entry.subjects}
        pieces = told(**said, wanted=self.context["wanted"])
        return [{"text": piece.text, "is_marked": piece.is_marked} for piece in pieces]


class SearchViewSet(viewsets.GenericViewSet[SearchEntry]):
    """What can be found of everything the caller may see, the best first. Every word of `q` must be there."""

    queryset: Any = SearchEntry.objects.none()
    serializer_class = HitSerializer
    filter_backends = ()
    throttle_classes = (PerAccount, Searches)

    @extend_schema(
        parameters=[
            OpenApiParameter("q", OpenApiTypes.STR, required=True, description="Words, or how they begin."),
            OpenApiParameter("type", OpenApiTypes.STR, enum=SearchKind.values),
        ],
        responses={200: HitSerializer(many=True), **problems(400, 429)},
    )
    def list(self, request: Request) -> Response:
        refuse_unknown(request, "q", "type", "page", "page_size")
        wanted, kind = asked(request)
        catch_up()
        page = self.paginate_queryset(best_hits(user=request.user, wanted=wanted, kind=kind))
        context = {**self.get_serializer_context(), "wanted": wanted}
        return self.get_paginated_response(HitSerializer(page, many=True, context=context).data)


def asked(request: Request) -> tuple[tuple[str, ...], str]:
    """The words and the type, or 400 in the words of the page."""
    form = SearchForm(request.query_params)
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise Refusal(400, name, str(errors[0]), path=name)
    if not form.words:
        raise Refusal(400, "q", _("Say with “q” which words to look for."), path="q")
    return form.words, form.kind
