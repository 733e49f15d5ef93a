"""The life of a map: draft, consultation, adopted, published, and reopened as a new version."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from cohes3ion.lib.fingerprints import fingerprint
from cohes3ion.lib.versions import StaleVersion
from governance.models import Adoption, Consultation, MapEdition
from governance.selectors.map_content import map_content
from governance.services.stakeholder_accounts import hand_out_forms
from mapping.enums import MapState
from mapping.models import RegionMap
from mapping.services.records import keep_history

STEPS = {
    "consult": ((MapState.DRAFT,), MapState.CONSULTATION),
    "adopt": ((MapState.DRAFT, MapState.CONSULTATION), MapState.ADOPTED),
    "publish": ((MapState.ADOPTED,), MapState.PUBLISHED),
    "reopen": ((MapState.CONSULTATION, MapState.ADOPTED, MapState.PUBLISHED), MapState.DRAFT),
}


class StepNotPossible(Exception):
    """The map is not in a state from which this step leads on, or a release is missing."""


def _move_map(*, region_map: RegionMap, step: str, expected: int, by: Any, **values: Any) -> RegionMap:
    """Take one step. Raises StepNotPossible, StaleVersion."""
    before, after = STEPS[step]
    current = RegionMap.objects.select_for_update().get(pk=region_map.pk)
    if current.version != expected:
        raise StaleVersion(current, "state")
    if current.state not in before:
        raise StepNotPossible(step)
    RegionMap.objects.filter(pk=current.pk).update(
        state=after, version=current.version + 1, edited_at=timezone.now(), edited_by=by, **values
    )
    current.refresh_from_db()
    if after != MapState.CONSULTATION:
        Consultation.objects.filter(region_map=current, closed_at=None).update(closed_at=timezone.now())
    keep_history(current, reason=step, by=by)
    return current


@transaction.atomic
def open_consultation(
    *, region_map: RegionMap, expected: int, by: Any, text: str = "", closes_at: dt.datetime | None = None
) -> RegionMap:
    """Let the stakeholder group read the draft and comment on it, until `closes_at`."""
    current = _move_map(region_map=region_map, step="consult", expected=expected, by=by)
    Consultation.objects.create(
        region_map=current, edition=current.edition, text=text, closes_at=closes_at, opened_by=by
    )
    hand_out_forms(region_map=current)
    return current


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the stakeholder group decided: when, which body, and where it can be read."""

    on: dt.date
    body: str
    link: str = ""
    minutes: str = ""


@transaction.atomic
def adopt_map(*, region_map: RegionMap, decision: Decision, expected: int, by: Any) -> RegionMap:
    """Record that the stakeholder group adopted the map, and which state of it."""
    current = _move_map(
        region_map=region_map,
        step="adopt",
        expected=expected,
        by=by,
        adopted_on=decision.on,
        adopted_by=decision.body,
    )
    Adoption.objects.create(
        region_map=current,
        edition=current.edition,
        map_version=current.version,
        fingerprint=fingerprint(map_content(region_map=current)),
        by=by,
        **asdict(decision),
    )
    return current


@transaction.atomic
def release_map(*, region_map: RegionMap, expected: int, by: Any) -> RegionMap:
    """The regional lead lets the adopted map go; the coordinator publishes it."""
    current = RegionMap.objects.select_for_update().get(pk=region_map.pk)
    if current.version != expected:
        raise StaleVersion(current, "state")
    if current.state != MapState.ADOPTED:
        raise StepNotPossible("release")
    RegionMap.objects.filter(pk=current.pk).update(
        released_at=timezone.now(), released_by=by, version=current.version + 1
    )
    current.refresh_from_db()
    keep_history(current, reason="release", by=by)
    return current


@transaction.atomic
def publish_map(*, region_map: RegionMap, expected: int, by: Any) -> RegionMap:
    """Freeze the map's content as an edition and make it public. Needs the lead's release."""
    if region_map.released_at is None:
        raise StepNotPossible("release")
    current = _move_map(
        region_map=region_map,
        step="publish",
        expected=expected,
        by=by,
        published_at=timezone.now(),
        published_by=by,
    )
    content = map_content(region_map=current)
    MapEdition.objects.create(
        region_map=current, number=current.edition, content=content, fingerprint=fingerprint(content)
    )
    return current


@transaction.atomic
def reopen_map(*, region_map: RegionMap, expected: int, by: Any) -> RegionMap:
    """Start to edit again. A published map keeps its public edition and gets the next number."""
    published = MapEdition.objects.filter(region_map=region_map, number=region_map.edition).exists()
    return _move_map(
        region_map=region_map,
        step="reopen",
        expected=expected,
        by=by,
        edition=region_map.edition + (1 if published else 0),
        released_at=None,
        released_by=None,
        published_at=None,
        published_by=None,
    )
