"""How far a round is, for who runs it; and how far a region is, for its team."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cohes3ion.lib.decorators import allow
from governance.selectors import boards
from governance.selectors.team_progress import team_progress
from governance.selectors.workspaces import find_map
from mapping.models import Exercise
from mapping.selectors.exercises import partners_exercise


def visible_exercise(request: HttpRequest, slug: str) -> Exercise:
    """The exercise of one of the person's partnerships, or 404."""
    exercise = partners_exercise(slug=slug, user=request.user)
    if exercise is None:
        raise Http404
    return exercise


@login_required
def progress_board(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = visible_exercise(request, slug)
    allow(request, "mapping.see_progress", exercise)
    page = boards.progress_board(exercise=exercise)
    may_take = request.user.has_perm("governance.take_answers", exercise)
    return render(request, "governance/progress_board.html", {"page": page, "may_take": may_take})


@login_required
def map_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """By section, unit and person: what each person may see of it."""
    region_map = find_map(pk=pk, user=request.user)
    if region_map is None:
        raise Http404
    allow(request, "governance.discuss", region_map)
    page = team_progress(region_map=region_map, user=request.user)
    return render(request, "governance/map_progress.html", {"page": page})
