"""Two sides that may want to meet: interest, conversation, what came of it."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cohes3ion.accounts.models import User
from journeys.enums import Interest, MeetingResult
from journeys.models import Introduction, Match, MeetingCount, Message, Post
from journeys.services.match_letters import write_agreed
from mapping.models import Region

# Messages of one person in an hour, over all conversations.
PER_HOUR = 20
HOUR = dt.timedelta(hours=1)


class NotListed(Exception):
    """The two are no match that is shown."""


class TooManyMessages(Exception):
    """This person wrote too much in the last hour."""


class NotAgreed(Exception):
    """Both sides must be interested first."""


@transaction.atomic
def say_interest(*, post: Post, other: Post, says: Interest, reason: str = "") -> Introduction:
    """What the owner of `post` thinks of `other`. Names open when both say yes. Raises NotListed."""
    need, offer = (post, other) if post.kind == "need" else (other, post)
    found = Introduction.objects.select_for_update().filter(need=need, offer=offer).first()
    if found is None:
        if not Match.objects.filter(need=need, offer=offer).exists():
            raise NotListed
        found, _is_new = Introduction.objects.get_or_create(need=need, offer=offer)
        found = Introduction.objects.select_for_update().get(pk=found.pk)
    if found.agreed_at is not None:  # names are known for good
        return found
    side = post.kind
    setattr(found, f"{side}_says", says)
    setattr(found, f"{side}_reason", reason if says == Interest.NO else "")
    found.version += 1
    agreed = found.need_says == found.offer_says == Interest.YES
    if agreed:
        found.agreed_at = timezone.now()
    found.save()
    if agreed:
        write_agreed(found)
        count_meetings(regions={need.region_id, offer.region_id})
    return found


@transaction.atomic
def write_message(*, introduction: Introduction, text: str, by: Any) -> Message:
    """Raises NotAgreed, TooManyMessages."""
    if introduction.agreed_at is None:
        raise NotAgreed
    User.objects.select_for_update().get(pk=by.pk)  # two at once are counted
    if Message.objects.filter(by=by, at__gt=timezone.now() - HOUR).count() >= PER_HOUR:
        raise TooManyMessages
    return Message.objects.create(introduction=introduction, by=by, text=text)


def read_messages(*, introduction: Introduction, by: Any) -> None:
    introduction.messages.exclude(by=by).filter(read_at=None).update(read_at=timezone.now())


@transaction.atomic
def tell_result(*, introduction: Introduction, result: str, text: str) -> None:
    """What came of it; the later answer stands. Raises NotAgreed."""
    if introduction.agreed_at is None:
        raise NotAgreed
    Introduction.objects.filter(pk=introduction.pk).update(
        result=result, result_text=text, result_at=timezone.now(), version=introduction.version + 1
    )
    count_meetings(regions={introduction.need.region_id, introduction.offer.region_id})


def count_meetings(*, regions: set[int] | None = None) -> None:
    """Write down for these regions, or all, how many introductions were agreed and led on.

    A meeting of two organisations of one region is one. Only numbers that changed are written: public pages
    are made anew then.
    """
    whole = Region.objects.all() if regions is None else Region.objects.filter(pk__in=regions)
    agreed = Introduction.objects.agreed().values_list("need__region", "offer__region", "result")
    if regions is not None:
        agreed = agreed.filter(Q(need__region__in=regions) | Q(offer__region__in=regions))
    met: Counter[int] = Counter()
    led: Counter[int] = Counter()
    for need, offer, result in agreed:
        met.update({need, offer})
        if result in (MeetingResult.PROJECT, MeetingResult.BUSINESS):
            led.update({need, offer})
    known = {row.region_id: row for row in MeetingCount.objects.filter(region__in=whole.values("pk"))}
    for pk in known.keys() | (met.keys() & set(whole.values_list("pk", flat=True))):
        row = known.get(pk)
        if row is None or (row.met, row.led) != (met[pk], led[pk]):
            MeetingCount.objects.update_or_create(region_id=pk, defaults={"met": met[pk], "led": led[pk]})
