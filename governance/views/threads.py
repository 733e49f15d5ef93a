"""Discussions: about an answer on the page of its question, about a row of the map on a page of their own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, get_script_prefix, resolve, reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import VersionMissing, parse_version
from governance.forms.personal_links import typed_texts
from governance.forms.threads import BothForm, CommentForm
from governance.models import Comment, Thread
from governance.selectors.mentions import find_comment, find_thread, thread_address
from governance.selectors.talks import RecordTalk, find_record_talk
from governance.services import threads as services
from governance.services.answer_rows import NotAsked
from governance.views.responses import visible_response
from governance.views.withdrawn import keeps_text_of_former


def visible_thread(request: HttpRequest, pk: int) -> Thread:
    """The discussion, or 404."""
    thread = find_thread(pk=pk, user=request.user)
    if thread is None:
        raise Http404
    response = thread.answer.response if thread.answer is not None else thread.response
    subject = response or thread.region_map or thread.exercise
    allow(request, "governance.discuss", subject)
    return thread


def visible_talk(request: HttpRequest, pk: int, kind: str, record_pk: int) -> RecordTalk:
    """A row of a map with its discussions, or 404; 403 for those who only read the map."""
    found = find_record_talk(map_id=pk, kind=kind, pk=record_pk, user=request.user)
    if found is None:
        raise Http404
    allow(request, "governance.discuss", found.region_map)
    return found


def refused(request: HttpRequest, form: CommentForm, back: str, status: int = 422) -> HttpResponse:
    """Say why, with what was typed."""
    return render(request, "governance/comment_edit.html", {"form": form, "back": back}, status=status)


@login_required
@writes("governance.discuss")
@keeps_text_of_former(typed_texts)
@once
def thread_start(request: HttpRequest, pk: int, code: str, unit_pk: int | None = None) -> HttpResponse:
    response = visible_response(request, pk)
    allow(request, "governance.discuss", response)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return refused(request, form, request.path.removesuffix("threads/"))
    try:
        thread = services.start_answer_thread(
            response=response, key=(code, unit_pk), text=form.cleaned_data["text"], by=request.user
        )
    except NotAsked as problem:
        raise Http404 from problem
    return redirect(thread_address(thread))


@login_required
@writes("governance.discuss")
@once
def record_thread_start(request: HttpRequest, pk: int, kind: str, record_pk: int) -> HttpResponse:
    talk = visible_talk(request, pk, kind, record_pk)
    form = BothForm(request.POST) if "theirs" in request.POST else CommentForm(request.POST)
    if not form.is_valid():
        return refused(request, form, talk.address)
    services.start_record_thread(
        region_map=talk.region_map, kind=kind, pk=record_pk, text=form.said(), by=request.user
    )
    return redirect(talk.address)


@login_required
def record_talk(request: HttpRequest, pk: int, kind: str, record_pk: int) -> HttpResponse:
    found = visible_talk(request, pk, kind, record_pk)
    return render(request, "governance/record_talk.html", {"page": found, "talk": found.talk})


def _back_to(request: HttpRequest, thread: Thread) -> str:
    """Where the form stood: a remark is also answered from the list of all remarks.

    One on a section is answered from each of its questions, and leads back to that one.
    """
    response = thread.answer.response if thread.answer is not None else thread.response
    back = request.POST.get("back", "")
    if back == "remarks" and response is not None:
        return reverse("governance:response_detail", args=[response.pk]) + "#remarks"
    if back and thread.response_id is not None:
        try:
            found = resolve(f"/{back.removeprefix(get_script_prefix())}")
        except Resolver404:
            return thread_address(thread)
        if found.view_name == "governance:question_detail" and found.kwargs["pk"] == thread.response_id:
            return reverse(found.view_name, kwargs=found.kwargs) + f"#thread-{thread.pk}"
    return thread_address(thread)


@login_required
@writes("governance.discuss")
@once
def thread_reply(request: HttpRequest, pk: int) -> HttpResponse:
    thread = visible_thread(request, pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return refused(request, form, thread_address(thread))
    services.reply(thread=thread, text=form.cleaned_data["text"], by=request.user)
    return redirect(_back_to(request, thread))


@login_required
@writes("governance.discuss")
def thread_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle it or reopen it: the form says which, so that a second click changes nothing."""
    thread = visible_thread(request, pk)
    services.settle(thread=thread, settled=request.POST.get("settled") == "yes", by=request.user)
    return redirect(_back_to(request, thread))


def own_comment(request: HttpRequest, pk: int) -> Comment:
    comment = find_comment(pk=pk, user=request.user)
    if comment is None:
        raise Http404
    return comment


@login_required
@writes("governance.discuss")
def comment_save(request: HttpRequest, pk: int) -> HttpResponse:
    comment = own_comment(request, pk)
    back = thread_address(comment.thread)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return refused(request, form, back)
    try:
        version = parse_version(request.POST.get("version"))
        services.edit_comment(
            comment=comment, text=form.cleaned_data["text"], expected=version, by=request.user
        )
    except VersionMissing:
        form.add_error(None, _("This page is out of date. Go back, load it again, then change the comment."))
        return refused(request, form, back, status=428)
    except services.CommentChanged:
        form.add_error(None, _("The comment was changed in another window, or is older than a day."))
        return refused(request, form, back, status=409)
    return redirect(back)


@login_required
@writes("governance.discuss")
def comment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    comment = own_comment(request, pk)
    try:
        services.remove_comment(comment=comment, by=request.user)
    except services.CommentChanged:
        messages.warning(
            request, _("A comment can be removed for a day. Say in the discussion what is wrong.")
        )
    return redirect(thread_address(comment.thread))


@login_required
@writes("governance.be_here")
def mention_seen(request: HttpRequest, pk: int) -> HttpResponse:
    allow(request, "governance.be_here")
    if not services.mark_seen(mention_id=pk, user=request.user):
        raise Http404
    return redirect("governance:workspace")
