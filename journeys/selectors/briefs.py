"""What a steering brief says, as one plain value: frozen into its row, read by the worker alone."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from governance.enums import AnalysisKind, DecisionState, Dimension, Group, ResponseState
from governance.models import (
    Analysis,
    AnswerRevision,
    AreaOfImprovement,
    Assignment,
    RegionResult,
    Response,
    Target,
    Thread,
    WorkshopDecision,
)
from governance.selectors.assignments import tasks_of
from governance.selectors.boards import progress_board
from governance.selectors.map_changes import map_changes
from governance.selectors.responses import SectionProgress
from governance.selectors.revisions import undecided_answers
from governance.selectors.section_progress import sections_of_responses
from journeys.models import Brief
from journeys.selectors.sources import gaps_for
from mapping.enums import AnswerKind, Helix, MapState
from mapping.models import Capability, RegionMap
from mapping.selectors.records import reachable_maps

Json = dict[str, Any]
SENT = (ResponseState.SUBMITTED, ResponseState.APPROVED)


@dataclass(frozen=True, kw_only=True)
class BriefPage:
    """Where briefs are asked for: those of a region, and the day from which changes are told."""

    region_map: RegionMap
    briefs: list[Brief]
    since: dt.date


def find_brief_map(*, pk: int, user: Any) -> RegionMap | None:
    rows = reachable_maps(user=user).select_related("region", "exercise__project")
    return rows.filter(pk=pk).first()


def brief_page(*, region_map: RegionMap, user: Any) -> BriefPage:
    rows = Brief.objects.visible_to(user).filter(exercise=region_map.exercise, region=region_map.region)
    briefs = list(rows.defer("content")[:10])
    month_ago = timezone.localdate() - dt.timedelta(days=30)
    return BriefPage(
        region_map=region_map,
        briefs=briefs,
        since=timezone.localdate(briefs[0].created_at) if briefs else month_ago,
    )


def brief_content(*, region_map: RegionMap, since: dt.date) -> Json:
    """Groups, units and sections; no person is named. The same number of queries for any number of rows."""
    exercise = region_map.exercise
    responses = list(
        Response.objects.filter(region_map=region_map)
        .assessment()
        .select_related("unit", "questionnaire_version__questionnaire", "region_map__exercise")
    )
    sections = sections_of_responses(row for row in responses if row.group != Group.STAKEHOLDER)
    team = next((row for row in responses if row.group == Group.TEAM), None)
    of_team = sections.get(team.pk, []) if team is not None else []
    gaps = _newest_gaps(region_map)
    return {
        "language": get_language() or "en",
        "project": {"acronym": exercise.project.acronym, "is_demo": exercise.project.is_demo},
        "exercise": exercise.name,
        "due_on": exercise.due_on.isoformat() if exercise.due_on else None,
        "region": region_map.region.name,
        "state": str(region_map.get_state_display()),
        "edition": region_map.edition,
        "since": since.isoformat(),
        "facts": _facts(region_map, responses),
        "themes": _themes(region_map, gaps, of_team),
        "missing": _missing(responses, sections),
        "overdue": _overdue(region_map),
        "disputed": _disputed(region_map, gaps, of_team),
        "analysed": gaps is not None,
        "decisions": _decisions(region_map, team),
        "changes": _changes(region_map, team, since, of_team),
    }


def _newest_gaps(region_map: RegionMap) -> Json | None:
    """The region's part of the newest run, as the team and who runs the round read it."""
    runs = Analysis.objects.filter(exercise=region_map.exercise, kind=AnalysisKind.GAPS).done()
    parts = RegionResult.objects.filter(region=region_map.region, analysis__in=runs)
    return gaps_for(parts.order_by("-analysis__pk").first(), sees_small_groups=True)


def _facts(region_map: RegionMap, responses: list[Response]) -> Json:
    rows = progress_board(exercise=region_map.exercise).rows
    row = next(row for row in rows if row.region_map.pk == region_map.pk)
    strengths = Capability.objects.filter(region_map=region_map).values_list("strength_answer", flat=True)
    sent = Counter(row.group for row in responses if row.state in SENT)
    asked = Counter(row.group for row in responses)
    return {
        "answered": row.answered,
        "asked": row.asked,
        "evidence": None if row.evidence_share is None else row.evidence_percent,
        "units_sent": sent[Group.UNIT],
        "units": asked[Group.UNIT],
        "stakeholders_sent": sent[Group.STAKEHOLDER],
        "stakeholders": asked[Group.STAKEHOLDER],
        "strengths": sum(kind != AnswerKind.UNANSWERED for kind in strengths),
        "capabilities": len(strengths),
    }


