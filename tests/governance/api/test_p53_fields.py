"""P53: what programs send beside the fields of a write is refused or ignored, whoever they are."""

import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from governance.models import Answer, Comment, Evidence, GroupEntry, Response, Thread
from mapping.enums import Role
from mapping.models import Membership
from tests.factories.mapping import RegionMapFactory, UserFactory, member
from tests.factories.rooms import Room, open_room

pytestmark = pytest.mark.django_db
MORE = {
    "is_superuser": True,
    "is_staff": True,
    "role": "coordinator",
    "owner": 1,
    "region": 1,
    "status": "x",
    "version": 99,
    "created_by": 1,
    "validated": True,
    "position": 99,
    "removed_at": "2026-01-01",
    "response": 1,
    "question": 1,
    "about_unit": 1,
    "edited_by": 1,
    "provenance": "sourced",
    "id": 1,
    "field_versions": {"value": 99},
    "state": "approved",
    "submitted_by": 1,
}


@pytest.fixture
def room() -> Room:
    return open_room()


def people(room: Room) -> dict[str, Client]:
    """Every role of the partnership, a coordinator of another one, somebody without a role, and nobody."""
    users = {role.value: member(role, room.region_map) for role in Role}
    users["stranger"] = member(Role.COORDINATOR, RegionMapFactory())
    users["nobody"] = UserFactory()
    clients = {name: Client() for name in users} | {"anonymous": Client()}
    for name, user in users.items():
        clients[name].force_login(user)
    return clients


def writes(room: Room) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        ("patch", f"{room.api}answers/1.4/", {"value": 40}),
        ("put", f"{room.api}answers/1.4/", {"value": 40, "explanation": "So"}),
        ("post", f"{room.api}entries/", {"group": "2.6"}),
        ("post", f"{room.api}submit/", {}),
        ("post", f"{room.api}answers/1.4/evidence/", {"url": "https://a.eu/plan", "title": "A plan"}),
        ("post", f"{room.api}answers/1.4/threads/", {"text": "Is it so?"}),
    ]


def stands() -> dict[str, list[Any]]:
    """All that is stored, without keys and times of what was made."""
    silent = {"id", "created_at", "edited_at", "created_by_id", "edited_by_id", "key", "opened_at"}
    silent |= {"added_at", "added_by_id", "started_at", "at", "by_id", "thread_id", "answer_id"}
    return {
        model.__name__: sorted(
            str({name: value for name, value in row.items() if name not in silent})
            for row in model._base_manager.values()
        )
        for model in (Answer, GroupEntry, Response, Membership, Evidence, Thread, Comment)
    }


def tag_of(client: Client, address: str) -> dict[str, str]:
    reply = client.get(address)
    return {"if-match": reply["ETag"]} if "ETag" in reply else {}


def sent(client: Client, method: str, address: str, content: dict[str, Any], query: str = "") -> Any:
    """What is answered and what then stands; nothing of it stays."""
    with transaction.atomic():
        headers = tag_of(client, address) if address.endswith("answers/1.4/") else {}
        how = getattr(client, method)
        reply = how(address + query, json.dumps(content), content_type="application/json", headers=headers)
        found = reply.status_code, stands()
        transaction.set_rollback(True)
    return found


def test_p53_programs_write_nothing_but_the_fields_of_a_write(room):
    query = "?" + "&".join(f"{name}=1" for name in MORE)
    clients, faults, written = people(room), [], 0
    before = stands()
    for name, client in clients.items():
        for method, address, content in writes(room):
            status, plain = sent(client, method, address, content)
            more, found = sent(client, method, address, content | MORE)
            in_address = sent(client, method, address, content, query)
            wanted = [before] if more >= 400 else [plain]
            written += plain != before
            faults += [] if found in wanted else [f"{method} {address} as {name}"]
            faults += [] if in_address[1] in (before, plain) else [f"{method} {address} as {name}: address"]
            faults += [f"{name} gained {more} for {status}"] if more < 400 <= status else []
    assert faults == []
    # The team's two: an answer in two ways, an entry, a link, a talk; who runs the round: a talk.
    assert written == 2 * 5 + 2


def test_p53_an_unknown_field_of_an_answer_is_named(room):
    client = people(room)["regional_lead"]
    address = f"{room.api}answers/1.4/"
    headers = tag_of(client, address)
    body = json.dumps({"value": 40, "provenance": "sourced"})
    reply = client.patch(address, body, content_type="application/json", headers=headers)
    assert (reply.status_code, reply.json()["code"], reply.json()["path"]) == (
        400,
        "unknown_field",
        "provenance",
    )


def test_p53_negative_control_a_change_would_be_seen(room):
    before = stands()
    Membership.objects.filter(user=room.contributor).update(role=Role.REGIONAL_LEAD)
    assert stands() != before
