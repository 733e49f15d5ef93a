"""Saving answers of every type but the scale, and the entries of repeating groups."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.scripts import is_script
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from governance.forms.answers import AnswerForm
from governance.forms.controls import control_page
from governance.forms.values import ValueForm
from governance.models import Response
from governance.selectors.conflicts import conflict_of, value_conflict
from governance.selectors.places import NoSuchPlace, questions_of_version
from governance.selectors.questions import question_page
from governance.selectors.value_words import told_by
from governance.selectors.waiting_values import name_of_part
from governance.services.answer_rows import NotAsked, ResponseClosed, removed_question
from governance.services.conflicts import Choice, settle_answer
from governance.services.entries import EntryGone, StaleEntry, TooManyEntries, add_entry, change_entry
from governance.services.late import keep_late_values
from governance.services.values import save_values
from governance.views.answers import Key, question_context, visible_question
from governance.views.removed import question_removed, says_why_hidden, typed_in
from governance.views.responses import visible_response
from governance.views.withdrawn import keeps_text_of_former

CHOICES = {
    "mine": gettext_lazy("Your answer stands now. The other one is kept in the history."),
    "theirs": gettext_lazy("The other answer stands. Yours is kept in the history."),
    "both": gettext_lazy("Both answers are kept. Choose one when you have talked about it."),
}


@login_required
@writes("governance.answer")
@keeps_text_of_former(typed_in)
@says_why_hidden
def value_save(request: HttpRequest, pk: int, code: str, unit_pk: int | None = None) -> HttpResponse:
    """Save the values that were sent; one that is stale or not accepted never keeps the others back."""
    response = visible_response(request, pk)
    allow(request, "governance.answer", response)
    questions = questions_of_version(response.questionnaire_version_id)
    removed = None if code in questions else removed_question(response=response, code=code)
    if removed is not None:
        return question_removed(request, response=response, code=code, at=removed.at)
    if code not in questions or questions[code].type == "scale":
        raise Http404  # a level has an address of its own
    form = ValueForm(data=request.POST, code=code, response=response, questions=questions)
    return reply_to(request, form, (code, unit_pk))


def reply_to(request: HttpRequest, form: ValueForm, key: Key) -> HttpResponse:
    """Write what is accepted, and say what is not."""
    pk, comment = form.response.pk, AnswerForm(request.POST)
    comment.is_valid()
    fillable = Response.objects.fillable_by(request.user)
    try:
        changes = changes_of(form, comment)
        written, stale = write(request, form, key, changes)
    except VersionMissing:
        return refused(request, key, status=428, form=form, no_version=True)
    except (NotAsked, NoSuchPlace):
        return refused(request, key, status=400, form=form)
    except ResponseClosed:
        keep_late_values(scope=fillable, response_id=pk, unit=key[1], changes=changes, by=request.user)
        return refused(request, key, status=409, form=form, closed=True)
    except (EntryGone, Response.DoesNotExist):
        return refused(request, key, status=409, form=form, closed=True)
    if stale:
        return refused(request, key, status=409, form=form, stale=stale)
    if form.errors or comment.errors:
        return refused(request, key, status=400 if form.tampered else 422, form=form)
    if request.POST.get("choice") in CHOICES:
        messages.success(request, CHOICES[request.POST["choice"]])
        return redirect(visible_question(request, pk, key).step.address)
    return saved(request, pk, key, written)


def write(
    request: HttpRequest, form: ValueForm, key: Key, changes: list[Any]
) -> tuple[dict[Any, Any], list[StaleVersion]]:
    """Save what was changed; or, from a choice between two answers, settle that one."""
    common = {"scope": Response.objects.fillable_by(request.user), "response_id": form.response.pk}
    choice = request.POST.get("choice")
    place = next((row.place for row in form.sent if row.change), None)
    if choice not in CHOICES or place is None:
        return save_values(**common, key=key, changes=changes, by=request.user)
    code, part, change = changes[0]
    told = told_by(kind=place.kind, settings=place.settings, response=form.response)
    about = name_of_part(place.question, part=part)
    chosen = Choice(choice=choice, change=change, part=part, about=about, told=told)
    answer, stale = settle_answer(**common, key=(code, key[1]), chosen=chosen, by=request.user)
    return {(code, part): answer}, stale


def changes_of(form: ValueForm, comment: AnswerForm) -> list[tuple[str, str, Any]]:
    """(code, part, change) of what was changed and is accepted. Raises VersionMissing, NoSuchPlace."""
    form.read()
    values = [(row.place.question.code, row.place.part, row.change) for row in form.sent if row.change]
    texts = [(form.code, "", change) for change in comment.changes() if change.field == "explanation"]
    return values + texts


def refused(
    request: HttpRequest,
    key: Key,
    *,
    status: int,
    form: ValueForm,
    stale: list[StaleVersion] | None = None,
    **reason: bool,
) -> HttpResponse:
    """Say why something was not saved, with all that was typed."""
    page = visible_question(request, form.response.pk, key)
    comment = AnswerForm(request.POST)
    comment.is_valid()
    problems = problems_of(form, comment, page.step.address if reason.get("no_version") else "")
    conflicts = [conflict_for(row, form=form, page=page, user=request.user) for row in stale or []]
    context = question_context(page, form=comment, conflicts=conflicts, **reason)
    context |= {
        "controls": control_page(step=page.step, response=page.response, form=form),
        "problems": problems,
        "typed": [{"label": "", "text": ", ".join(filter(None, form.typed(name)))} for name in form.names()],
    }
    name = "governance/_answer_state.html" if is_script(request) else "governance/question_detail.html"
    return render(request, name, context, status=status)


def problems_of(form: ValueForm, comment: AnswerForm, reload: str) -> list[dict[str, str]]:
    """What is wrong, each with a link to where it is put right."""
    found = [{"text": text, "href": f"#{name.replace('.', '-')}"} for name, text in form.errors.items()]
    if reload:
        text = _("This page is out of date, so nothing was saved. Load it again; your text is still here.")
        found.append({"text": text, "href": reload})
    return found + [{"text": str(rows[0]), "href": "#explanation"} for rows in comment.errors.values()]


def conflict_for(stale: StaleVersion, *, form: ValueForm, page: Any, user: Any) -> Any:
    if stale.field == "explanation":
        mine = form.data.get("explanation", "")
        return conflict_of(stale.row, field="explanation", mine=mine, place=page.step.place, user=user)
    sent = next(
        row
        for row in form.sent
        if (row.place.question.pk, row.place.part) == (stale.row.question_id, stale.row.part)
    )
    return value_conflict(
        stale.row,
        sent=sent,
        typed=form.typed(sent.name),
        response=page.response,
        place=page.step.place,
        user=user,
    )


def saved(request: HttpRequest, pk: int, key: Key, written: dict[tuple[str, str], Any]) -> HttpResponse:
    if is_script(request):
        field = "explanation" if "explanation" in request.POST else "value"
        reply = render(request, "governance/_answer_state.html", {"field": field})
        answer = next(iter(written.values()), None)
        if answer is not None:
            reply["X-Version"] = str(answer.version_of(field))
        return reply
    page = question_page(
        response=visible_response(request, pk), user=request.user, code=key[0], unit_pk=key[1]
    )
    messages.success(request, _("Saved."))
    if page is None:
        return redirect("governance:response_detail", pk=pk)
    if "continue" not in request.POST:
        return redirect(page.step.address)
    if page.after is None:
        return redirect("governance:response_check", pk=pk)
    return redirect(page.after.address)


@login_required
@writes("governance.answer")
@once
def entry_add(request: HttpRequest, pk: int, code: str, unit_pk: int | None = None) -> HttpResponse:
    """A new entry of a repeating group."""
    response = visible_response(request, pk)
    allow(request, "governance.answer", response)
    page = visible_question(request, pk, (code, unit_pk))
    try:
        fillable = Response.objects.fillable_by(request.user)
        add_entry(scope=fillable, response_id=pk, key=(code, unit_pk), by=request.user)
    except TooManyEntries as full:
        text = _("There are %(n)s entries, and no more can be added. Remove one first.")
        messages.warning(request, text % {"n": full.limit})
    except (ResponseClosed, NotAsked):
        messages.warning(request, _("These answers can no longer be changed."))
    return redirect(f"{page.step.address}#entries")


@login_required
@writes("governance.answer")
def entry_change(
    request: HttpRequest, pk: int, code: str, entry: str, unit_pk: int | None = None
) -> HttpResponse:
    """Move, remove or bring back an entry; "action" says which."""
    allow(request, "governance.answer", visible_response(request, pk))
    page = visible_question(request, pk, (code, unit_pk))
    action = request.POST.get("action", "")
    try:
        seen = (entry, parse_version(request.POST.get("version")))
        fillable = Response.objects.fillable_by(request.user)
        change_entry(
            scope=fillable, response_id=pk, key=(code, unit_pk), entry=seen, action=action, by=request.user
        )
    except (StaleEntry, EntryGone, VersionMissing):
        messages.warning(request, _("Somebody else changed this entry. Look at it and choose again."))
    except (ResponseClosed, NotAsked):
        messages.warning(request, _("These answers can no longer be changed."))
    return redirect(f"{page.step.address}#entries")
