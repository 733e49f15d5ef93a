"""A plan as its PDF tells it: what everybody may read, in plain values."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import get_language

from journeys.enums import PracticeState
from journeys.models import Action, ActionPlan, PlanPrint, Practice
from journeys.selectors.plans import ActionLine, IndicatorLine, action_lines

PLAN = (
    *("title", "organisation", "policy_instrument", "policy_context", "background", "instrument_change"),
    *("signed_by", "provenance", "unknown", "sources"),
)
ACTION = (
    *("title", "background", "description", "players", "timeframe", "costs", "funding", "state"),
    *("progress", "result", "provenance", "unknown", "sources"),
)


def find_print(*, pk: int, user: Any) -> PlanPrint | None:
    rows = PlanPrint.objects.visible_to(user).select_related("plan").defer("content")
    return rows.filter(pk=pk).first()


def plan_content(*, plan: ActionPlan) -> dict[str, Any]:
    """Practices, takeaways and values as the public sees them, whoever asks: the PDF travels.

    Areas too, once the plan is public; a draft names those its team works on.
    """
    is_public = ActionPlan.objects.published().filter(pk=plan.pk).exists()
    project = plan.region_map.exercise.project
    lines = action_lines(Action.objects.filter(plan=plan), user=AnonymousUser())
    return {
        "language": get_language() or "en",
        "region": plan.region_map.region.name,
        "exercise": plan.region_map.exercise.name,
        "project": {"acronym": project.acronym, "is_demo": project.is_demo, "line": project.cofunding_line},
        "is_released": is_public,
        "signed_on": _day(plan.signed_on),
        **{name: getattr(plan, name) for name in PLAN},
        "actions": [_action(line, is_public=is_public) for line in lines],
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _action(line: ActionLine, *, is_public: bool) -> dict[str, Any]:
    return {
        **{name: getattr(line.action, name) for name in ACTION},
        "due_on": _day(line.action.due_on),
        "areas": [str(row) for row in (line.areas if is_public else line.action.areas.all())],
        "practices": [_practice(row) for row in line.practices],
        "takeaways": [{"visit": str(row.visit), "learned": row.learned} for row in line.takeaways],
        "milestones": [
            {"title": row.title, "due_on": _day(row.due_on), "done_on": _day(row.done_on)}
            for row in line.milestones
        ],
        "indicators": [_indicator(item) for item in line.indicators],
    }


def _practice(row: Practice) -> dict[str, Any]:
    """One that was withdrawn stays, marked and with the reason: the plan still stands on it."""
    is_withdrawn = row.state == PracticeState.WITHDRAWN
    return {
        "title": f"{row} ({row.region})",
        "is_withdrawn": is_withdrawn,
        "because": row.withdrawn_because if is_withdrawn else "",
    }


def _indicator(item: IndicatorLine) -> dict[str, Any]:
    latest = item.latest
    return {
        "name": item.row.name,
        "unit": item.row.unit,
        "provenance": item.row.provenance,
        "baseline": _number(item.row.baseline),
        "target": _number(item.row.target),
        "value": _number(latest.value) if latest else None,
        "on": _day(latest.on) if latest else None,
        "percent": item.percent,
        "reason": item.reached.reason,
    }


def _number(value: Any) -> str | None:
    """Decimals as text: JSON has no exact ones."""
    return None if value is None else format(value.normalize(), "f")
