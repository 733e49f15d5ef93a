"""The page of what is said about a shared challenge."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from governance.forms.threads import CommentForm
from governance.selectors.challenge_talks import talk_of
from governance.services.challenge_talks import start_challenge_thread
from governance.views.challenges import desk_challenge
from governance.views.threads import refused


@login_required
def challenge_talk(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What is said about a challenge, by those who bring the regions together."""
    page = talk_of(challenge=desk_challenge(request, slug, pk), user=request.user)
    return render(request, "governance/record_talk.html", {"page": page, "talk": page.talk})


@login_required
@writes("governance.discuss")
@once
def challenge_thread_start(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    challenge = desk_challenge(request, slug, pk)
    allow(request, "governance.discuss", challenge.exercise)
    address = reverse("governance:challenge_talk", args=[slug, pk])
    form = CommentForm(request.POST)
    if not form.is_valid():
        return refused(request, form, address)
    start_challenge_thread(challenge=challenge, text=form.said(), by=request.user)
    return redirect(address)
