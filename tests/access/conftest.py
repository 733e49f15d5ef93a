"""The world is built once for a file and undone afterwards; each request undoes what it wrote."""

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
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
