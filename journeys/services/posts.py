"""The way of a need or an offer: written, handed in, checked, renewed, withdrawn."""

import datetime as dt
from typing import Any

from django.utils import timezone

from cohes3ion.lib.versions import write_fields
from governance.models import AreaOfImprovement
from journeys.enums import PostKind, PostState
from journeys.matching.folding import fold
from journeys.models import Match, Post
from journeys.services.rows import add_row
from mapping.models import Capability, Region
from mapping.services.records import keep_history

VALID = dt.timedelta(days=180)
FROM = {
    PostState.SUBMITTED: (PostState.DRAFT, PostState.RETURNED, PostState.WITHDRAWN),
    PostState.RETURNED: (PostState.SUBMITTED, PostState.PUBLISHED),
    PostState.PUBLISHED: (PostState.SUBMITTED,),
    PostState.WITHDRAWN: (PostState.SUBMITTED, PostState.PUBLISHED),
}
# Whoever writes faster is a flood.
MOST_OPEN = 50


class StepRefused(Exception):
    """The post is not in a state from which this step leads on."""


class TooManyPosts(Exception):
    """This person has too many needs and offers already."""


def organisation_key(name: str) -> str:
    """The same organisation under one name, whatever its letter case, accents and signs."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(name)).split())[:200]


def start_post(*, region: Region, kind: str, title: str, by: Any, **values: Any) -> Post:
    """A new draft. Raises ValidationError, TooManyPosts."""
    if Post.objects.filter(owner=by).exclude(state=PostState.WITHDRAWN).count() >= MOST_OPEN:
        raise TooManyPosts
    codes = values.pop("codes", [])
    whole = {
        "project": region.project,
        "region": region,
        "owner": by,
        "kind": kind,
        "title": title[:200],
        "text": title,
        "organisation": "",
        "contact_name": by.name[:150],
        "contact_email": by.email,
        "language": by.language or "en",
        "valid_until": timezone.localdate() + VALID,
        **values,
    }
    whole["organisation_key"] = organisation_key(whole["organisation"]) or f"user {by.pk}"
    post: Post = add_row(model=Post, values=whole, by=by, links={"codes": codes})
    return post


def draft_need(*, area: AreaOfImprovement, by: Any) -> Post:
    """A need proposed from what a region wants to improve. Raises ValidationError, TooManyPosts."""
    text = "\n\n".join(filter(None, (area.text, area.response_intended)))
    return start_post(
        region=area.region_map.region,
        kind=PostKind.NEED,
        title=area.text.splitlines()[0][:200],
        text=text,
        organisation=area.responsible_body,
        area=area,
        by=by,
    )


def draft_offer(*, capability: Capability, by: Any) -> Post:
    """An offer proposed from what a region is strong in. Raises ValidationError, TooManyPosts."""
    return start_post(
        region=capability.region_map.region,
        kind=PostKind.OFFER,
        title=capability.name,
        text=capability.description or capability.name,
        organisation=capability.unit.name[:200],
        stage=capability.role,
        codes=list(capability.codes.values_list("pk", flat=True)),
        capability=capability,
        by=by,
    )


def mark_changed(*, post: Post) -> None:
    """What matching reads changed: the scheduler compares it anew."""
    key = organisation_key(post.organisation) or f"user {post.owner_id}"
    Post.objects.filter(pk=post.pk).update(matched_with="", organisation_key=key)


def move_post(*, post: Post, to: PostState, expected: int, by: Any, reason: str = "") -> Post:
    """Hand it in, return, publish or withdraw it. Raises StepRefused, StaleVersion."""
    if post.state not in FROM[to] and post.version_of("state") == expected:
        raise StepRefused
    values: dict[str, Any] = {"state": to, "returned_because": reason, "matched_with": ""}
    if to == PostState.PUBLISHED:
        today = timezone.localdate()
        values["published_at"] = timezone.now()
        values["valid_until"] = max(post.valid_until, today + dt.timedelta(days=30))
    return _write(post, values, expected, by)


def renew_post(*, post: Post, expected: int, by: Any) -> Post:
    """Open for another half year. Raises StepRefused, StaleVersion."""
    if post.state != PostState.PUBLISHED:
        raise StepRefused
    return _write(post, {"valid_until": timezone.localdate() + VALID, "matched_with": ""}, expected, by)


def _write(post: Post, values: dict[str, Any], expected: int, by: Any) -> Post:
    def after(fresh: Post) -> None:
        keep_history(fresh, reason="state", by=by)
        if fresh.state != PostState.PUBLISHED:  # gone from every list at once
            Match.objects.filter(need=fresh).delete()
            Match.objects.filter(offer=fresh).delete()

    written: Post = write_fields(post, field="state", values=values, expected=expected, by=by, after=after)
    return written
