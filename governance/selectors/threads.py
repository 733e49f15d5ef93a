"""Discussions as pages show them, who may be named in them, and how many are open."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cohes3ion.accounts.models import User
from cohes3ion.lib.row_conflicts import Person
from governance.enums import Group, ReviewAction
from governance.models import Answer, Comment, Response, Thread
from mapping.enums import Role
from mapping.models import Exercise, Membership, RegionMap

EDITABLE_FOR = dt.timedelta(hours=24)
CHALLENGE = "challenge"
GIVEN_BACK = (ReviewAction.RETURNED, ReviewAction.REOPENED)
AT_WORK = (Role.REGIONAL_LEAD, Role.CONTRIBUTOR, Role.UNIT_CONTACT)


@dataclass(frozen=True, kw_only=True)
class CommentLine:
    """A remark, or that somebody settled or reopened the talk."""

    pk: int
    author: Person
    at: dt.datetime
    event: str
    text: str
    mine: bool
    version: int
    is_edited: bool
    is_removed: bool
    may_edit: bool
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class ThreadItem:
    pk: int
    is_settled: bool
    comments: list[CommentLine]
    # A reviewer's remark: it is dealt with, not settled.
    is_remark: bool = False
    # The section, where the remark is about all of it.
    section: str = ""

    @classmethod
    def of(cls, thread: Thread, *, user: Any) -> "ThreadItem":
        """A discussion whose comments were read before."""
        now = timezone.now()
        return cls(
            pk=thread.pk,
            is_settled=thread.is_settled,
            comments=[_comment_line(row, user=user, now=now) for row in thread.comments.all()],
            is_remark=thread.review_step_id is not None,
            section=thread.section,
        )

    @property
    def first(self) -> CommentLine | None:
        return self.comments[0] if self.comments else None


@dataclass(frozen=True, kw_only=True)
class Talk:
    """All discussions about one thing, with who may be named in them."""

    start_address: str
    threads: list[ThreadItem]
    people: list[Person]
    may_write: bool

    @property
    def open(self) -> int:
        return sum(not thread.is_settled for thread in self.threads)


def threads_of(rows: Any, *, user: Any) -> list[ThreadItem]:
    """Of rows this person may read. Two queries: the threads and their comments."""
    threads = rows.prefetch_related("comments__by")
    return [ThreadItem.of(thread, user=user) for thread in threads]


def _comment_line(row: Comment, *, user: Any, now: dt.datetime) -> CommentLine:
    removed = row.removed_at is not None
    return CommentLine(
        pk=row.pk,
        author=Person(pk=row.by_id or 0, name=(row.by.name or row.by.email) if row.by else ""),
        at=row.at,
        event=row.event,
        text="" if removed else row.text,
        mine=row.by_id == user.pk,
        version=row.version,
        is_edited=row.edited_at is not None,
        is_removed=removed,
        may_edit=may_edit(row, user=user, now=now),
    )


def may_edit(row: Comment, *, user: Any, now: dt.datetime) -> bool:
    """One's own words, for a day."""
    own = row.by_id is not None and row.by_id == user.pk
    return own and not row.event and row.removed_at is None and now - row.at < EDITABLE_FOR


def current_remarks(*, response: Response) -> Q:
    """Remarks of a reviewer that are open, and those of the last return that were dealt with."""
    last = response.review_steps.filter(action__in=GIVEN_BACK).order_by("-pk").values("pk")[:1]
    return Q(is_settled=False, review_step__isnull=False) | Q(review_step__in=last)


def answer_talk(
    *, response: Response, answer: Answer | None, place: list[Any], section: str, user: Any
) -> Talk:
    """Of a response this person reads: who reads an answer reads what was said about it.

    What a reviewer remarked on the whole section stands at each of its questions, before the rest.
    """
    about = Q(response=response, section=section) & current_remarks(response=response)
    about |= Q(answer=answer) if answer else Q()
    threads = threads_of(Thread.objects.filter(about), user=user)
    return Talk(
        start_address=reverse("governance:thread_start", args=place),
        threads=sorted(threads, key=lambda thread: (thread.is_settled, not thread.section)),
        people=[person for person in people_of(response=response) if person.pk != user.pk],
        may_write=True,  # who reads an answer may talk about it
    )


def record_talk(*, region_map: RegionMap, kind: str, pk: int, user: Any) -> Talk:
    rows = Thread.objects.visible_to(user).filter(region_map=region_map, kind=kind, record_id=pk)
    return Talk(
        start_address=reverse("governance:record_thread_start", args=[region_map.pk, kind, pk]),
        threads=threads_of(rows, user=user),
        people=[person for person in people_of(region_map=region_map) if person.pk != user.pk],
        may_write=user.has_perm("governance.discuss", region_map),
    )


def desk_people(*, exercise: Exercise) -> list[Person]:
    """Who brings together what regions share: the people who can be named there. One query."""
    seats = Q(role__in=[Role.FACILITATOR, Role.COORDINATOR], project=exercise.project_id)
    return _named(Q(pk__in=Membership.objects.filter(seats).values("user")))


def people_of(*, response: Response | None = None, region_map: RegionMap | None = None) -> list[Person]:
    """Who reads this response, or works on this map: the people who can be named. One query."""
    region_map = response.region_map if response else region_map
    assert region_map is not None
    project, region = region_map.exercise.project_id, region_map.region_id
    staff = (
        [Role.FACILITATOR]
        if response and response.group == Group.STAKEHOLDER
        else [
            Role.FACILITATOR,
            Role.COORDINATOR,
        ]
    )
    seats = Q(role__in=staff, project=project)
    if response is None:
        seats |= Q(role__in=AT_WORK, region=region)
    elif response.group != Group.STAKEHOLDER:
        seats |= Q(role__in=[Role.REGIONAL_LEAD, Role.CONTRIBUTOR], region=region)
        if response.unit_id:
            seats |= Q(role=Role.UNIT_CONTACT, unit=response.unit_id)
    elif response.respondent_id:
        seats |= Q(role=Role.STAKEHOLDER, region=region, user=response.respondent_id)
    return _named(Q(pk__in=Membership.objects.filter(seats).values("user")))


def _named(wanted: Q) -> list[Person]:
    rows = User.objects.filter(wanted, is_active=True).order_by("name", "email")
    return [Person(pk=row.pk, name=row.name or row.email) for row in rows]


def open_about_rows(*, region_map: RegionMap, user: Any) -> dict[str, dict[int, int]]:
    """Open discussions about rows of a map, by kind and key. One query."""
    rows = Thread.objects.visible_to(user).filter(region_map=region_map, is_settled=False).exclude(kind="")
    found: dict[str, dict[int, int]] = {}
    for kind, pk in rows.values_list("kind", "record_id"):
        counts = found.setdefault(kind, {})
        counts[pk] = counts.get(pk, 0) + 1
    return found


def open_about_answers(*, response: Response) -> Counter[int]:
    """Open discussions about the answers of a response the person may read. One query."""
    rows = Thread.objects.filter(answer__response=response, is_settled=False)
    return Counter(rows.values_list("answer_id", flat=True))
