"""A map in consultation with questions, an organisation that was invited, and its browser."""

import datetime as dt
from typing import Any

from django.test import Client
from django.utils import timezone

from governance.models import Consultation, PersonalLink, QuestionnaireVersion
from governance.services.invitations import create_link
from mapping.models import RegionMap
from tests.factories.governance import QuestionFactory, SectionFactory, VersionFactory
from tests.factories.mapping import RegionMapFactory

CODES = ("1.1", "3.1")


def consulted_map(*, state: str = "consultation", **fields: Any) -> RegionMap:
    region_map = RegionMapFactory(state=state, **fields)
    version = VersionFactory(fingerprint=f"questions of map {region_map.pk}")
    version.exercises.add(region_map.exercise)
    section = SectionFactory(version=version)
    for code in CODES:
        QuestionFactory(section=section, code=code, short=f"Statement {code}")
    QuestionFactory(section=section, code="1.3", is_core=False)
    if state == "consultation":
        Consultation.objects.create(region_map=region_map, text="Please read.")
    return region_map


def version_of(region_map: RegionMap) -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.get(exercises=region_map.exercise)


def invited(region_map: RegionMap, **values: Any) -> tuple[PersonalLink, str]:
    """A link and its address."""
    given = {
        "organisation": "Baltic Robotics",
        "helix": "business",
        "language": "en",
        "email": "",
        "expires_at": timezone.now() + dt.timedelta(days=30),
        **values,
    }
    link, token = create_link(region_map=region_map, values=given, by=None)
    return link, f"/take-part/{token}/"


def started(address: str) -> Client:
    """A browser in which answering was started."""
    client = Client()
    assert client.post(f"{address}start/").status_code == 302
    return client


def save(client: Client, address: str, *, script: bool = True, **fields: Any) -> Any:
    """Send fields by their names in the form; "_" stands for the dot of a code: level_1_1 is level_1.1."""
    headers = {"HX-Request": "true"} if script else {}
    return client.post(f"{address}save/", named(fields), headers=headers)


def named(fields: dict[str, Any]) -> dict[str, Any]:
    names = {code.replace(".", "_"): code for code in CODES}

    def name(key: str) -> str:
        return next((key.replace(short, code) for short, code in names.items() if key.endswith(short)), key)

    return {name(key): value for key, value in fields.items()}


def answer_all(client: Client, address: str) -> None:
    save(client, address, level_1_1="4", version_level_1_1="1")
    save(client, address, level_3_1="no_information", version_level_3_1="1")
