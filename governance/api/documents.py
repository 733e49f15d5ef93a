"""Evidence of an answer in the API: listed, attached as link, file or known document, and taken away."""

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response as Reply
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from cohes3ion.accounts.once import reply_once
from cohes3ion.accounts.programs import MayWrite
from cohes3ion.lib.downloads import file_reply
from cohes3ion.lib.file_kinds import size_over_limit
from cohes3ion.lib.form_bodies import FileFormParser, larger_file
from cohes3ion.lib.json_bodies import StrictJSONParser
from cohes3ion.lib.parameters import refuse_unknown
from cohes3ion.lib.problems import problem
from cohes3ion.lib.refusals import Refusal
from cohes3ion.lib.schema import problems
from governance.api import refusals
from governance.api.access import allowed_response, find_answer, key_of, visible_response
from governance.api.answers import KEY, LISTING, READING
from governance.forms.evidence import FileForm, LinkForm, ReuseForm
from governance.forms.json_answers import require_shape
from governance.models import Evidence, Response
from governance.services.answer_rows import NotAsked, ResponseClosed
from governance.services.evidence import (
    NotInThisResponse,
    TooMany,
    add_evidence,
    remove_evidence,
    reuse_evidence,
)

# Of a form's error, by its code; 503: the file is not wrong, it comes too early.
REFUSED = {
    "required": (422, "missing_field"),
    "too_large": (413, "too_large"),
    "scanner_away": (503, "scanner_away"),
}
ATTACHING = READING | problems(400, 403, 409, 413, 415, 422, 503)


class WrittenLinkSerializer(serializers.Serializer[Any]):
    """A link; or only `evidence`, the id of a document that supports another answer of the map."""

    url = serializers.URLField(required=False)
    title = serializers.CharField(required=False, max_length=300)
    page = serializers.CharField(required=False, max_length=20)
    checked_on = serializers.DateField(required=False)
    evidence = serializers.IntegerField(required=False)


class WrittenFileSerializer(serializers.Serializer[Any]):
    """A file, judged by its content. Without a title, the name of the file is shown."""

    file = serializers.FileField()
    title = serializers.CharField(required=False, max_length=300)
    page = serializers.CharField(required=False, max_length=20)


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    file = serializers.SerializerMethodField()
    added_by = serializers.SerializerMethodField()

    class Meta:
        model = Evidence
        fields = [
            *("id", "title", "url", "file", "file_name", "content_type", "size", "page", "checked_on"),
            *("is_public", "added_by", "added_at"),
        ]

    def get_file(self, row: Evidence) -> str | None:
        """The address of its bytes, for the same token."""
        if not row.file:
            return None
        kwargs = {**self.context["where"], "evidence": row.pk}
        return str(reverse("api:evidence-file", kwargs=kwargs))

    def get_added_by(self, row: Evidence) -> str | None:
        return str(row.added_by) if row.added_by else None


class EvidenceListSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    results = EvidenceSerializer(many=True)


def shown(rows: Any, where: dict[str, Any], *, many: bool = False) -> Any:
    return EvidenceSerializer(rows, many=many, context={"where": where}).data


class DocumentList(APIView):
    permission_classes = [IsAuthenticated, MayWrite]
    parser_classes = [StrictJSONParser, FileFormParser]

    @extend_schema(operation_id="answers_evidence_list", responses={200: EvidenceListSerializer, **LISTING})
    def get(self, request: Request, pk: int, place: str) -> Reply:
        """The documents that support an answer."""
        refuse_unknown(request)
        answer = find_answer(visible_response(request, pk), place)
        rows = answer.evidence.select_related("added_by").order_by("pk") if answer else []
        results = shown(rows, {"pk": pk, "place": place}, many=True)
        return Reply({"count": len(results), "results": results})

    @extend_schema(
        operation_id="answers_evidence_create",
        request={
            "application/json": WrittenLinkSerializer,
            "multipart/form-data": WrittenFileSerializer,
        },
        responses={201: EvidenceSerializer, **ATTACHING},
        parameters=[KEY],
    )
    def post(self, request: Request, pk: int, place: str) -> Reply | HttpResponse:
        """Attach a link (JSON), a file (form), or a document that is there (`{"evidence": 7}`)."""
        response = allowed_response(request, pk, "governance.answer")
        return reply_once(request, lambda: attached(request, response, place))


