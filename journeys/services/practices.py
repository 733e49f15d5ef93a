"""The way of a practice: written, handed in, returned or published, given an opinion, withdrawn."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from governance.models import AreaOfImprovement
from journeys.enums import PracticeState
from journeys.models import Practice, PracticeUse
from journeys.selectors.practice_work import missing_fields
from journeys.services.rows import add_row
from mapping.models import Region, RegionMap
from mapping.services.records import write_kept

# From which states each step leads on.
FROM = {
    PracticeState.SUBMITTED: (PracticeState.DRAFT, PracticeState.RETURNED),
    PracticeState.RETURNED: (PracticeState.SUBMITTED,),
    PracticeState.PUBLISHED: (PracticeState.SUBMITTED, PracticeState.WITHDRAWN),
    PracticeState.WITHDRAWN: (PracticeState.PUBLISHED,),
}


class StepNotPossible(Exception):
    """The practice is not in a state from which this step leads on."""


class FieldsMissing(Exception):
    """Fields that are neither filled nor named as not found."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(", ".join(names))


def start_practice(*, region: Region, title: str, by: Any) -> Practice:
    """A new draft. Raises ValidationError."""
    values = {"project": region.project, "region": region, "title": title}
    practice: Practice = add_row(model=Practice, values=values, by=by)
    return practice


def submit_practice(*, practice: Practice, expected: int, by: Any) -> Practice:
    """Hand it in. Raises FieldsMissing, StepNotPossible, StaleVersion."""
    missing = missing_fields(practice)
    if missing:
        raise FieldsMissing(missing)
    return _step(practice, PracticeState.SUBMITTED, expected, by, returned_because="")


def return_practice(*, practice: Practice, reason: str, expected: int, by: Any) -> Practice:
    """Back to its authors. Raises StepNotPossible, StaleVersion."""
    return _step(practice, PracticeState.RETURNED, expected, by, returned_because=reason)


def publish_practice(*, practice: Practice, expected: int, by: Any) -> Practice:
    """For everybody; a withdrawn one comes back. Raises StepNotPossible, StaleVersion."""
    at = practice.published_at or timezone.now()
    return _step(practice, PracticeState.PUBLISHED, expected, by, published_at=at, withdrawn_because="")


def withdraw_practice(*, practice: Practice, reason: str, expected: int, by: Any) -> Practice:
    """Gone from lists and suggestions; its page stays for those who used it, with the reason.

    Raises StepNotPossible, StaleVersion.
    """
    return _step(practice, PracticeState.WITHDRAWN, expected, by, withdrawn_because=reason)


def _step(practice: Practice, to: PracticeState, expected: int, by: Any, **values: Any) -> Practice:
    if practice.state not in FROM[to] and practice.version_of("state") == expected:
        raise StepNotPossible
    moved: Practice = write_kept(
        practice,
        field="state",
        values={"state": to, **values},
        expected=expected,
        by=by,
    )
    return moved


def give_opinion(*, practice: Practice, text: str, expected: int, by: Any) -> Practice:
    """The expert's opinion beside a published practice; an empty one is taken back. Raises StaleVersion."""
    if practice.state != PracticeState.PUBLISHED:
        raise StepNotPossible
    given = {"expert_opinion": text, "expert_at": timezone.now(), "expert_by_id": by.pk}
    none = {"expert_opinion": "", "expert_at": None, "expert_by_id": None}
    written: Practice = write_kept(
        practice,
        field="expert_opinion",
        values=given if text.strip() else none,
        expected=expected,
        by=by,
    )
    return written


@transaction.atomic
def plan_use(
    *, practice: Practice, region_map: RegionMap, area: AreaOfImprovement | None, by: Any
) -> PracticeUse:
    """A region plans to use a practice; where it does so already for this area, that use."""
    RegionMap.objects.select_for_update().get(pk=region_map.pk)  # two at once make one
    found = PracticeUse.objects.filter(practice=practice, region_map=region_map, area=area).first()
    if found is not None:
        return found
    values = {"practice": practice, "region_map": region_map, "area": area}
    use: PracticeUse = add_row(model=PracticeUse, values=values, by=by)
    return use
