"""What every page needs to know about the site."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from cohes3ion.lib.health import work_waits
from cohes3ion.lib.return_addresses import return_address


def site(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "")
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "demonstration": settings.DEMONSTRATION,
        "work_waits": work_waits,
        "return_address": partial(return_address, request),
        "theme": theme if theme in ("light", "dark") else "",
    }
