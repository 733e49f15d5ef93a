"""A consultation as its readers see it: the draft by parts, one's own comments, and what came of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from governance.enums import Verdict
from governance.models import Adoption, Consultation, ConsultationComment
from governance.selectors.draft_parts import DraftPage, PartGroup, draft_groups, draft_page
from mapping.enums import MapState, Role
from mapping.models import Membership, RegionMap


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
    # Everything that can be commented on, and what of it is shown.
    groups: list[PartGroup]
    draft: DraftPage
    mine: list[ConsultationComment]
    tally: Tally
    adoption: Adoption | None
    # Consultations that went before, in which this person said something.
    earlier: list[Round]

    @property
    def is_open(self) -> bool:
        return self.consultation is not None and self.consultation.is_open

    @property
    def is_edited(self) -> bool:
        """The map was reopened: what came of the comments is read, and nothing of the new draft."""
        return bool(self.region_map.state == MapState.DRAFT)

    @cached_property
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


def _own_comments(*, region_map: RegionMap, author: dict[str, Any]) -> list[ConsultationComment]:
    rows = ConsultationComment.objects.filter(consultation__region_map=region_map, removed_at=None, **author)
    return list(rows.order_by("-at", "-pk"))


def commenter_page(
    *, region_map: RegionMap, author: dict[str, Any], asked: Mapping[str, str] | None = None
) -> CommenterPage:
    """`author`: link or person; `asked`: for a part of a large map. The map itself only while it is read."""
    rounds = _rounds_of(region_map, ConsultationComment.objects.all())
    last = rounds[0] if rounds else None
    mine = _own_comments(region_map=region_map, author=author)
    spoken = {row.consultation_id for row in mine}
    groups = draft_groups(region_map=region_map) if region_map.state != MapState.DRAFT else []
    return CommenterPage(
        region_map=region_map,
        consultation=last.consultation if last else None,
        groups=groups,
        draft=draft_page(groups=groups, asked=asked or {}),
        mine=mine,
        tally=_tally_in(last.comments if last else []),
        adoption=last.adoption if last else None,
        earlier=[one for one in rounds[1:] if one.consultation.pk in spoken],
    )


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
    rows = ConsultationComment.objects.select_related("link", "person", "replied_by")
    rounds = _rounds_of(region_map, rows.prefetch_related("replies__by"))
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


def _rounds_of(region_map: RegionMap, rows: models.QuerySet[ConsultationComment]) -> list[Round]:
    """Each with its comments, and with the adoption that was recorded before the next one began."""
    consultations = list(region_map.consultations.all())
    said = rows.filter(consultation__in=consultations, removed_at=None)
    comments: dict[int, list[ConsultationComment]] = {}
    for row in sorted(said, key=lambda row: (bool(row.verdict), row.kind, row.about, row.pk)):
        comments.setdefault(row.consultation_id, []).append(row)
    adopted = list(region_map.adoptions.all())
    found, until = [], None
    for one in consultations:
        within = (row for row in adopted if one.opened_at <= row.at and (until is None or row.at < until))
        found.append(Round(consultation=one, comments=comments.get(one.pk, []), adoption=next(within, None)))
        until = one.opened_at
    return found


def reopened_maps(*, user: Any) -> models.QuerySet[RegionMap]:
    """Maps that stakeholders with an account were asked about, and that are edited again.

    The draft is closed to them until they are asked once more; what came of their comments is not.
    """
    asked = Membership.objects.of(user).filter(
        role=Role.STAKEHOLDER,
        project=models.OuterRef("exercise__project"),
        region=models.OuterRef("region"),
    )
    rows = RegionMap.objects.filter(models.Exists(asked), state=MapState.DRAFT)
    there = Consultation.objects.filter(region_map=models.OuterRef("pk"))
    return rows.filter(models.Exists(there)).select_related("region", "exercise__project")


def find_comment_to_answer(*, pk: int, user: Any) -> ConsultationComment | None:
    rows = ConsultationComment.objects.answerable_by(user).filter(pk=pk, removed_at=None)
    return rows.select_related("consultation__region_map__exercise__project").first()


def find_own_comment(*, pk: int, author: dict[str, Any]) -> ConsultationComment | None:
    rows = ConsultationComment.objects.filter(pk=pk, removed_at=None, **author)
    return rows.select_related("consultation__region_map__exercise__project").first()
