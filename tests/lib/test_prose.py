"""Markdown as clean HTML and as plain text; texts that are no Markdown stay as they were typed."""

import pytest

from cohes3ion.lib.characters import one_line
from cohes3ion.lib.prose import plain_paragraphs, plain_prose, prose

SITE = "https://stm.example"


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/news/", f"{SITE}/news/"),
        ("news/", f"{SITE}/news/"),
        ("//other.example/", "https://other.example/"),
        ("https://other.example/", "https://other.example/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_an_address_leads_to_the_same_page_from_anywhere(address, leads_to):
    assert f'<a href="{leads_to}"' in prose(f"[x]({address})", base=SITE)
    assert plain_prose(f"[x]({address})", base=SITE) == f"x ({leads_to})"
    assert f'href="{address}"' in prose(f"[x]({address})")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "http://["]
)
def test_what_is_no_page_and_no_mailbox_is_no_link(address):
    for shown in (prose(f"[x]({address})"), prose(f"[x]({address})", base=SITE)):
        assert f'href="{address[:7]}' not in shown.lower()
    assert "href" not in prose(f"<{address}>", base=SITE) or "http" in address


def test_a_text_that_is_no_markdown_keeps_every_sign():
    text = "# A *b* [c](https://d.example/)\n<script>\n\nNext & last"
    assert plain_paragraphs(text) == (
        "<p># A *b* [c](https://d.example/)<br>&lt;script&gt;</p>\n\n<p>Next &amp; last</p>"
    )
    assert plain_paragraphs("") == ""


def test_one_line_keeps_letters_of_every_script_and_drops_what_turns_it():
    assert one_line(" a\r\nb\u2028c\u202ed\u2066e ") == "a b cde"
    assert one_line("\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627") == (
        "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627"
    )
