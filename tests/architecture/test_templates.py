"""What the content security policy would refuse in the browser is refused here already."""

import re

from tests.architecture.tree import files, shown

FORBIDDEN = {
    "inline script": re.compile(r"<script(?![^>]*\b(src=|type=[\"']application/json))[^>]*>", re.IGNORECASE),
    "inline style": re.compile(r"<style\b|\bstyle\s*=", re.IGNORECASE),
    "handler in an attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "request to another origin": re.compile(
        r"<(script|link|img|iframe|source)\b[^>]*(src|href)=\"(https?:)?//"
    ),
    # A help text is written in our code, and Django's own hold lists.
    "unescaped value": re.compile(r"(?<!help_text)\|\s*safe\b|{%\s*autoescape\s+off"),
}


def faults(pattern: re.Pattern[str]) -> list[str]:
    return [
        shown(path, path.read_text()[: found.start()].count("\n") + 1)
        for path in files("*.html", "templates")
        for found in pattern.finditer(path.read_text())
    ]


def test_templates_hold_nothing_the_policy_refuses():
    assert {name: faults(pattern) for name, pattern in FORBIDDEN.items() if faults(pattern)} == {}


def test_templates_lie_under_their_apps_and_components():
    known = {
        "components",
        "mapping",
        "governance",
        "journeys",
        "documents",
        "rows",
        "accounts",
        "account",
        "allauth",
        "mfa",
    }
    folders = {
        shown(path).split("/")[1] for path in files("*.html", "templates") if shown(path).count("/") > 1
    }
    assert folders - known == set()


def test_where_fields_save_by_themselves_the_line_says_so():
    """A page of its own that forgets one of the scripts saves, and says nothing."""
    whole = "components/_save_scripts.html"
    alone = [path for path in files("*.html", "templates") if "js/autosave.js" in path.read_text()]
    assert [shown(path) for path in alone if not str(path).endswith(whole)] == []
