"""What is said about a shared challenge, on the desk of those who bring the regions of a round together."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import Challenge, Thread
from governance.selectors.threads import CHALLENGE, Talk, desk_people, threads_of
from mapping.models import Exercise


@dataclass(frozen=True, kw_only=True)
class ChallengeTalk:
    """A challenge with what was said about it: the page of a talk about a row, without a region."""

    challenge: Challenge
    talk: Talk

    @property
    def label(self) -> str:
        return _("shared challenge")

    @property
    def where(self) -> str:
        return str(self.challenge.exercise)

    @property
    def title(self) -> str:
        return self.challenge.title

    @property
    def address(self) -> str:
        return reverse("governance:challenge_talk", args=[self.challenge.exercise.slug, self.challenge.pk])

    @property
    def back(self) -> str:
        desk = reverse("governance:challenge_desk", args=[self.challenge.exercise.slug])
        return f"{desk}#challenge-{self.challenge.pk}"


def talk_of(*, challenge: Challenge, user: Any) -> ChallengeTalk:
    talk = challenge_talk(exercise=challenge.exercise, pk=challenge.pk, user=user)
    return ChallengeTalk(challenge=challenge, talk=talk)


def challenge_talk(*, exercise: Exercise, pk: int, user: Any) -> Talk:
    rows = Thread.objects.visible_to(user).filter(exercise=exercise, kind=CHALLENGE, record_id=pk)
    return Talk(
        start_address=reverse("governance:challenge_thread_start", args=[exercise.slug, pk]),
        threads=threads_of(rows, user=user),
        people=[person for person in desk_people(exercise=exercise) if person.pk != user.pk],
        may_write=user.has_perm("governance.discuss", exercise),
    )


def open_about_challenges(*, exercise: Exercise, user: Any) -> Counter[int]:
    """Open discussions about each challenge. One query."""
    rows = Thread.objects.visible_to(user).filter(exercise=exercise, kind=CHALLENGE, is_settled=False)
    return Counter(rows.values_list("record_id", flat=True))
