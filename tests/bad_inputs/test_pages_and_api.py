"""Bad input through page and API alike: a clear sentence, no 5xx, nothing stored wrong, nothing typed lost.

A case is a line in a YAML file of this folder; how it is sent stands in senders.py.
"""

import json
import socketserver
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction

from governance.models import Answer, GroupEntry, Response
from tests.bad_inputs import senders
from tests.factories.rooms import Room, open_room
from tests.lib.test_scanning import Clamd

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parent
SECONDS = 2.0  # of work, however busy the machine is
TROUBLE = ("Traceback", "IntegrityError", "DataError", "psycopg2", "site-packages")


def cases(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def named(rows: list[dict[str, Any]], *ways: str) -> list[Any]:
    """Each case once for each way it can be sent."""
    return [
        pytest.param(row, way, id=f"{row['case']} by {way}") for row in rows for way in ways if way in row
    ]


@pytest.fixture(scope="module")
def room(django_db_setup, django_db_blocker, media_root) -> Room:
    """Built once: each case undoes what it wrote."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = open_room(senders.definition())
        senders.client_of(made.lead, {}).get(f"/workspace/responses/{made.response.pk}/1.4/")
        yield made
        senders.SIGNED_IN.clear()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def undone(room):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def check(case: dict[str, Any], found: senders.Outcome, *, way: str, seconds: float) -> None:
    expected = case.get(f"{way}_status", case.get("status", 422))
    accepted = (302,) if (way, expected) == ("page", 200) else (expected,)
    assert found.status in accepted, found.text[-600:]
    assert [word for word in TROUBLE if word in found.text] == []
    assert seconds <= SECONDS
    said = case.get(f"says_{way}", case.get("says", ""))
    assert said in found.text, found.text[-600:]
    if expected >= 400 and way == "api":
        assert found.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(("case", "way"), named(cases("answers"), "page", "api"))
def test_answers(room, case, way):
    senders.prepare(room, case)
    started = time.process_time()
    found = senders.by_page(room, case) if way == "page" else senders.by_api(room, case)
    check(case, found, way=way, seconds=time.process_time() - started)
    assert senders.stored(case) == case.get("stores")
    if way == "page" and found.status != 302 and not case.get("lost"):
        assert [text for text in senders.typed(case) if not found.keeps(text)] == []


@pytest.mark.parametrize("way", ["page", "api"])
@pytest.mark.parametrize("case", [pytest.param(row, id=row["case"]) for row in cases("sending")])
def test_sending(room, case, way):
    senders.prepare(room, case)
    found = senders.send_by_page(room, case) if way == "page" else senders.send_by_api(room, case)
    assert found.status == case.get(f"{way}_status", case.get("status"))
    assert case["says"] in found.text
    state = Response.objects.get(pk=room.response.pk).state
    assert state == ("submitted" if case.get("state") == "submitted" else "draft")


def test_what_is_complete_can_be_sent(room):
    """Otherwise the refusals above would prove nothing."""
    senders.prepare(room, {"complete": True})
    assert senders.send_by_api(room, {}).status == 200


@pytest.fixture(scope="module")
def foreign(room) -> int:
    """A response of another partnership."""
    return open_room().response.pk


@pytest.fixture(scope="module")
def clamd(tmp_path_factory) -> Iterator[str]:
    """The socket of a scanner that finds the test virus."""
    path = str(tmp_path_factory.mktemp("clamd") / "socket")
    with socketserver.UnixStreamServer(path, Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield path
        server.shutdown()


@pytest.mark.parametrize("case", [pytest.param(row, id=row["case"]) for row in cases("uploads")])
def test_uploads(room, foreign, settings, clamd, case):
    settings.EVIDENCE_MAX_BYTES = 1024**2
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    if "clamd" in case:
        settings.CLAMD_ADDRESS = clamd if case["clamd"] is True else "/nowhere/clamd.sock"
    started = time.process_time()
    found = senders.by_upload(room, {"title": "The title I typed", "foreign": foreign, **case})
    check(case, found, way="upload", seconds=time.process_time() - started)
    rows = senders.kept_files()
    assert [row.file_name for row in rows] == ([case["called"]] if "called" in case else [])
    if "called" in case:
        assert rows[0].file.name.startswith("evidence/")
        assert len(rows[0].file.name) == len("evidence/") + 32
        reply = senders.client_of(room.lead, {}).get(f"/workspace/evidence/{rows[0].pk}/file/")
        assert reply["Content-Disposition"].startswith("attachment")
        assert "\n" not in reply["Content-Disposition"]
    elif case.get("status", 422) in (413, 422, 503) and "raw" not in case:
        assert found.keeps("The title I typed")


@pytest.mark.parametrize("case", [pytest.param(row, id=row["case"]) for row in cases("requests")])
def test_requests(room, case):
    started = time.process_time()
    found = senders.by_request(room, case)
    check({"status": 400, **case}, found, way="api", seconds=time.process_time() - started)
    problem = json.loads(found.page)
    assert (problem["status"], problem["title"] != "") == (found.status, True)
    assert len(problem["support_id"]) == 8
    for name, value in case.get("carries", {}).items():
        assert found.headers[name] == value
    assert not Answer.objects.exclude(kind="unanswered").exists()
    assert not GroupEntry.objects.exists()


@pytest.mark.parametrize("case", [pytest.param(row, id=row["case"]) for row in cases("addresses")])
def test_addresses(room, case):
    form = {"method": "GET", "type": "application/x-www-form-urlencoded", **case}
    form["address"] += "&b=1" * case.get("parameters", 0)
    senders.prepare(room, case)
    found = senders.by_request(room, form)
    assert str(found.status) in str(case.get("status", 404)).split()
    assert case.get("says", "") in found.text
    assert [word for word in TROUBLE if word in found.text] == []
    assert "SECRET_KEY" not in found.text
    assert "X-Injected" not in found.headers
