"""What authors write in Markdown, as clean HTML."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

import nh3
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "code"}
# After these a plain text has an empty line.
ENDS = {"paragraph_close", "heading_close", "bullet_list_close", "ordered_list_close"}
# The page has its own title: what an author calls the first heading is the second.
HEADINGS = {"h1": "h2", "h2": "h3"}


def prose(text: str, *, headings: bool = False, base: str = "") -> SafeString:
    """Raw HTML shows as typed; pictures, and links to anything but pages and mailboxes, are left out.

    `base`: the site that addresses without a name are of; a mail is read elsewhere.
    """
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True})
    tokens = reader.parse(text or "")
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = HEADINGS.get(token.tag, "h4")
        for part in token.children or [] if base else []:
            if part.type == "link_open":
                part.attrSet("href", whole_address(str(part.attrGet("href") or ""), base))
    html = reader.renderer.render(tokens, reader.options, {})
    tags = TAGS | {"h2", "h3", "h4"} if headings else TAGS
    schemes = {"http", "https", "mailto"}
    return mark_safe(nh3.clean(html, tags=tags, attributes={"a": {"href"}}, url_schemes=schemes))


def whole_address(address: str, base: str) -> str:
    """ "/news/" as an address that leads there from anywhere; one that cannot be read leads nowhere."""
    try:
        return urljoin(f"{base}/", address) if base else address
    except ValueError:
        return ""


def plain_paragraphs(text: str) -> SafeString:
    """A text that is no Markdown: its paragraphs and lines, every sign as it was typed, no link."""
    return mark_safe(linebreaks(text.strip(), autoescape=True) if text.strip() else "")


def plain_prose(text: str, *, addresses: bool = True, base: str = "") -> str:
    """Markdown without HTML: no marks, points with a dash, addresses behind the words they hang on."""
    lines: list[str] = []
    point = ""
    for token in MarkdownIt("commonmark", {"html": False, "breaks": True}).parse(text or ""):
        if token.type == "list_item_open":
            point = "- " if token.info == "" else f"{token.info}. "
        elif token.type == "inline":
            lines.append(point + _plain_line(token.children or [], addresses, base))
            point = ""
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.strip())
        elif token.type in ENDS and not token.hidden:
            lines.append("")
    return "\n".join(lines).strip()


def _plain_line(parts: Sequence[Any], with_addresses: bool, base: str) -> str:
    said, addresses = "", []
    for part in parts:
        if part.type in ("softbreak", "hardbreak"):
            said += "\n"
        elif part.type == "link_open":
            addresses.append(whole_address(str(part.attrGet("href") or ""), base))
        elif part.type == "link_close":
            address = addresses.pop()
            is_page = with_addresses and address.startswith(("http://", "https://", "mailto:"))
            said += f" ({address})" if is_page and not said.endswith(address) else ""
        elif part.type != "image":
            said += part.content
    return said
