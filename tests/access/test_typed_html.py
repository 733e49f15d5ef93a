"""P54 and P73: what people typed is text on every page and drawing and in mails: no tag, no template."""

from typing import Any

import pytest
from django.template import Context, Template

from cohes3ion.lib.history import history_may_go
from governance.models import MapEdition, RegionResult
from mapping.services.role_invitations import invite, mail_invitation
from tests.access import canary
from tests.access import world as worlds
from tests.access.statuses import lines
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db
TYPED = "<img src onerror=r()>{{7*7}}"
RAW = b"<img src onerror"


def typed(value: Any, *, inside: str = "") -> Any:
    """Frozen content with the payload before every text that people read."""
    if isinstance(value, dict):
        return {key: typed(item, inside=key) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item, inside=inside) for item in value]
    shown = ("name", "title", "text", "label", "reason", "narrative", "summary", "explanation")
    return f"{TYPED} {value}" if isinstance(value, str) and inside in shown else value


@pytest.fixture
def typed_world(monkeypatch):
    for place in (canary, worlds):
        monkeypatch.setattr(place, "CANARY", TYPED)
    world = worlds.build_world()
    with history_may_go():  # also rows that nobody may change
        for model in canary.own():
            if model not in canary.FROZEN:
                canary.mark(model, 0)
    for model, column in ((MapEdition, "content"), (RegionResult, "public")):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(**{column: typed(getattr(row, column))})
    return world


def test_p54_typed_html_is_text_everywhere(typed_world):
    names, found, shown = typed_world.names(), [], set()
    for number, line in enumerate(lines()):
        roles = ("coordinator", "anonymous", "regional_lead", "coordinator")[number % 3 :]
        for role in [role for role in roles if line.expected.get("get", {}).get(role) == "200"][:1]:
            reply, content = worlds.ask(typed_world.clients[role], "get", line.address.format(**names))
            if not reply["Content-Type"].startswith(("text/html", "image/svg")):
                continue
            if RAW in content:
                found.append(f"{role} {line.address}")
            if b"&lt;img src onerror" in content:
                shown.add(line.name)
            if b"{{7*7}}" not in content and b"&lt;img src onerror=r()&gt;" in content:
                found.append(f"{role} {line.address}: the braces were taken for a template")
    assert found == [], "\n".join(sorted(set(found)))
    assert len(shown) > 40, sorted(shown)


def test_p54_negative_control_unescaped_text_would_be_seen():
    page = Template("{{ name|safe }}").render(Context({"name": TYPED})).encode()
    assert RAW in page


@pytest.mark.parametrize(
    "name",
    ["{{ 7|add:7 }}", "{% load static %}", "${7*7}", "{0.__class__}", "%(token)s", "{{ user.password }}"],
)
def test_p73_names_in_mails_are_no_templates(name, django_capture_on_commit_callbacks):
    region_map = RegionMapFactory(region__name=f"Region {name}")
    lead = member("regional_lead", region_map)
    lead.name = f"Lead {name}"
    lead.save()
    place = {"project": region_map.exercise.project, "region": region_map.region, "role": "contributor"}
    invitation, _token = invite(
        email="new@test.invalid", language="en", place={**place, "unit": None}, by=lead
    )
    with django_capture_on_commit_callbacks():
        mail_invitation(invitation=invitation, link="https://x.test/join/", by=lead)
    row = worlds.Mail.objects.get(to="new@test.invalid")
    assert name in row.text


def test_p73_negative_control_a_name_taken_for_a_template():
    assert Template("{{ 7|add:7 }}").render(Context()) == "14"
