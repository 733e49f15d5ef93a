"""Reminders: ready-written words for everybody with open work, sent now, on a day, or by the round itself."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from governance.forms.reminders import ReminderForm, RuleForm
from governance.selectors.reminder_texts import ReadyText, stopped_address
from governance.selectors.reminders import (
    Narrowed,
    chosen_rows,
    find_addressee,
    find_waiting,
    reminder_page,
    wants_none,
)
from governance.services import reminders as services
from governance.views.boards import visible_exercise
from mapping.models import Exercise

SCHEDULED = gettext_lazy(
    "The reminder to %(name)s waits for its day. It is not sent if the work is done by then."
)
LEFT = gettext_lazy("The reminder to %(name)s is on its way.")
REASONS = (services.RemindedToday, services.NotWanted, services.Invented)


def reminding(request: HttpRequest, slug: str, permission: str = "governance.remind") -> Exercise:
    """The round, or 404; 403 for those who remind nobody in it."""
    exercise = visible_exercise(request, slug)
    allow(request, permission, exercise)
    return exercise


def desk(request: HttpRequest, exercise: Exercise, *, status: int = 200, **refused: Any) -> HttpResponse:
    page = reminder_page(exercise=exercise, user=request.user, narrowed=_narrowed(request))
    rule = {"days_before": page.rule.days_before if page.rule else None}
    context = {"page": page, "rule_form": RuleForm(initial=rule), **refused}
    return render(request, "governance/reminder_list.html", context, status=status)


def _narrowed(request: HttpRequest) -> Narrowed:
    """What of the list the person looks at; the address keeps it, also over a write."""
    asked = request.GET
    return Narrowed(region=asked.get("region", ""), late=asked.get("late") == "1", page=asked.get("page", 1))


def _back(request: HttpRequest, slug: str) -> HttpResponse:
    query = request.GET.urlencode()
    return redirect(reverse("governance:reminder_list", args=[slug]) + (f"?{query}" if query else ""))


def _why_not(error: Exception) -> str:
    if isinstance(error, services.RemindedToday):
        return _("This address got a reminder today. One a day is enough.")
    if isinstance(error, services.NotWanted):
        return _("This address wants no reminders. Call, or write by yourself.")
    return _("The people of the demonstration are invented, so no reminder leaves.")


@login_required
def reminder_list(request: HttpRequest, slug: str) -> HttpResponse:
    return desk(request, reminding(request, slug))


@login_required
@writes("governance.remind")
def reminder_send(request: HttpRequest, slug: str) -> HttpResponse:
    """One reminder with its words as they were edited: now, or on a day."""
    exercise = reminding(request, slug)
    key, form = request.POST.get("who", ""), ReminderForm(request.POST)
    refused = {"refused": key, "typed": request.POST}
    to = find_addressee(exercise=exercise, user=request.user, key=key)
    if to is None:
        text = _("Nothing waits for this address any more, so no reminder left.")
        return desk(request, exercise, status=409, problems=[{"text": text}], **refused)
    if not form.is_valid():
        problems = [{"text": text, "href": f"#{key}"} for texts in form.errors.values() for text in texts]
        return desk(request, exercise, status=422, problems=problems, **refused)
    words = ReadyText(subject=form.cleaned_data["subject"], text=form.cleaned_data["text"])
    day = form.cleaned_data["send_on"]
    try:
        if day:
            services.schedule(exercise=exercise, to=to, words=words, on=day, by=request.user)
        else:
            services.send_now(exercise=exercise, to=to, words=words, by=request.user)
    except REASONS as error:
        problems = [{"text": _why_not(error), "href": f"#{key}"}]
        return desk(request, exercise, status=409, problems=problems, **refused)
    messages.success(request, SCHEDULED % {"name": to.name} if day else LEFT % {"name": to.name})
    return _back(request, slug)


@login_required
@writes("governance.remind")
def reminder_send_ready(request: HttpRequest, slug: str) -> HttpResponse:
    """The ready words to everybody who was ticked; who got one today or wants none is left out."""
    exercise = reminding(request, slug)
    wanted = set(request.POST.getlist("who"))
    sent = 0
    for row in chosen_rows(exercise=exercise, user=request.user, keys=wanted):
        try:
            services.send_now(exercise=exercise, to=row.to, words=row.words, by=request.user)
            sent += 1
        except REASONS as error:
            messages.warning(request, f"{row.to.name}: {_why_not(error)}")
    text = ngettext("%(n)s reminder is on its way.", "%(n)s reminders are on their way.", sent)
    if sent:
        messages.success(request, text % {"n": sent})
    else:
        messages.warning(request, _("No reminder left. Tick the people you want to remind."))
    return _back(request, slug)


@login_required
@writes("governance.remind")
def reminder_cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    exercise = reminding(request, slug)
    row = find_waiting(pk=pk, exercise=exercise, user=request.user)
    if row is None:
        raise Http404
    if services.cancel(reminder=row):
        messages.success(request, _("The reminder to %(name)s is not sent.") % {"name": row.name})
    else:
        messages.warning(request, _("This reminder does not wait any more. Nothing was changed."))
    return _back(request, slug)


@login_required
@writes("governance.set_reminders")
def reminder_rule(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = reminding(request, slug, "governance.set_reminders")
    form = RuleForm(request.POST)
    if not form.is_valid():
        return desk(request, exercise, status=422, rule_form=form, form=form)
    try:
        services.set_rule(
            exercise=exercise,
            days_before=form.cleaned_data["days_before"],
            expected=parse_version(request.POST.get("version")),
            by=request.user,
        )
    except (StaleVersion, VersionMissing) as error:
        status = 409 if isinstance(error, StaleVersion) else 428
        problems = [{"text": _("The rule was changed meanwhile. Look at it again, then save yours.")}]
        return desk(request, exercise, status=status, problems=problems, rule_form=form)
    messages.success(request, _("Saved."))
    return _back(request, slug)


def stopping(token: str) -> str:
    address = stopped_address(token)
    if address is None:
        raise Http404
    return address


def reminder_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing: a mail scanner opens it too."""
    address = stopping(token)
    context = {"address": address, "token": token, "stopped": wants_none(address=address)}
    return render(request, "governance/reminder_stop.html", context)


@writes("governance.stop_reminders")
def reminder_stopped(request: HttpRequest, token: str) -> HttpResponse:
    allow(request, "governance.stop_reminders")
    stop = request.POST.get("stop") != "no"
    services.stop_reminders(address=stopping(token), stop=stop)
    messages.success(
        request,
        _("You get no more reminders.")
        if stop
        else _("You get reminders again when something waits for you."),
    )
    return redirect("governance:reminder_stop", token=token)
