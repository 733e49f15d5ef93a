"""Every component renders, once with everything it can show."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from cohes3ion.accounts.models import User
from cohes3ion.lib.styleguide import guide_content, styleguide

COMPONENTS = Path(settings.BASE_DIR) / "templates/components"
INCLUDED = re.compile(r'{% include "(components/[\w/]+\.html)"')


def page(language: str = "en") -> str:
    request = RequestFactory().get("/styleguide/")
    request.user = User(pk=1, email="ada@example.org", name="Ada Example")
    request.htmx = False
    with override(language):
        return styleguide(request).content.decode()


def used(path: str, seen: set[str]) -> set[str]:
    """The template and all it includes."""
    if path not in seen:
        seen.add(path)
        for name in INCLUDED.findall((COMPONENTS.parent / path).read_text()):
            used(name, seen)
    return seen


def test_style_guide_shows_every_component():
    frame = used("base.html", set())
    shown = used("components/styleguide.html", set()) | frame
    there = {str(path.relative_to(COMPONENTS.parent)) for path in COMPONENTS.rglob("*.html")}
    assert there - shown == set()


def test_style_guide_has_no_id_twice():
    ids = re.findall(r'\sid="([^"]*)"', page())
    assert sorted({name for name in ids if ids.count(name) > 1}) == []


def test_labels_and_descriptions_lead_somewhere():
    html = page()
    ids = set(re.findall(r'\sid="([^"]*)"', html))
    wanted = re.findall(r'\s(?:for|aria-describedby|aria-labelledby|aria-controls)="([^"]+)"', html)
    assert sorted({name for value in wanted for name in value.split()} - ids) == []


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_page_says_its_language(language):
    assert f'<html lang="{language}"' in page(language)


def test_wrong_form_is_announced_in_title_and_summary():
    form = guide_content()["bad_form"]
    form.is_valid()
    summary = render_to_string("components/_error_summary.html", {"form": form})
    assert re.findall(r'href="#([^"]+)"', summary) == ["id_wrong-name", "id_wrong-now_0"]
    title = re.search(r"<title>(.*?)</title>", render_to_string("base.html", {"form": form}), re.DOTALL)
    assert title
    assert title[1].startswith("Error: ")


def test_missing_fact_is_a_dash_and_no_zero():
    html = render_to_string("components/_facts.html", {"facts": [{"label": "Evidence", "value": None}]})
    assert "–" in html
    assert ">0" not in html


def test_finished_job_stops_asking():
    def fragment(state: str, is_open: bool) -> str:
        job = {"pk": 7, "state": state, "get_state_display": state, "is_open": is_open, "progress": 61}
        return render_to_string("components/_job.html", {"job": job, "title": "Run", "poll_url": "/job/7/"})

    assert 'hx-get="/job/7/" hx-trigger="every 2s"' in fragment("running", is_open=True)
    assert "hx-get" not in fragment("done", is_open=False)
