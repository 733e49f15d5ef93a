"""A consultation as its readers see it: the draft by parts, one's own comments, and what came of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from governance.enums import Verdict
from governance.models import Adoption, Consultation, ConsultationComment
from governance.selectors.personal_links import MapOnOnePage, map_on_one_page
from mapping.models import RegionMap

WHOLE = "map"


@dataclass(frozen=True, kw_only=True)
class MapPart:
    """One row of the draft that can be commented on."""

    kind: str
    pk: int
    title: str
    sub: str = ""
    level: int | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"


@dataclass(frozen=True, kw_only=True)
class PartGroup:
    title: str
    parts: list[MapPart]


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many comments there are, and what was done with them. Never whose."""

    total: int
    accepted: int
    partly: int
    declined: int

    @property
    def open(self) -> int:
        return self.total - self.accepted - self.partly - self.declined


@dataclass(frozen=True, kw_only=True)
class Round:
    """A consultation that went before, as it ended: nothing of it is written any more."""

    consultation: Consultation
    comments: list[ConsultationComment]
    adoption: Adoption | None

    @property
    def tally(self) -> Tally:
        return _tally_in(self.comments)


@dataclass(frozen=True, kw_only=True)
class CommenterPage:
    """For a stakeholder, with an account or a personal link."""

    region_map: RegionMap
    consultation: Consultation | None
    groups: list[PartGroup]
    mine: list[ConsultationComment]
    tally: Tally
    adoption: Adoption | None

    @property
    def is_open(self) -> bool:
        return self.consultation is not None and self.consultation.is_open

    @property
    def my_count(self) -> Counter[str]:
        """Own comments by part."""
        return Counter(f"{row.kind}-{row.record_id}" for row in self.mine if row.kind)


@dataclass(frozen=True, kw_only=True)
class TeamPage:
    """For the team and who runs the round: every comment, by part of the map."""

    region_map: RegionMap
    consultation: Consultation | None
    comments: list[ConsultationComment]
    tally: Tally
    adoption: Adoption | None
    earlier: list[Round]
    may_answer: bool
    may_manage: bool

    @property
    def call_version(self) -> int:
        """Of text and last day, for the form that sends it back."""
        return self.consultation.version_of("call") if self.consultation else 1

    @property
    def outcome_version(self) -> int:
        return self.consultation.version_of("outcome") if self.consultation else 1


def last_consultation(*, region_map: RegionMap) -> Consultation | None:
    return region_map.consultations.first()


def _last_adoption(*, region_map: RegionMap) -> Adoption | None:
    return region_map.adoptions.first()


def parts_of(draft: MapOnOnePage) -> list[PartGroup]:
    """The draft in the order of its page: priorities, each unit with its capabilities, actors, and so on."""

    def group(title: str, kind: str, rows: list[dict[str, Any]], name: str = "name") -> PartGroup:
        return PartGroup(
            title=title, parts=[MapPart(kind=kind, pk=row["id"], title=row[name]) for row in rows]
        )

    units = [
        PartGroup(
            title=unit["name"],
            parts=[
                MapPart(kind="unit", pk=unit["id"], title=_("%(unit)s itself") % {"unit": unit["name"]}),
                *(
                    MapPart(
                        kind="capability",
                        pk=row["id"],
                        title=row["name"],
                        sub=row["linked"],
                        level=row["strength"],
                    )
                    for row in unit["capabilities"]
                ),
            ],
        )
        for unit in draft.units
    ]
    found = [
        group(_("Regional priorities"), "priority", draft.priorities),
        *units,
        group(_("Innovation actors"), "actor", draft.actors),
        group(_("Where levels meet"), "space", draft.spaces),
        group(_("Strengths"), "strength", draft.strengths, name="text"),
        group(_("Areas of improvement"), "area", draft.areas, name="text"),
    ]
    return [item for item in found if item.parts]


