"""What a project reports to its programme: each number with the rows it is counted from."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import MapEdition
from journeys.content.semesters import semester_of
from journeys.enums import EventState, ProjectIndicator
from journeys.models import ActionPlan, Event, Practice, ProjectTarget
from mapping.enums import MapState
from mapping.models import Project, RegionMap


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """A row that counts. `amount` is 1, or the people of an event; None is not known and not counted."""

    title: str
    region: str
    address: str
    on: dt.date | None
    semester: int | None
    amount: int | None


@dataclass(frozen=True, kw_only=True)
class Count:
    """What rows add up to. `known` is None when none of them says how many: that is not nobody."""

    known: int | None
    silent: int  # rows that do not say how many


def count_of(rows: list[ReportRow]) -> Count:
    known = [row.amount for row in rows if row.amount is not None]
    return Count(known=sum(known) if known or not rows else None, silent=len(rows) - len(known))


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """An indicator: what was reached, what was promised, and the rows behind it."""

    key: ProjectIndicator
    target: ProjectTarget
    rows: list[ReportRow]

    @property
    def reached(self) -> int | None:
        return count_of(self.rows).known

    @property
    def silent(self) -> int:
        return count_of(self.rows).silent

    @property
    def percent(self) -> int | None:
        if not self.target.target or self.reached is None:
            return None
        # Halves up, as people round: 1 of 8 is 13 per cent.
        return (200 * self.reached + self.target.target) // (2 * self.target.target)

    @property
    def by_semester(self) -> dict[int | None, Count]:
        """Where a semester is missing nothing happened: that is zero."""
        found = defaultdict(list)
        for row in self.rows:
            found[row.semester].append(row)
        return {number: count_of(rows) for number, rows in found.items()}


@dataclass(frozen=True, kw_only=True)
class ProjectReport:
    project: Project
    lines: list[ReportLine]
    may_set: bool

    @property
    def semesters(self) -> list[int | None]:
        """Those in which anything happened, in order; None for what falls in no semester stands last."""
        found = {row.semester for line in self.lines for row in line.rows}
        return sorted(found, key=lambda number: (number is None, number or 0))

    @property
    def phases(self) -> dict[int, int]:
        """The phase of each semester, where the project names its phases."""
        named = self.project.facts.get("semesters", [])
        return {row["number"]: row["phase"] for row in named if row.get("phase")}


def find_project(*, slug: str, user: Any) -> Project | None:
    """A project the person belongs to."""
    return Project.objects.filter(slug=slug, memberships__user=user).first()


def project_report(*, project: Project, user: Any) -> ProjectReport:
    """Five queries, whatever the number of rows."""
    targets = {row.indicator: row for row in ProjectTarget.objects.filter(project=project)}
    rows = _rows(project)
    return ProjectReport(
        project=project,
        lines=[
            ReportLine(
                key=key,
                target=targets.get(key) or ProjectTarget(project=project, indicator=key),
                rows=rows[key],
            )
            for key in ProjectIndicator
        ],
        may_set=user.has_perm("journeys.set_targets", project),
    )


def _rows(project: Project) -> dict[ProjectIndicator, list[ReportRow]]:
    plans = list(
        ActionPlan.objects.filter(region_map__exercise__project=project, published_at__isnull=False)
        .select_related("region_map__region")
        .order_by("published_at", "pk")
    )
    events = list(_events(project))
    return {
        ProjectIndicator.MAPS: [_map_row(row, project) for row in _maps(project)],
        ProjectIndicator.PRACTICES: [_practice_row(row, project) for row in _practices(project)],
        ProjectIndicator.EVENTS: [_event_row(row, project, 1) for row in events],
        ProjectIndicator.PEOPLE: [_event_row(row, project, row.people_reached) for row in events],
        ProjectIndicator.PLANS: [_plan_row(row, project) for row in plans],
        ProjectIndicator.INSTRUMENTS: [
            _plan_row(row, project, title=row.policy_instrument) for row in _improved(plans)
        ],
    }


def _maps(project: Project) -> Any:
    """Agreed ones; one that is revised counts on, as its edition does."""
    public = MapEdition.objects.filter(withdrawn_at=None, region_map=OuterRef("pk"))
    rows = RegionMap.objects.filter(exercise__project=project).annotate(is_public=Exists(public))
    rows = rows.filter(Q(state__in=(MapState.ADOPTED, MapState.PUBLISHED)) | Q(is_public=True))
    return rows.select_related("region", "exercise").order_by("adopted_on", "pk")


def _practices(project: Project) -> Any:
    rows = Practice.objects.published().filter(project=project)
    return rows.select_related("region").order_by("published_at", "pk")


def _events(project: Project) -> Any:
    """Those that took place."""
    rows = Event.objects.filter(project=project, state=EventState.ANNOUNCED, ends_at__lt=timezone.now())
    return rows.select_related("region").order_by("starts_at", "pk")


def _improved(plans: Iterable[ActionPlan]) -> list[ActionPlan]:
    """Plans that say what changed in their instrument; an instrument counts once."""
    found = {row.policy_instrument: row for row in plans if row.policy_instrument and row.instrument_change}
    return list(found.values())


def _row(project: Project, *, day: dt.date | None, **values: Any) -> ReportRow:
    span = {"starts_on": project.starts_on, "ends_on": project.ends_on}
    return ReportRow(on=day, semester=semester_of(day, **span) if day else None, **values)


def _map_row(row: Any, project: Project) -> ReportRow:
    return _row(
        project,
        day=row.adopted_on,
        title=_("Map of %(region)s, %(exercise)s") % {"region": row.region, "exercise": row.exercise},
        region=row.region.name,
        address=reverse("journeys:region_detail", args=[row.region.slug]) if row.is_public else "",
        amount=1,
    )


def _practice_row(row: Practice, project: Project) -> ReportRow:
    return _row(
        project,
        day=timezone.localdate(row.published_at),
        title=row.title,
        region=row.region.name,
        address=reverse("journeys:practice_detail", args=[row.slug]),
        amount=1,
    )


def _event_row(row: Event, project: Project, amount: int | None) -> ReportRow:
    return _row(
        project,
        day=row.first_day,
        title=row.title,
        region=row.region.name if row.region else "",
        address=reverse("journeys:event_detail", args=[row.slug]),
        amount=amount,
    )


def _plan_row(row: ActionPlan, project: Project, *, title: str = "") -> ReportRow:
    return _row(
        project,
        day=row.signed_on,
        title=title or row.title,
        region=row.region_map.region.name,
        address=reverse("journeys:plan_detail", args=[row.pk]),
        amount=1,
    )


def report_sheets(report: ProjectReport) -> list[tuple[str, list[str], list[list[Any]]]]:
    """The report as sheets of a workbook: the numbers, then the rows behind each of them."""
    head = [_("Indicator"), _("Reached"), _("Target"), _("Per cent"), _("Rows that do not say"), _("Note")]
    numbers = [
        [str(line.key.label), line.reached, line.target.target, line.percent, line.silent, line.target.note]
        for line in report.lines
    ]
    columns = [_("What"), _("Region"), _("Day"), _("Semester"), _("Counts")]
    sheets = [(_("Numbers"), head, numbers)]
    for line in report.lines:
        rows = [[row.title, row.region, row.on, row.semester, row.amount] for row in line.rows]
        sheets.append((str(line.key.label), columns, rows))
    return sheets
