"""The mail of a newsletter in a browser: as it is, and as mail programs show it that drop its sheet."""

import re

import pytest

from journeys.selectors.newsletter_content import content_of
from journeys.services import newsletters
from journeys.services.newsletter_letters import rendered
from tests.factories.exchange import ArticleTextFactory, NewsletterFactory

BARE = re.compile(r"<style>.*?</style>|<img[^>]*>", re.DOTALL)
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LOADED = "performance.getEntriesByType('resource').length"
SIZES = "['h1', 'h2', 'p'].map((tag) => parseFloat(getComputedStyle(document.querySelector(tag)).fontSize))"


@pytest.mark.django_db(transaction=True)
def test_a_mail_reads_well_with_and_without_its_sheet(page):
    text = ArticleTextFactory(title="A document is published", lead="Read it.")
    letter = NewsletterFactory(
        project=text.article.project, intro=f"Dear readers\n\nhttps://a.example/{'x' * 90}"
    )
    newsletters.add_items(newsletter=letter, keys=[f"article-{text.article_id}"], by=None)
    html = rendered(newsletter=letter, content=content_of(letter), stop="https://a.example/stop").html
    bare = BARE.sub("", html)
    assert "<style>" in html
    assert "<style>" not in bare
    said = {}
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for name, mail in (("whole", html), ("bare", bare)):
            page.set_content(mail)
            h1, h2, p = page.evaluate(SIZES)
            assert (name, h1 > h2 > p >= 14, page.evaluate(LOADED)) == (name, True, 0)
            said[name, width] = page.inner_text("body").split()
            assert page.locator("h1, h2").all_inner_texts() == [letter.subject, "A document is published"]
        page.set_content(html)
        assert not page.evaluate(TOO_WIDE)
    assert said["whole", 390] == said["bare", 390] == said["whole", 1280] == said["bare", 1280]
