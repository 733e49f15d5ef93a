"""One question on a page, the saving of its fields one by one, and the choice between two answers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.scripts import is_script
from cohes3ion.lib.versions import StaleVersion, VersionMissing
from governance.forms.answers import AnswerForm, ChoiceForm
from governance.forms.controls import control_page
from governance.forms.evidence import FORMS
from governance.forms.fields import problems, shown_fields, typed_texts
from governance.models import Response
from governance.selectors.conflicts import conflict_of
from governance.selectors.questions import QuestionPage, question_page
from governance.selectors.responses import lost_response
from governance.selectors.revisions import WORKSHOP
from governance.selectors.workshops import was_settled
from governance.services.answer_rows import NotAsked, QuestionRemoved, ResponseClosed
from governance.services.conflicts import Choice, TooLong, settle_answer
from governance.services.late import keep_late
from governance.services.responses import save_answer
from governance.views.removed import question_removed, says_why_hidden
from governance.views.responses import visible_response
from governance.views.withdrawn import withdrawn

Key = tuple[str, int | None]


def visible_question(request: HttpRequest, pk: int, key: Key) -> QuestionPage:
    """The page of a question, or 404 when it is not put to this respondent."""
    response = visible_response(request, pk)
    page = question_page(response=response, user=request.user, code=key[0], unit_pk=key[1])
    if page is None:
        raise Http404
    return page


def question_context(page: QuestionPage, *, form: AnswerForm | None = None, **more: Any) -> dict[str, Any]:
    fields = shown_fields(step=page.step, group=page.response.group, discussions=page.discussions, form=form)
    forms = {kind: make(auto_id=f"{kind}-%s") for kind, make in FORMS.items()}
    context = {"page": page, "fields": fields, "form": form, "evidence_forms": forms, **more}
    if page.step.question.type != "scale":
        context["controls"] = control_page(step=page.step, response=page.response)
    return context


@login_required
@says_why_hidden
def question_detail(request: HttpRequest, pk: int, code: str, unit_pk: int | None = None) -> HttpResponse:
    page = visible_question(request, pk, (code, unit_pk))
    return render(request, "governance/question_detail.html", question_context(page))


@login_required
@writes("governance.answer")
@says_why_hidden
def answer_save(request: HttpRequest, pk: int, code: str, unit_pk: int | None = None) -> HttpResponse:
    """Save the fields that were sent; one that is stale or not accepted never keeps the others back."""
    form = AnswerForm(request.POST)
    key = (code, unit_pk)
    fillable = Response.objects.fillable_by(request.user)
    form.is_valid()
    marks = {WORKSHOP: True} if _is_settled_level(request, pk, key, form) else {}
    try:
        answer, stale = save_answer(
            scope=fillable, response_id=pk, key=key, changes=form.changes(), by=request.user, **marks
        )
    except VersionMissing:
        return refused(request, pk, key, status=428, form=form, no_version=True)
    except QuestionRemoved as removed:
        return question_removed(request, response=visible_response(request, pk), code=code, at=removed.at)
    except ResponseClosed:
        keep_late(scope=fillable, response_id=pk, key=key, changes=form.changes(), by=request.user)
        return refused(request, pk, key, status=409, form=form, closed=True)
    except (NotAsked, Response.DoesNotExist):
        return refused(request, pk, key, status=409, form=form, closed=True)
    if stale:
        return refused(request, pk, key, status=409, form=form, stale=stale)
    if form.errors:
        return refused(request, pk, key, status=422, form=form)
    return saved(request, pk, key, answer)


def _is_settled_level(request: HttpRequest, pk: int, key: Key, form: AnswerForm) -> bool:
    """Whether *Make it the team's answer* was pressed beside a decision that says this level."""
    level = form.cleaned_data.get("level")
    pressed = "workshop" in request.POST and level
    return bool(pressed) and was_settled(response_id=pk, key=key, level=level, user=request.user)


@login_required
@writes("governance.answer")
@says_why_hidden
def answer_settle(request: HttpRequest, pk: int, code: str, unit_pk: int | None = None) -> HttpResponse:
    """Choose between two answers to one field, or keep both."""
    form = ChoiceForm(request.POST)
    key = (code, unit_pk)
    fillable = Response.objects.fillable_by(request.user)
    if not form.is_valid():
        return refused(request, pk, key, status=422, form=form)
    choice, field = form.cleaned_data["choice"], form.cleaned_data["field"]
    try:
        chosen = Choice(choice=choice, change=form.change())
        _answer, stale = settle_answer(
            scope=fillable, response_id=pk, key=key, chosen=chosen, by=request.user
        )
    except TooLong:
        form.add_error(field, _("Both texts together are longer than 5,000 characters. Shorten yours first."))
        return refused(request, pk, key, status=422, form=form)
    except VersionMissing:
        return refused(request, pk, key, status=428, form=form, no_version=True)
    except (ResponseClosed, NotAsked, Response.DoesNotExist):
        return refused(request, pk, key, status=409, form=form, closed=True)
    if stale:
        return refused(request, pk, key, status=409, form=form, stale=stale)
    return settled(request, pk, key, f"{choice}_{field}")


def refused(
    request: HttpRequest,
    pk: int,
    key: Key,
    *,
    status: int,
    form: AnswerForm,
    stale: list[StaleVersion] | None = None,
    **reason: bool,
) -> HttpResponse:
    """Say why something was not saved, with all that was typed: 404 and 403 first, then the reason."""
    if lost_response(user=request.user, pk=pk):
        return withdrawn(request, typed_texts(form))
    page = visible_question(request, pk, key)
    allow(request, "governance.answer", page.response)
    place = page.step.place
    conflicts = [
        conflict_of(row.row, field=row.field, mine=form.typed(row.field), place=place, user=request.user)
        for row in stale or []
    ]
    context = question_context(page, form=form, conflicts=conflicts, **reason)
    context["problems"] = problems(form, page.step.address, no_version=reason.get("no_version", False))
    context["typed"] = typed_texts(form)
    return render(request, template(request), context, status=status)


def template(request: HttpRequest) -> str:
    """The fragment for a script, the whole page without one."""
    return "governance/_answer_state.html" if is_script(request) else "governance/question_detail.html"


def saved(request: HttpRequest, pk: int, key: Key, answer: Any) -> HttpResponse:
    if is_script(request):
        field = next((name for name in AnswerForm.base_fields if name in request.POST), "level")
        reply = render(request, "governance/_answer_state.html", {"answer": answer, "field": field})
        reply["X-Version"] = str(answer.version_of(field))
        return reply
    page = visible_question(request, pk, key)
    if "continue" not in request.POST:
        messages.success(request, _("Saved."))
        return redirect(page.step.address)
    if page.after is None:
        return redirect("governance:response_check", pk=pk)
    return redirect(page.after.address)


def settled(request: HttpRequest, pk: int, key: Key, what: str) -> HttpResponse:
    """Back to the question, with a sentence about what stands now."""
    choice, _sep, field = what.partition("_")
    sentences = {
        "mine": _("Your answer stands now. The other one is kept in the history."),
        "theirs": _("The other answer stands. Yours is kept in the history."),
        "both": _("Both answers are kept. Choose one when you have talked about it."),
    }
    joined = _("Both texts stand now, one below the other. Talk about them in the discussion.")
    messages.success(request, joined if (choice, field) == ("both", "explanation") else sentences[choice])
    return redirect(f"{visible_question(request, pk, key).step.address}#{field}")
