"""The answers a monitor gets. Stopping each part in turn is rehearsed in tests/deployment."""

import pytest
from django.core.cache import cache

from cohes3ion.lib import health


@pytest.fixture(autouse=True)
def _fresh_answers():
    cache.clear()


def test_healthz_asks_nobody(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_readyz_is_green_when_every_part_answers(client, worker):
    answer = client.get("/readyz")
    assert answer.json() == {"database": "ok", "broker": "ok", "files": "ok", "worker": "ok"}
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_readyz_names_the_folder_that_keeps_no_files(client, worker, settings, tmp_path):
    blocked = tmp_path / "a file where a folder should be"
    blocked.write_text("")
    settings.MEDIA_ROOT = blocked
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["files"] == "no answer"


def test_readyz_holds_its_result_for_two_seconds(client, worker, django_assert_num_queries):
    client.get("/readyz")
    with django_assert_num_queries(0):
        client.get("/readyz")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_only_reads(client, path):
    assert client.post(path).status_code == 405


def test_part_turns_a_lost_connection_into_a_word():
    def lost() -> bool:
        raise ConnectionRefusedError

    assert health.part(lost) == "no answer"
    assert health.part(lambda: False) == "no answer"
    assert health.part(lambda: True) == "ok"