def attached(request: Request, response: Response, place: str) -> Reply:
    """By the forms of the page, so that the same is accepted and the same sentence refuses."""
    find_answer(response, place)  # 404 where nothing is asked
    form = accepted_form(request)
    target = {
        "scope": Response.objects.fillable_by(request.user),
        "response_id": response.pk,
        "key": key_of(place),
        "by": request.user,
    }
    try:
        if isinstance(form, ReuseForm):
            row = reuse_evidence(evidence_id=form.cleaned_data["evidence"], **target)
        else:
            row = add_evidence(values=form.values(), **target)
    except TooMany as error:
        sentence = _("An answer has room for 20 documents. Remove one that is no longer needed.")
        raise Refusal(422, "too_many", sentence) from error
    except NotInThisResponse as error:
        sentence = _("There is no document with this id that you may read in this map.")
        raise Refusal(422, "evidence", sentence, path="evidence") from error
    except ResponseClosed:
        return problem(request, refusals.closed(response, is_kept=False))
    except NotAsked as error:
        raise Http404 from error
    except Response.DoesNotExist as error:
        raise PermissionDenied from error
    return Reply(shown(row, {"pk": response.pk, "place": place}), status=201)


def accepted_form(request: Request) -> Any:
    """The form that fits what was sent, filled in rightly. Raises Refusal."""
    is_form = str(request.content_type).startswith("multipart/")
    sent: Mapping[str, Any] = request.data
    kind: type[Form] = FileForm if is_form else ReuseForm if "evidence" in sent else LinkForm
    too_large = larger_file(request) if is_form else None
    if too_large:
        raise Refusal(413, "too_large", size_over_limit(too_large).messages[0], path="file")
    form = kind(sent, request.FILES if is_form else None)
    unknown = [name for name in sent if name not in form.fields]
    if unknown:
        sentence = _("“%(name)s” cannot be written here. Fields: %(fields)s.")
        named = {"name": unknown[0][:60], "fields": ", ".join(sorted(form.fields))}
        raise Refusal(400, "unknown_field", sentence % named, path=unknown[0][:60])
    for name in () if is_form else sent:
        require_shape(name, sent[name], "whole number" if name == "evidence" else "text", or_null=False)
    if form.is_valid():
        return form
    name, errors = next(iter(form.errors.as_data().items()))
    status, code = REFUSED.get(errors[0].code or "", (422, "invalid"))
    raise Refusal(status, code, errors[0].messages[0], path=name)


class DocumentDetail(APIView):
    permission_classes = [IsAuthenticated, MayWrite]

    @extend_schema(
        operation_id="answers_evidence_destroy",
        request=None,
        responses={204: None, **ATTACHING},
        parameters=[KEY],
    )
    def delete(self, request: Request, pk: int, place: str, evidence: int) -> Reply | HttpResponse:
        """Take a document from this answer; the last answer takes document and file away."""
        response = allowed_response(request, pk, "governance.answer")
        return reply_once(request, lambda: detached(request, response, place, evidence))


def detached(request: Request, response: Response, place: str, evidence: int) -> Reply:
    try:
        found = remove_evidence(
            scope=Response.objects.fillable_by(request.user),
            response_id=response.pk,
            key=key_of(place),
            evidence_id=evidence,
            by=request.user,
        )
    except ResponseClosed:
        return problem(request, refusals.closed(response, is_kept=False))
    except NotAsked as error:
        raise Http404 from error
    except Response.DoesNotExist as error:
        raise PermissionDenied from error
    if not found:
        raise Http404
    return Reply(status=204)


class DocumentFile(APIView):
    permission_classes = [IsAuthenticated, MayWrite]

    @extend_schema(
        operation_id="answers_evidence_file",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **READING},
    )
    def get(self, request: Request, pk: int, place: str, evidence: int) -> FileResponse:
        """The bytes of a file."""
        answer = find_answer(visible_response(request, pk), place)
        row = answer.evidence.exclude(file="").filter(pk=evidence).first() if answer else None
        if row is None or not row.file.storage.exists(row.file.name):
            raise Http404
        return file_reply(row)
