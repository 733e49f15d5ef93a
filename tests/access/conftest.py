"""The world is built once for a file and undone afterwards; each request undoes what it wrote."""

import logging
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.template import Template
from django.test.utils import _TestState

from tests.access.world import World, build_world


@pytest.fixture(scope="package", autouse=True)
def only_what_is_asked() -> Iterator[None]:
    """Thousands of replies: no copies of contexts for templates, no line of the log for refusals."""
    watched = Template._render
    Template._render = _TestState.saved_data.template_render
    logging.getLogger("django.request").disabled = True
    yield
    logging.getLogger("django.request").disabled = False
    Template._render = watched


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, media_root) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def refused(request: Any, exception: Exception, *, status: int) -> HttpResponse:
    return HttpResponse(str(exception), status=status)


@pytest.fixture(scope="module")
def plain_refusals() -> Iterator[None]:
    """A third of the replies is one of two pages that name no row; test_headers.py asks for them whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cohes3ion.urls.handler403", partial(refused, status=403), raising=False)
        patch.setattr("cohes3ion.urls.handler404", partial(refused, status=404), raising=False)
        yield
