"""The steps of a need or an offer: handed in, returned or published, renewed, withdrawn."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from journeys.enums import PostState
from journeys.forms.posts import ReturnForm
from journeys.jobs import publish_post
from journeys.models import Post
from journeys.services import posts as services
from journeys.views.post_desk import reached, shown_again


def step(request: HttpRequest, post: Post, said: str, take: Any, **values: Any) -> HttpResponse:
    """Take a step on the version that the person saw; otherwise show how things stand now."""
    try:
        take(post=post, expected=parse_version(request.POST.get("version")), by=request.user, **values)
    except (StaleVersion, VersionMissing, services.StepRefused):
        messages.warning(request, _("It changed meanwhile. Nothing was done; look at it again."))
        return shown_again(request, reached(request, post.pk), 409, kept=values.get("reason"))
    messages.success(request, said)
    if not Post.objects.visible_to(request.user).filter(pk=post.pk).exists():
        return redirect("journeys:post_desk")
    return redirect("journeys:post_edit", pk=post.pk)


@login_required
@writes("journeys.write_post")
def post_submit(request: HttpRequest, pk: int) -> HttpResponse:
    post = reached(request, pk)
    allow(request, "journeys.write_post", post)
    if not post.organisation.strip():
        return shown_again(request, post, 422, is_unnamed=True)
    said = _("Handed in. Somebody reads it before everybody can.")
    return step(request, post, said, services.move_post, to=PostState.SUBMITTED)


@login_required
@writes("journeys.write_post")
def post_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    post = reached(request, pk)
    allow(request, "journeys.write_post", post)
    said = _("Withdrawn. It is gone from the board and from all matches.")
    return step(request, post, said, services.move_post, to=PostState.WITHDRAWN)


@login_required
@writes("journeys.write_post")
def post_renew(request: HttpRequest, pk: int) -> HttpResponse:
    post = reached(request, pk)
    allow(request, "journeys.write_post", post)
    return step(request, post, _("Renewed for half a year."), services.renew_post)


@login_required
@writes("journeys.moderate_posts")
def post_publish(request: HttpRequest, pk: int) -> HttpResponse:
    post = reached(request, pk)
    allow(request, "journeys.moderate_posts", post)
    said = _("Published. Matches are looked for now.")
    return step(request, post, said, publish_post)


@login_required
@writes("journeys.moderate_posts")
def post_return(request: HttpRequest, pk: int) -> HttpResponse:
    post = reached(request, pk)
    allow(request, "journeys.moderate_posts", post)
    form = ReturnForm(request.POST, auto_id="return-%s")
    if not form.is_valid():
        return shown_again(request, post, 422, return_form=form, form=form)
    said = _("Returned. The author sees your reason.")
    return step(request, post, said, services.move_post, to=PostState.RETURNED, **form.cleaned_data)
