"""A form of a page has its effect once: a double click or a retry gets the answer of the first sending.

No field of its own is needed, and no script: the token against forgery in each form is masked anew whenever a
page is drawn. The same token with the same fields at the same address is the same form, sent again; whoever
wants a second row of the same words opens the page again and has another token.
"""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CSRF_TOKEN_LENGTH
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.models import KeptReply
from cohes3ion.accounts.once import plain, take
from cohes3ion.lib.refusals import Refusal

View = Callable[..., HttpResponse]
TOKEN = "csrfmiddlewaretoken"
# So long a second sending waits for the first one before a page says that it takes too long (503).
PATIENCE = "10s"


def once(view: View) -> View:
    """For a view that makes a row and leads on to it."""
    return _guarded(view, shown_once="")


def shows_once(page: str) -> Callable[[View], View]:
    """For a view whose answer shows what is kept nowhere. `page`: where a second sending is led."""
    return lambda view: _guarded(view, shown_once=page)


def _guarded(view: View, *, shown_once: str) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Scripts send the unmasked token or a header; those who are not signed in have no key of their own.
        if len(request.POST.get(TOKEN, "")) != CSRF_TOKEN_LENGTH or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        digest = digest_of(request)
        with transaction.atomic():
            kept = _taken(request, digest)
            if kept is not None:
                return _again(request, kept)
            reply = view(request, *args, **kwargs)
            _keep(reply, KeptReply.objects.filter(user=request.user, key=key_of(digest)), kwargs, shown_once)
        return reply

    return guarded


def digest_of(request: HttpRequest) -> str:
    """Everything that was sent, the token too, and where to; files by their content."""
    parts = sorted([*request.POST.lists(), *request.FILES.lists()], key=lambda part: str(part[0]))
    sent = [(name, [plain(part) for part in values]) for name, values in parts]
    return hashlib.sha256(json.dumps([request.get_full_path(), sent]).encode()).hexdigest()


def key_of(digest: str) -> str:
    """No program can send this one: its keys have no space."""
    return f"form {digest}"


def _taken(request: HttpRequest, digest: str) -> KeptReply | None:
    try:
        return take(user=request.user, key=key_of(digest), fingerprint=digest, patience=PATIENCE)
    except Refusal as refusal:
        raise (refusal.__cause__ or refusal) from None


def _again(request: HttpRequest, kept: KeptReply) -> HttpResponse:
    if kept.status == HttpResponse.status_code:
        text = _("This form was sent twice and counts once. What the first answer showed is shown only once.")
        messages.warning(request, text)
    else:
        messages.info(request, _("This form was sent twice and counts once."))
    return HttpResponseRedirect(kept.headers["Location"])


def _keep(reply: HttpResponse, mine: Any, places: dict[str, Any], shown_once: str) -> None:
    """Where the first sending led. A refusal is no effect: the same words can be sent again."""
    place = reply.get("Location", "")
    if not place and shown_once and reply.status_code == HttpResponse.status_code:
        place = reverse(shown_once, kwargs=places)
    if place:
        mine.update(status=reply.status_code, headers={"Location": place})
    else:
        mine.delete()
