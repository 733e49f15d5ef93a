"""Who is here: in a form on which question, in the matrix or the synthesis of a map, in a draft."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from governance.models import Presence, Question, QuestionnaireVersion, Response
from governance.selectors.matrix_parts import Asked
from governance.selectors.questionnaires import sections_of
from mapping.models import Project
from mapping.selectors.kinds import KINDS
from mapping.selectors.records import reachable_maps


@dataclass(frozen=True, kw_only=True)
class Room:
    """A form, the shared parts of a map, or a draft. Its people see each other."""

    response_id: int | None = None
    map_id: int | None = None
    draft_id: int | None = None
    project: str = ""  # the partnership whose draft it is

    @property
    def key(self) -> str:
        if self.draft_id:
            return f"draft-{self.draft_id}"
        return f"response-{self.response_id}" if self.response_id else f"map-{self.map_id}"

    @property
    def address(self) -> str:
        if self.draft_id:
            return reverse("governance:questionnaire_presence", args=[self.project, self.draft_id])
        if self.response_id:
            return reverse("governance:response_presence", args=[self.response_id])
        return reverse("governance:map_presence", args=[self.map_id])

    def reached_by(self, user: Any) -> dict[str, Any]:
        """The condition under which a row of this room may be renewed by its person."""
        if self.draft_id:
            return {"questionnaire_version__in": drafts_of(user=user, project=self.project)}
        if self.response_id:
            return {"response__in": Response.objects.visible_to(user)}
        return {"region_map__in": reachable_maps(user=user)}

    def find(self, *, user: Any) -> dict[str, Any] | None:
        """The columns of a row in this room, or nothing for those who do not reach it."""
        if self.draft_id:
            drafts = drafts_of(user=user, project=self.project).filter(pk=self.draft_id)
            return {"questionnaire_version_id": self.draft_id} if drafts.exists() else None
        if self.response_id:
            rows: Any = Response.objects.visible_to(user).filter(pk=self.response_id)
            found = rows.values_list("region_map_id", flat=True).first()
        else:
            found = reachable_maps(user=user).filter(pk=self.map_id).values_list("pk", flat=True).first()
        return None if found is None else {"region_map_id": found, "response_id": self.response_id}


def drafts_of(*, user: Any, project: str) -> Any:
    return QuestionnaireVersion.objects.visible_to(user).filter(project__slug=project)


@dataclass(frozen=True, kw_only=True)
class PersonHere:
    pk: int
    name: str
    where: str
    address: str
    is_same_place: bool


@dataclass(frozen=True, kw_only=True)
class Here:
    """Who else is in a room. `tag` changes when the list does."""

    room: Room
    place: str
    people: list[PersonHere]

    @property
    def tag(self) -> str:
        text = "|".join(f"{person.pk} {person.where} {person.address}" for person in self.people)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def people_here(*, room: Room, place: str, user: Any) -> Here:
    """One query, whatever the number of people; in a draft one more for the names of questions.

    A person with two windows is listed where they were last.
    """
    rows = Presence.objects.now().filter(room=room.key).exclude(user=user).order_by("user__name", "-seen_at")
    there = list(rows.select_related("user", "response__questionnaire_version"))
    asked = questions_at([row.place for row in there]) if room.draft_id else {}
    found: dict[int, PersonHere] = {}
    for row in there:
        if row.user_id not in found or row.place == place:
            words = draft_words(row, room, asked) if room.draft_id else place_words(row)
            found[row.user_id] = person_here(row, words, same=row.place == place)
    return Here(room=room, place=place, people=list(found.values()))


def draft_here(*, version: QuestionnaireVersion, project: Project, place: str, user: Any) -> Here | None:
    """Who else is in a draft; a published version is only read."""
    if not version.is_draft:
        return None
    return people_here(room=Room(draft_id=version.pk, project=project.slug), place=place, user=user)


def questions_at(places: list[str]) -> dict[str, Question]:
    """The questions named by places of a draft ("question-12")."""
    keys = [place.removeprefix("question-") for place in places if place.startswith("question-")]
    rows = Question.objects.filter(pk__in=[key for key in keys if key.isascii() and key.isdigit()])
    return {f"question-{row.pk}": row for row in rows}


def draft_words(row: Presence, room: Room, asked: dict[str, Question]) -> tuple[str, str]:
    """Where somebody is in a draft, in words, and the address of that page."""
    pages = {
        "texts": (_("in the translations"), "questionnaire_texts"),
        "preview": (_("in the preview"), "questionnaire_preview"),
        "check": (_("where it is published"), "questionnaire_check"),
    }
    place = [room.project, room.draft_id]
    question = asked.get(row.place)
    if question is not None:
        words = _("question %(code)s") % {"code": question.code}
        return words, reverse("governance:question_edit", args=[*place, question.pk])
    words, name = pages.get(row.place, (_("on the list of questions"), "questionnaire_detail"))
    return words, reverse(f"governance:{name}", args=place)


def person_here(row: Presence, words: tuple[str, str], *, same: bool) -> PersonHere:
    where, address = words
    return PersonHere(
        pk=row.user_id,
        name=row.user.name or row.user.email,
        where=_("at the same place as you") if same else where,
        address="" if same else address,
        is_same_place=same,
    )


def place_words(row: Presence) -> tuple[str, str]:
    """Where somebody is, in words, and the address of that page."""
    if row.response is None:
        if row.place == "synthesis":
            return _("in the synthesis"), reverse("governance:synthesis_detail", args=[row.region_map_id])
        kind, key = Asked(at=row.place).place
        if kind in KINDS:
            return _("at a row of the matrix"), reverse("mapping:record_edit", args=[kind, key])
        return _("in the matrix"), reverse("governance:matrix_detail", args=[row.region_map_id])
    code, _sep, unit = row.place.partition("/")
    version = row.response.questionnaire_version
    for section in sections_of(version=version, language=get_language() or "en"):
        if any(item.code == code for item in section.questions):
            place = [row.response_id, code, *([int(unit)] if unit.isdigit() else [])]
            words = _("%(theme)s, question %(code)s") % {"theme": section.title, "code": code}
            return words, reverse("governance:question_detail", args=place)
    return _("on the list of questions"), reverse("governance:response_detail", args=[row.response_id])
