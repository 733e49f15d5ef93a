"""P92: each own check of `check --deploy`, once sound and once with what it is there to find."""

from urllib.parse import urlsplit

import pytest
import redis
from django.db import connection

from cohes3ion.lib import deployment


def ids(errors) -> list[str]:
    return [error.id for error in errors]


def test_p92_policy_is_strict_as_shipped():
    assert deployment.browser_is_told_what_to_trust(None) == []


@pytest.mark.parametrize("value", ["'unsafe-inline'", "'unsafe-eval'", "https://cdn.example.org", "*"])
def test_p92_policy_that_trusts_more_is_found(settings, value):
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": {"default-src": ["'self'"], "script-src": ["'self'", value], "style-src": ["'self'"]}
    }
    assert ids(deployment.browser_is_told_what_to_trust(None)) == ["stm.E001"]


def test_p92_policy_without_a_default_is_found(settings):
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"script-src": ["'self'"], "style-src": ["'self'"]}}
    assert ids(deployment.browser_is_told_what_to_trust(None)) == ["stm.E001"]


def test_p92_cookies_of_this_host_alone(settings):
    settings.SESSION_COOKIE_NAME = "__Host-session"
    settings.CSRF_COOKIE_NAME = "__Host-csrf"
    assert deployment.cookies_belong_to_this_host(None) == []
    settings.CSRF_COOKIE_NAME = "csrf"
    assert ids(deployment.cookies_belong_to_this_host(None)) == ["stm.E002"]


@pytest.mark.parametrize(
    "address, found",
    [
        ("https://stm.example.org", []),
        ("http://stm.example.org", ["stm.E003"]),
        ("https://other.example.org", ["stm.E003"]),
    ],
)
def test_p92_site_address(settings, address, found):
    settings.ALLOWED_HOSTS = ["stm.example.org"]
    settings.SITE_URL = address
    assert ids(deployment.site_address_is_answered(None)) == found


@pytest.mark.parametrize("address, found", [("clamd:3310", []), ("", ["stm.W001"])])
def test_p92_uploads_that_nobody_checks_are_told(settings, address, found):
    settings.CLAMD_ADDRESS = address
    assert ids(deployment.uploads_are_checked(None)) == found


def test_p92_database_that_may_lose_answers_is_found(db):
    """The tests' own cluster is not durable, for speed: each setting that is off is named, and no other."""
    if connection.vendor != "postgresql":
        assert ids(deployment.database_keeps_what_it_confirmed(None, databases=["default"])) == ["stm.E004"]
        return
    with connection.cursor() as cursor:
        for value, at_fault in (("on", {"fsync", "full_page_writes"}), ("off", set(deployment.DURABLE))):
            cursor.execute(f"SET LOCAL synchronous_commit = {value}")
            found = deployment.database_keeps_what_it_confirmed(None, databases=["default"])
            assert {fault.msg.split(" has ")[1].split(" off")[0] for fault in found} == at_fault


def test_p92_database_is_not_asked_unless_named():
    assert deployment.database_keeps_what_it_confirmed(None, databases=None) == []


def test_p92_broker_that_may_drop_jobs_is_found(broker):
    assert deployment.broker_keeps_its_queue(None) == []
    client = redis.Redis(unix_socket_path=urlsplit(broker).path)
    client.config_set("maxmemory-policy", "allkeys-lru")
    try:
        assert ids(deployment.broker_keeps_its_queue(None)) == ["stm.E006"]
    finally:
        client.config_set("maxmemory-policy", "noeviction")
