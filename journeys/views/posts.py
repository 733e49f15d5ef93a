"""Needs and offers as everybody reads them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from journeys.forms.posts import BoardFilter
from journeys.selectors import posts as selectors


def post_list(request: HttpRequest) -> HttpResponse:
    """An option that nobody offers narrows nothing, and the form says so."""
    form = BoardFilter(request.GET, regions=selectors.offered_regions(), domains=selectors.offered_codes())
    form.is_valid()
    choice = selectors.BoardChoice(**form.cleaned_data)
    page = selectors.post_board(choice=choice, number=request.GET.get("page", ""))
    return render(request, "journeys/post_list.html", {"page": page, "filter": form, "choice": choice})


def post_detail(request: HttpRequest, pk: int) -> HttpResponse:
    post = selectors.find_open_post(pk=pk)
    if post is None:
        raise Http404
    context = {
        "post": post,
        "text": selectors.linked_text(post.text),
        "own": selectors.own_counterparts(post=post, user=request.user),
    }
    return render(request, "journeys/post_detail.html", context)
