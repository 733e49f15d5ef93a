"""The coordinator's view of a round."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cohes3ion.lib.decorators import allow
from governance.selectors import workspaces
from mapping.models import Exercise


def visible_exercise(request: HttpRequest, slug: str) -> Exercise:
    """The exercise of one of the person's partnerships, or 404."""
    rows = Exercise.objects.visible_to(request.user).filter(project__memberships__user=request.user)
    exercise = rows.select_related("project").filter(slug=slug).first()
    if exercise is None:
        raise Http404
    return exercise


@login_required
def progress_board(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = visible_exercise(request, slug)
    allow(request, "mapping.see_progress", exercise)
    page = workspaces.progress_board(exercise=exercise)
    may_take = request.user.has_perm("governance.take_answers", exercise)
    return render(request, "governance/progress_board.html", {"page": page, "may_take": may_take})
