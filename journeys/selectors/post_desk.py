"""Needs and offers on the owners' side, and what waits for those who check them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from governance.models import AreaOfImprovement
from journeys.enums import PostState
from journeys.models import Introduction, Post
from journeys.models.match import MODERATORS
from mapping.enums import Role
from mapping.models import Capability, Region

SHOWN = 100
PROPOSED = 10
STRONG = 4
WRITTEN = (PostState.DRAFT, PostState.RETURNED, PostState.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class PostDesk:
    """`areas` and `capabilities`: from these a draft is proposed."""

    own: list[Post]
    waiting: list[Post]
    talks: list[tuple[Introduction, Post]]
    areas: list[AreaOfImprovement]
    capabilities: list[Capability]
    regions: list[Region]

    @property
    def is_empty(self) -> bool:
        return not (self.own or self.waiting or self.talks)


@dataclass(frozen=True, kw_only=True)
class PostWork:
    """A post at work: which steps this person may take now."""

    post: Post
    is_own: bool
    may_moderate: bool

    @property
    def state_version(self) -> int:
        return self.post.version_of("state")

    @property
    def is_open(self) -> bool:
        """What is withdrawn can be put right, and emptied of names; who checks it sees it again."""
        return self.is_own and self.post.state in WRITTEN

    @property
    def may_submit(self) -> bool:
        return self.is_open

    @property
    def may_publish(self) -> bool:
        return self.may_moderate and self.post.state == PostState.SUBMITTED

    @property
    def may_return(self) -> bool:
        return self.may_moderate and self.post.state in (PostState.SUBMITTED, PostState.PUBLISHED)

    @property
    def may_renew(self) -> bool:
        return self.is_own and self.post.state == PostState.PUBLISHED

    @property
    def may_withdraw(self) -> bool:
        return self.is_own and self.post.state in (PostState.SUBMITTED, PostState.PUBLISHED)


def post_work(*, post: Post, user: Any) -> PostWork:
    return PostWork(
        post=post,
        is_own=post.owner_id == user.pk,
        may_moderate=user.has_perm("journeys.moderate_posts", post),
    )


def own_regions(*, user: Any) -> list[Region]:
    """Those in whose name this person may write, one's own first: who looks on writes for none."""
    mine = user.memberships.exclude(role=Role.OBSERVER)
    whole = mine.filter(region=None).values("project")
    own = set(mine.exclude(region=None).values_list("region", flat=True))
    regions = Region.objects.filter(Q(pk__in=own) | Q(project__in=whole))
    return sorted(regions.order_by("name"), key=lambda region: region.pk not in own)


def find_region(*, pk: int, user: Any) -> Region | None:
    return next((region for region in own_regions(user=user) if region.pk == pk), None)


def proposed_areas(*, user: Any) -> Any:
    """Areas of improvement of one's own regions of which no draft of this person was made."""
    regions = user.memberships.in_teams().values("region")
    used = Post.objects.filter(owner=user, area__isnull=False).values("area")
    rows = AreaOfImprovement.objects.filter(region_map__region__in=regions).exclude(pk__in=used)
    return rows.select_related("region_map__region__project")


def proposed_capabilities(*, user: Any) -> Any:
    """Strong capabilities of one's own regions of which no draft of this person was made."""
    regions = user.memberships.in_teams().values("region")
    used = Post.objects.filter(owner=user, capability__isnull=False).values("capability")
    rows = Capability.objects.filter(region_map__region__in=regions, strength__gte=STRONG)
    return rows.exclude(pk__in=used).select_related("region_map__region__project", "unit")


def post_desk(*, user: Any) -> PostDesk:
    own = Post.objects.owned_by(user).select_related("region").order_by("-edited_at", "-pk")
    checked = user.memberships.filter(role__in=MODERATORS).values("project")
    waiting = Post.objects.filter(state=PostState.SUBMITTED, project__in=checked).select_related("region")
    talks = Introduction.objects.visible_to(user).agreed().select_related("need", "offer")
    return PostDesk(
        own=list(own[:SHOWN]),
        waiting=list(waiting.order_by("edited_at", "pk")[:SHOWN]),
        talks=[
            (talk, talk.need if talk.need.owner_id == user.pk else talk.offer)
            for talk in talks.order_by("-agreed_at")[:SHOWN]
        ],
        areas=list(proposed_areas(user=user)[:PROPOSED]),
        capabilities=list(proposed_capabilities(user=user)[:PROPOSED]),
        regions=own_regions(user=user),
    )
