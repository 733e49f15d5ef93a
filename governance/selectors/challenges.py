"""The synthesis desk: the areas of improvement of all regions, under the challenges they share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from governance.models import AreaOfImprovement, Challenge
from governance.selectors.challenge_talks import open_about_challenges
from mapping.models import Exercise


@dataclass(frozen=True, kw_only=True)
class DeskGroup:
    """A challenge with its areas; without a challenge, those that nobody grouped yet."""

    challenge: Challenge | None
    areas: list[AreaOfImprovement]
    # The other challenges: where its areas may go, and what it may be merged with.
    others: list[Challenge]

    @property
    def key(self) -> str:
        return f"challenge-{self.challenge.pk}" if self.challenge else "ungrouped"

    @property
    def regions(self) -> int:
        return len({area.region_map.region_id for area in self.areas})


@dataclass(frozen=True, kw_only=True)
class Desk:
    exercise: Exercise
    ungrouped: DeskGroup
    groups: list[DeskGroup]
    # Open discussions by key of the challenge.
    talks: Mapping[int, int]

    @property
    def areas(self) -> int:
        return len(self.ungrouped.areas) + sum(len(group.areas) for group in self.groups)

    @property
    def regions(self) -> int:
        everywhere = [area for group in (self.ungrouped, *self.groups) for area in group.areas]
        return len({area.region_map.region_id for area in everywhere})


def exercise_areas(*, exercise: Exercise) -> Any:
    return (
        AreaOfImprovement.objects.filter(region_map__exercise=exercise)
        .select_related("region_map__region", "challenge")
        .order_by("region_map__region__name", "position", "pk")
    )


def challenge_desk(*, exercise: Exercise, user: Any) -> Desk:
    """Three queries for any number of regions."""
    challenges = list(Challenge.objects.filter(exercise=exercise).select_related("exercise__project"))
    areas: dict[int | None, list[AreaOfImprovement]] = {}
    for area in exercise_areas(exercise=exercise):
        areas.setdefault(area.challenge_id, []).append(area)
    return Desk(
        exercise=exercise,
        talks=open_about_challenges(exercise=exercise, user=user),
        ungrouped=DeskGroup(challenge=None, areas=areas.get(None, []), others=challenges),
        groups=[
            DeskGroup(
                challenge=challenge,
                areas=areas.get(challenge.pk, []),
                others=[other for other in challenges if other != challenge],
            )
            for challenge in challenges
        ],
    )


def find_challenge(*, exercise: Exercise, pk: Any) -> Challenge | None:
    text = str(pk or "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    rows = Challenge.objects.filter(exercise=exercise, pk=int(text))
    return rows.select_related("exercise__project").first()
