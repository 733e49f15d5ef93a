"""What the scheduler does for needs and offers: finds matches, drops closed ones, asks for outcomes."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from journeys.matching.corpus import Corpus
from journeys.matching.ranking import METHOD_VERSION, Fit
from journeys.models import Introduction, Match, Post
from journeys.selectors.match_inputs import index_of, load_postings, matching_state
from journeys.services.introductions import count_meetings
from journeys.services.match_letters import write_asked

BATCH = 2_000
KEPT = 10  # of each post; more are not looked at by anybody
ASK_AFTER = dt.timedelta(days=60)
# What this worker counted last: a new post is then added to it instead of counting all again.
_kept: dict[str, Corpus] = {}


def look_after_matches() -> dict[str, int]:
    """How many matches were dropped, how many posts matched anew, how many people asked."""
    done = {"dropped": drop_closed(), "matched": match_new(), "asked": ask_for_results()}
    count_meetings()  # posts are deleted with their owners' accounts
    return done


def drop_closed() -> int:
    """Matches of posts that are withdrawn, returned or over."""
    over = ~Q(need__in=Post.objects.open().values("pk")) | ~Q(offer__in=Post.objects.open().values("pk"))
    return Match.objects.filter(over).delete()[0]


def match_new() -> int:
    """Compare what is new, changed or compared otherwise with everything that is open.

    Returns how many posts were compared. After a change of the method, the concepts, the language model or
    the published synergies all are compared again.
    """
    state = matching_state()
    waiting = dict(Post.objects.open().exclude(matched_with=state).values_list("pk", "version"))
    if not waiting:
        return 0
    posts = load_postings(posts=Post.objects.open())
    index = index_of(postings=posts, known=_kept.get("corpus"))
    asked = [post.key for post in posts if post.key in waiting]
    fits = index.best(k=KEPT, of=None if len(asked) == len(posts) else asked) if asked else []
    _kept["corpus"] = index.corpus
    _keep(fits, asked=asked, is_all=len(asked) == len(posts))
    for version in set(waiting.values()):
        # Changed meanwhile, so of another version: compared again next time.
        for part in _parts([pk for pk in asked if waiting[pk] == version]):
            Post.objects.filter(pk__in=part, version=version).update(matched_with=state)
    return len(asked)


def _parts(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


@transaction.atomic
def _keep(fits: list[Fit], *, asked: list[int], is_all: bool) -> None:
    """In the place of what was found for these posts before."""
    if is_all:
        Match.objects.all().delete()
    else:
        for part in _parts(asked):
            Match.objects.filter(Q(need__in=part) | Q(offer__in=part)).delete()
    now = timezone.now()
    rows = [
        Match(
            need_id=fit.need,
            offer_id=fit.offer,
            score=fit.score,
            parts=fit.parts,
            method_version=METHOD_VERSION,
            found_at=now,
        )
        for fit in fits
    ]
    Match.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


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
