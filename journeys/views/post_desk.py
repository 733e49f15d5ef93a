"""Needs and offers on the owners' side: written, handed in, checked, renewed, withdrawn."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.scripts import is_script
from journeys.forms.posts import NewPostForm, PostForm, ReturnForm
from journeys.models import Post
from journeys.selectors import post_desk as selectors
from journeys.selectors.posts import find_own_post, linked_text
from journeys.selectors.practice_work import code_choices
from journeys.services import posts as services
from journeys.views.rows import Place, save_row

EDIT = "journeys/post_edit.html"
DESK = "journeys/post_desk.html"
KEY = "post"


def reached(request: HttpRequest, pk: int) -> Post:
    post = find_own_post(pk=pk, user=request.user)
    if post is None:
        raise Http404
    return post


def desk(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    page = selectors.post_desk(user=request.user)
    form = more.pop("form", None) or NewPostForm(regions=page.regions)
    return render(request, DESK, {"page": page, "form": form, **more}, status=status)


@login_required
def post_desk(request: HttpRequest) -> HttpResponse:
    return desk(request)


@login_required
@writes("journeys.write_post")
@once
def post_add(request: HttpRequest) -> HttpResponse:
    allow(request, "journeys.write_post")
    form = NewPostForm(request.POST, regions=selectors.own_regions(user=request.user))
    if not form.is_valid():
        return desk(request, 422, form=form)
    values = form.cleaned_data
    region = selectors.find_region(pk=values["region"], user=request.user)
    if region is None:
        raise Http404
    try:
        post = services.start_post(region=region, kind=values["kind"], title=values["title"], by=request.user)
    except services.TooManyPosts:
        return desk(request, 429, form=form, is_crowded=True)
    return begun(request, post)


def begun(request: HttpRequest, post: Post) -> HttpResponse:
    messages.success(request, _("Your draft is made. Only you see it until you hand it in."))
    return redirect("journeys:post_edit", pk=post.pk)


@login_required
@writes("journeys.write_post")
def post_draft(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A need from an area of improvement, or an offer from a strong capability, of one's own region."""
    proposals = {"need": selectors.proposed_areas, "offer": selectors.proposed_capabilities}
    source = proposals[kind](user=request.user).filter(pk=pk).first() if kind in proposals else None
    if source is None:
        raise Http404
    allow(request, "journeys.write_post")
    try:
        if kind == "need":
            return begun(request, services.draft_need(area=source, by=request.user))
        return begun(request, services.draft_offer(capability=source, by=request.user))
    except services.TooManyPosts:
        return desk(request, 429, is_crowded=True)


def place_of(request: HttpRequest, post: Post) -> Place:
    return Place(
        row=post,
        form_class=PostForm,
        key=KEY,
        action=reverse("journeys:post_save", args=[post.pk]),
        back=reverse("journeys:post_edit", args=[post.pk]),
        page=lambda item: (EDIT, edit_context(request, post, item=item)),
        choices={"codes": code_choices(post)},
    )


def edit_context(request: HttpRequest, post: Post, **more: Any) -> dict[str, Any]:
    return {
        "page": selectors.post_work(post=post, user=request.user),
        "project": post.project,
        "text": linked_text(post.text),
        "item": place_of(request, post).shown() if "item" not in more else None,
        "return_form": ReturnForm(auto_id="return-%s"),
        **more,
    }


def shown_again(request: HttpRequest, post: Post, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, EDIT, edit_context(request, post, **more), status=status)


@login_required
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return shown_again(request, reached(request, pk))


@login_required
@writes("journeys.write_post")
def post_save(request: HttpRequest, pk: int) -> HttpResponse:
    post = reached(request, pk)
    allow(request, "journeys.write_post", post)
    place = place_of(request, post)
    if selectors.post_work(post=post, user=request.user).is_open:
        reply = save_row(request, place)
        services.mark_changed(post=reached(request, pk))
        return reply
    form = PostForm(request.POST, row=post, key=KEY, choices=place.choices)
    typed = [(form.fields[name].label, form.spoken(name, form.typed(name))) for name in form.touched()]
    if is_script(request):
        return render(request, "journeys/_post_closed.html", {"typed": typed}, status=409)
    return shown_again(request, post, 409, closed=True, typed=typed)
