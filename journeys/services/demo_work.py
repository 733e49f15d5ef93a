"""Work in the middle of the demonstration: who does what, and a consultation with invented comments."""

import datetime as dt
from typing import Any

from django.utils import timezone

from governance.enums import MapPart, Verdict
from governance.models import ConsultationComment, Response
from governance.selectors.consultations import last_consultation
from governance.services.assignments import assign
from governance.services.consultations import answer_comment, save_outcome
from mapping.enums import Role
from mapping.models import Actor, Capability, RegionMap

CALL = (
    "This is the draft map of {region}. Please read it and say what is wrong, what is missing and what "
    "matters most to you. We answer every comment. (Invented for the demonstration.)"
)
# About which kind of row, what was said, what the team did, and why; all of it invented.
COMMENTS: tuple[tuple[Any, str, str, str], ...] = (
    (
        Capability,
        "Our members see more activity here than the draft says.",
        Verdict.ACCEPTED,
        "Thank you. We looked at the numbers again and went one step up.",
    ),
    (
        Capability,
        "This is not new to us: it has been there for ten years.",
        Verdict.PARTLY,
        "We changed the description. The status stays, because the source calls it emerging.",
    ),
    (Actor, "Please say what it offers to small firms.", "", ""),
    (None, "Where do small towns come in?", "", ""),
)


def share_out(*, region_map: RegionMap, team: Response, accounts: dict[str, Any]) -> None:
    """Some parts are done, one is late, one waits for an organisation."""
    lead, today = accounts[Role.REGIONAL_LEAD], timezone.localdate()

    def give(response: Response | None, parts: list[str], days: int, **who: Any) -> None:
        values = {"person": None, "organisation": "", "email": "", "due_on": today + dt.timedelta(days=days)}
        assign(region_map=region_map, response=response, parts=parts, values=values | who, by=lead)

    give(team, ["E1", "E2"], 14, person=accounts[Role.CONTRIBUTOR])
    give(team, ["E3"], 7, person=lead)
    give(team, ["E5"], 21, organisation="An invented chamber")
    give(None, [MapPart.ACTORS, MapPart.SPACES], -2, person=accounts[Role.CONTRIBUTOR])
    give(None, [MapPart.SYNTHESIS], 28, person=lead)


def comment(*, region_map: RegionMap, accounts: dict[str, Any]) -> None:
    """What a stakeholder said about the draft, and what the team did with it."""
    consultation = last_consultation(region_map=region_map)
    if consultation is None:
        return
    lead = accounts[Role.REGIONAL_LEAD]
    for place, (model, text, verdict, reply) in enumerate(COMMENTS):
        row = model.objects.filter(region_map=region_map).order_by("pk")[place] if model else None
        said = ConsultationComment.objects.create(
            consultation=consultation,
            person=accounts[Role.STAKEHOLDER],
            kind=model._meta.model_name if model else "",
            record_id=row.pk if row else None,
            about=str(row.name)[:300] if row else "",
            text=text,
        )
        if verdict:
            answer_comment(comment=said, verdict=verdict, reply=reply, expected=1, by=lead)
    save_outcome(
        consultation=consultation,
        text="Two rows changed so far; the others are being looked at. (Invented for the demonstration.)",
        expected=1,
        by=lead,
    )
