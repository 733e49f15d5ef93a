"""Saying that somebody is here, and that they left."""

from typing import Any

from django.utils import timezone

from governance.models import Presence
from governance.selectors.presence import Room


def stay(*, room: Room, user: Any, place: str, has_unsent: bool) -> bool:
    """Renew the person's row in a room they reach: one UPDATE. False: out of reach."""
    mine = Presence.objects.filter(user=user, room=room.key, place=place)
    values = {"seen_at": timezone.now(), "has_unsent": has_unsent}
    if mine.filter(**room.reached_by(user)).update(**values):
        return True
    found = room.find(user=user)
    if found is None:
        return False
    home = {name: found[name] for name in ("region_map_id", "questionnaire_version_id") if found.get(name)}
    Presence.objects.filter(**home).gone().delete()
    row = Presence(user=user, room=room.key, place=place, **found, **values)
    Presence.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["user", "room", "place"], update_fields=[*values]
    )
    return True


def leave(*, room: Room, user: Any, place: str) -> None:
    """As far as the browser says so; otherwise the row runs out by itself."""
    Presence.objects.filter(user=user, room=room.key, place=place).delete()
