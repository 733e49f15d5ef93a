"""Posts as matching compares them, and what is known of their regions."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.module_loading import import_string

from cohes3ion.lib.jobs import JobState
from governance.enums import AnalysisKind
from governance.models import Analysis
from journeys.enums import PostState
from journeys.matching.ranking import METHOD_VERSION, MatchIndex, Model, Posting
from journeys.models import Post
from journeys.selectors.concepts import concepts_mark, load_vocabulary
from mapping.models import Code

LOADED = (*("title", "text", "region__slug", "region__country", "language", "reach", "stage", "maturity"),)
BACKGROUND = 200


def posting_of(post: Post) -> Posting:
    """`region` and `codes` are read: select and prefetch them for many."""
    return Posting(
        key=post.pk,
        kind=post.kind,
        organisation=post.organisation_key or f"post {post.pk}",
        region=post.region.slug,
        country=post.region.country,
        text=f"{post.title}\n{post.text}",
        language=post.language,
        codes=tuple(sorted(code.key for code in post.codes.all())),
        reach=post.reach,
        stage=post.stage,
        maturity=post.maturity,
        is_open=post.state == PostState.PUBLISHED and post.valid_until >= timezone.localdate(),
    )


def with_codes(posts: Any) -> Any:
    """What `posting_of` reads, in two queries."""
    codes = Prefetch("codes", Code.objects.only("key"))
    return posts.select_related("region").prefetch_related(codes)


def load_postings(*, posts: Any) -> list[Posting]:
    """The same of very many open posts, by key: two queries, and no rows of models made."""
    codes = defaultdict(list)
    links = Post.codes.through.objects.filter(post__in=posts).values_list("post", "code__key")
    for key, code in links.order_by("code__key"):
        codes[key].append(code)
    rows = posts.order_by("pk").values_list("pk", "kind", "organisation_key", *LOADED)
    return [
        Posting(
            key=key,
            kind=kind,
            organisation=organisation or f"post {key}",
            text=f"{title}\n{text}",
            region=region,
            country=country,
            language=language,
            codes=tuple(codes.get(key, ())),
            reach=reach,
            stage=stage,
            maturity=maturity,
        )
        for key, kind, organisation, title, text, region, country, language, reach, stage, maturity in rows
    ]


def published_runs() -> tuple[int, ...]:
    """Keys of the published synergy runs, the last of an exercise last."""
    runs = Analysis.objects.filter(
        kind=AnalysisKind.SYNERGIES, state=JobState.DONE, published_at__isnull=False
    )
    return tuple(runs.order_by("published_at", "pk").values_list("pk", flat=True))


@lru_cache(maxsize=2)
def region_links(*, runs: tuple[int, ...]) -> dict[tuple[str, str], float]:
    """What each region has that another lacks, from the last published synergy run of every exercise.

    Kept, because a published result never changes and is large.
    """
    found: dict[tuple[str, str], float] = {}
    results = dict(Analysis.objects.filter(pk__in=runs).values_list("pk", "result"))
    for run in runs:
        for row in (results.get(run) or {}).get("pairs", []):
            if row.get("complementarity") is not None:
                found[row["source"], row["target"]] = min(1.0, max(0.0, row["complementarity"]))
    return found


def matching_state() -> str:
    """What matches rest on beside the posts. When it changes, all posts are compared again."""
    told = (METHOD_VERSION, concepts_mark(), settings.MATCHING_MODEL, published_runs())
    return sha256(repr(told).encode()).hexdigest()[:40]


def language_model() -> Model | None:
    """What the operator plugged in: a callable of texts and languages that returns a row per text."""
    path = settings.MATCHING_MODEL
    return import_string(path) if path else None


def index_of(*, postings: Sequence[Posting], known: Any = None) -> MatchIndex:
    return MatchIndex(
        postings=postings,
        vocabulary=load_vocabulary(),
        links=region_links(runs=published_runs()),
        model=language_model(),
        known=known,
    )


def pair_index(*, need: Post, offer: Post) -> MatchIndex:
    """The two among some of the others: a word is rare or frequent only beside other texts."""
    others = Post.objects.open().exclude(pk__in=[need.pk, offer.pk]).order_by("-published_at", "-pk")
    keys = list(others.values_list("pk", flat=True)[:BACKGROUND])
    beside = load_postings(posts=Post.objects.filter(pk__in=keys))
    return index_of(postings=[posting_of(need), posting_of(offer), *beside])
