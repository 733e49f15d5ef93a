"""What every reply carries, and what a request may not smuggle in."""

import pytest
from django.test import Client

from tests.access.world import ask

pytestmark = pytest.mark.django_db
# A page, a download, data, and each way to be refused.
REPLIES = {
    "start": ("get", "/", 200),
    "region": ("get", "/regions/{published_region}/", 200),
    "picture": ("get", "/regions/{published_region}/figures/matrix.svg", 200),
    "workspace": ("get", "/workspace/", 200),
    "question": ("get", "/workspace/responses/{team}/1.1/", 200),
    "document": ("get", "/documents/{draft}/file.pdf", 200),
    "file": ("get", "/workspace/evidence/{evidence}/file/", 200),
    "data": ("get", "/api/v1/units/", 200),
    "sign-in of the administration": ("get", "/admin/login/", 403),
    "not allowed": ("get", "/workspace/exercises/{exercise}/progress/", 403),
    "not found": ("get", "/nothing/here/", 404),
    "row not found": ("get", "/api/v1/units/0/", 404),
    "wrong method": ("get", "/workspace/maps/{map}/consult/", 405),
    "unknown method": ("trace", "/", 405),
    "not accepted": ("post", "/workspace/maps/{map}/adopt/", 422),
}


def policy(reply) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in reply["Content-Security-Policy"].split(";"))
    return {name: words for name, _space, words in parts}


@pytest.mark.parametrize("role", ["anonymous", "regional_lead"])
@pytest.mark.parametrize("kind", REPLIES)
def test_every_reply_carries_the_policy(world, kind, role):
    method, address, status = REPLIES[kind]
    reply, _content = ask(world.clients[role], method, address.format(**world.names()))
    assert role == "anonymous" or reply.status_code == status
    found = policy(reply)
    assert "unsafe-inline" not in reply["Content-Security-Policy"]
    assert "unsafe-eval" not in reply["Content-Security-Policy"]
    if kind != "file" or reply.status_code != 200:
        assert (found["object-src"], found["base-uri"]) == ("'none'", "'none'")
        assert (found["script-src"], found["form-action"]) == ("'self'", "'self'")
        assert found["frame-ancestors"] == "'none'"
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Referrer-Policy"] == "same-origin"
    assert method == "trace" or reply["X-Frame-Options"] == "DENY"
    if role != "anonymous" and method != "trace":
        assert {"no-store", "private"} <= set(reply["Cache-Control"].split(", "))


def test_p60_evidence_never_runs_in_this_site(world):
    address = f"/workspace/evidence/{world.names()['evidence']}/file/"
    reply, _content = ask(world.clients["regional_lead"], "get", address)
    assert policy(reply) == {"sandbox": "", "default-src": "'none'"}
    assert reply["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example"])
def test_a_host_that_is_not_ours_is_400(host):
    reply = Client(raise_request_exception=False).get("/", headers={"host": host})
    assert reply.status_code == 400
    assert "evil.example" not in reply.content.decode()
    assert "unsafe-inline" not in reply["Content-Security-Policy"]
    assert reply["X-Content-Type-Options"] == "nosniff"


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "https:///evil.example",
    " //evil.example",
    "\t//evil.example",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_led_away_from_the_site(world, target):
    """By no form that takes an address to go on to, signed in or not."""
    asked = [
        ("anonymous", "post", "/accounts/theme/"),
        ("anonymous", "post", "/language/setlang/"),
        ("anonymous", "post", "/accounts/demonstration/"),
        ("regional_lead", "get", "/accounts/login/"),
        ("regional_lead", "post", "/accounts/logout/"),
        ("regional_lead", "get", "/admin/login/"),
    ]
    for role, method, address in asked:
        sent = {"next": target, "theme": "dark", "language": "pl", "role": "coordinator"}
        reply, _content = ask(world.clients[role], method, address, sent)
        if reply.status_code in (301, 302, 303):
            assert reply["Location"].startswith("/"), (address, reply["Location"])
            assert not reply["Location"].startswith(("//", "/\\")), (address, reply["Location"])
            assert "evil" not in reply["Location"].partition("?")[0]


def test_signing_in_leads_only_into_the_site(world):
    person = world.clients["regional_lead"].get("/workspace/").wsgi_request.user
    person.set_password("a long enough phrase")
    person.save(update_fields=["password"])
    sent = {"login": person.email, "password": "a long enough phrase"}
    for target in ELSEWHERE:
        reply, _content = ask(Client(), "post", "/accounts/login/", {**sent, "next": target})
        assert (reply.status_code, reply["Location"]) == (302, "/workspace/"), target


def test_a_write_without_a_token_is_refused_by_name(world):
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.clients["regional_lead"].cookies
    reply, _content = ask(
        client, "post", f"/workspace/maps/{world.names()['map']}/release/", {"version": "1"}
    )
    assert reply.status_code == 403
    assert reply["X-Content-Type-Options"] == "nosniff"
