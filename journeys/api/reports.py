"""The numbers a project reports, in the API: for its partners, as their page shows them."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cohes3ion.lib.schema import problems
from journeys.enums import ProjectIndicator
from journeys.selectors.reports import ReportLine, ReportRow, find_project, project_report


class ReportRowSerializer(serializers.Serializer[ReportRow]):
    """A row that counts. `amount` null: it does not say how many, which is not zero."""

    title = serializers.CharField()
    region = serializers.CharField()
    on = serializers.DateField(allow_null=True)
    semester = serializers.IntegerField(allow_null=True)
    amount = serializers.IntegerField(allow_null=True)


class ProjectIndicatorSerializer(serializers.Serializer[ReportLine]):
    indicator = serializers.ChoiceField(source="key.value", choices=ProjectIndicator.choices)
    reached = serializers.IntegerField(allow_null=True)
    target = serializers.IntegerField(source="target.target", allow_null=True)
    percent = serializers.IntegerField(allow_null=True)
    rows = ReportRowSerializer(many=True)


class ProjectIndicatorList(APIView):
    """What the project reached against what it promised, with the rows behind each number."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        operation_id="project_indicators_list",
        responses={200: ProjectIndicatorSerializer(many=True), **problems(401, 403, 404)},
    )
    def get(self, request: Request, slug: str) -> Response:
        user: Any = request.user
        project = find_project(slug=slug, user=user)
        if project is None:
            raise Http404
        if not user.has_perm("journeys.see_board", project):
            raise PermissionDenied
        lines = project_report(project=project, user=user).lines
        return Response(ProjectIndicatorSerializer(lines, many=True).data)
