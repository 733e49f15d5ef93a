"""Journeys and their visits: made, put in order, made public; questions before, takeaways after."""

from typing import Any

from cohes3ion.lib.ordered import end_of
from journeys.models import Journey, Takeaway, Visit, VisitQuestion
from journeys.services.rows import add_row, release
from mapping.enums import Provenance
from mapping.models import Exercise, Region, RegionMap


def add_journey(*, exercise: Exercise, values: dict[str, Any], by: Any) -> Journey:
    """A journey that only partners see until it is made public."""
    row: Journey = add_row(model=Journey, values={"exercise": exercise, **values}, by=by)
    return row


def publish_journey(*, journey: Journey, public: bool, expected: int, by: Any) -> Journey:
    """Show it to everybody, or to partners only again. Raises StaleVersion."""
    row: Journey = release(journey, public=public, expected=expected, by=by)
    return row


def add_visit(*, journey: Journey, values: dict[str, Any], by: Any) -> Visit:
    """A visit at the end of the journey."""
    place = {"journey": journey, "position": end_of(journey.visits), "provenance": Provenance.AGREED}
    row: Visit = add_row(model=Visit, values={**place, **values}, by=by)
    return row


def add_question(*, visit: Visit, region: Region, text: str, by: Any) -> VisitQuestion:
    values = {"visit": visit, "region": region, "text": text, "asked_by": by}
    row: VisitQuestion = add_row(model=VisitQuestion, values=values, by=by)
    return row


def add_takeaway(*, visit: Visit, region_map: RegionMap, learned: str, by: Any) -> Takeaway:
    """Seen by partners until the region releases it."""
    place = {"visit": visit, "region_map": region_map, "position": end_of(visit.takeaways)}
    values = {**place, "learned": learned, "provenance": Provenance.AGREED}
    row: Takeaway = add_row(model=Takeaway, values=values, by=by)
    return row
