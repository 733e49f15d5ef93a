"""Which response a request is about: 404 outside of what the person sees, 403 without the permission."""

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from cohes3ion.lib.refusals import Refusal
from governance.models import Answer, Response
from governance.selectors.answer_places import AnswerPlace, find_placed
from governance.selectors.places import NoSuchPlace
from governance.selectors.responses import find_response


def visible_response(request: Request, pk: int) -> Response:
    response = find_response(pk=pk, user=request.user)
    if response is None:
        raise Http404
    return response


def allowed_response(request: Request, pk: int, permission: str) -> Response:
    response = visible_response(request, pk)
    if not request.user.has_perm(permission, response):
        raise PermissionDenied(_("You may read these answers, but not do this with them."))
    return response


def place_of(text: str) -> AnswerPlace:
    """The place of a whole answer. Documents and discussions belong to it, never to a cell or an entry."""
    try:
        place = AnswerPlace.read(text)
    except NoSuchPlace as error:
        raise Http404 from error
    if place.part:
        sentence = _("Documents and discussions belong to the whole answer: leave out “:%(part)s”.")
        raise Refusal(400, "part", sentence % {"part": place.part[:60]}, path="place")
    return place


def find_answer(response: Response, text: str) -> Answer | None:
    """The answer at a place, None where nothing was given or said yet. 404 where nothing is asked."""
    row = find_placed(response=response, place=place_of(text))
    if row is None:
        raise Http404
    return row.answer


def key_of(text: str) -> tuple[str, int | None]:
    place = place_of(text)
    return place.code, place.unit
