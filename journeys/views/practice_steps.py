"""The steps of a practice: handed in, returned, published, given an opinion, withdrawn."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from journeys.forms.practices import OpinionForm, PracticeForm, ReasonForm
from journeys.models import Practice
from journeys.services import practices as services
from journeys.views.practice_work import KEY, reached, shown_again


def missing_problems(names: list[str]) -> list[dict[str, str]]:
    labels = {name: PracticeForm.base_fields[name].label for name in names}
    sentence = _("Fill in “%(field)s”, or tick it below as not found.")
    return [{"href": f"#{KEY}-{name}", "text": sentence % {"field": label}} for name, label in labels.items()]


def step(
    request: HttpRequest,
    practice: Practice,
    take: Callable[..., Practice],
    *,
    said: str,
    **values: Any,
) -> HttpResponse:
    """Take a step on the version that the person saw; otherwise show how things stand now."""
    try:
        expected = parse_version(request.POST.get("version"))
        take(practice=practice, expected=expected, by=request.user, **values)
    except services.FieldsMissing as missing:
        return shown_again(request, practice, 422, problems=missing_problems(missing.names))
    except (StaleVersion, VersionMissing, services.StepNotPossible):
        messages.warning(request, _("Somebody was faster: the practice changed meanwhile. Nothing was done."))
        fresh = reached(request, practice.slug)
        return shown_again(request, fresh, 409, kept=values.get("reason") or values.get("text"))
    messages.success(request, said)
    return redirect("journeys:practice_edit", slug=practice.slug)


@login_required
@writes("journeys.write_practice")
def practice_submit(request: HttpRequest, slug: str) -> HttpResponse:
    practice = reached(request, slug)
    allow(request, "journeys.write_practice", practice)
    return step(
        request, practice, services.submit_practice, said=_("Handed in. The coordinator reads it next.")
    )


@login_required
@writes("journeys.publish_practice")
def practice_return(request: HttpRequest, slug: str) -> HttpResponse:
    practice = reached(request, slug)
    allow(request, "journeys.publish_practice", practice)
    form = ReasonForm(request.POST, auto_id="return-%s")
    if not form.is_valid():
        return shown_again(request, practice, 422, return_form=form, form=form)
    said = _("Returned. The authors see your reason.")
    return step(request, practice, services.return_practice, said=said, **form.cleaned_data)


@login_required
@writes("journeys.publish_practice")
def practice_publish(request: HttpRequest, slug: str) -> HttpResponse:
    practice = reached(request, slug)
    allow(request, "journeys.publish_practice", practice)
    return step(request, practice, services.publish_practice, said=_("Published. Everybody can read it now."))


@login_required
@writes("journeys.publish_practice")
def practice_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    practice = reached(request, slug)
    allow(request, "journeys.publish_practice", practice)
    form = ReasonForm(request.POST, auto_id="withdraw-%s")
    if not form.is_valid():
        return shown_again(request, practice, 422, withdraw_form=form, form=form)
    said = _("Withdrawn. Its page stays for those who used it, with your reason.")
    return step(request, practice, services.withdraw_practice, said=said, **form.cleaned_data)


@login_required
@writes("journeys.give_opinion")
def practice_opinion(request: HttpRequest, slug: str) -> HttpResponse:
    practice = reached(request, slug)
    allow(request, "journeys.give_opinion", practice)
    form = OpinionForm(request.POST, auto_id="opinion-%s")
    if not form.is_valid():
        return shown_again(request, practice, 422, opinion=form, form=form)
    said = _("Your opinion stands beside the practice.")
    return step(request, practice, services.give_opinion, said=said, **form.cleaned_data)
