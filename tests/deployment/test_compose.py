"""The form of the deployment: what an operator can rely on without reading the application."""

import re

import pytest

from cohes3ion.launcher import setup
from cohes3ion.launcher.services import BEAT, WEB, WORKER
from tests.deployment.compose import ROOT, composition, filled, operator_values

SERVICES = composition()["services"]
OURS = ("web", "worker", "beat")


def test_compose_has_the_five_services():
    assert set(SERVICES) == {"web", "worker", "beat", "postgres", "redis"}


def test_compose_uses_one_image_for_our_own_services():
    assert {(SERVICES[name]["image"], SERVICES[name]["build"]) for name in OURS} == {
        ("smart-territorial-mapping", ".")
    }


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_compose_service_is_watched_and_restarted(name):
    assert SERVICES[name]["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_compose_keeps_data_in_named_volumes():
    declared = set(composition()["volumes"])
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service["volumes"]}
    assert used == declared == {"media", "postgres", "redis"}


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "POSTGRES_PASSWORD", "REDIS_PASSWORD"]
)
def test_compose_refuses_to_start_without(name):
    text = (ROOT / "docker-compose.yml").read_text()
    values = {key: value for key, value in operator_values().items() if key != name}
    with pytest.raises(KeyError, match=f"set {name} in .env"):
        filled(text, values)


def test_compose_holds_no_secret():
    """Every password and key comes from the environment."""
    text = (ROOT / "docker-compose.yml").read_text()
    given = re.findall(r"^\s+\w*(?:SECRET_KEY|PASSWORD|AUTH): (\S+)", text, re.MULTILINE)
    assert [value for value in given if not value.startswith("${")] == []


def test_compose_publishes_only_the_web_server_and_only_to_this_machine():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:${WEB_PORT:-8000}:8000"]}


def test_compose_starts_workers_after_the_schema_is_there():
    for name in ("worker", "beat"):
        assert SERVICES[name]["depends_on"] == {"web": {"condition": "service_healthy"}}
    assert SERVICES["web"]["depends_on"] == {
        "postgres": {"condition": "service_healthy"},
        "redis": {"condition": "service_healthy"},
    }


def test_compose_commands_are_the_ones_of_the_launcher():
    assert SERVICES["worker"]["command"] == WORKER
    assert SERVICES["beat"]["command"] == BEAT
    assert " ".join(WEB) in SERVICES["web"]["command"][-1]


def test_env_example_names_every_variable():
    offered = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    asked = set(re.findall(r"(?<!\$)\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    assert offered == asked


# Of embedded use only, or a danger that is not offered.
NOT_PASSED = {"DEBUG"}


def test_compose_passes_every_variable_that_the_settings_read():
    sources = [(ROOT / "cohes3ion" / "settings" / f"{name}.py").read_text() for name in ("base", "prod")]
    read = set(re.findall(r"\benv\.\w+\(\s*\"(\w+)\"", "".join(sources)))
    passed = set(SERVICES["worker"]["environment"])
    assert read - passed == NOT_PASSED
    guide = (ROOT / "docs" / "operators.md").read_text()
    assert {name for name in read if f"`{name}`" not in guide} == set()


def test_image_has_the_system_libraries_and_no_root():
    dockerfile = (ROOT / "Dockerfile").read_text()
    needed = {need.package for need in setup.RUNTIME} - {"python3-venv", "redis-server"}
    assert {package for package in needed if package not in dockerfile} == set()
    assert re.findall(r"^USER (\w+)$", dockerfile, re.MULTILINE) == ["stm"]
    assert dockerfile.splitlines()[1] == "FROM python:3.11-slim-bookworm"


def test_image_leaves_out_secrets_and_local_files():
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".venv", ".env", "var"} <= set(ignored)
