"""P53: fields that a form does not have change nothing, whoever sends them."""

from copy import deepcopy
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction

from cohes3ion.accounts.models import User
from governance.models import Analysis, Answer, Evidence, QuestionnaireVersion, Response
from journeys.models import Document, Export
from mapping.models import Exercise, Membership, Project, RegionMap, TerritorialUnit
from tests.access.bodies import body
from tests.access.statuses import lines

pytestmark = pytest.mark.django_db
# What decides who one is, whose a row is, and how far it got.
PROTECTED: dict[Any, tuple[str, ...]] = {
    User: ("is_superuser", "is_staff", "is_active", "is_demo", "email"),
    Membership: ("user__email", "role", "project_id", "region_id", "unit_id"),
    Project: ("slug", "is_demo"),
    Exercise: ("project_id", "state", "slug"),
    RegionMap: ("exercise_id", "region_id", "state", "released_by_id", "published_by_id"),
    TerritorialUnit: ("region_map_id",),
    QuestionnaireVersion: ("state", "project_id", "is_shipped"),
    Response: ("region_map_id", "group", "unit_id", "respondent_id", "state", "submitted_by_id"),
    Answer: ("response_id", "question_id", "version", "edited_by_id", "provenance"),
    Evidence: ("region_map_id", "is_public", "added_by_id"),
    Analysis: ("exercise_id", "state", "published_by_id"),
    Document: ("exercise_id", "region_id", "state", "published_by_id"),
    Export: ("is_public", "created_by_id"),
}
NAMES = {
    *("is_superuser", "is_staff", "is_active", "is_demo", "password", "owner", "status", "validated"),
    *("project", "project_id", "exercise_id", "region_map", "region_map_id", "response", "response_id"),
    *("group", "respondent", "respondent_id", "questionnaire_version", "created_by", "created_by_id"),
    *("edited_by", "edited_by_id", "submitted_by", "submitted_at", "released_by", "released_at"),
    *("published_by", "published_at", "is_shipped", "is_public", "added_by", "user", "user_id", "pk", "id"),
}
# A box of their own forms.
OWN = {"governance:evidence_add": {"is_public"}, "governance:evidence_public": {"is_public"}}
WRITES = [line for line in lines() if "302" in line.expected.get("post", {}).values()]


def stands() -> dict[str, list[Any]]:
    """What the database holds of the protected columns; new rows without their keys."""
    return {
        model.__name__: sorted(map(repr, model._base_manager.values_list(*columns)))
        for model, columns in PROTECTED.items()
    }


def after(client: Any, address: str, sent: dict[str, Any]) -> tuple[int, dict[str, list[Any]]]:
    """What is answered and what then stands. Nothing of it stays, not even that somebody signed out."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        status = client.post(address, sent).status_code
        found = stands()
        transaction.set_rollback(True)
    client.cookies = cookies
    return status, found


def extras(name: str, sent: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    """Values that would matter: another partnership's rows, the last step, all rights."""
    values = {"group": "team", "status": "approved", "project": names["foreign_project"]}
    values |= {"region_map": names["foreign_map"], "region_map_id": names["foreign_map"]}
    wanted = NAMES - set(sent) - OWN.get(name, set())
    return {name: values.get(name, "1") for name in wanted}


def in_address(address: str, more: dict[str, Any]) -> str:
    """The same names and values in the query string."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(more)}"


# Every other address for those who may, and the others for those who may not; `--long` tries all.
EVERY_OTHER = [pytest.param(WRITES[::2], id="half"), pytest.param(WRITES, id="all", marks=pytest.mark.long)]
OTHERS = [pytest.param(WRITES[1::2], id="half"), pytest.param(WRITES, id="all", marks=pytest.mark.long)]


@pytest.mark.parametrize("writes", EVERY_OTHER)
def test_p53_what_a_form_does_not_have_changes_nothing(world, writes):
    """Who may, least or most: the same rows with and without them, sent in the form and in the address."""
    names, found = world.names(), []
    for number, line in enumerate(writes):
        address, sent = line.address.format(**names), dict(body(line.name, names) or {})
        more = extras(line.name, sent, names)
        may = [role for role, status in line.expected["post"].items() if status == "302"]
        role = may[-(number % 2)]  # the first, or the last
        status, plain = after(world.clients[role], address, sent)
        _status, whole = after(world.clients[role], in_address(address, more), {**sent, **more})
        found += [f"{line.name} as {role}: {status}"] if status != 302 else []
        found += [f"{line.name} as {role}: {name}" for name in plain if plain[name] != whole[name]]
    assert found == [], "\n".join(found)
    assert len(writes) > 100


@pytest.mark.parametrize("writes", OTHERS)
def test_p53_nobody_gains_the_right_to_write_by_naming_it(world, plain_refusals, writes):
    """Who may not, least or most: refused as ever, and no protected column changes."""
    names, found, before = world.names(), [], stands()
    for number, line in enumerate(writes):
        address, sent = line.address.format(**names), dict(body(line.name, names) or {})
        more = extras(line.name, sent, names)
        with transaction.atomic():
            may_not = [role for role, status in line.expected["post"].items() if status in ("403", "404")]
            for role in may_not[:1] if number % 2 else may_not[-1:]:
                reply = world.clients[role].post(in_address(address, more), {**sent, **more})
                if str(reply.status_code) != line.expected["post"][role]:
                    found.append(f"{line.name} as {role}: {reply.status_code}")
            found += [f"{line.name} changed something"] if stands() != before else []
            transaction.set_rollback(True)
    assert found == [], "\n".join(found)


def test_p53_negative_control_a_change_would_be_seen(world):
    before = stands()
    with transaction.atomic():
        User.objects.filter(pk=User.objects.earliest("pk").pk).update(is_superuser=True)
        assert stands()["User"] != before["User"]
        transaction.set_rollback(True)
