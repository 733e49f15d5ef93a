"""Answers in the API: read, and written one by one, each write bound to the version that was read."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response as Reply
from rest_framework.views import APIView

from cohes3ion.accounts.once import reply_once
from cohes3ion.accounts.programs import MayWrite
from cohes3ion.lib.parameters import refuse_unknown
from cohes3ion.lib.problems import problem
from cohes3ion.lib.refusals import Refusal
from cohes3ion.lib.schema import problems
from cohes3ion.lib.version_tags import tag_of, versions_in
from governance.api import refusals
from governance.api.access import allowed_response, visible_response
from governance.forms.json_answers import read_changes
from governance.models import Response
from governance.selectors.answer_places import (
    AnswerPlace,
    PlacedAnswer,
    fields_of,
    find_place,
    find_placed,
    is_asked_now,
    placed_answers,
)
from governance.selectors.places import NoSuchPlace, Place, questions_of_version
from governance.services.answer_rows import NotAsked, ResponseClosed, removed_question
from governance.services.entries import EntryGone
from governance.services.late import keep_late
from governance.services.responses import save_answer
from governance.services.values import save_value
from mapping.enums import AnswerKind


class WrittenAnswerSerializer(serializers.Serializer[Any]):
    """What may be written. A value has the shape that its question says (`value_shape`)."""

    kind = serializers.ChoiceField(choices=AnswerKind.choices, required=False)
    value = serializers.JSONField(required=False, allow_null=True)
    explanation = serializers.CharField(required=False, max_length=5000)
    importance = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=5)
    confidence = serializers.CharField(required=False, allow_blank=True)


class AnswerSerializer(serializers.Serializer[PlacedAnswer]):
    place = serializers.CharField()
    question = serializers.CharField(source="place.code")
    unit = serializers.IntegerField(source="place.unit", allow_null=True)
    part = serializers.CharField(source="place.part")
    type = serializers.CharField()
    is_asked = serializers.BooleanField()
    kind = serializers.ChoiceField(choices=AnswerKind.choices)
    value = serializers.JSONField(allow_null=True)
    explanation = serializers.CharField()
    importance = serializers.IntegerField(allow_null=True)
    confidence = serializers.CharField()
    versions = serializers.DictField(child=serializers.IntegerField())
    etag = serializers.SerializerMethodField()
    edited_by = serializers.CharField(allow_null=True)
    edited_at = serializers.DateTimeField(allow_null=True)

    def get_etag(self, row: PlacedAnswer) -> str:
        return tag_of(row.versions)


class AnswerListSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    results = AnswerSerializer(many=True)


IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The ETag of the answer as read."
)
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Same key, same reply: for 24 hours.",
)


READING = problems(401, 404, 429)
LISTING = READING | problems(400)
WRITING = READING | problems(400, 403, 409, 412, 413, 415, 422, 428)


class AnswerList(APIView):
    permission_classes = [IsAuthenticated, MayWrite]

    @extend_schema(operation_id="responses_answers_list", responses={200: AnswerListSerializer, **LISTING})
    def get(self, request: Request, pk: int) -> Reply:
        """Every answer of a response, given or not, in the order of the questionnaire."""
        refuse_unknown(request)
        rows = placed_answers(response=visible_response(request, pk))
        return Reply({"count": len(rows), "results": AnswerSerializer(rows, many=True).data})


class AnswerDetail(APIView):
    permission_classes = [IsAuthenticated, MayWrite]

    @extend_schema(responses={200: AnswerSerializer, **READING})
    def get(self, request: Request, pk: int, place: str) -> Reply:
        """One answer. Its ETag is what a write sends back as If-Match."""
        response = visible_response(request, pk)
        try:
            row = find_placed(response=response, place=AnswerPlace.read(place))
        except NoSuchPlace:
            row = None
        if row is None:
            raise Http404
        return shown(row)

    @extend_schema(
        request=WrittenAnswerSerializer,
        responses={200: AnswerSerializer, **WRITING},
        parameters=[IF_MATCH, KEY],
    )
    def patch(self, request: Request, pk: int, place: str) -> Reply | HttpResponse:
        """Write the fields that are sent. One that is stale does not keep the others from being saved."""
        return write(request, pk, place, whole=False)

    @extend_schema(
        request=WrittenAnswerSerializer,
        responses={200: AnswerSerializer, **WRITING},
        parameters=[IF_MATCH, KEY],
    )
    def put(self, request: Request, pk: int, place: str) -> Reply | HttpResponse:
        """Write the whole answer: every field that it has must be sent."""
        return write(request, pk, place, whole=True)


def shown(row: PlacedAnswer) -> Reply:
    return Reply(AnswerSerializer(row).data, headers={"ETag": tag_of(row.versions)})


def write(request: Request, pk: int, text: str, *, whole: bool) -> Reply | HttpResponse:
    """Who may comes first; then a retry gets its reply, whatever happened to the question meanwhile."""
    response = allowed_response(request, pk, "governance.answer")
    return reply_once(request, lambda: written(request, response, text, whole=whole))


def written(request: Request, response: Response, text: str, *, whole: bool) -> Reply:
    """Where, on which version, what: refused in this order."""
    place, target = target_of(response, text)
    versions = versions_in(request.headers.get("If-Match"))
    fields = fields_of(target, group=response.group)
    require_fields(request.data, fields=fields, whole=whole)
    changes = read_changes(request.data, place=target, fields=fields, response=response, versions=versions)
    asked = is_asked_now(response=response, place=place, question=target.question)
    row = PlacedAnswer(place=place, kind_of_question=target.kind, fields=fields, is_asked=asked)
    return saved(request, response, row, changes)


def target_of(response: Response, text: str) -> tuple[AnswerPlace, Place]:
    questions = questions_of_version(response.questionnaire_version_id)
    try:
        place = AnswerPlace.read(text)
        return place, find_place(place=place, questions=questions)
    except NoSuchPlace as error:
        code = text.partition("@")[0].partition(":")[0]
        gone = None if code in questions else removed_question(response=response, code=code)
        raise (refusals.removed(gone.at, code) if gone else Http404) from error


def require_fields(body: dict[str, Any], *, fields: tuple[str, ...], whole: bool) -> None:
    missing = [name for name in fields if name not in body and not (name == "value" and "kind" in body)]
    if whole and missing:
        sentence = _("PUT writes the whole answer: “%(name)s” is missing. Use PATCH to write some fields.")
        raise Refusal(400, "missing_field", sentence % {"name": missing[0]}, path=missing[0])
    if not body:
        raise Refusal(400, "empty", _('Nothing was sent. Name the fields to write, like {"value": 3}.'))


def saved(request: Request, response: Response, row: PlacedAnswer, changes: list[Any]) -> Reply:
    """The answer as it stands after the write, or why it was not written; part of the transaction."""
    place = row.place
    where = {
        "scope": Response.objects.fillable_by(request.user),
        "response_id": response.pk,
        "key": (place.code, place.unit),
        "changes": changes,
        "by": request.user,
    }
    try:
        if row.type == "scale":
            answer, stale = save_answer(**where)
        else:
            answer, stale = save_value(**where, part=place.part)
    except Response.DoesNotExist as error:
        raise PermissionDenied from error
    except NotAsked as error:
        raise Http404 from error
    except EntryGone as error:
        return problem(request, refusals.gone(error.entry))
    except ResponseClosed:
        keep_late(**where, part=place.part)
        return problem(request, refusals.closed(visible_response(request, response.pk)))
    now = replace(row, answer=answer)
    if not stale:
        return shown(now)
    late = {conflict.field for conflict in stale}
    kept = [change.field for change in changes if change.field not in late]
    told = {
        "current": AnswerSerializer(now).data,
        "saved": kept,
        "based_on": {change.field: change.version for change in changes},
    }
    refusal = refusals.stale(stale, by=request.user, **told)
    return problem(request, refusal)
