"""A stakeholder takes part in a browser, without an account. Opening a link changes nothing."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.scripts import is_script
from governance.forms.link_fields import unfinished_lines
from governance.forms.personal_links import typed_texts
from governance.models import Response
from governance.selectors.consultations import last_consultation
from governance.selectors.map_changes import map_changes
from governance.selectors.personal_links import Visit, answers_page, ended_link, map_on_one_page, visit_of
from governance.services.answer_rows import ResponseClosed
from governance.services.personal_links import BegunElsewhere, send_answers, start_link
from governance.services.responses import Incomplete
from governance.views.link_replies import address, answering, closed, context_of, store

COOKIE = "take-part"
COOKIE_DAYS = 400  # the longest a browser keeps one: "what changed" may come much later
Opened = Callable[[HttpRequest, Visit], HttpResponse]


def personal(view: Opened) -> Callable[..., HttpResponse]:
    """Open the link in its language. Unknown, altered, taken back, expired: one and the same page, 404."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        secret = request.get_signed_cookie(COOKIE, default="", salt=token)
        visit = visit_of(token=token, secret=secret or "")
        if visit is None:
            response = no_link(request, token=token, secret=secret or "")
        else:
            speak(request, visit.link.language)
            response = view(request, visit)
        patch_cache_control(response, no_store=True, private=True)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return opened


def no_link(request: HttpRequest, *, token: str, secret: str) -> HttpResponse:
    """404, with what was typed; whoever answered by this link is told that it was taken back."""
    ended = ended_link(token=token, secret=secret)
    if ended is not None:
        speak(request, ended.language)
    withdraws = request.resolver_match.url_name == "personal_link_withdraw"  # sends a key, no text
    context = {"ended": ended, "typed": [] if withdraws else typed_texts(request.POST)}
    return render(request, "governance/personal_link_closed.html", context, status=404)


def speak(request: HttpRequest, language: str) -> None:
    """The language of the invitation, unless the person chose another one here."""
    if language in dict(settings.LANGUAGES) and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]


@personal
def personal_link(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What this is, who sees what, the draft map; after sending, the answers and what became of them."""
    if visit.is_sent:
        answers = answers_page(visit=visit) if visit.is_owner else None
        changes = map_changes(region_map=visit.region_map, since=visit.response.submitted_at)
        context = context_of(request, visit, page=answers, changes=changes)
        return render(request, "governance/personal_link_sent.html", context)
    draft = map_on_one_page(region_map=visit.region_map) if visit.shows_map else None
    call = last_consultation(region_map=visit.region_map) if visit.shows_map else None
    context = context_of(request, visit, draft=draft, consultation=call)
    return render(request, "governance/personal_link.html", context)


@writes("governance.take_part")
@personal
def personal_link_start(request: HttpRequest, visit: Visit) -> HttpResponse:
    allow(request, "governance.take_part", visit.response)
    if visit.may_answer:
        return redirect(address(request, "personal_link_answers"))
    try:
        secret = start_link(link=visit.link, again="again" in request.POST)
    except (BegunElsewhere, ResponseClosed):
        return redirect(address(request))
    reply = redirect(address(request, "personal_link_answers"))
    reply.set_signed_cookie(
        COOKIE,
        secret,
        salt=request.resolver_match.kwargs["token"],
        max_age=COOKIE_DAYS * 24 * 3600,
        path=address(request),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return reply


@personal
def personal_link_answers(request: HttpRequest, visit: Visit) -> HttpResponse:
    if not visit.may_answer:
        return redirect(address(request))
    return answering(request, visit)


@writes("governance.take_part")
@personal
def personal_link_save(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Save the fields that were sent: one from a script, the whole page without."""
    if request.POST.get("choice") == "theirs":
        return redirect(address(request, "personal_link_answers"))
    stored = store(request, visit)
    if stored.refusal is not None:
        return stored.refusal
    if not is_script(request):
        messages.success(request, _("Saved. You can go on later, in this browser."))
        return redirect(address(request, "personal_link_answers"))
    reply = HttpResponse()
    reply["X-Version"] = stored.version
    return reply


@writes("governance.take_part")
@personal
def personal_link_send(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Save what the page holds, then send it. Twice is once."""
    if visit.is_owner and visit.is_sent:
        return redirect(address(request))
    stored = store(request, visit)
    if stored.refusal is not None:
        return stored.refusal
    try:
        send_answers(link=visit.link)
    except Incomplete as unfinished:
        problems = unfinished_lines(unfinished.missing)
        return answering(request, visit, status=422, problems=problems)
    except (ResponseClosed, Response.DoesNotExist):
        return closed(request, visit, stored.sent)
    return redirect(address(request))
