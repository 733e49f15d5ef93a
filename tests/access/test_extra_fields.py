"""P53: fields that a form does not have change nothing, whoever sends them."""

from typing import Any

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


def after(client: Any, address: str, sent: dict[str, Any]) -> dict[str, list[Any]]:
    with transaction.atomic():
        client.post(address, sent)
        found = stands()
        transaction.set_rollback(True)
    return found


def extras(name: str, sent: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    """Values that would matter: another partnership's rows, the last step, all rights."""
    values = {"group": "team", "status": "approved", "project": names["foreign_project"]}
    values |= {"region_map": names["foreign_map"], "region_map_id": names["foreign_map"]}
    wanted = NAMES - set(sent) - OWN.get(name, set())
    return {name: values.get(name, "1") for name in wanted}


def test_p53_what_a_form_does_not_have_changes_nothing(world):
    names, found = world.names(), []
    for line in WRITES:
        role = next(role for role, status in line.expected["post"].items() if status == "302")
        address, sent = line.address.format(**names), dict(body(line.name, names) or {})
        plain = after(world.clients[role], address, sent)
        more = after(world.clients[role], address, {**sent, **extras(line.name, sent, names)})
        found += [f"{line.name} as {role}: {name}" for name in plain if plain[name] != more[name]]
    assert found == [], "\n".join(found)
    assert len(WRITES) > 40


def test_p53_negative_control_a_change_would_be_seen(world):
    before = stands()
    with transaction.atomic():
        User.objects.filter(pk=User.objects.earliest("pk").pk).update(is_superuser=True)
        assert stands()["User"] != before["User"]
        transaction.set_rollback(True)
