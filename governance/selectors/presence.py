"""Who is here: in a form on which question, or in the matrix or the synthesis of a map."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from governance.models import Presence, Response
from governance.selectors.questionnaires import sections_of
from mapping.selectors.records import reachable_maps


@dataclass(frozen=True, kw_only=True)
class Room:
    """A form, or the shared parts of a map. Its people see each other."""

    response_id: int | None = None
    map_id: int | None = None

    @property
    def key(self) -> str:
        return f"response-{self.response_id}" if self.response_id else f"map-{self.map_id}"

    @property
    def address(self) -> str:
        if self.response_id:
            return reverse("governance:response_presence", args=[self.response_id])
        return reverse("governance:map_presence", args=[self.map_id])

    def reached_by(self, user: Any) -> dict[str, Any]:
        """The condition under which a row of this room may be renewed by its person."""
        if self.response_id:
            return {"response__in": Response.objects.visible_to(user)}
        return {"region_map__in": reachable_maps(user=user)}

    def find(self, *, user: Any) -> dict[str, Any] | None:
        """The columns of a row in this room, or nothing for those who do not reach it."""
        if self.response_id:
            rows: Any = Response.objects.visible_to(user).filter(pk=self.response_id)
            found = rows.values_list("region_map_id", flat=True).first()
        else:
            found = reachable_maps(user=user).filter(pk=self.map_id).values_list("pk", flat=True).first()
        return None if found is None else {"region_map_id": found, "response_id": self.response_id}


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
        text = "|".join(f"{person.pk} {person.where}" for person in self.people)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def people_here(*, room: Room, place: str, user: Any) -> Here:
    """One query, whatever the number of people. A person with two windows is listed where they were last."""
    rows = Presence.objects.now().filter(room=room.key).exclude(user=user).order_by("user__name", "-seen_at")
    found: dict[int, PersonHere] = {}
    for row in rows.select_related("user", "response__questionnaire_version"):
        if row.user_id not in found or row.place == place:
            found[row.user_id] = person_here(row, same=row.place == place)
    return Here(room=room, place=place, people=list(found.values()))


def person_here(row: Presence, *, same: bool) -> PersonHere:
    where, address = place_words(row)
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
        return _("in the matrix"), reverse("governance:matrix_detail", args=[row.region_map_id])
    code, _sep, unit = row.place.partition("/")
    version = row.response.questionnaire_version
    for section in sections_of(version=version, language=get_language() or "en"):
        if any(item.code == code for item in section.questions):
            place = [row.response_id, code, *([int(unit)] if unit.isdigit() else [])]
            words = _("%(theme)s, question %(code)s") % {"theme": section.title, "code": code}
            return words, reverse("governance:question_detail", args=place)
    return _("on the list of questions"), reverse("governance:response_detail", args=[row.response_id])
