"""Invented needs and offers of the demonstration, drafted from real areas and fields, and their matches."""

import datetime as dt
from typing import Any

from django.utils import timezone

from governance.models import AreaOfImprovement
from journeys.enums import PostState
from journeys.models import Post
from journeys.selectors.post_words import post_words
from journeys.services.demo_content import read_demo
from journeys.services.match_care import match_new
from journeys.services.posts import organisation_key
from mapping.enums import Provenance
from mapping.models import Capability, Code, Project, Region

TEXTS = ("kind", "language", "title", "text", "organisation", "stage", "maturity")
VALID = dt.timedelta(days=365)


def add_posts(*, project: Project, accounts: dict[str, Any]) -> None:
    """Published, so that they are matched; whoever tries the demonstration owns one of them."""
    for item in read_demo("posts")["posts"]:
        region = Region.objects.get(project=project, slug=item["region"])
        post = Post.objects.create(
            project=project,
            region=region,
            owner=accounts.get(item.get("owner", "")),
            organisation_key=organisation_key(item["organisation"]),
            valid_until=timezone.localdate() + VALID,
            state=PostState.PUBLISHED,
            published_at=timezone.now(),
            provenance=Provenance.INVENTED,
            area=_area(region, item.get("area")),
            capability=_capability(region, item.get("capability")),
            **{name: item[name] for name in TEXTS},
        )
        Post.objects.filter(pk=post.pk).update(search=post_words(post))
        post.codes.set(Code.objects.filter(key__in=item["codes"]))
    match_new()


def _area(region: Region, dimension: str | None) -> AreaOfImprovement | None:
    if dimension is None:
        return None
    found: AreaOfImprovement = AreaOfImprovement.objects.get(region_map__region=region, dimension=dimension)
    return found


def _capability(region: Region, name: str | None) -> Capability | None:
    return None if name is None else Capability.objects.get(region_map__region=region, name=name)
