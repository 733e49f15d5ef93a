"""A questionnaire made in a spreadsheet runs in another project: only what the browser's pages offer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from governance.models import Answer, QuestionnaireVersion, Response
from mapping.enums import ExerciseState, Role
from mapping.models import Exercise
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db

FORM = """
| survey |
| | type | name | label::English (en) | label::Polski (pl) | required | relevant |
| | begin group | firm | Your firm | Twoja firma | | |
| | integer | people | People employed | Liczba osób | yes | |
| | select_one size | size | Size | Wielkość | | ${people} > 0 |
| | end group | | | | | |
| | barcode | box | Code of the box | Kod | | |
| choices |
| | list_name | name | label::English (en) | label::Polski (pl) |
| | size | small | Small | Mała |
| | size | large | Large | Duża |
| settings |
| | form_title | form_id | default_language |
| | Firms | firms | English (en) |
"""


def signed_in(role, region_map) -> Client:
    client = Client()
    client.force_login(member(role, region_map))
    return client


def test_from_a_spreadsheet_to_a_partner_s_answer():
    region_map = RegionMapFactory()
    Exercise.objects.update(state=ExerciseState.OPEN)
    coordinator = signed_in(Role.COORDINATOR, region_map)
    desk = coordinator.get("/workspace/").content.decode().partition('/questionnaires/"')[0]
    root = desk.rpartition('"')[2] + "/questionnaires/"

    # Upload: what it becomes, and what cannot be kept, with its row.
    file = SimpleUploadedFile("firms.md", FORM.encode())
    looked = coordinator.post(f"{root}upload/read/", {"file": file})["Location"]
    page = coordinator.get(looked).content.decode()
    assert "“box” is a bar code" in page
    assert '<td class="num">6</td>' in page
    draft = coordinator.post(f"{looked}take/")["Location"]

    # Publish, and ask it in the round at once.
    check = coordinator.get(f"{draft}check/")
    assert check.context["page"].problems == []
    sent = {"version": check.context["draft_version"], "exercise": region_map.exercise.slug}
    assert coordinator.post(f"{draft}publish/", sent).status_code == 302
    assert QuestionnaireVersion.objects.get().exercises.get() == region_map.exercise

    # A partner of the region finds it, reads it in Polish and answers.
    partner = signed_in(Role.CONTRIBUTOR, region_map)
    form = f"/workspace/responses/{Response.objects.get().pk}/"
    assert form in partner.get("/workspace/").content.decode()
    partner.cookies["django_language"] = "pl"
    assert "Liczba osób" in partner.get(f"{form}people/").content.decode()
    saved = partner.post(f"{form}people/value/", {"value": "12", "version_value": "1"})
    assert saved.status_code == 302
    assert "Duża" in partner.get(f"{form}size/").content.decode(), "its condition is met now"
    partner.post(f"{form}size/value/", {"value": "small", "version_value": "1"})
    given = Answer.objects.order_by("question__position").values_list("question__code", "value")
    assert list(given) == [("people", 12), ("size", "small")]
