"""The matrix of a region, edited in place by those who may."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from governance.selectors.matrix import find_matrix, matrix_page
from governance.selectors.matrix_parts import Asked
from governance.selectors.presence import Room, people_here


@login_required
def matrix_detail(request: HttpRequest, pk: int) -> HttpResponse:
    region_map = find_matrix(pk=pk, user=request.user)
    if region_map is None:
        raise Http404
    page = matrix_page(region_map=region_map, user=request.user, asked=Asked.of(request.GET))
    here = people_here(room=Room(map_id=pk), place="matrix", user=request.user)
    return render(request, "governance/matrix_detail.html", {"page": page, "here": here})
