"""A newsletter on its way: looked at as a mail, tried on oneself, sent, followed, stopped."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin

from cohes3ion.accounts.models import MailState
from cohes3ion.lib.decorators import allow, writes
from journeys import jobs
from journeys.selectors import newsletters as selectors
from journeys.selectors.newsletter_content import content_of
from journeys.services import mailings as services
from journeys.services.newsletter_letters import rendered
from journeys.services.newsletters import Sent
from journeys.views.newsletter_desk import own_newsletter, sent_already
from journeys.views.rows import settled

# The mail has a style sheet of its own, and nothing else may load or run.
AS_MAIL = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@login_required
def newsletter_look(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail as it leaves, with the button that sends it: what is sent is what this page shows."""
    newsletter = own_newsletter(request, pk)
    if newsletter.sent_at is not None:
        return redirect("journeys:newsletter_mailing", pk=pk)
    content = content_of(newsletter)
    context = {
        "newsletter": newsletter,
        "content": content,
        "gone": [item for item in content["items"] if item.get("is_gone")],
        "text": rendered(newsletter=newsletter, content=content).text,
        "readers": selectors.readers(newsletter),
        "mark": services.content_mark(content),
        "may_send": request.user.has_perm("journeys.send_newsletter", newsletter),
        "project": newsletter.project,
    }
    return render(request, "journeys/newsletter_look.html", context)


@xframe_options_sameorigin
@login_required
def newsletter_mail(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The parts of the mail as they leave: `mail.html`, `mail.txt`."""
    newsletter = own_newsletter(request, pk)
    parts = rendered(newsletter=newsletter, content=content_of(newsletter))
    is_html = form == "html"
    kind = "text/html; charset=utf-8" if is_html else "text/plain; charset=utf-8"
    reply = HttpResponse(parts.html if is_html else parts.text, content_type=kind)
    reply["Content-Security-Policy"] = AS_MAIL
    return reply


@login_required
@writes("journeys.write_news")
def newsletter_trial(request: HttpRequest, pk: int) -> HttpResponse:
    newsletter = own_newsletter(request, pk)
    services.send_trial(newsletter=newsletter, to=request.user)
    sentence = _("Sent to %(email)s, as it stands now.") % {"email": request.user.email}  # type: ignore[union-attr]
    return settled(request, reverse("journeys:newsletter_look", args=[pk]), sentence)


@login_required
@writes("journeys.send_newsletter")
def newsletter_send(request: HttpRequest, pk: int) -> HttpResponse:
    newsletter = own_newsletter(request, pk)
    allow(request, "journeys.send_newsletter", newsletter)
    back = reverse("journeys:newsletter_look", args=[pk])
    if request.POST.get("sure") != "yes":
        return settled(request, back, _("Not sent. Tick that you looked at it, then send it."))
    try:
        jobs.start_mailing(newsletter=newsletter, seen=request.POST.get("mark", ""), by=request.user)
    except Sent:
        return sent_already(request, newsletter)
    except services.ChangedSince:
        return settled(request, back, _("Not sent: it changed since you looked. Look at it again."))
    except services.SomethingGone:
        return settled(
            request, back, _("Not sent: something in it is not public any more. Take it out first.")
        )
    except services.NothingToSay:
        return settled(request, back, _("Not sent: it says nothing yet. Choose what is in it."))
    return settled(request, reverse("journeys:newsletter_mailing", args=[pk]), _("It is on its way."))


@login_required
def newsletter_mailing(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; the addresses are for coordinators alone."""
    newsletter = own_newsletter(request, pk)
    state = request.GET.get("state", "")
    may_send = request.user.has_perm("journeys.send_newsletter", newsletter)
    number = request.GET.get("page")
    context = {
        "newsletter": newsletter,
        "mailing": selectors.mailing(newsletter),
        "page": selectors.addresses(newsletter=newsletter, state=state, number=number) if may_send else None,
        "state": state if state in MailState.values else "",
        "may_send": may_send,
        "project": newsletter.project,
    }
    return render(request, "journeys/newsletter_mailing.html", context)


@login_required
@writes("journeys.send_newsletter")
def newsletter_halt(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it, let it go on, or try once more what was not sent."""
    newsletter = own_newsletter(request, pk)
    allow(request, "journeys.send_newsletter", newsletter)
    what = request.POST.get("what", "halt")
    if what == "again":
        n = services.try_again(newsletter=newsletter)
        sentence = ngettext("%(n)d mail is tried again.", "%(n)d mails are tried again.", n) % {"n": n}
    elif what == "go_on":
        jobs.resume_mailing(newsletter=newsletter)
        sentence = _("It goes on.")
    else:
        n = services.halt(newsletter=newsletter)
        sentence = ngettext(
            "Stopped. %(n)d mail was held back.", "Stopped. %(n)d mails were held back.", n
        ) % {"n": n}
    return settled(request, reverse("journeys:newsletter_mailing", args=[pk]), sentence)
