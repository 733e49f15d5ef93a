"""P53: what programs may write at all, typed by hand, and what no form may have a field for."""

from importlib import import_module
from pathlib import Path

from django import forms
from drf_spectacular.generators import SchemaGenerator

ROOT = Path(__file__).parents[2]
ANSWER = ["confidence", "explanation", "importance", "kind", "value"]
# A line more here is a decision.
ONE = "/api/v1/responses/{id}/"
WRITABLE = {
    f"put {ONE}answers/{{place}}/": ANSWER,
    f"patch {ONE}answers/{{place}}/": ANSWER,
    f"post {ONE}answers/{{place}}/evidence/": ["checked_on", "evidence", "page", "title", "url"],
    f"delete {ONE}answers/{{place}}/evidence/{{evidence}}/": [],
    f"post {ONE}answers/{{place}}/threads/": ["text"],
    f"post {ONE}entries/": ["group", "key", "unit"],
    f"delete {ONE}entries/{{place}}/": [],
    f"post {ONE}submit/": [],
    f"patch {ONE}threads/{{thread}}/": ["is_settled"],
    f"post {ONE}threads/{{thread}}/comments/": ["text"],
}
# What no form and no program may carry, whatever it is about.
NEVER = {"is_superuser", "is_staff", "is_active", "is_demo", "owner", "validated", "user", "created_by"}


def own_forms() -> dict[str, list[str]]:
    """The fields of every form of ours, read from its class; those made for a row are of the row's kind."""
    found = {}
    for app in ("cohes3ion.accounts", "mapping", "governance", "journeys"):
        folder = ROOT / app.replace(".", "/") / "forms"
        modules = sorted(folder.glob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]
        for path in (path for path in modules if path.exists() and path.stem != "__init__"):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for thing in vars(import_module(name)).values():
                is_form = isinstance(thing, type) and issubclass(thing, forms.BaseForm)
                if is_form and thing.__module__ == name:
                    found[f"{name}.{thing.__name__}"] = sorted(thing.base_fields)
    return found


def written_by_programs() -> dict[str, list[str]]:
    """The fields that the API's description names in what is sent."""
    schema = SchemaGenerator().get_schema(public=True)
    found = {}
    for address, methods in schema["paths"].items():
        for method, operation in methods.items():
            if method in ("post", "put", "patch", "delete"):
                content = operation.get("requestBody", {}).get("content", {})
                body = content.get("application/json", {}).get("schema", {})
                if "$ref" in body:
                    body = schema["components"]["schemas"][body["$ref"].rpartition("/")[2]]
                found[f"{method} {address}"] = sorted(body.get("properties", {}))
    return found


def test_p53_what_programs_may_write_is_on_record():
    assert written_by_programs() == WRITABLE


def test_p53_no_form_has_a_field_that_gives_rights():
    found = own_forms()
    assert {name: NEVER & set(fields) for name, fields in found.items() if NEVER & set(fields)} == {}
    assert len(found) > 40
