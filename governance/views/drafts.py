"""A stakeholder with an account reads the draft map and comments on it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from governance.forms.consultations import MapCommentForm
from governance.selectors.consultations import (
    CommenterPage,
    commenter_page,
    find_own_comment,
    reopened_maps,
)
from governance.selectors.draft_parts import find_part
from governance.selectors.workspaces import find_map
from governance.services.consultations import (
    ConsultationClosed,
    TooManyComments,
    add_comment,
    remove_comment,
)
from mapping.models import RegionMap


def asked_of(request: HttpRequest) -> Mapping[str, str]:
    """Which part of the map is asked for: by the address, or by what the comment form sends with its text.

    `show` and `shown` hold what an address would say: of the part whose button was pressed, and of this one.
    """
    if request.method != "POST":
        return request.GET
    if "find" in request.POST:
        return {"q": request.POST.get("q", "")}
    said = request.POST.get("show", request.POST.get("shown", ""))
    return QueryDict(said.removeprefix("?").partition("#")[0]).dict()


def is_looking(request: HttpRequest, page: CommenterPage) -> bool:
    """Another part of the map was asked for in the middle of a comment: nothing is stored yet."""
    return page.is_open and ("find" in request.POST or "show" in request.POST)


def comment_form(request: HttpRequest, page: CommenterPage) -> MapCommentForm:
    """About the part whose *Comment* was pressed, with what was typed so far."""
    typed = request.POST
    initial = {
        "about": asked_of(request).get("about") or typed.get("about", ""),
        "text": typed.get("text", ""),
        "name_shown": "name_shown" in typed,
    }
    return MapCommentForm(page=page, initial=initial)


def mine(page: CommenterPage, *, here: str) -> str:
    """Where one's own comments stand, on the part of the map that was shown."""
    return f"{here}?{page.draft.address}#mine" if page.draft.address else f"{here}#mine"


def say(page: CommenterPage, form: MapCommentForm, *, author: dict[str, Any]) -> tuple[int, str]:
    """Store a comment. The status (302 stored, 409 closed, 422 not accepted) and a sentence."""
    closed = 409, _("Comments are not taken any more. Your text is here for copying.")
    if page.consultation is None or not page.is_open:
        return closed
    about = find_part(groups=page.groups, key=form.cleaned_data["about"]) if form.is_valid() else None
    if about is None:
        return 422, ""
    try:
        add_comment(
            consultation=page.consultation,
            author=author,
            about=about,
            text=form.cleaned_data["text"],
            name_shown=form.cleaned_data["name_shown"],
        )
    except ConsultationClosed:
        return closed
    except TooManyComments:
        return 422, _("You wrote very many comments. Write to the regional team, or take one back first.")
    return 302, _("Thank you. The regional team answers every comment, and you read the answer here.")


def asked_map(request: HttpRequest, pk: int) -> RegionMap:
    """The map in consultation or later, or one that is edited again after it; 404 otherwise."""
    found = find_map(pk=pk, user=request.user) or reopened_maps(user=request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def own_page(request: HttpRequest, pk: int) -> CommenterPage:
    region_map = asked_map(request, pk)
    allow(request, "governance.comment_on_map", region_map)
    return commenter_page(region_map=region_map, author={"person": request.user}, asked=asked_of(request))


def draft_page(
    request: HttpRequest, page: CommenterPage, form: MapCommentForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    pk = page.region_map.pk
    addresses = {
        "here": reverse("governance:draft_detail", args=[pk]),
        "comment": reverse("governance:draft_comment", args=[pk]),
    }
    context = {"page": page, "form": form, "addresses": addresses, **more}
    return render(request, "governance/draft_detail.html", context, status=status)


@login_required
def draft_detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = own_page(request, pk)
    return draft_page(request, page, comment_form(request, page))


@login_required
@writes("governance.comment_on_map")
def draft_comment(request: HttpRequest, pk: int) -> HttpResponse:
    page = own_page(request, pk)
    if is_looking(request, page):
        return draft_page(request, page, comment_form(request, page))
    form = MapCommentForm(request.POST, page=page)
    status, sentence = say(page, form, author={"person": request.user})
    if status != 302:
        problems = [{"text": sentence, "href": "#id_text"}] if sentence else []
        return draft_page(request, page, form, status=status, problems=problems)
    messages.success(request, sentence)
    return redirect(mine(page, here=reverse("governance:draft_detail", args=[pk])))


@login_required
@writes("governance.comment_on_map")
def comment_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    comment = find_own_comment(pk=pk, author={"person": request.user})
    if comment is None:
        raise Http404
    region_map = asked_map(request, comment.consultation.region_map_id)
    allow(request, "governance.comment_on_map", region_map)
    try:
        remove_comment(comment=comment)
        messages.success(request, _("You took the comment back."))
    except ConsultationClosed:
        messages.warning(request, _("The comment was answered or the time is over, so it stays."))
    return redirect(reverse("governance:draft_detail", args=[region_map.pk]) + "#mine")