def _themes(region_map: RegionMap, gaps: Json | None, team: list[SectionProgress]) -> list[Json]:
    """Each theme: how far the team is, the level now and the level needed. None: no value, with no zero."""
    targets = dict(Target.objects.filter(region_map=region_map).values_list("dimension", "level"))
    scores = {row["code"]: row for row in gaps["region"]["dimensions"]} if gaps else {}
    progress = {item.section.code: item for item in team}
    return [
        {
            "code": code,
            "name": str(name),
            "answered": progress[code].answered if code in progress else None,
            "asked": progress[code].total if code in progress else None,
            "score": scores.get(code, {}).get("score"),
            "target": targets.get(code),
        }
        for code, name in Dimension.choices
    ]


def _missing(responses: list[Response], sections: dict[int, list[SectionProgress]]) -> Json:
    """Units that have not sent, with their open sections; stakeholders as numbers by group of society."""
    units = [row for row in responses if row.group == Group.UNIT and row.state not in SENT]
    helices: dict[str, list[int]] = {}
    for row in responses:
        if row.group == Group.STAKEHOLDER:
            counts = helices.setdefault(row.helix, [0, 0])
            counts[0] += row.state in SENT
            counts[1] += 1
    team = next((row for row in responses if row.group == Group.TEAM and row.state not in SENT), None)
    return {
        "team": team
        and {"state": str(team.get_state_display()), "sections": _open_sections(sections[team.pk])},
        "units": [
            {
                "name": str(row.unit),
                "answered": sum(item.answered for item in sections[row.pk]),
                "asked": sum(item.total for item in sections[row.pk]),
                "sections": _open_sections(sections[row.pk]),
            }
            for row in units
        ],
        "helices": [
            {"name": str(name), "sent": helices[helix][0], "asked": helices[helix][1]}
            for helix, name in Helix.choices
            if helix in helices
        ],
        "without": [str(name) for helix, name in Helix.choices if helix not in helices],
    }


def _open_sections(sections: list[SectionProgress]) -> list[str]:
    return [item.section.title for item in sections if not item.is_complete]


def _overdue(region_map: RegionMap) -> list[str]:
    """Parts of the work whose day is over, the oldest first; who has them is for the pages of the team."""
    rows = Assignment.objects.filter(region_map=region_map, due_on__lt=timezone.localdate(), done_at=None)
    related = ("person", "region_map__region", "region_map__exercise", "response__unit")
    found = tasks_of(rows.select_related(*related, "response__questionnaire_version"))
    late: dict[str, dt.date] = {}
    for task in found:
        if task.is_overdue and task.row.due_on is not None:
            unit = task.row.response.unit if task.row.response is not None else None
            part = f"{task.title} ({unit})" if unit else task.title
            late[part] = min(task.row.due_on, late.get(part, task.row.due_on))
    return [
        _("%(part)s: was due on %(day)s") % {"part": part, "day": date_format(day, "DATE_FORMAT")}
        for part, day in sorted(late.items(), key=lambda row: (row[1], row[0]))
    ]


def _disputed(region_map: RegionMap, gaps: Json | None, team: list[SectionProgress]) -> list[Json]:
    """Statements by disagreement, as far as they may be shown, with what workshops made of them."""
    names = {step.question.code: step.question.short for item in team for step in item.steps}
    made: dict[str, WorkshopDecision] = {}
    rows = WorkshopDecision.objects.filter(workshop__region_map=region_map).exclude(state=DecisionState.OPEN)
    for row in rows.select_related("question").order_by("edited_at"):
        made[row.question.code] = row
    shown = [
        row
        for row in (gaps["region"]["agreement"] if gaps else [])
        if row["consensus"] is not None and not row["about_units"]
    ]
    return [
        {
            "code": row["code"],
            "name": names.get(row["code"], ""),
            "agreement": round(100 * row["consensus"]),
            "n": row["n"],
            "state": made[row["code"]].state if row["code"] in made else DecisionState.OPEN.value,
            "level": made[row["code"]].level if row["code"] in made else None,
        }
        for row in sorted(shown, key=lambda row: (row["consensus"], row["code"]))
    ]


