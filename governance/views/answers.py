"""One question on a page, and the saving of its fields one by one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import StaleVersion, VersionMissing
from governance.forms.answers import AnswerForm
from governance.models import Response
from governance.selectors.responses import QuestionPage, Step, question_page
from governance.services.responses import NotAsked, ResponseClosed, save_answer
from governance.views.responses import visible_response


def visible_question(
    request: HttpRequest, response: Response, code: str, unit_pk: int | None
) -> QuestionPage:
    page = question_page(response=response, user=request.user, code=code, unit_pk=unit_pk)
    if page is None:
        raise Http404
    return page


@login_required
def question_detail(request: HttpRequest, pk: int, code: str, unit_pk: int | None = None) -> HttpResponse:
    page = visible_question(request, visible_response(request, pk), code, unit_pk)
    return render(request, "governance/question_detail.html", {"page": page})


@login_required
@writes("governance.answer")
def answer_save(request: HttpRequest, pk: int, code: str, unit_pk: int | None = None) -> HttpResponse:
    """Save the fields that were sent. A stale field is refused with both texts; the others are saved."""
    form = AnswerForm(request.POST)
    key = (code, unit_pk)
    if not form.is_valid():
        return refused(request, pk, key, status=422, form=form)
    try:
        answer, stale = save_answer(
            scope=Response.objects.fillable_by(request.user),
            response_id=pk,
            key=key,
            changes=form.changes(),
            by=request.user,
        )
    except VersionMissing:
        return refused(request, pk, key, status=428, form=form, no_version=True)
    except (ResponseClosed, NotAsked, Response.DoesNotExist):
        return refused(request, pk, key, status=409, form=form, closed=True)
    if stale:
        return refused(request, pk, key, status=409, form=form, conflicts=conflicts(form, stale))
    return saved(request, pk, key, answer)


def refused(
    request: HttpRequest, pk: int, key: tuple[str, int | None], *, status: int, **context: Any
) -> HttpResponse:
    """Say why nothing was saved, with everything that was typed: 404 and 403 first, then the reason."""
    response = visible_response(request, pk)
    allow(request, "governance.answer", response)
    context["page"] = visible_question(request, response, *key)
    return render(request, template(request), context, status=status)


def conflicts(form: AnswerForm, stale: list[StaleVersion]) -> list[dict[str, Any]]:
    """Both texts of each field that somebody else changed: mine as typed, theirs as it stands."""
    return [
        {
            "field": conflict.field,
            "mine": form.cleaned_data[conflict.field],
            "theirs": conflict.row,
            "version": conflict.current,
        }
        for conflict in stale
    ]


def template(request: HttpRequest) -> str:
    """The fragment for a script, the whole page without one."""
    return "governance/_answer_state.html" if is_script(request) else "governance/question_detail.html"


def is_script(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def saved(request: HttpRequest, pk: int, key: tuple[str, int | None], answer: Any) -> HttpResponse:
    if is_script(request):
        reply = render(request, "governance/_answer_state.html", {"answer": answer})
        field = next((name for name in AnswerForm.base_fields if name in request.POST), "level")
        reply["X-Version"] = str(answer.version_of(field))
        return reply
    page = visible_question(request, visible_response(request, pk), *key)
    following = page.after if "continue" in request.POST else page.step
    if following is None:
        return redirect("governance:response_check", pk=pk)
    return redirect(question_address(pk, following))


def question_address(pk: int, step: Step) -> str:
    if step.unit is None:
        return reverse("governance:question_detail", args=[pk, step.question.code])
    return reverse("governance:question_detail", args=[pk, step.question.code, step.unit.pk])
