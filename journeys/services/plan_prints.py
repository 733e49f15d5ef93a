"""Action plans as PDF: content frozen at the request, laid out by a worker."""

import datetime as dt
from typing import Any

from django.template.loader import render_to_string

from cohes3ion.lib.authors import stored
from cohes3ion.lib.fingerprints import fingerprint
from cohes3ion.lib.pdf import html_to_pdf
from cohes3ion.lib.print_fonts import style_sheet
from journeys.enums import ActionState
from journeys.models import ActionPlan, PlanPrint
from journeys.selectors.plan_prints import plan_content
from journeys.selectors.plans import WHY_NO_SHARE
from journeys.services.printing import printed

DAYS = ("due_on", "done_on", "on", "signed_on")


def request_plan_print(*, plan: ActionPlan, by: Any) -> tuple[PlanPrint, bool]:
    """The PDF of today's content; a new waiting row only when the content is new. (row, is new)"""
    content = plan_content(plan=plan)
    digest = fingerprint(content)
    same = PlanPrint.objects.filter(plan=plan, fingerprint=digest).standing()
    return same.or_new(
        plan=plan,
        exercise=plan.region_map.exercise,
        region=plan.region_map.region,
        language=content["language"],
        content=content,
        fingerprint=digest,
        created_by=stored(by),
    )


def render_plan(*, print_id: int) -> bool:
    """Render one row to PDF. False when somebody else has it or it is finished."""
    row = PlanPrint.claim(print_id)
    return printed(
        row, name="plan.pdf", make=lambda row: plan_pdf(content=row.content, made_at=row.created_at)
    )


def plan_pdf(*, content: dict[str, Any], made_at: dt.datetime) -> tuple[bytes, int]:
    """The PDF and its number of pages."""
    css = style_sheet("plan")
    html = render_to_string(
        "documents/action_plan.html",
        {
            "plan": _with_days(content),
            "made_at": made_at,
            "data_version": fingerprint(content)[:12],
            "states": {state.value: str(state.label) for state in ActionState},
            "why": {reason: str(words) for reason, words in WHY_NO_SHARE.items()},
        },
    )
    return html_to_pdf(html, css=css)


def _with_days(value: Any) -> Any:
    """Dates as dates again, wherever they stand."""
    if isinstance(value, dict):
        return {
            name: dt.date.fromisoformat(item) if name in DAYS and item else _with_days(item)
            for name, item in value.items()
        }
    return [_with_days(item) for item in value] if isinstance(value, list) else value
