"""Before and after a visit: questions that regions ask the host, and what each region takes home."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.row_forms import Choices, RowForm
from cohes3ion.lib.scripts import is_script
from journeys.forms.journeys import AnswerForm, QuestionForm, TakeawayForm
from journeys.models import Takeaway, Visit, VisitQuestion
from journeys.selectors.visit_choices import takeaway_choices
from journeys.selectors.visits import (
    exchange_page,
    partner_questions,
    partner_takeaways,
    partner_visits,
    visit_of_removed,
)
from journeys.services import journeys as services
from journeys.views.rows import Place, save_row
from mapping.models import Region, RegionMap

PAGE = "journeys/visit_exchange.html"
PARTS: dict[str, type[RowForm]] = {"text": QuestionForm, "answer": AnswerForm}


def _page_address(visit: Visit, place: str = "") -> str:
    return reverse("journeys:visit_exchange", args=[visit.pk]) + (f"#{place}" if place else "")


def exchange_context(
    request: HttpRequest, visit: Visit, refused: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The page; `refused` is the form that could not be saved, with why, and stands in its place."""
    page = exchange_page(visit=visit, user=request.user)
    problem_at = refused["place"].key if refused else ""

    def shown(place: Place) -> dict[str, Any]:
        return refused if refused and place.key == problem_at else place.shown()

    return {
        "page": page,
        "questions": [_shown_question(request, page, row, shown) for row in page.questions],
        "asking": [(region, _new_form(QuestionForm, f"ask-{region.pk}")) for region in page.asking],
        "mine": [
            {"map": region_map, "items": items, "new": _new_form(TakeawayForm, f"learn-{region_map.pk}")}
            for region_map, items in _own_takeaways(request, page, shown)
        ],
        "refused": refused,
        "project": visit.journey.exercise.project,
    }


def _shown_question(request: HttpRequest, page: Any, row: VisitQuestion, shown: Any) -> dict[str, Any]:
    """A question with the forms this person may use."""
    asks = any(region.pk == row.region_id for region in page.asking)
    return {
        "row": row,
        "own": shown(question_place(request, row, "text")) if asks else None,
        "reply": shown(question_place(request, row, "answer")) if page.may_answer else None,
    }


def _own_takeaways(request: HttpRequest, page: Any, shown: Any) -> list[tuple[RegionMap, list[Any]]]:
    """The forms of the regions for which this person writes."""
    found = []
    for region_map in page.own:
        rows = [row for row in page.takeaways if row.region_map_id == region_map.pk]
        choices = takeaway_choices(region_map=region_map, takeaways=rows, user=request.user) if rows else {}
        found.append((region_map, [shown(takeaway_place(request, row, choices)) for row in rows]))
    return found


def _new_form(form_class: type[RowForm], key: str, data: Any = None) -> RowForm:
    """Only the first text is asked; the rest unfolds with the new row."""
    form = form_class(data, key=key)
    for name in list(form.fields)[1:]:
        del form.fields[name]
    return form


def _page_of(request: HttpRequest, visit: Visit) -> Any:
    return lambda item: (PAGE, exchange_context(request, visit, item))


def question_place(request: HttpRequest, question: VisitQuestion, part: str) -> Place:
    key = f"question-{question.pk}-{part}"
    return Place(
        row=question,
        form_class=PARTS[part],
        key=key,
        action=reverse("journeys:visit_question_save", args=[question.pk, part]),
        back=_page_address(question.visit, key),
        page=_page_of(request, question.visit),
    )


def takeaway_place(request: HttpRequest, takeaway: Takeaway, choices: Choices) -> Place:
    key = f"takeaway-{takeaway.pk}"
    return Place(
        row=takeaway,
        form_class=TakeawayForm,
        key=key,
        action=reverse("journeys:takeaway_save", args=[takeaway.pk]),
        back=_page_address(takeaway.visit, key),
        page=_page_of(request, takeaway.visit),
        choices=choices,
    )


