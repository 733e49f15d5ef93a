"""The coordinator's synthesis desk: challenges that regions share, and which area stands under which.

Grouping writes an area's link and nothing of the region's content, so published maps can be grouped too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cohes3ion.lib.ordered import end_of, swapped
from cohes3ion.lib.versions import StaleVersion, write_each
from governance.models import AreaOfImprovement, Challenge, Thread
from governance.selectors.threads import CHALLENGE
from mapping.models import Exercise
from mapping.services.records import write_kept


class OtherExercise(Exception):
    """Challenges of two exercises, or a challenge and itself, cannot be merged."""


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """An area, and the version of its link that the person saw."""

    area: AreaOfImprovement
    version: int


@transaction.atomic
def create_challenge(*, exercise: Exercise, title: str, by: Any) -> Challenge:
    """A new challenge at the end of the list."""
    Exercise.objects.select_for_update().get(pk=exercise.pk)
    position = end_of(Challenge.objects.filter(exercise=exercise))
    challenge = Challenge(exercise=exercise, title=title, position=position, edited_by=by)
    challenge.full_clean(validate_constraints=False)
    challenge._history_user = by
    challenge.save(force_insert=True)
    return challenge


def save_challenge(*, row: Challenge, changes: list[Any], by: Any) -> tuple[Challenge, list[StaleVersion]]:
    """Write title and narrative, each on its version; returns the challenge now and what was stale."""

    def write_one(row: Challenge, change: Any) -> Any:
        return write_kept(row, field=change.field, values=change.values, expected=change.version, by=by)

    return write_each(row, changes, write=write_one)


def group_areas(
    *, groupings: Iterable[Grouping], challenge: Challenge | None, by: Any
) -> tuple[list[AreaOfImprovement], list[StaleVersion]]:
    """Put areas under a challenge, or under none. Those that somebody else moved meanwhile stay."""
    moved, stale = [], []
    values = {"challenge_id": challenge.pk if challenge else None}
    for item in groupings:
        try:
            area = write_kept(item.area, field="challenge", values=values, expected=item.version, by=by)
            moved.append(area)
        except StaleVersion as refusal:
            stale.append(refusal)
    return moved, stale


def locked(*, exercise_id: int) -> dict[int, Challenge]:
    """The challenges of an exercise in their order; nobody else orders or merges them meanwhile."""
    Exercise.objects.select_for_update().get(pk=exercise_id)
    return {row.pk: row for row in Challenge.objects.select_for_update().filter(exercise=exercise_id)}


@transaction.atomic
def merge_challenges(
    *, source: Challenge, target: Challenge, expected: tuple[int, int], by: Any
) -> Challenge:
    """Move every area of `source` to `target` and join the narratives; `source` goes, its history stays.

    What was said about `source` is said about `target` from now on.
    `expected`: the versions of both that the person saw. Raises StaleVersion, OtherExercise.
    """
    rows = locked(exercise_id=target.exercise_id)
    gone, stays = rows.get(source.pk), rows.get(target.pk)
    if gone is None or stays is None or gone == stays:
        raise OtherExercise
    for row, version in zip((gone, stays), expected, strict=True):
        if row.version != version:
            raise StaleVersion(row, "row")
    for area in AreaOfImprovement.objects.filter(challenge=gone):
        values = {"challenge_id": stays.pk}
        write_kept(area, field="challenge", values=values, expected=area.version_of("challenge"), by=by)
    texts = [text for text in (stays.narrative, gone.narrative) if text.strip()]
    joined = {"narrative": "\n\n".join(dict.fromkeys(texts))}
    Thread.objects.filter(kind=CHALLENGE, record_id=gone.pk).update(record_id=stays.pk)
    gone._history_user = by
    gone.delete()
    return write_kept(stays, field="narrative", values=joined, expected=stays.version_of("narrative"), by=by)


@transaction.atomic
def move_challenge(*, challenge: Challenge, up: bool, expected: int, by: Any) -> None:
    """Change places with the neighbour above or below. Raises StaleVersion."""
    rows = list(locked(exercise_id=challenge.exercise_id).values())
    at = next((index for index, row in enumerate(rows) if row.pk == challenge.pk), None)
    if at is None or rows[at].version_of("position") != expected:
        raise StaleVersion(challenge, "position")
    for position, row in enumerate(swapped(rows, at=at, up=up) or [], start=1):
        values = {"position": position}
        write_kept(row, field="position", values=values, expected=row.version_of("position"), by=by)
