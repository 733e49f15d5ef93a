"""A questionnaire made in a spreadsheet runs in another project: only what the browser's pages offer."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from governance.models import Answer, OrderedFile, QuestionnaireVersion, Response
from governance.services.ordered_files import make_file
from mapping.enums import ExerciseState, Role
from mapping.models import Exercise
from tests.factories.mapping import RegionMapFactory, member
from tests.factories.region import small_version

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


def workbook(form: str) -> bytes:
    """The form as people make it: a sheet for each part, in a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for line in form.strip().splitlines():
        first, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        if first:
            sheet = book.create_sheet(first)
        else:
            sheet.append([cell or None for cell in cells])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


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


def test_an_excel_form_runs_in_a_second_partnership_from_upload_to_export():
    """Beside a first partnership, which sees nothing of it."""
    other, here = (RegionMapFactory(exercise__state=ExerciseState.DRAFT) for _project in range(2))
    small_version().exercises.add(here.exercise)
    exercise, coordinator = here.exercise, signed_in(Role.COORDINATOR, here)
    root = f"/workspace/people/{exercise.project.slug}/questionnaires/"
    file = SimpleUploadedFile("firms.xlsx", workbook(FORM))
    looked = coordinator.post(f"{root}upload/read/", {"file": file})["Location"]
    assert "“box” is a bar code" in coordinator.get(looked).content.decode()
    draft = coordinator.post(f"{looked}take/")["Location"]
    sent = {"version": coordinator.get(f"{draft}check/").context["draft_version"]}
    assert coordinator.post(f"{draft}publish/", sent | {"exercise": exercise.slug}).status_code == 302
    assert coordinator.post(f"/workspace/exercises/{exercise.slug}/setup/open/").status_code == 302
    assert Exercise.objects.get(pk=exercise.pk).state == ExerciseState.OPEN

    lead, stranger = signed_in(Role.REGIONAL_LEAD, here), signed_in(Role.COORDINATOR, other)
    asked = Response.objects.get(questionnaire_version__questionnaire__title="Firms")
    form = f"/workspace/responses/{asked.pk}/"
    assert "Your firm" in lead.get(form).content.decode()
    for code, value in (("people", "12"), ("size", "small"), ("box", "A-1")):
        saved = lead.post(f"{form}{code}/value/", {"value": value, "version_value": "1"})
        assert saved.status_code == 302
    assert [stranger.get(address).status_code for address in (form, draft)] == [404, 404]

    order = f"/workspace/exercises/{exercise.slug}/files/order/"
    ordered = lead.post(order, {"form": "xlsx"})["Location"]
    make_file(file_id=OrderedFile.objects.get().pk)  # what the worker does
    book = openpyxl.load_workbook(BytesIO(b"".join(lead.get(f"{ordered}download/").streaming_content)))
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {12, "small", "A-1", "People employed"} <= cells