def partner_visit(request: HttpRequest, pk: int) -> Visit:
    visit: Visit = get_object_or_404(partner_visits(request.user), pk=pk)
    return visit


@login_required
def visit_exchange(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, PAGE, exchange_context(request, partner_visit(request, pk)))


def _not_added(request: HttpRequest, visit: Visit, form: RowForm, *, kind: str, place: Any) -> HttpResponse:
    """The page with the form as it was typed."""
    context = exchange_context(request, visit) | {"form": form}
    if kind == "asking":
        context["asking"] = [(row, form if row == place else new) for row, new in context["asking"]]
    else:
        context["mine"] = [
            item | {"new": form if item["map"] == place else item["new"]} for item in context["mine"]
        ]
    return render(request, PAGE, context, status=422)


@login_required
@writes("journeys.write_question")
@once
def visit_question_add(request: HttpRequest, pk: int, region: int) -> HttpResponse:
    visit = partner_visit(request, pk)
    regions = Region.objects.filter(maps__exercise=visit.journey.exercise_id).select_related("project")
    asking: Region = get_object_or_404(regions.distinct(), pk=region)
    allow(request, "journeys.write_question", asking)
    if asking.pk == visit.host_id:
        raise Http404
    form = _new_form(QuestionForm, f"ask-{asking.pk}", request.POST)
    if not form.is_valid():
        return _not_added(request, visit, form, kind="asking", place=asking)
    row = services.add_question(visit=visit, region=asking, text=form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Your question is there for the host to answer."))
    return redirect(_page_address(visit, f"question-{row.pk}"))


def _gone(request: HttpRequest, model: Any, pk: int) -> HttpResponse:
    """409 with what was typed, when somebody removed the row meanwhile."""
    visit = visit_of_removed(model=model, pk=pk, user=request.user)
    if visit is None:
        raise Http404
    names = {"learned", "will_do", "text", "answer"}
    typed = [text for name, text in request.POST.items() if name in names and text.strip()]
    page = "journeys/_learning_gone.html" if is_script(request) else "journeys/learning_gone.html"
    return render(request, page, {"visit": visit, "typed": typed}, status=409)


@login_required
@writes("journeys.write_question")
def visit_question_save(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """The region that asked changes the question; the host answers."""
    question = partner_questions(request.user).filter(pk=pk).first()
    if question is None:
        return _gone(request, VisitQuestion, pk)
    if part not in PARTS:
        raise Http404
    if part == "text":
        allow(request, "journeys.write_question", question)
    else:
        allow(request, "journeys.write_visit", question.visit)
    return save_row(request, question_place(request, question, part))


@login_required
@writes("journeys.write_takeaway")
@once
def takeaway_add(request: HttpRequest, pk: int, region_map: int) -> HttpResponse:
    visit = partner_visit(request, pk)
    maps = RegionMap.objects.filter(exercise=visit.journey.exercise_id)
    own: RegionMap = get_object_or_404(maps.select_related("exercise__project", "region"), pk=region_map)
    allow(request, "journeys.write_takeaway", own)
    form = _new_form(TakeawayForm, f"learn-{own.pk}", request.POST)
    if not form.is_valid():
        return _not_added(request, visit, form, kind="mine", place=own)
    learned = form.cleaned_data["learned"]
    row = services.add_takeaway(visit=visit, region_map=own, learned=learned, by=request.user)
    messages.success(request, _("Added. Say now which area and which practice it concerns."))
    return redirect(_page_address(visit, f"takeaway-{row.pk}"))


@login_required
@writes("journeys.write_takeaway")
def takeaway_save(request: HttpRequest, pk: int) -> HttpResponse:
    takeaway = partner_takeaways(request.user).filter(pk=pk).first()
    if takeaway is None:
        return _gone(request, Takeaway, pk)
    allow(request, "journeys.write_takeaway", takeaway)
    choices = takeaway_choices(region_map=takeaway.region_map, takeaways=[takeaway], user=request.user)
    return save_row(request, takeaway_place(request, takeaway, choices))
