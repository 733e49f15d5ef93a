"""What authors write in Markdown, as clean HTML."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "code"}
# The page has its own title: what an author calls the first heading is the second.
HEADINGS = {"h1": "h2", "h2": "h3"}


def prose(text: str, *, headings: bool = False) -> SafeString:
    """Raw HTML shows as typed; pictures, and links to anything but pages and mailboxes, are left out."""
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True})
    tokens = reader.parse(text or "")
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = HEADINGS.get(token.tag, "h4")
    html = reader.renderer.render(tokens, reader.options, {})
    tags = TAGS | {"h2", "h3", "h4"} if headings else TAGS
    schemes = {"http", "https", "mailto"}
    return mark_safe(nh3.clean(html, tags=tags, attributes={"a": {"href"}}, url_schemes=schemes))
