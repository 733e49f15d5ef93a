"""What is written for readers, as it can be searched: news, newsletters, documents, needs and offers."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from cohes3ion.lib.models import SearchEntry
from cohes3ion.lib.prose import plain_prose
from cohes3ion.lib.search.sources import Keys, SearchSource, Watched, entry, source_of
from journeys.models import Article, ArticleText, Document, Newsletter, Post
from journeys.selectors.method_texts import GAP_TEXTS
from journeys.selectors.posts import HIDDEN
from journeys.selectors.statistics_texts import STATISTICS_TEXTS
from journeys.selectors.synergy_texts import SYNERGY_TEXTS
from mapping.selectors.code_names import subjects_of, watched_codes

METHODS = {**GAP_TEXTS, **SYNERGY_TEXTS, **STATISTICS_TEXTS}
Told = Iterator[dict[str, Any]]


def _article(row: Article) -> Told:
    """One entry for each of its languages."""
    page = reverse("journeys:news_detail", args=[row.slug])
    for text in row.texts.all():  # type: ignore[attr-defined]
        yield {
            "title": text.title,
            "texts": [text.lead, plain_prose(text.body)],
            "language": text.language,
            "address": f"{page}?language={text.language}",
            "at": row.published_at,
        }


def _newsletter(row: Newsletter) -> Told:
    """What was sent; of a draft only its subject and first words, since the rest is made of other things."""
    sent = row.content.get("items", []) if row.sent_at and row.content else []
    items = [plain_prose(f"{item['title']}\n\n{item['text']}") for item in sent]
    yield {
        "title": row.subject,
        "texts": [plain_prose(row.intro), *items],
        "language": row.language,
        "address": reverse("journeys:newsletter_detail", args=[row.pk]),
        "at": row.sent_at,
    }


def _document(row: Document) -> Told:
    """Its authors' texts and what regions conclude; all else in it can be found where it comes from."""
    content = row.content
    regions = content.get("regions", [])
    told = [sentence["text"] for region in regions for sentence in region.get("sentences", [])]
    shared = [item[name] for item in content.get("challenges", []) for name in ("title", "narrative")]
    with translation.override(row.language):
        name = f"{row._meta.verbose_name}: {row.region or content.get('title', '')}"
    yield {
        "title": name,
        "texts": [*map(plain_prose, content.get("narratives", {}).values()), *told, *shared],
        "language": row.language,
        "address": reverse("journeys:document_download", args=[row.pk]),
        "at": row.published_at,
        **({"place": row.region.name, "place_id": row.region_id} if row.region else {}),
    }


def _post(row: Post) -> Told:
    """Never who is behind it: that is not even read here."""
    yield {
        "title": row.title,
        "texts": [row.text],
        "subjects": subjects_of(row),
        "place": row.region.name,
        "place_id": row.region_id,
        "language": row.language,
        "address": reverse("journeys:post_detail", args=[row.pk]),
        "at": row.published_at,
    }


def _own_post(row: Post) -> Told:
    """The same for its owner and for who checks it: their page is another one."""
    for told in _post(row):
        yield {**told, "kind": "post", "address": reverse("journeys:post_edit", args=[row.pk])}


def _methods(_keys: Keys) -> Iterator[SearchEntry]:
    """The pages of the methods in the languages they are written in; no row of a table stands behind them."""
    for language, _name in settings.LANGUAGES:
        for key, text in METHODS.items():
            with translation.override(language):
                said = [str(part) for part in (text.title, text.answer, text.limits)]
                question = str(text.question)
            with translation.override(settings.LANGUAGE_CODE):
                is_translated = question != str(text.question)
            if is_translated or language == settings.LANGUAGE_CODE:
                yield entry(
                    title=question,
                    texts=said,
                    language=language,
                    kind="method",
                    address=reverse("journeys:method_detail", args=[key]),
                    source="method",
                    source_id=0,
                    scope="method",
                    scope_id=0,
                )


def _posts() -> Any:
    return Post.objects.select_related("region").prefetch_related("codes").defer(*HIDDEN)


def sources() -> list[SearchSource]:
    post = Watched(model=Post, columns=("title", "text", "region_id", "language", "published_at"))
    letter = ("subject", "intro", "language", "content", "sent_at")
    return [
        source_of(
            "article",
            Watched(model=Article, columns=("slug", "published_at")),
            Watched(model=ArticleText, key="article_id", columns=("language", "title", "lead", "body")),
            rows=lambda: Article.objects.prefetch_related("texts"),
            told=_article,
        ),
        source_of(
            "newsletter",
            Watched(model=Newsletter, columns=letter),
            rows=Newsletter.objects.all,
            told=_newsletter,
        ),
        source_of(
            "document",
            Watched(model=Document, columns=("state", "published_at", "content")),
            rows=lambda: Document.objects.published().select_related("region"),
            told=_document,
        ),
        SearchSource(name="method", watched=(), entries=_methods),
        source_of("post", post, watched_codes(Post), rows=_posts, told=_post),
        source_of("own_post", post, watched_codes(Post), rows=_posts, told=_own_post),
    ]


def _own_posts(user: Any) -> Any:
    """Beside the open ones: one's own in any state, and those handed in for who checks them."""
    return Post.objects.visible_to(user).exclude(pk__in=Post.objects.open().values("pk")).values("pk")


def scopes() -> dict[str, Any]:
    return {
        "article": lambda user: Article.objects.visible_to(user).values("pk"),
        "newsletter": lambda user: Newsletter.objects.visible_to(user).values("pk"),
        "document": lambda user: Document.objects.published().values("pk"),
        "post": lambda user: Post.objects.open().values("pk"),
        "own_post": _own_posts,
        "method": lambda user: [0],
    }
