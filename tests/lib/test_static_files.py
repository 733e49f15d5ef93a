"""What collectstatic makes of our style sheets and scripts."""

import re
from pathlib import Path

import brotli
from django.conf import settings
from django.core.management import call_command
from django_htmx import __file__ as htmx_module

from cohes3ion.lib.static_files import squeezed, with_imports

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
HTMX = Path(htmx_module).parent / "static/django_htmx/htmx-2.min.js"
SITE_STORAGE = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cohes3ion.lib.static_files.SiteStaticFilesStorage"},
}


def wire_size(text: str) -> int:
    return len(brotli.compress(text.encode(), quality=11))


def test_imports_are_written_in_place_with_their_addresses(tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "site.css").write_text('@import url("a.css");\n@import url("parts/b.css");\n')
    (tmp_path / "a.css").write_text('i { src: url("../fonts/x.woff2") }\n')
    (tmp_path / "parts/b.css").write_text('b { src: url("../../img/y.svg") }\n')
    assert with_imports(tmp_path / "site.css") == (
        'i { src: url("../fonts/x.woff2") }\n\nb { src: url("../img/y.svg") }\n\n'
    )


def test_comments_and_indentation_leave_and_nothing_else(tmp_path):
    (tmp_path / "a.js").write_text('// why\nconst a = "// kept"; // kept\n\n  go(a);\n')
    (tmp_path / "a.css").write_text("/* why\n */\na :is(b, i) {\n  width: calc(1px + 2px); }\n")
    assert squeezed(tmp_path / "a.js") == 'const a = "// kept"; // kept\ngo(a);\n'
    assert squeezed(tmp_path / "a.css") == "a :is(b,i){\nwidth:calc(1px + 2px)}\n"


def test_collected_site_is_one_hashed_sheet(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = SITE_STORAGE
    settings.INSTALLED_APPS = ["django.contrib.staticfiles"]
    for _time in range(2):  # a second run changes nothing; what others wrote takes long and is left as it is
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["vendor"])
    (sheet,) = tmp_path.glob("css/site.????????????.css")
    css = sheet.read_text()
    assert "@import" not in css
    assert "/*" not in css
    fonts = re.findall(r'url\("\.\./fonts/([^"]+)"\)', css)
    assert [name for name in fonts if not (tmp_path / "fonts" / name).exists()] == []
    assert len(fonts) == 4


def test_style_sheets_a_screen_waits_for_weigh_at_most_9_kilobytes():
    """A page loads the site's sheet and at most one more: the charts or its own."""
    more = [STATIC / "css/charts.css", *(STATIC / "css/pages").glob("*.css")]
    heaviest = max(wire_size(squeezed(path)) for path in more)
    assert wire_size(squeezed(STATIC / "css/site.css")) + heaviest <= 9 * 1000
    assert wire_size(squeezed(STATIC / "css/print.css")) <= 1000


def scripts_of(name: str) -> set[str]:
    """The scripts of a page: its own, those of what it includes by name, and those of its frame."""
    path = TEMPLATES / name
    if not path.exists():  # a frame of a library, which extends ours again
        return scripts_of("base.html")
    text = path.read_text()
    found = set(re.findall(r"static 'js/([a-z-]+\.js)'", text))
    if '"components/_save_scripts.html"' in text:
        found |= scripts_of("components/_save_scripts.html")
    if "{% htmx_script %}" in text:
        found.add("htmx")
    for frame in re.findall(r'{% extends "([^"]+)"', text):
        found |= scripts_of(frame)
    return found - {"htmx"} if "block partner_scripts" in text and "htmx_script" not in text else found


def test_scripts_of_any_page_weigh_at_most_20_kilobytes():
    weights = {path.name: wire_size(squeezed(path)) for path in (STATIC / "js").glob("*.js")}
    weights["htmx"] = wire_size(HTMX.read_text())
    pages = [path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")]
    ours = [name for name in pages if name != "components/styleguide.html"]
    heaviest = max(sum(weights[script] for script in scripts_of(name)) for name in ours)
    assert 15 * 1024 < heaviest <= 20 * 1024


def test_scripts_import_no_other_file():
    """A hashed name inside a script would be unknown to the browser."""
    scripts = list((STATIC / "js").glob("*.js"))
    assert [
        path.name for path in scripts if re.search(r"^\s*import\b|\bimport\(", path.read_text(), re.M)
    ] == []