def _decisions(region_map: RegionMap, team: Response | None) -> list[str]:
    """What somebody has to decide, in the order in which it holds up the others."""
    found = []
    if team is not None and team.state == ResponseState.RETURNED:
        n = team.return_remarks
        with_remarks = ngettext(
            "The answers were returned with %(n)s remark", "The answers were returned with %(n)s remarks", n
        )
        told = _("The answers were returned: %(reason)s") % {"reason": team.return_reason}
        found.append(told if team.return_reason else with_remarks % {"n": n})
    waiting = len(undecided_answers(team)) if team is not None else 0
    if waiting:
        found.append(_("Choose between two answers that were kept: %(n)d") % {"n": waiting})
    parked = WorkshopDecision.objects.filter(
        workshop__region_map=region_map, state=DecisionState.PARKED
    ).select_related("question")
    for row in parked:
        told = f"{row.question.code} {row.question.short}"
        found.append(_("Parked in the workshop: %(what)s") % {"what": f"{told}. {row.reason}".strip(" .")})
    set_levels = set(
        Target.objects.filter(region_map=region_map, level__isnull=False).values_list("dimension", flat=True)
    )
    open_levels = [code for code in Dimension.values if code not in set_levels]
    if open_levels:
        found.append(_("Set the needed level of %(themes)s") % {"themes": ", ".join(open_levels)})
    areas = AreaOfImprovement.objects.filter(region_map=region_map)
    nobody = areas.filter(is_chosen=True, responsible_body="").count()
    if nobody:
        found.append(_("Areas chosen for action without a responsible body: %(n)d") % {"n": nobody})
    if areas.exists() and not areas.filter(is_chosen=True).exists():
        found.append(_("Choose which areas of improvement are acted on (%(n)d named)") % {"n": areas.count()})
    talks = Thread.objects.filter(region_map=region_map, answer=None, is_settled=False).count()
    if team is not None:
        talks += Thread.objects.filter(answer__response=team, is_settled=False).count()
    if talks:
        found.append(_("Discussions that are not settled: %(n)d") % {"n": talks})
    return [*found, *_next_step(region_map)]


def _next_step(region_map: RegionMap) -> list[str]:
    steps = {
        MapState.DRAFT: _("Open the consultation of the map"),
        MapState.CONSULTATION: _("Record the adoption of the map by the stakeholder group"),
        MapState.ADOPTED: _("Release the map for publication")
        if region_map.released_at is None
        else _("Publish the map"),
    }
    step = steps.get(MapState(region_map.state))
    return [step] if step else []


def _changes(
    region_map: RegionMap, team: Response | None, since: dt.date, sections: list[SectionProgress]
) -> Json:
    """Counts, and rows of the map by name; nobody's name."""
    moment = timezone.make_aware(dt.datetime.combine(since, dt.time.min))
    written = AnswerRevision.objects.filter(answer__response=team, at__gt=moment)
    written = written.exclude(values__has_key="from")  # only carried over to a new version
    codes = Counter(written.values_list("answer__question__section__code", flat=True) if team else [])
    titles = {item.section.code: item.section.title for item in sections}
    sent = Response.objects.filter(
        region_map=region_map, state__in=SENT, submitted_at__gt=moment
    ).assessment()
    groups = Counter(sent.values_list("group", flat=True))
    settled = WorkshopDecision.objects.filter(
        workshop__region_map=region_map, state=DecisionState.SETTLED, edited_at__gt=moment
    )
    rows = map_changes(region_map=region_map, since=moment, of_drafts=True)
    return {
        "answers": sum(codes.values()),
        "sections": [titles.get(code, code) for code, _n in codes.most_common()],
        "units": groups[Group.UNIT],
        "stakeholders": groups[Group.STAKEHOLDER],
        "settled": settled.count(),
        "rows": [{"kind": row.kind, "title": row.title, "what": row.what} for row in rows],
    }
