"""The stops of the tours: what each page is for, in a sentence, and where it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mapping.enums import Role


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where a tour leads: the newest map, form and round of the person's role. Keys, or None."""

    region_map: int | None
    response: int | None
    exercise: str | None
    project: str
    region: str | None


Address = Callable[[Places], str | None]


@dataclass(frozen=True, kw_only=True)
class TourStep:
    title: Any
    text: Any
    address: Address


def _of_map(name: str) -> Address:
    return lambda places: reverse(name, args=[places.region_map]) if places.region_map else None


def _of_round(name: str) -> Address:
    return lambda places: reverse(name, args=[places.exercise]) if places.exercise else None


def _home(_places: Places) -> str:
    return reverse("governance:workspace")


def _form(places: Places) -> str | None:
    return reverse("governance:response_detail", args=[places.response]) if places.response else None


def _people(places: Places) -> str:
    return reverse("mapping:people_list", args=[places.project])


def _learning(_places: Places) -> str:
    return reverse("journeys:learning")


HOME = TourStep(
    title=_("My work"),
    text=_("Everything that waits for you is here: your forms, your maps, what others ask you."),
    address=_home,
)
MATRIX = TourStep(
    title=_("The matrix"),
    text=_("Units, what they are strong in, actors and spaces. Every field saves by itself."),
    address=_of_map("governance:matrix_detail"),
)
FORM = TourStep(
    title=_("Your answers"),
    text=_("Choose a section, answer, go on another day. “We do not know” is an answer too."),
    address=_form,
)
SYNTHESIS = TourStep(
    title=_("What you conclude"),
    text=_("Strengths, areas of improvement and the level your strategy needs. Without it there is no gap."),
    address=_of_map("governance:synthesis_detail"),
)
DIAGNOSIS = TourStep(
    title=_("The diagnosis"),
    text=_("What the public will see. Every number leads to how it was made."),
    address=_of_map("journeys:diagnosis_draft"),
)
MAP = TourStep(
    title=_("The home of your map"),
    text=_("Its parts and the steps to publication: consultation, adoption, release."),
    address=_of_map("governance:map_detail"),
)
LEARN = TourStep(
    title=_("Learning from each other"),
    text=_(
        "Practices that closed a gap like yours, the visits that showed them, and the plans that came of it."
    ),
    address=_learning,
)
PEOPLE = TourStep(
    title=_("People"),
    text=_("Invite colleagues by e-mail and give them their part. Nobody gives a role to themselves."),
    address=_people,
)
PLANS = TourStep(
    title=_("Action plans"),
    text=_("What your region does about its gaps, with milestones and indicators."),
    address=_of_map("journeys:plan_workspace"),
)
BOARD = TourStep(
    title=_("Progress of the regions"),
    text=_("Those who need help stand on top. A ready-written reminder is one click away."),
    address=_of_round("governance:progress_board"),
)
ANALYSES = TourStep(
    title=_("Analyses"),
    text=_("Each run keeps its inputs, so that anybody can redo it. Publishing is an act of its own."),
    address=_of_round("governance:analysis_list"),
)
DOCUMENT = TourStep(
    title=_("The Policy Learning Document"),
    text=_("Your words for each chapter survive every new rendering."),
    address=_of_round("journeys:document_workspace"),
)
DESK = TourStep(
    title=_("The synthesis desk"),
    text=_("Areas of improvement of all regions side by side, grouped under what they share."),
    address=_of_round("governance:challenge_desk"),
)
DRAFT = TourStep(
    title=_("The draft map"),
    text=_("Read what your region wrote, and comment on any part of it."),
    address=_of_map("governance:draft_detail"),
)

TOURS: dict[str, tuple[TourStep, ...]] = {
    Role.OBSERVER: (HOME, LEARN),
    Role.STAKEHOLDER: (HOME, FORM, DRAFT, LEARN),
    Role.UNIT_CONTACT: (HOME, MATRIX, FORM, LEARN),
    Role.CONTRIBUTOR: (HOME, MAP, MATRIX, FORM, SYNTHESIS, DIAGNOSIS, LEARN),
    Role.REGIONAL_LEAD: (HOME, MAP, MATRIX, FORM, SYNTHESIS, DIAGNOSIS, PLANS, PEOPLE, LEARN),
    Role.FACILITATOR: (HOME, BOARD, DESK, ANALYSES, LEARN),
    Role.COORDINATOR: (HOME, BOARD, PEOPLE, DESK, ANALYSES, DOCUMENT, LEARN),
}
