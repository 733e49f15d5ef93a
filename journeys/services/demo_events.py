"""The events of the demonstration: the real ones with their sources, and two invented ones to come."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from cohes3ion.lib.tokens import new_token, token_hash
from journeys.enums import Audience, EventState, RegistrationState
from journeys.models import AgendaItem, Event, Registration
from journeys.services.demo_content import read_demo
from mapping.models import Exercise, Project, Region

COPIED = ("slug", "title", "kind", "time_zone", "summary", "unknown", "provenance")
LEFT_EMPTY = ("mode", "place", "organiser", "online_url", "outputs")


def add_events(*, project: Project) -> list[Event]:
    """Every event of the file, in its order; those to come are counted from today."""
    regions = {region.slug: region for region in Region.objects.filter(project=project)}
    exercise = Exercise.objects.filter(project=project).first()
    return [
        _add_event(item, project=project, exercise=exercise, region=regions.get(item["region"]))
        for item in read_demo("events")["events"]
    ]


def _add_event(item: dict[str, Any], **place: Any) -> Event:
    event = Event.objects.create(
        **place,
        **{name: item[name] for name in COPIED},
        **{name: item.get(name) or "" for name in LEFT_EMPTY},
        **_moments(item),
        audience=item.get("audience", Audience.PUBLIC),
        state=EventState.ANNOUNCED,
        takes_registrations=item.get("takes_registrations", False),
        capacity=item.get("capacity"),
        people_reached=item.get("people_reached"),
        sources=item["source"],
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(
            event=event,
            position=position,
            starts=dt.time.fromisoformat(point["starts"]) if "starts" in point else None,
            day=point.get("day", 1),
            title=point["title"],
            speakers=point.get("speakers", ""),
        )
        for position, point in enumerate(item.get("agenda", []))
    )
    _invent_registrations(event, count=item.get("registrations", 0))
    return event


def _moments(item: dict[str, Any]) -> dict[str, Any]:
    """Days where the sources give no hours; the last midnight is the one after the last day."""
    zone = ZoneInfo(item["time_zone"])
    if "first_day" in item:
        starts = dt.datetime.fromisoformat(item["first_day"])
        ends = dt.datetime.fromisoformat(item["last_day"]) + dt.timedelta(days=1)
    elif "in_days" in item:
        day = _working_day(timezone.localdate() + dt.timedelta(days=item["in_days"]))
        starts = dt.datetime.combine(day, dt.time.fromisoformat(item["from"]))
        ends = dt.datetime.combine(day, dt.time.fromisoformat(item["until"]))
    else:
        starts, ends = (dt.datetime.fromisoformat(item[name]) for name in ("starts", "ends"))
    return {
        "starts_at": starts.replace(tzinfo=zone),
        "ends_at": ends.replace(tzinfo=zone),
        "is_all_day": "first_day" in item,
    }


def _working_day(day: dt.date) -> dt.date:
    """The day itself, or the Monday after a weekend."""
    return day + dt.timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def _invent_registrations(event: Event, *, count: int) -> None:
    """Nobody real: numbered, at addresses that lead nowhere."""
    places = event.capacity or count
    Registration.objects.bulk_create(
        Registration(
            event=event,
            name=f"Invented participant {number}",
            email=f"participant-{number}@demo.invalid",
            organisation="Invented organisation",
            state=RegistrationState.REGISTERED if number <= places else RegistrationState.WAITING,
            consent_text="Invented for the demonstration.",
            token_hash=token_hash(new_token()),
        )
        for number in range(1, count + 1)
    )
