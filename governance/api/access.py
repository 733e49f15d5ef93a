"""Which response a request is about: 404 outside of what the person sees, 403 without the permission."""

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from governance.models import Response
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
