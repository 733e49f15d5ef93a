"""A visit as a page, and what partners write before and after it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from cohes3ion.lib.ordered import order_version
from journeys.enums import RegistrationState
from journeys.models import (
    Event,
    Journey,
    Material,
    Registration,
    Takeaway,
    Visit,
    VisitQuestion,
)
from journeys.models.journey import of_partnership
from journeys.selectors.event_times import ProgrammeDay, programme_of
from journeys.selectors.journeys import (
    AT_ONCE,
    Stop,
    TakenHome,
    by_region,
    is_partner,
    takeaways_for,
    taken_home,
    visits_for,
)
from journeys.selectors.read_areas import name_areas
from mapping.models import Exercise, Region, RegionMap


@dataclass(frozen=True, kw_only=True)
class VisitPage:
    """`people` are names, for who organises the event; everybody sees how many there were."""

    stop: Stop
    agenda: list[ProgrammeDay]
    materials: list[Material]
    registered: int | None
    people: list[Registration] | None
    before: Visit | None
    after: Visit | None
    questions: int | None
    may_edit: bool

    @property
    def visit(self) -> Visit:
        return self.stop.visit

    @property
    def event(self) -> Event | None:
        return self.stop.visit.event

    @property
    def unknown(self) -> list[str]:
        """What nobody could find, without what the event or the visit tells by now."""
        told = self._told()
        return [word for word in self.visit.unknown if word.casefold() not in told]

    def _told(self) -> set[str]:
        event = self.event
        speaks = any(point.speakers for day in self.agenda for point, _there in day.points)
        known = {
            (_("Date"), _("Day"), "date", "day"): event is not None,
            (_("On site or online"), "on site or online"): event is not None and bool(event.mode),
            (_("Place"), "place"): event is not None and bool(event.place),
            (_("Agenda"), "agenda"): bool(self.agenda),
            (_("Materials"), "materials"): bool(self.materials),
            (_("Recording"), "recording"): event is not None and bool(event.recording_url),
            (_("What was shown"), "what was shown"): bool(self.visit.summary or (event and event.summary)),
            (_("Experts"), "experts", "names of the experts"): speaks or bool(self.experts),
        }
        return {word.casefold() for words, is_told in known.items() if is_told for word in words}

    @property
    def experts(self) -> list[str]:
        return [text.strip() for text in self.visit.experts.splitlines() if text.strip()]


def visit_page(*, journey_slug: str, slug: str, user: Any) -> VisitPage | None:
    """None when there is no such visit for the reader. The same number of queries for any number of rows."""
    visit = visits_for(user).filter(journey__slug=journey_slug, slug=slug).first()
    if visit is None:
        return None
    line = list(Visit.objects.filter(journey=visit.journey_id).only("slug", "title", "position"))
    place = next(number for number, row in enumerate(line) if row.pk == visit.pk)
    event = visit.event
    asks = is_partner(user=user, journey=visit.journey)
    return VisitPage(
        stop=Stop(
            visit=visit,
            number=place + 1,
            takeaways=taken_home([visit], user=user).get(visit.pk, []),
        ),
        agenda=programme_of(event=event, points=list(event.agenda.all())) if event else [],
        materials=list(Material.objects.visible_to(user).filter(event=event)) if event else [],
        registered=_registered(event),
        people=_people(event, user),
        before=line[place - 1] if place else None,
        after=line[place + 1] if place + 1 < len(line) else None,
        questions=VisitQuestion.objects.filter(visit=visit).count() if asks else None,
        may_edit=user.has_perm("journeys.write_visit", visit),
    )


def _registered(event: Event | None) -> int | None:
    """How many hold a place; None where nobody could register, which is not nobody."""
    if event is None:
        return None
    count = Registration.objects.filter(event=event).holding().count()
    return count if count or event.takes_registrations else None


def _people(event: Event | None, user: Any) -> list[Registration] | None:
    if event is None or not user.has_perm("journeys.write_event", event):
        return None
    rows = Registration.objects.filter(event=event, state=RegistrationState.REGISTERED)
    return list(rows.order_by("name", "pk"))


# The partners' side.


def partner_visits(user: Any) -> Any:
    """Visits of partnerships in which the person works."""
    rows = Visit.objects.filter(of_partnership(user, "journey__exercise__project"))
    return rows.select_related("host", "journey__exercise__project")


def partner_journeys(user: Any) -> Any:
    rows = Journey.objects.filter(of_partnership(user, "exercise__project"))
    return rows.select_related("exercise__project")


def partner_exercise(*, slug: str, user: Any) -> Exercise | None:
    rows = Exercise.objects.filter(of_partnership(user, "project")).select_related("project")
    found: Exercise | None = rows.filter(slug=slug).first()
    return found


def partner_questions(user: Any) -> Any:
    related = ["visit__journey__exercise__project", "visit__host", "region", "edited_by"]
    return VisitQuestion.objects.visible_to(user).select_related(*related)


def partner_takeaways(user: Any) -> Any:
    """Takeaways of partnerships in which the person works, released or not."""
    related = ["visit__journey__exercise__project", "visit__host"]
    related += ["region_map__region", "region_map__exercise__project"]
    rows = Takeaway.objects.filter(of_partnership(user, "visit__journey__exercise__project"))
    return rows.select_related(*related)


def visit_of_removed(*, model: Any, pk: int, user: Any) -> Visit | None:
    """The visit of a question or takeaway that somebody removed, for partners who wrote in it meanwhile."""
    last = model.history.filter(id=pk, history_type="-").first()
    found: Visit | None = partner_visits(user).filter(pk=last.visit_id).first() if last else None
    return found


@dataclass(frozen=True, kw_only=True)
class ExchangePage:
    """What partners ask each other before a visit, and what they take home.

    `asking` are the regions for which this person asks, `own` the maps for which this person writes.
    """

    visit: Visit
    questions: list[VisitQuestion]
    takeaways: list[Takeaway]
    asking: list[Region]
    own: list[RegionMap]
    may_answer: bool

    @property
    def others(self) -> list[TakenHome]:
        mine = {row.pk for row in self.own}
        return by_region(row for row in self.takeaways if row.region_map_id not in mine)

    @property
    def unanswered(self) -> int:
        return sum(not row.answer.strip() for row in self.questions)


def exchange_page(*, visit: Visit, user: Any) -> ExchangePage:
    """The same number of queries for any number of rows."""
    maps = RegionMap.objects.filter(exercise=visit.journey.exercise_id)
    maps = maps.select_related("region__project", "exercise__project").order_by("region__name")
    own = [row for row in maps if user.has_perm("journeys.write_takeaway", row)]
    regions = [row.region for row in own if row.region_id != visit.host_id]
    rows = takeaways_for(user).filter(visit=visit).select_related("region_map__exercise__project")
    takeaways = list(rows.iterator(AT_ONCE))
    name_areas(takeaways, user=user)
    for row in takeaways:
        row.visit = visit
    return ExchangePage(
        visit=visit,
        questions=list(partner_questions(user).filter(visit=visit)),
        takeaways=takeaways,
        asking=[row for row in regions if user.has_perm("journeys.write_question", row)],
        own=own,
        may_answer=user.has_perm("journeys.write_visit", visit),
    )


@dataclass(frozen=True, kw_only=True)
class JourneyDesk:
    """Where a journey is made: its texts, its visits in order, and what may be chosen for a new one."""

    journey: Journey
    visits: list[Visit]

    @property
    def order(self) -> int:
        return order_version(self.visits)

    @property
    def published_version(self) -> int:
        return self.journey.version_of("published_at")


def journey_desk(*, journey: Journey, user: Any) -> JourneyDesk:
    rows = Visit.objects.filter(journey=journey).select_related("host")
    events = Event.objects.visible_to(user)
    visits = rows.prefetch_related(Prefetch("event", events)).iterator(AT_ONCE)
    return JourneyDesk(journey=journey, visits=list(visits))
