"""Form fields for what people type: nothing is cut without a word."""

import re
from pathlib import Path

from django import forms
from django.conf import settings

from cohes3ion.lib.typed_texts import Area, lines

TEMPLATES = Path(settings.BASE_DIR) / "templates"


class Remark(forms.Form):
    text = lines("Remark", limit=20)
    short = forms.CharField(max_length=20, widget=Area)


def test_a_browser_does_not_cut_what_is_pasted():
    shown = str(Remark())
    assert (shown.count("maxlength"), shown.count('data-most="20"')) == (0, 2)


def test_too_long_a_text_is_refused_with_a_sentence_and_stays():
    form = Remark({"text": "x" * 21, "short": ""})
    assert form.errors["text"] == ["Shorten this to 20 characters. It has 21."]
    assert "x" * 21 in str(form)


def test_no_template_lets_a_browser_cut_a_text():
    cut = [
        path.name
        for path in TEMPLATES.rglob("*.html")
        if re.search(r"<textarea[^>]*maxlength", path.read_text())
    ]
    assert cut == []
