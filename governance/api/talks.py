"""Discussions about an answer in the API: read, begun, added to, settled and reopened."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response as Reply
from rest_framework.views import APIView

from cohes3ion.accounts.once import reply_once
from cohes3ion.accounts.programs import MayWrite
from cohes3ion.lib.parameters import refuse_unknown
from cohes3ion.lib.refusals import Refusal
from cohes3ion.lib.schema import problems
from governance.api.access import allowed_response, find_answer, key_of, visible_response
from governance.api.answers import KEY, LISTING, READING
from governance.forms.json_answers import require_shape
from governance.forms.threads import CommentForm
from governance.models import Response, Thread
from governance.selectors.mentions import find_thread
from governance.selectors.threads import ThreadItem, threads_of
from governance.services import threads as services
from governance.services.answer_rows import NotAsked

SAYING = READING | problems(400, 403, 409, 413, 415, 422)


class WrittenCommentSerializer(serializers.Serializer[Any]):
    """Name somebody with @ and their name: they find it on their home page."""

    text = serializers.CharField(max_length=3000)


class WrittenThreadSerializer(serializers.Serializer[Any]):
    is_settled = serializers.BooleanField()


class CommentSerializer(serializers.Serializer[Any]):
    """`event`: settled or reopened, then without a text. A removed comment has lost its words."""

    id = serializers.IntegerField(source="pk")
    by = serializers.CharField(source="author.name")
    at = serializers.DateTimeField()
    event = serializers.CharField()
    text = serializers.CharField()
    is_edited = serializers.BooleanField()
    is_removed = serializers.BooleanField()


class ThreadSerializer(serializers.Serializer[ThreadItem]):
    """`is_remark`: what a reviewer gave back with the answers; settled means dealt with."""

    id = serializers.IntegerField(source="pk")
    is_settled = serializers.BooleanField()
    is_remark = serializers.BooleanField()
    comments = CommentSerializer(many=True)


class ThreadListSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    results = ThreadSerializer(many=True)


def shown(thread: Thread, request: Request, *, status: int = 200) -> Reply:
    (item,) = threads_of(Thread.objects.filter(pk=thread.pk), user=request.user)
    return Reply(ThreadSerializer(item).data, status=status)


def said(request: Request) -> str:
    """The text of a comment, by the form of the page. Raises Refusal."""
    _only(request, "text")
    if "text" in request.data:
        require_shape("text", request.data["text"], "text", or_null=False)
    form = CommentForm(request.data)
    if not form.is_valid():
        raise Refusal(422, "text", form.errors["text"][0], path="text")
    return str(form.cleaned_data["text"])


def _only(request: Request, name: str) -> None:
    unknown = [key for key in request.data if key != name]
    if unknown:
        sentence = _("“%(name)s” cannot be written here. Fields: %(fields)s.")
        named = {"name": unknown[0][:60], "fields": name}
        raise Refusal(400, "unknown_field", sentence % named, path=unknown[0][:60])


class ThreadList(APIView):
    permission_classes = [IsAuthenticated, MayWrite]

    @extend_schema(operation_id="answers_threads_list", responses={200: ThreadListSerializer, **LISTING})
    def get(self, request: Request, pk: int, place: str) -> Reply:
        """The discussions about an answer, open ones first."""
        refuse_unknown(request)
        answer = find_answer(visible_response(request, pk), place)
        found = threads_of(Thread.objects.filter(answer=answer), user=request.user) if answer else []
        return Reply({"count": len(found), "results": ThreadSerializer(found, many=True).data})

    @extend_schema(
        operation_id="answers_threads_create",
        request=WrittenCommentSerializer,
        responses={201: ThreadSerializer, **SAYING},
        parameters=[KEY],
    )
    def post(self, request: Request, pk: int, place: str) -> Reply | HttpResponse:
        """Begin a discussion; an answer nobody gave yet can be talked about as well."""
        response = allowed_response(request, pk, "governance.discuss")
        return reply_once(request, lambda: begun(request, response, place))


def begun(request: Request, response: Response, place: str) -> Reply:
    find_answer(response, place)  # 404 where nothing is asked
    key, text = key_of(place), said(request)
    try:
        thread = services.start_answer_thread(response=response, key=key, text=text, by=request.user)
    except NotAsked as error:
        raise Http404 from error
    return shown(thread, request, status=201)


def thread_of(request: Request, pk: int, thread: int) -> Thread:
    """A discussion about this response: 404 for any other, 403 for those who may not take part."""
    visible_response(request, pk)
    found = find_thread(pk=thread, user=request.user)
    if found is None or pk not in (found.response_id, found.answer.response_id if found.answer else None):
        raise Http404
    allowed_response(request, pk, "governance.discuss")
    return found


class ThreadDetail(APIView):
    permission_classes = [IsAuthenticated, MayWrite]

    @extend_schema(operation_id="threads_retrieve", responses={200: ThreadSerializer, **READING})
    def get(self, request: Request, pk: int, thread: int) -> Reply:
        """One discussion of a response."""
        return shown(thread_of(request, pk, thread), request)

    @extend_schema(
        operation_id="threads_settle",
        request=WrittenThreadSerializer,
        responses={200: ThreadSerializer, **SAYING},
        parameters=[KEY],
    )
    def patch(self, request: Request, pk: int, thread: int) -> Reply | HttpResponse:
        """Settle it or reopen it. Twice the same changes nothing, so no If-Match is needed."""
        found = thread_of(request, pk, thread)
        _only(request, "is_settled")
        settled = request.data.get("is_settled")
        if not isinstance(settled, bool):
            sentence = _("“%(name)s” must be true or false.") % {"name": "is_settled"}
            raise Refusal(400, "type", sentence, path="is_settled")

        def work() -> Reply:
            services.settle(thread=found, settled=settled, by=request.user)
            return shown(found, request)

        return reply_once(request, work)


class CommentList(APIView):
    permission_classes = [IsAuthenticated, MayWrite]

    @extend_schema(
        operation_id="threads_comments_create",
        request=WrittenCommentSerializer,
        responses={201: ThreadSerializer, **SAYING},
        parameters=[KEY],
    )
    def post(self, request: Request, pk: int, thread: int) -> Reply | HttpResponse:
        """Say something in a discussion; what is settled stays settled."""
        found = thread_of(request, pk, thread)

        def work() -> Reply:
            services.reply(thread=found, text=said(request), by=request.user)
            return shown(found, request, status=201)

        return reply_once(request, work)
