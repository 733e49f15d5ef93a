"""Responses in the API: those a person sees, their questions, and sending them."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response as Reply

from cohes3ion.accounts.once import reply_once
from cohes3ion.accounts.programs import MayWrite
from cohes3ion.lib.parameters import refuse_unknown
from cohes3ion.lib.problems import problem
from cohes3ion.lib.refusals import Refusal
from governance.api.access import allowed_response, visible_response
from governance.api.answers import KEY, LISTING, WRITING
from governance.models import Response
from governance.selectors.questions import problem_sentences
from governance.selectors.responses import all_steps, is_open
from governance.selectors.steps import Step
from governance.services.answer_rows import ResponseClosed
from governance.services.responses import Incomplete, submit_response
from governance.views.responses import why_closed
from mapping.api import ReadOnly


class ResponseSerializer(serializers.ModelSerializer[Response]):
    exercise = serializers.SlugField(source="region_map.exercise.slug")
    region = serializers.SlugField(source="region_map.region.slug")
    unit_name = serializers.CharField(source="unit.name", allow_null=True, default=None)
    questionnaire = serializers.SlugField(source="questionnaire_version.questionnaire.key")
    version = serializers.IntegerField(source="questionnaire_version.number")
    submitted_by = serializers.CharField(allow_null=True)
    is_open = serializers.SerializerMethodField()
    may_fill_in = serializers.BooleanField()

    class Meta:
        model = Response
        fields = [
            "id",
            "exercise",
            "region",
            "group",
            "unit",
            "unit_name",
            "questionnaire",
            "version",
            "state",
            "is_open",
            "may_fill_in",
            "return_reason",
            "opened_at",
            "submitted_at",
            "submitted_by",
        ]

    def get_is_open(self, row: Response) -> bool:
        return is_open(row)


class ChildSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    type = serializers.CharField()
    title = serializers.CharField()
    help = serializers.CharField()
    required = serializers.BooleanField()
    value_shape = serializers.SerializerMethodField()
    settings = serializers.DictField()
    condition = serializers.DictField()

    def get_value_shape(self, item: Any) -> str | None:
        return item.kind.shape if item.kind.holds_value else None


class EntrySerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    version = serializers.IntegerField()


class QuestionSerializer(serializers.Serializer[Step]):
    """One question to one respondent; about a unit where it is asked for each unit."""

    section = serializers.CharField(source="section.code")
    section_title = serializers.CharField(source="section.title")
    code = serializers.CharField(source="question.code")
    unit = serializers.IntegerField(source="unit_pk", allow_null=True)
    unit_name = serializers.CharField(source="unit.name", allow_null=True, default=None)
    type = serializers.CharField(source="question.type")
    value_shape = serializers.SerializerMethodField()
    title = serializers.CharField(source="question.title")
    text = serializers.CharField(source="question.text")
    help = serializers.CharField(source="question.help")
    rubric = serializers.ListField(source="question.rubric", child=serializers.CharField())
    required = serializers.BooleanField(source="question.required")
    settings = serializers.DictField(source="question.settings")
    condition = serializers.DictField(source="question.condition")
    is_asked = serializers.BooleanField()
    is_answered = serializers.BooleanField()
    children = ChildSerializer(source="question.children", many=True)
    entries = EntrySerializer(many=True)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_value_shape(self, step: Step) -> str | None:
        return step.question.kind.shape if step.question.kind.holds_value else None


class QuestionListSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    results = QuestionSerializer(many=True)


class ResponseViewSet(ReadOnly):
    """Responses that the caller may read; who may fill one in is said by `may_fill_in`."""

    queryset = Response.objects.order_by("pk")
    serializer_class = ResponseSerializer
    permission_classes = [IsAuthenticated, MayWrite]
    lookup_value_regex = "[0-9]{1,18}"
    filterset_fields = [
        "region_map__exercise__slug",
        "region_map__region__slug",
        "questionnaire_version__questionnaire__key",
        "group",
        "state",
    ]

    def get_queryset(self) -> QuerySet[Any]:
        mine = Response.objects.fillable_by(self.request.user).filter(pk=OuterRef("pk"))
        rows = super().get_queryset().annotate(may_fill_in=Exists(mine))
        return rows.select_related(
            "region_map__exercise",
            "region_map__region",
            "questionnaire_version__questionnaire",
            "unit",
            "submitted_by",
        )

    @extend_schema(responses={200: QuestionListSerializer, **LISTING}, filters=False)
    @action(detail=True, pagination_class=None)
    def questions(self, request: Request, pk: str) -> Reply:
        """The questions put to this respondent, in order; `is_asked`: whether its condition is met."""
        refuse_unknown(request)
        steps = all_steps(response=visible_response(request, int(pk)))
        return Reply({"count": len(steps), "results": QuestionSerializer(steps, many=True).data})

    @extend_schema(request=None, responses={200: ResponseSerializer, **WRITING}, parameters=[KEY])
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Reply | HttpResponse:
        """Send the answers; 422 names what is still open, 409 says who sent them before."""
        response = allowed_response(request, int(pk), "governance.submit")
        return reply_once(request, lambda: self.sent(request, response))

    def sent(self, request: Request, response: Response) -> Reply:
        try:
            submit_response(response=response, by=request.user)
        except Incomplete as error:
            return problem(request, incomplete(error.missing))
        except ResponseClosed:
            now = visible_response(request, response.pk)
            at = now.submitted_at
            return problem(request, Refusal(409, "closed", why_closed(now), submitted_at=at))
        return Reply(ResponseSerializer(self.get_queryset().get(pk=response.pk)).data)


def incomplete(steps: list[Step]) -> Refusal:
    missing = [
        {"question": step.question.code, "unit": step.unit_pk, "detail": text}
        for step in steps
        for text in problem_sentences(step)
    ]
    sentence = _("The answers are not complete, so they were not sent. See “missing”.")
    return Refusal(422, "incomplete", sentence, missing=missing)
