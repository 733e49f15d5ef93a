"""Asking for a steering brief, and who may."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from cohes3ion.lib.jobs import JobState
from journeys.models import Brief
from mapping.enums import Role
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_it_is_asked_for_once_and_opened_by_the_region(settings):
    region_map = RegionMapFactory()
    lead = signed_in(member(Role.REGIONAL_LEAD, region_map))
    address = f"/workspace/maps/{region_map.pk}/briefs/"
    assert lead.post(f"{address}start/", {"since": "2026-01-31"}).status_code == 302
    page = lead.post(f"{address}start/", {"since": "2026-01-31"}, follow=True).content.decode()
    assert "Nothing changed since this brief was made" in page
    brief = Brief.objects.get()
    brief.file.save("x", ContentFile(b"%PDF"), save=False)
    Brief.objects.filter(pk=brief.pk).update(state=JobState.DONE, file=brief.file.name)
    reply = lead.get(f"/workspace/briefs/{brief.pk}/file.pdf")
    assert reply["Content-Disposition"].startswith('attachment; filename="steering-brief-region')
    neighbour = signed_in(member(Role.REGIONAL_LEAD, RegionMapFactory(exercise=region_map.exercise)))
    assert neighbour.get(f"/workspace/briefs/{brief.pk}/file.pdf").status_code == 404
    assert signed_in(member(Role.OBSERVER, region_map)).post(f"{address}start/").status_code == 403


@pytest.mark.parametrize("since", ["", "soon", "31.02.2026", "2999-01-01", "1066-10-14", "\x00", "' or 1=1"])
def test_a_day_that_is_none_is_said(since):
    region_map = RegionMapFactory()
    lead = signed_in(member(Role.REGIONAL_LEAD, region_map))
    reply = lead.post(f"/workspace/maps/{region_map.pk}/briefs/start/", {"since": since})
    assert (reply.status_code, Brief.objects.count()) == (422, 0)
    assert "There is a problem" in reply.content.decode()
