"""The API's description says what the product promises, not what today's database can store."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

LIMITS = ("maximum", "minimum")


def without_database_limits(result: Any, **_options: Any) -> Any:
    """Drop ranges and widths of integer columns: they differ between databases and tell a reader nothing."""
    if isinstance(result, dict):
        kept = {
            name: value
            for name, value in result.items()
            if isinstance(value, dict) or (name not in LIMITS and value != "int64")
        }
        return {name: without_database_limits(value) for name, value in kept.items()}
    if isinstance(result, list):
        return [without_database_limits(item) for item in result]
    return result


class ProblemSerializer(serializers.Serializer[Any]):
    """RFC 9457 problem details. Some carry more: `current`, `conflicts`, `missing`."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    path = serializers.CharField()
    detail = serializers.CharField()
    support_id = serializers.CharField()


def problems(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    """What an operation may answer instead, for `extend_schema(responses=...)`."""
    described = OpenApiResponse(ProblemSerializer, description="Why not, in one sentence.")
    return {(status, "application/problem+json"): described for status in statuses}
