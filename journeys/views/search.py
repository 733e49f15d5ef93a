"""The page on which the whole site is searched."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cohes3ion.accounts.limits import SEARCHES, limited, looks_for_something
from cohes3ion.lib.search.index import catch_up
from journeys.forms.search import SearchForm
from journeys.selectors import search as selectors


@limited(SEARCHES, counts=looks_for_something)
def search(request: HttpRequest) -> HttpResponse:
    """What this reader may see, and nothing else: not in counts either."""
    form = SearchForm(request.GET)
    form.is_valid()
    found, wider = None, []
    if form.words:
        catch_up()
        number = request.GET.get("page")
        found = selectors.search(user=request.user, wanted=form.words, kind=form.kind, number=number)
        wider = [] if found.count else selectors.wider(user=request.user, wanted=form.words)
    return render(request, "journeys/search.html", {"form": form, "found": found, "wider": wider})