def find_part(*, groups: list[PartGroup], key: str) -> dict[str, Any] | None:
    """What a comment is about, as it is stored; None when there is no such part."""
    if key in ("", WHOLE):
        return {"kind": "", "record_id": None, "about": ""}
    part = next((part for group in groups for part in group.parts if part.key == key), None)
    return part and {"kind": part.kind, "record_id": part.pk, "about": part.title[:300]}


def _own_comments(*, region_map: RegionMap, author: dict[str, Any]) -> list[ConsultationComment]:
    rows = ConsultationComment.objects.filter(consultation__region_map=region_map, removed_at=None, **author)
    return list(rows.order_by("-at", "-pk"))


def commenter_page(*, region_map: RegionMap, author: dict[str, Any], with_map: bool = True) -> CommenterPage:
    """`author`: link or person. The map itself only while it is read: 25 queries, whatever its size."""
    consultation = last_consultation(region_map=region_map)
    return CommenterPage(
        region_map=region_map,
        consultation=consultation,
        groups=parts_of(map_on_one_page(region_map=region_map)) if with_map else [],
        mine=_own_comments(region_map=region_map, author=author),
        tally=_tally_of(consultation),
        adoption=_last_adoption(region_map=region_map),
    )


def _tally_of(consultation: Consultation | None) -> Tally:
    rows = ConsultationComment.objects.filter(consultation=consultation, removed_at=None)
    return _tally_in(rows if consultation else [])


def _tally_in(comments: Iterable[ConsultationComment]) -> Tally:
    counts = Counter(row.verdict for row in comments)
    return Tally(
        total=sum(counts.values()),
        accepted=counts[Verdict.ACCEPTED],
        partly=counts[Verdict.PARTLY],
        declined=counts[Verdict.NOT],
    )


def team_page(*, region_map: RegionMap, user: Any) -> TeamPage:
    """The last consultation with its comments, those without an answer first, and those before it.

    Five queries at most, for any number of consultations.
    """
    consultations = list(region_map.consultations.all())
    rounds = _rounds_of(region_map, consultations)
    last = rounds[0] if rounds else None
    return TeamPage(
        region_map=region_map,
        consultation=last.consultation if last else None,
        comments=last.comments if last else [],
        tally=_tally_in(last.comments if last else []),
        adoption=last.adoption if last else None,
        earlier=rounds[1:],
        may_answer=user.has_perm("governance.answer_comments", region_map),
        may_manage=user.has_perm("mapping.move_map", region_map),
    )


def _rounds_of(region_map: RegionMap, consultations: list[Consultation]) -> list[Round]:
    """Each with its comments, and with the adoption that was recorded before the next one began."""
    rows = ConsultationComment.objects.filter(consultation__in=consultations, removed_at=None)
    rows = rows.select_related("link", "person", "replied_by").prefetch_related("replies__by")
    comments: dict[int, list[ConsultationComment]] = {}
    for row in sorted(rows, key=lambda row: (bool(row.verdict), row.kind, row.about, row.pk)):
        comments.setdefault(row.consultation_id, []).append(row)
    adopted = list(region_map.adoptions.all())
    found, until = [], None
    for one in consultations:
        within = (row for row in adopted if one.opened_at <= row.at and (until is None or row.at < until))
        found.append(Round(consultation=one, comments=comments.get(one.pk, []), adoption=next(within, None)))
        until = one.opened_at
    return found


def find_comment_to_answer(*, pk: int, user: Any) -> ConsultationComment | None:
    rows = ConsultationComment.objects.answerable_by(user).filter(pk=pk, removed_at=None)
    return rows.select_related("consultation__region_map__exercise__project").first()


def find_own_comment(*, pk: int, author: dict[str, Any]) -> ConsultationComment | None:
    rows = ConsultationComment.objects.filter(pk=pk, removed_at=None, **author)
    return rows.select_related("consultation__region_map__exercise__project").first()
