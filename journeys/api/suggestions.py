"""Which practices may fit the areas of improvement of a region, and why: what the region's pages show."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cohes3ion.lib.schema import problems
from governance.selectors.workspaces import map_of_round
from journeys.matching.suggestions import Reason
from journeys.selectors.practice_uses import uses_page
from journeys.selectors.region_practices import region_practice_page
from journeys.selectors.suggestions import ShownSuggestion

KEYS = ("id", "text", "dimension")
ROUND = OpenApiParameter(
    "exercise",
    str,
    description="The map at work in this round, for those who work on it; without it, what is published.",
)


class GroundSerializer(serializers.Serializer[Reason]):
    """What speaks for it; `gap` in steps below the needed level, null where none is known or shown."""

    code = serializers.CharField()
    values = serializers.ListField(child=serializers.CharField())
    gap = serializers.FloatField(allow_null=True)


class SuggestionSerializer(serializers.Serializer[ShownSuggestion]):
    """`fit` from 0 to 100; `reasons` in sentences, `grounds` the same for programs."""

    practice = serializers.SlugField(source="practice.slug")
    region = serializers.SlugField(source="practice.region.slug")
    fit = serializers.IntegerField(source="percent")
    is_own = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.CharField())
    grounds = GroundSerializer(many=True)


class AreaSuggestionsSerializer(serializers.Serializer[Any]):
    """An area of improvement and what may fit it, the best first, apart from what is used for it already."""

    area = serializers.IntegerField(source="id")
    text = serializers.CharField()
    dimension = serializers.CharField(allow_blank=True)
    suggestions = SuggestionSerializer(many=True)


class PracticeSuggestionList(APIView):
    """Practices for the areas of improvement of a region, each with the reasons for it."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="practice_suggestions_list",
        parameters=[ROUND],
        responses={200: AreaSuggestionsSerializer(many=True), **problems(404)},
    )
    def get(self, request: Request, slug: str) -> Response:
        exercise = request.query_params.get("exercise", "")
        rows = _at_work(slug, exercise, request.user) if exercise else _published(slug)
        return Response(AreaSuggestionsSerializer(rows, many=True).data)


def _published(slug: str) -> list[dict[str, Any]]:
    page = region_practice_page(slug=slug)
    if page is None:
        raise Http404
    return [{key: line.area[key] for key in KEYS} | {"suggestions": line.suggestions} for line in page.areas]


def _at_work(slug: str, exercise: str, user: Any) -> list[dict[str, Any]]:
    region_map = map_of_round(region=slug, exercise=exercise, user=user)
    if region_map is None:
        raise Http404
    return [
        {key: getattr(line.area, key) for key in KEYS} | {"suggestions": line.suggestions}
        for line in uses_page(region_map=region_map, user=user).areas
        if line.area is not None
    ]
