"""Starting, watching and publishing analyses."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohes3ion.accounts.limits import ORDERS, always, limited
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.publication import NotPublic
from cohes3ion.lib.tables import xlsx_bytes
from cohes3ion.lib.withdrawals import WithdrawForm
from governance.enums import AnalysisKind
from governance.jobs import start_analysis
from governance.models import Analysis
from governance.selectors.analyses import analysis_list as list_page
from governance.selectors.analyses import analysis_page
from governance.selectors.comparisons import comparison_page
from governance.selectors.evidence_inputs import kinds_of
from governance.selectors.input_tables import input_sheets, readable_inputs
from governance.services.analyses import (
    MadeBefore,
    NotFinished,
    cancel_analysis,
    frozen_inputs,
    publish_analysis,
    withdraw_analysis,
)
from governance.views.boards import visible_exercise

PERMISSION = "mapping.see_progress"
CONTENT_TYPES = {
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def visible_analysis(request: HttpRequest, pk: int) -> Analysis:
    """A run of one of the person's partnerships, or 404. What of it they read, the page settles."""
    rows = Analysis.objects.filter(exercise__project__in=request.user.memberships.values("project"))
    analysis = rows.select_related("exercise__project", "created_by").defer("inputs").filter(pk=pk).first()
    if analysis is None:
        raise Http404
    allow(request, "governance.read_run", analysis.exercise)
    return analysis


@login_required
def analysis_list(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = visible_exercise(request, slug)
    allow(request, PERMISSION, exercise)
    frozen = {kind: frozen_inputs(exercise=exercise, kind=kind) for kind in kinds_of(exercise=exercise)}
    today = {kind: (row.inputs, row.digest) for kind, row in frozen.items()}
    page = list_page(exercise=exercise, user=request.user, today=today)
    return render(request, "governance/analysis_list.html", {"page": page})


@login_required
@writes("governance.run_analysis")
@limited(ORDERS)
def analysis_start(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = visible_exercise(request, slug)
    allow(request, "governance.run_analysis", exercise)
    kind = request.POST.get("kind", "")
    if kind not in AnalysisKind.values:
        raise Http404
    row, is_new = start_analysis(exercise=exercise, kind=kind, by=request.user)
    if not is_new:
        messages.info(request, _("Nothing changed since this run, so its result is shown."))
    return redirect("governance:analysis_detail", pk=row.pk)


@login_required
def analysis_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return detail_page(request, visible_analysis(request, pk))


def detail_page(request: HttpRequest, analysis: Analysis, form: WithdrawForm | None = None) -> HttpResponse:
    page = analysis_page(analysis=analysis, user=request.user)
    context = {"page": page, "withdraw_form": form or WithdrawForm(auto_id="withdraw-%s")}
    return render(request, "governance/analysis_detail.html", context, status=422 if form else 200)


@login_required
def analysis_status(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a run is; when it has ended, the browser loads its page again, with everything it found."""
    page = analysis_page(analysis=visible_analysis(request, pk), user=request.user)
    reply = render(request, "governance/_analysis_job.html", {"page": page})
    if not page.analysis.is_open:
        reply["HX-Refresh"] = "true"
    return reply


@login_required
@writes("governance.publish_analysis")
def analysis_publish(request: HttpRequest, pk: int) -> HttpResponse:
    analysis = visible_analysis(request, pk)
    allow(request, "governance.publish_analysis", analysis.exercise)
    try:
        publish_analysis(analysis=analysis, by=request.user)
        messages.success(request, _("The results are on the public pages now."))
    except NotFinished:
        messages.warning(request, _("This run is not finished, so it cannot be published."))
    except MadeBefore:
        messages.warning(
            request, _("This run is from before an update. Run the analysis again, then publish that run.")
        )
    return redirect("governance:analysis_detail", pk=pk)


@login_required
@writes("governance.publish_analysis")
def analysis_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    analysis = visible_analysis(request, pk)
    allow(request, "governance.publish_analysis", analysis.exercise)
    form = WithdrawForm(request.POST, auto_id="withdraw-%s")
    if not form.is_valid():
        return detail_page(request, analysis, form)
    try:
        before = withdraw_analysis(analysis=analysis, by=request.user, **form.cleaned_data)
    except NotPublic:
        messages.warning(request, _("These results are not on the public pages, so nothing was done."))
    else:
        messages.success(request, withdrawn_sentence(before))
    return redirect("governance:analysis_detail", pk=pk)


def withdrawn_sentence(before: Analysis | None) -> str:
    if before is None:
        return _("Withdrawn. The public pages show no results of this kind now.")
    return _("Withdrawn. The public pages show the results that were published before.")


@login_required
@writes("governance.run_analysis")
def analysis_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    analysis = visible_analysis(request, pk)
    allow(request, "governance.run_analysis", analysis.exercise)
    if cancel_analysis(analysis=analysis):
        messages.success(request, _("The run was cancelled."))
    return redirect("governance:analysis_detail", pk=pk)


@login_required
@limited(ORDERS, counts=always)
def analysis_inputs(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """What a run read, to run it again elsewhere. Single ratings are for the facilitator only."""
    analysis = visible_analysis(request, pk)
    allow(request, "governance.take_inputs", analysis.exercise)
    if form not in ("json", "xlsx"):
        raise Http404
    if analysis.kind == AnalysisKind.GAPS:
        allow(request, "governance.see_single_ratings", analysis.exercise)
    if form == "json":
        inputs = readable_inputs(analysis.inputs, kind=analysis.kind)
        body = json.dumps({"inputs": inputs}, ensure_ascii=False).encode()
    else:
        sheets = input_sheets(analysis.inputs, kind=analysis.kind, result=analysis.result or {})
        body = xlsx_bytes(sheets)
    name = f"{analysis.exercise.slug}-{analysis.kind}-{analysis.fingerprint[:12]}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=CONTENT_TYPES[form], headers=headers)


@login_required
def analysis_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Which levels and verdicts changed between two runs, and which inputs differ."""
    exercise = visible_exercise(request, slug)
    allow(request, PERMISSION, exercise)
    chosen = {name: request.GET.get(name) for name in ("before", "after")}
    page = comparison_page(exercise=exercise, user=request.user, **chosen)
    return render(request, "governance/analysis_compare.html", {"page": page})
