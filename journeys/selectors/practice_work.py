"""Practices on the partners' side: who has what to do, and what may be done with one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from journeys.enums import PracticeState
from journeys.models import Practice
from journeys.selectors.row_history import HistoryLine, row_history
from mapping.enums import Role
from mapping.models import Code, Region

# Asked of everybody who hands a practice in: filled, or named as not found.
ASKED = (
    *("summary", "description", "institution", "location", "timescale", "resources", "evidence"),
    *("difficulties", "transfer", "conditions", "level", "theme"),
)
WIDE_LISTS = Q(code_list__key="nace", depth=1) | Q(code_list__key="policy")


@dataclass(frozen=True, kw_only=True)
class DeskPart:
    """Practices in one state, with what is to be done about them."""

    state: PracticeState
    rows: list[tuple[Practice, bool]]  # whether this person works on it
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True, kw_only=True)
class PracticeDesk:
    """`regions`: for which this person may write a new one."""

    parts: list[DeskPart]
    regions: list[Region]


@dataclass(frozen=True, kw_only=True)
class PracticeWork:
    """A practice at work: which steps this person may take now, and who changed what."""

    practice: Practice
    history: list[HistoryLine]
    is_open: bool
    may_write: bool
    may_submit: bool
    may_return: bool
    may_publish: bool
    may_withdraw: bool
    may_give_opinion: bool
    may_remove: bool

    @property
    def state_version(self) -> int:
        return self.practice.version_of("state")

    @property
    def opinion_version(self) -> int:
        return self.practice.version_of("expert_opinion")

    @property
    def has_step(self) -> bool:
        return any((self.may_submit, self.may_return, self.may_publish, self.may_withdraw, self.may_remove))


SHOWN = 50
LISTED = ("slug", "title", "state", "region__name", "project__acronym")
ORDER = (
    *(PracticeState.RETURNED, PracticeState.SUBMITTED, PracticeState.DRAFT),
    *(PracticeState.PUBLISHED, PracticeState.WITHDRAWN),
)


def own_practices(*, user: Any) -> Any:
    """Those of the partnerships in which this person works, as far as they may be seen."""
    mine = user.memberships.exclude(role=Role.STAKEHOLDER)
    rows = Practice.objects.visible_to(user).filter(project__in=mine.values("project"))
    return rows.select_related("region", "project").only(*LISTED)


def practice_desk(*, user: Any) -> PracticeDesk:
    """What waits, what is written, what is out. Two queries, and one for the person's roles."""
    rows = list(own_practices(user=user).order_by("title", "pk"))
    parts = []
    for state in ORDER:
        found = [row for row in rows if row.state == state]
        shown = [(row, may_work(row, user=user)) for row in found[:SHOWN]]
        parts.append(DeskPart(state=state, rows=shown, total=len(found)))
    return PracticeDesk(parts=[part for part in parts if part.rows], regions=writable_regions(user=user))


def writable_regions(*, user: Any) -> list[Region]:
    """Regions for which this person may write a practice."""
    mine = user.memberships
    run = mine.running().values("project")
    own = mine.in_teams().values("region")
    return list(Region.objects.filter(Q(project__in=run) | Q(pk__in=own)).order_by("name"))


def may_work(practice: Practice, *, user: Any) -> bool:
    """Writes it, publishes it or gives an opinion."""
    names = ("write_practice", "publish_practice", "give_opinion")
    return any(user.has_perm(f"journeys.{name}", practice) for name in names)


def is_open_to(practice: Practice, *, user: Any) -> bool:
    """Drafts and returned ones for those who write them; later the coordinator alone puts things right."""
    if practice.state in (PracticeState.DRAFT, PracticeState.RETURNED):
        return True
    if practice.state == PracticeState.WITHDRAWN:
        return False
    return bool(user.has_perm("journeys.publish_practice", practice))


def practice_work(*, practice: Practice, user: Any) -> PracticeWork:
    """Queries: the history."""
    may_write = user.has_perm("journeys.write_practice", practice)
    may_publish = user.has_perm("journeys.publish_practice", practice)
    state = practice.state
    begun = state in (PracticeState.DRAFT, PracticeState.RETURNED)
    return PracticeWork(
        practice=practice,
        history=row_history(practice),
        is_open=may_write and is_open_to(practice, user=user),
        may_write=may_write,
        may_submit=may_write and begun,
        may_return=may_publish and state == PracticeState.SUBMITTED,
        may_publish=may_publish and state in (PracticeState.SUBMITTED, PracticeState.WITHDRAWN),
        may_withdraw=may_publish and state == PracticeState.PUBLISHED,
        may_give_opinion=user.has_perm("journeys.give_opinion", practice)
        and state == PracticeState.PUBLISHED,
        may_remove=may_write and begun and practice.published_at is None,
    )


def missing_fields(practice: Practice) -> list[str]:
    """Fields that are neither filled nor named as not found, in the order of the form."""
    return [name for name in ASKED if not getattr(practice, name).strip() and name not in practice.unknown]


def code_choices(practice: Any) -> list[tuple[int, str]]:
    """Wide fields of the economy, policy objectives, and what the practice has already."""
    wanted = WIDE_LISTS if practice is None else WIDE_LISTS | Q(pk__in=practice.codes.values("pk"))
    rows = Code.objects.filter(wanted).order_by("-code_list__key", "code").select_related("code_list")
    return [(code.pk, str(code.label)) for code in rows]
