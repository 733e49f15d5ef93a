"""An event of the world of the access tests, and the secret links that lead to it."""

from typing import Any

from django.core.files.base import ContentFile

from cohes3ion.lib.tokens import token_hash
from journeys.models import AgendaItem, Material
from journeys.selectors.registrations import personal_token
from journeys.services.events import renew_calendar_link
from mapping.models import RegionMap
from tests.factories.exchange import EventFactory, RegistrationFactory
from tests.factories.mapping import UserFactory


def gathering(region_map: RegionMap) -> dict[str, Any]:
    """An event for the partnership with all that hangs on it, and the secret links that lead there."""
    event = EventFactory(
        region=region_map.region, title="The partners meet", audience="members", takes_registrations=True
    )
    point = AgendaItem.objects.create(event=event, title="The first thing they do")
    material = Material(event=event, title="Slides of the day", file_name="slides.pdf")
    material.file.save("file", ContentFile(b"the file"))
    registration = RegistrationFactory(event=event, email=f"guest-{event.pk}@test.invalid")
    token = personal_token(registration)
    registration.token_hash = token_hash(token)
    registration.save(update_fields=["token_hash"])
    return {
        "event": event,
        "event_slug": event.slug,
        "point": point,
        "material": material,
        "registration": registration,
        "registration_token": token,
        "calendar_token": renew_calendar_link(user=UserFactory()),
        "event_place": f"{event.project_id}-{event.region_id}",
    }
