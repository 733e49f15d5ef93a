"""Matches of one's own need or offer, interest, and the conversation of two who agreed."""

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from journeys.enums import Interest
from journeys.forms.posts import MessageForm, NotForUsForm, ResultForm
from journeys.models import Introduction, Post
from journeys.selectors import matches as selectors
from journeys.selectors.posts import find_open_post, linked_text
from journeys.services import introductions as services
from journeys.views.post_desk import reached

# A number alone, or at the end of an address.
NUMBER = re.compile(r"(?:^|/)([0-9]{1,9})/?$")


def own(request: HttpRequest, pk: int) -> Post:
    """Matches are the owner's business; who checks posts does not see them."""
    post = reached(request, pk)
    if post.owner_id != request.user.pk:
        raise PermissionDenied
    return post


@login_required
def post_matches(request: HttpRequest, pk: int) -> HttpResponse:
    """`?other=` asks why that one is not among them."""
    post = own(request, pk)
    asked = request.GET.get("other", "").strip()[:200]
    named = NUMBER.search(asked)
    other = find_open_post(pk=int(named[1])) if named else None
    context = {
        "post": post,
        "matches": selectors.matches_of(post=post),
        "asked": asked,
        "refusal": selectors.refusal_of(post=post, other=other) if other and other.pk != post.pk else None,
    }
    return render(request, "journeys/post_matches.html", context)


@login_required
@writes("journeys.write_post")
def post_interest(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Interested, or not for us; whoever is behind the other side is told only when both are."""
    post = own(request, pk)
    allow(request, "journeys.write_post", post)
    partner = find_open_post(pk=other)
    if partner is None:
        raise Http404
    says = Interest.YES if request.POST.get("says") == Interest.YES else Interest.NO
    form = NotForUsForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        talk = services.say_interest(post=post, other=partner, says=says, reason=reason)
    except services.NotListed:
        raise Http404 from None
    if talk.agreed_at is not None:
        messages.success(request, _("Both sides are interested. Here is who the other one is."))
        return redirect("journeys:post_talk", pk=talk.pk)
    if says == Interest.YES:
        messages.success(request, _("Noted. When the other side says so too, you both learn who you are."))
    else:
        messages.success(request, _("Noted. The other side is not told."))
    return redirect("journeys:post_matches", pk=post.pk)


def found_talk(request: HttpRequest, pk: int) -> Introduction:
    talk = selectors.find_talk(pk=pk, user=request.user)
    if talk is None:
        raise Http404
    return talk


def talk_page(request: HttpRequest, talk: Introduction, status: int = 200, **more: Any) -> HttpResponse:
    is_need = talk.need.owner_id == request.user.pk
    context = {
        "talk": talk,
        "mine": talk.need if is_need else talk.offer,
        "theirs": talk.offer if is_need else talk.need,
        "lines": [(row, linked_text(row.text)) for row in selectors.messages_of(talk)],
        "write_form": MessageForm(auto_id="write-%s"),
        "result_form": ResultForm(
            initial={"result": talk.result, "text": talk.result_text}, auto_id="result-%s"
        ),
        **more,
    }
    return render(request, "journeys/post_talk.html", context, status=status)


@login_required
def post_talk(request: HttpRequest, pk: int) -> HttpResponse:
    talk = found_talk(request, pk)
    services.read_messages(introduction=talk, by=request.user)
    return talk_page(request, talk)


@login_required
@writes("journeys.talk")
@once
def post_message(request: HttpRequest, pk: int) -> HttpResponse:
    talk = found_talk(request, pk)
    allow(request, "journeys.talk", talk)
    form = MessageForm(request.POST, auto_id="write-%s")
    if not form.is_valid():
        return talk_page(request, talk, 422, write_form=form, form=form)
    try:
        services.write_message(introduction=talk, text=form.cleaned_data["text"], by=request.user)
    except services.TooManyMessages:
        reply = talk_page(request, talk, 429, write_form=form, is_crowded=True)
        reply["Retry-After"] = "3600"
        return reply
    messages.success(request, _("Sent."))
    return redirect("journeys:post_talk", pk=talk.pk)


@login_required
@writes("journeys.talk")
def post_result(request: HttpRequest, pk: int) -> HttpResponse:
    talk = found_talk(request, pk)
    allow(request, "journeys.talk", talk)
    form = ResultForm(request.POST, auto_id="result-%s")
    if not form.is_valid():
        return talk_page(request, talk, 422, result_form=form, form=form)
    services.tell_result(introduction=talk, **form.cleaned_data)
    messages.success(request, _("Thank you. Only numbers of this are shown to others."))
    return redirect("journeys:post_talk", pk=talk.pk)
