"""Posts as matching compares them, and what is known of their regions."""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.module_loading import import_string

from cohes3ion.lib.jobs import JobState
from governance.enums import AnalysisKind
from governance.models import Analysis
from journeys.enums import PostState
from journeys.matching.ranking import MatchIndex, Model, Posting
from journeys.models import Post
from journeys.selectors.concepts import load_vocabulary
from mapping.models import Code


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


def region_links() -> dict[tuple[str, str], float]:
    """What each region has that another lacks, from the last published synergy run of every exercise."""
    found: dict[tuple[str, str], float] = {}
    runs = Analysis.objects.filter(kind=AnalysisKind.SYNERGIES, state=JobState.DONE)
    for run in runs.filter(published_at__isnull=False).order_by("published_at", "pk").only("result"):
        for row in (run.result or {}).get("pairs", []):
            if row.get("complementarity") is not None:
                found[row["source"], row["target"]] = min(1.0, max(0.0, row["complementarity"]))
    return found


def language_model() -> Model | None:
    """What the operator plugged in: a callable of texts and languages that returns a row per text."""
    path = settings.MATCHING_MODEL
    return import_string(path) if path else None


def index_of(posts: list[Post], *, known: Any = None) -> MatchIndex:
    return MatchIndex(
        postings=[posting_of(post) for post in posts],
        vocabulary=load_vocabulary(),
        links=region_links(),
        model=language_model(),
        known=known,
    )
