"""Entries of repeating groups in the API: added once however often that is sent, and removed."""

from typing import Any

from django.core.validators import MaxLengthValidator
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response as Reply
from rest_framework.views import APIView

from cohes3ion.accounts.once import reply_once
from cohes3ion.accounts.programs import MayWrite
from cohes3ion.lib.json_bodies import shown
from cohes3ion.lib.parameters import refuse_unknown
from cohes3ion.lib.problems import problem
from cohes3ion.lib.refusals import Refusal
from cohes3ion.lib.version_tags import tag_of, version_in, versions_in
from governance.api import refusals
from governance.api.access import allowed_response, visible_response
from governance.api.answers import IF_MATCH, KEY, LISTING, WRITING
from governance.forms.json_answers import require_shape
from governance.models import GroupEntry, Response
from governance.selectors.answer_places import AnswerPlace
from governance.selectors.places import NoSuchPlace, questions_of_version
from governance.services.answer_rows import NotAsked, ResponseClosed
from governance.services.entries import (
    EntryGone,
    KeyTaken,
    StaleEntry,
    TooManyEntries,
    add_entry_once,
    change_entry,
)

MOST = 2**63 - 1  # a key of a row


class NewEntrySerializer(serializers.Serializer[Any]):
    """Where an entry is added. The same `key` again is the same entry: a UUID makes a retry harmless."""

    group = serializers.CharField(validators=[MaxLengthValidator(20)])
    unit = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=MOST)
    key = serializers.RegexField(
        "^[A-Za-z0-9_-]{1,40}$",
        required=False,
        error_messages={"invalid": gettext_lazy("A key is 1 to 40 letters, digits, - and _: best a UUID.")},
    )

    def to_internal_value(self, data: Any) -> Any:
        """As everywhere: what cannot be written, or is of another type, is named and not passed over."""
        unknown = [name for name in data if name not in self.fields]
        if unknown:
            sentence = _("“%(name)s” cannot be written here. Fields: %(fields)s.")
            named = {"name": shown(unknown[0]), "fields": ", ".join(self.fields)}
            raise Refusal(400, "unknown_field", sentence % named, path=named["name"])
        for name, value in data.items():
            is_unit = name == "unit"
            require_shape(name, value, "whole number" if is_unit else "text", or_null=is_unit)
        return super().to_internal_value(data)


class EntryRowSerializer(serializers.ModelSerializer[GroupEntry]):
    group = serializers.CharField(source="question.code")
    unit = serializers.IntegerField(source="about_unit_id", allow_null=True)
    etag = serializers.SerializerMethodField()

    class Meta:
        model = GroupEntry
        fields = ["id", "group", "unit", "key", "position", "version", "etag", "created_at", "removed_at"]

    def get_etag(self, row: GroupEntry) -> str:
        return tag_of({"entry": row.version})


class EntryListSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    results = EntryRowSerializer(many=True)


class EntryList(APIView):
    permission_classes = [IsAuthenticated, MayWrite]

    @extend_schema(operation_id="responses_entries_list", responses={200: EntryListSerializer, **LISTING})
    def get(self, request: Request, pk: int) -> Reply:
        """The entries of all groups of a response, removed ones included."""
        refuse_unknown(request)
        response = visible_response(request, pk)
        rows = response.entries.select_related("question").filter(
            question__section__version=response.questionnaire_version_id
        )
        return Reply({"count": len(rows), "results": EntryRowSerializer(rows, many=True).data})

    @extend_schema(
        request=NewEntrySerializer,
        responses={201: EntryRowSerializer, 200: EntryRowSerializer, **WRITING},
        parameters=[KEY],
    )
    def post(self, request: Request, pk: int) -> Reply | HttpResponse:
        """A new entry at the end of a group: 201; 200 when there is one with this key already."""
        response = allowed_response(request, pk, "governance.answer")
        sent = NewEntrySerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return reply_once(request, lambda: added(request, response, sent.validated_data))


def added(request: Request, response: Response, sent: dict[str, Any]) -> Reply:
    fillable = Response.objects.fillable_by(request.user)
    where = {"response_id": response.pk, "key": (sent["group"], sent.get("unit")), "by": request.user}
    try:
        row, is_new = add_entry_once(scope=fillable, name=sent.get("key", ""), **where)
    except TooManyEntries as full:
        sentence = _("There are %(n)s entries, and no more can be added. Remove one first.")
        return problem(request, Refusal(422, "too_many", sentence % {"n": full.limit}))
    except KeyTaken:
        sentence = _("Another group of this response has an entry with this key.")
        return problem(request, Refusal(409, "key_taken", sentence, path="key"))
    except ResponseClosed:
        return problem(request, refusals.closed(visible_response(request, response.pk)))
    except NotAsked as error:
        sentence = _("“%(code)s” is not a repeating group that is asked here.") % {"code": sent["group"]}
        raise Refusal(400, "group", sentence, path="group") from error
    except Response.DoesNotExist as error:
        raise PermissionDenied from error
    return entry_reply(row, status=201 if is_new else 200)


def entry_reply(row: GroupEntry, *, status: int) -> Reply:
    headers = {"ETag": tag_of({"entry": row.version})}
    return Reply(EntryRowSerializer(row).data, status=status, headers=headers)


class EntryDetail(APIView):
    permission_classes = [IsAuthenticated, MayWrite]

    @extend_schema(request=None, responses={200: EntryRowSerializer, **WRITING}, parameters=[IF_MATCH, KEY])
    def delete(self, request: Request, pk: int, place: str) -> Reply | HttpResponse:
        """Remove an entry ("2.6:key"). Its answers stay, and the page can bring it back."""
        response = allowed_response(request, pk, "governance.answer")
        return reply_once(request, lambda: taken_away(request, response, place))


def taken_away(request: Request, response: Response, text: str) -> Reply:
    try:
        place = AnswerPlace.read(text)
    except NoSuchPlace as error:
        raise Http404 from error
    if place.code not in questions_of_version(response.questionnaire_version_id):
        raise Http404
    version = version_in(versions_in(request.headers.get("If-Match")), field="entry")
    try:
        row = change_entry(
            scope=Response.objects.fillable_by(request.user),
            response_id=response.pk,
            key=(place.code, place.unit),
            entry=(place.part, version),
            action="remove",
            by=request.user,
        )
    except StaleEntry as error:
        sentence = _("Somebody else changed this entry. Look at it and choose again.")
        current = EntryRowSerializer(error.row).data
        return problem(request, Refusal(412, "stale", sentence, current=current))
    except EntryGone as error:
        if error.entry is None:
            raise Http404 from error
        return problem(request, refusals.gone(error.entry))
    except ResponseClosed:
        return problem(request, refusals.closed(visible_response(request, response.pk)))
    except NotAsked as error:
        raise Http404 from error
    except Response.DoesNotExist as error:
        raise PermissionDenied from error
    return entry_reply(row, status=200)
