"""Meetings: opening one, a picture of the answers, what the room settles on, closing."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cohes3ion.lib.versions import write_fields
from governance.analysis.spreads import CLOSED, OPEN, basis_of, may_be_shown, spreads
from governance.enums import Audience, Dimension
from governance.models import Workshop, WorkshopDecision, WorkshopPicture
from governance.models.workshop import with_guests
from governance.scoring.settings import Thresholds
from governance.selectors.inputs import answered_items
from mapping.models import RegionMap
from mapping.services.records import require_open, write_kept


class WorkshopClosed(Exception):
    """The meeting is over, or another one was opened."""


class TooFewChanged(Exception):
    """A newer picture would tell what one or two people answered."""


@transaction.atomic
def open_workshop(*, region_map: RegionMap, audience: str, people: dict[str, int], by: Any) -> Workshop:
    """Begin a meeting; one that is open already goes on. Raises MapClosed.

    With guests the audience is the wide one, whatever was said of the screen.
    """
    require_open(region_map)
    audience = Audience.WIDE if with_guests(people) else audience
    values = {"audience": audience, "people": people, "opened_by": by, "edited_by": by}
    try:
        with transaction.atomic():
            workshop = Workshop.objects.create(region_map=region_map, **values)
    except IntegrityError:
        return _go_on(Workshop.objects.get(region_map=region_map, closed_at=None), audience)
    try:
        take_picture(workshop=workshop)
    except TooFewChanged:
        _show_earlier_picture(workshop)
    return workshop


def _go_on(workshop: Workshop, audience: str) -> Workshop:
    """The meeting that is on, for whoever opens it once more: with guests now, when they say so."""
    rows = Workshop.objects.filter(pk=workshop.pk, audience=Audience.TEAM)
    if audience == Audience.WIDE and rows.update(audience=Audience.WIDE, version=F("version") + 1):
        _show_guests(workshop)
        workshop.refresh_from_db()
    return workshop


def _show_earlier_picture(workshop: Workshop) -> None:
    """What an earlier room saw, unless it was allowed to see more than this one."""
    rooms = [Audience.WIDE] if workshop.audience == Audience.WIDE else list(Audience)
    rows = WorkshopPicture.objects.filter(workshop__region_map=workshop.region_map_id).exclude(lines={})
    last = rows.filter(workshop__audience__in=rooms).first()
    if last is not None:
        WorkshopPicture.objects.create(workshop=workshop, basis=last.basis, lines=last.lines, at=last.at)


@transaction.atomic
def take_picture(*, workshop: Workshop, is_anew: bool = False) -> WorkshopPicture:
    """The answers as they stand now; the last picture again when nothing changed. Raises TooFewChanged.

    `is_anew`: other limits hold than for the last one.
    """
    # A guest may be counted at this very moment: for whom it is shown is read under a lock.
    workshop = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    region_map = workshop.region_map
    items, invited = answered_items(maps=[region_map]).get(region_map.pk, ([], {}))
    thresholds = Thresholds.from_overrides(region_map.exercise.thresholds)
    basis, is_public = basis_of(items), workshop.audience == Audience.WIDE
    last = workshop.pictures.first()
    if last is not None and last.basis == basis and not is_anew:
        return last
    if not _may_show(workshop, basis, thresholds):
        raise TooFewChanged
    lines = spreads(
        items,
        invited=invited,
        dimensions=tuple(Dimension.values),
        thresholds=thresholds,
        is_public=is_public,
    )
    return WorkshopPicture.objects.create(workshop=workshop, basis=basis, lines=lines)


def picture_is_old(*, workshop: Workshop, last: WorkshopPicture | None) -> bool:
    """Whether answers changed since, by enough people for a newer picture."""
    region_map = workshop.region_map
    items, _invited = answered_items(maps=[region_map]).get(region_map.pk, ([], {}))
    basis = basis_of(items)
    if last is not None and last.basis == basis:
        return False
    return _may_show(workshop, basis, Thresholds.from_overrides(region_map.exercise.thresholds))


def _may_show(workshop: Workshop, basis: Any, thresholds: Thresholds) -> bool:
    is_public = workshop.audience == Audience.WIDE
    rows = WorkshopPicture.objects.filter(workshop__region_map=workshop.region_map_id)
    return may_be_shown(
        basis,
        earlier=list(rows.values_list("basis", flat=True)),
        groups=OPEN if is_public else CLOSED,
        k=thresholds.k_public if is_public else thresholds.k_team,
    )


def _require_running(workshop: Workshop) -> None:
    if not Workshop.objects.filter(pk=workshop.pk, closed_at=None).exists():
        raise WorkshopClosed


@transaction.atomic
def count_people(*, workshop: Workshop, people: dict[str, int], expected: int, by: Any) -> Workshop:
    """Who is in the room by now. Raises WorkshopClosed, StaleVersion.

    The first guest makes the audience wide, and it stays so: who has left may come back unseen.
    """
    _require_running(workshop)
    values = {"people": people, "audience": Audience.WIDE} if with_guests(people) else {"people": people}
    changed: Workshop = write_fields(workshop, field="people", values=values, expected=expected, by=by)
    if changed.audience != workshop.audience:
        _show_guests(changed)
    return changed


def _show_guests(workshop: Workshop) -> None:
    """Take what the team saw off the wall; a picture within the wide limits, where there may be one.

    The basis of the pictures stays: newer ones are compared with everything that was ever seen.
    """
    workshop.pictures.update(lines={})
    try:
        take_picture(workshop=workshop, is_anew=True)
    except TooFewChanged:
        return


@transaction.atomic
def decide(*, workshop: Workshop, question_id: int, change: dict[str, Any], expected: int, by: Any) -> Any:
    """Settle, park or take up a statement again. `change`: state, level, reason.

    Raises WorkshopClosed, MapClosed, StaleVersion.
    """
    require_open(workshop.region_map)
    _require_running(workshop)
    row, _made = WorkshopDecision.objects.get_or_create(workshop=workshop, question_id=question_id)
    return write_kept(
        row,
        field="decision",
        values={**change, "people": workshop.people},
        expected=expected,
        by=by,
    )


def close_workshop(*, workshop: Workshop) -> bool:
    """The meeting is over; what was settled stays. A second click changes nothing."""
    return bool(Workshop.objects.filter(pk=workshop.pk, closed_at=None).update(closed_at=timezone.now()))
