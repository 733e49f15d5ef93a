"""How mapping works."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from journeys.selectors.walkthroughs import KINDS, video_files, walkthrough


def walkthrough_detail(request: HttpRequest) -> HttpResponse:
    return render(request, "journeys/walkthrough_detail.html", {"page": walkthrough()})


def walkthrough_file(request: HttpRequest, name: str) -> FileResponse:
    """The film or its captions, as the operator put them there; nothing else of the folder."""
    path = video_files().get(name)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), content_type=KINDS.get(path.suffix, "text/vtt; charset=utf-8"))
