"""What the scheduler does for needs and offers: finds matches, drops closed ones, asks for outcomes."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from journeys.enums import PostState
from journeys.matching.corpus import Corpus
from journeys.matching.ranking import METHOD_VERSION, Fit
from journeys.models import Introduction, Match, Post
from journeys.selectors.match_inputs import index_of, with_codes
from journeys.services.match_letters import write_asked

BATCH = 2_000
SHOWN = 20
ASK_AFTER = dt.timedelta(days=60)
# What this worker counted last: a new post is then added to it instead of counting all again.
_kept: dict[str, Corpus] = {}


def look_after_matches() -> dict[str, int]:
    """How many matches were dropped, how many posts matched anew, how many people asked."""
    return {"dropped": drop_closed(), "matched": match_new(), "asked": ask_for_results()}


def drop_closed() -> int:
    """Matches of posts that are withdrawn, returned or over."""
    over = ~Q(need__in=Post.objects.open().values("pk")) | ~Q(offer__in=Post.objects.open().values("pk"))
    return Match.objects.filter(over).delete()[0]


def match_new() -> int:
    """Compare what is new or changed with everything that is open. Returns how many posts were compared."""
    waiting = list(Post.objects.filter(is_unmatched=True).values_list("pk", "version"))
    if not waiting:
        return 0
    posts = list(with_codes(Post.objects.open()).order_by("pk"))
    index = index_of(posts, known=_kept.get("corpus"))
    open_keys = {post.pk for post in posts}
    asked = [pk for pk, _version in waiting if pk in open_keys]
    fits = index.best(k=SHOWN, of=None if len(asked) == len(posts) else asked) if asked else []
    _kept["corpus"] = index.corpus
    _keep(fits, changed=[pk for pk, _version in waiting])
    for pk, version in waiting:
        # Changed meanwhile: compared again next time.
        Post.objects.filter(pk=pk, version=version).update(is_unmatched=False)
    return len(asked)


@transaction.atomic
def _keep(fits: list[Fit], *, changed: list[int]) -> None:
    """In the place of what was found for these posts before."""
    Match.objects.filter(Q(need__in=changed) | Q(offer__in=changed)).delete()
    now = timezone.now()
    rows = [
        Match(
            need_id=fit.need,
            offer_id=fit.offer,
            score=fit.score,
            parts={name: round(value, 6) for name, value in fit.parts.items()},
            method_version=METHOD_VERSION,
            found_at=now,
        )
        for fit in fits
    ]
    Match.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def match_changed(*, posts: Any) -> None:
    """Mark posts for the next matching, and drop at once what was found for them."""
    keys = list(posts.values_list("pk", flat=True))
    posts.update(is_unmatched=True)
    closed = Post.objects.filter(pk__in=keys).exclude(state=PostState.PUBLISHED).values("pk")
    Match.objects.filter(Q(need__in=closed) | Q(offer__in=closed)).delete()


def ask_for_results() -> int:
    """Sixty days after two agreed to meet, each is asked once what came of it."""
    due = Introduction.objects.agreed().filter(
        agreed_at__lte=timezone.now() - ASK_AFTER, result_asked_at=None, result=""
    )
    asked = 0
    for introduction in due.select_related("need__owner", "offer__owner"):
        with transaction.atomic():
            first = Introduction.objects.filter(pk=introduction.pk, result_asked_at=None)
            if first.update(result_asked_at=timezone.now()):
                asked += write_asked(introduction)
    return asked
