"""Who asks: a script of one of our pages, which takes a fragment, or a browser, which takes a page."""

from django.http import HttpRequest


def is_script(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
