"""A save and what was typed since, in one request.

A page that closes while a save is on its way cannot wait for the version which that save makes. If it guessed
that number, it could overwrite what somebody else wrote just then. So it sends both: the fields as it sent
them before, with the version it saw, and beside them the newest as "newest.<field>". The newest are based on
what the first step made, and on nothing else.
"""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict

from cohes3ion.lib.row_forms import one_kind_of_line_end

NEWEST = "newest."


def is_followed(request: HttpRequest) -> bool:
    return request.method == "POST" and any(name.startswith(NEWEST) for name in request.POST)


def save_in_order(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Ask the view twice. The first step may have come before: what stands already is no change.

    Where it was refused the newest go with the version that was seen, and are stale too: kept, never written.
    """
    first, newest = QueryDict(mutable=True), QueryDict(mutable=True)
    for name, sent in request.POST.lists():
        texts = [one_kind_of_line_end(text) for text in sent]  # as a script sends them without a form
        if name.startswith(NEWEST):
            newest.setlist(name.removeprefix(NEWEST), texts)
        else:
            first.setlist(name, texts)
            if name.startswith(("version", "csrf")):
                newest.setlist(name, texts)
    request.POST = first  # type: ignore[assignment]
    reply = view(request, *args, **kwargs)
    if reply.status_code == 200 and "X-Version" in reply:
        for name in newest:
            if name.startswith("version"):
                newest[name] = reply["X-Version"]
    request.POST = newest  # type: ignore[assignment]
    return view(request, *args, **kwargs)
