"""P20: a questionnaire of 300 questions, one of them a matrix of 60 by 25."""

import time

import pytest
from django.test import Client

from governance.asking.frames import MOST_CELLS
from governance.models import Answer, Question
from tests.factories.questionnaires import question
from tests.factories.rooms import Room, open_room

pytestmark = pytest.mark.django_db
SECONDS = 2.0  # of work, however busy the machine is
ROWS = [{"code": f"r{n}", "label": f"Row {n}"} for n in range(60)]
COLUMNS = [{"code": f"c{n}", "label": f"Column {n}"} for n in range(25)]
MATRIX = question("m", "matrix", settings={"rows": ROWS, "columns": COLUMNS})
PARTS = [f"{row['code']}.{column['code']}" for row in ROWS for column in COLUMNS]


@pytest.fixture
def room() -> Room:
    numbers = [question(f"q{n}", "number") for n in range(299)]
    section = {"code": "S1", "title": "All", "questions": [*numbers, MATRIX]}
    return open_room({"key": "large", "title": "Large", "sections": [section]})


def within_two_seconds(what, ask):
    started = time.process_time()
    reply = ask()
    seconds = time.process_time() - started
    print(f"P20 {what}: {seconds:.2f} s")
    assert seconds <= SECONDS, what
    return reply


def test_p20_reading_saving_and_sending_stay_quick(client: Client, room):
    client.force_login(room.lead)
    questions = {row.code: row for row in Question.objects.filter(section__version__responses=room.response)}
    places = [(questions[f"q{n}"], "") for n in range(299)] + [(questions["m"], part) for part in PARTS]
    rows = [
        Answer(response=room.response, question=row, part=part, kind="value", value=1)
        for row, part in places[:-1]
    ]
    Answer.objects.bulk_create(rows)
    page = f"/workspace/responses/{room.response.pk}/"
    found = within_two_seconds("all answers", lambda: client.get(f"{room.api}answers/"))
    assert found.json()["count"] == 299 + 1 + 1500
    for address in ("", "q7/", "m/"):
        assert (
            within_two_seconds(f"page {address}", lambda to=address: client.get(page + to)).status_code == 200
        )
    last = f"{room.api}answers/m:{PARTS[-1]}/"
    sent = {"content_type": "application/json", "headers": {"If-Match": '"value.1"'}}
    saved = within_two_seconds("one cell", lambda: client.patch(last, {"value": 2}, **sent))
    assert (saved.status_code, saved.json()["value"]) == (200, 2)
    done = within_two_seconds("sending", lambda: client.post(f"{room.api}submit/"))
    assert (done.status_code, done.json()["state"]) == (200, "submitted")


def test_p20_more_cells_in_one_form_than_django_takes_are_saved(client: Client, room, settings):
    """No page sends so many; a program or an old browser might. "Too many fields" would lose them all."""
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS > 3 * MOST_CELLS
    client.force_login(room.lead)
    parts = PARTS[:340]
    form = {}
    for part in parts:
        form |= {f"cell.{part}": "3", f"version_cell.{part}": "1", f"was_cell.{part}": ""}
    assert len(form) > 1000
    reply = client.post(f"/workspace/responses/{room.response.pk}/m/value/", form)
    assert reply.status_code == 302
    assert Answer.objects.filter(question__code="m", value=3).count() == len(parts)


def test_p20_negative_control_with_djangos_own_limit(client: Client, room, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
    client.force_login(room.lead)
    form = {f"cell.{part}": "3" for part in PARTS}
    reply = client.post(f"/workspace/responses/{room.response.pk}/m/value/", form)
    assert (reply.status_code, "At most 1000 fields" in reply.content.decode()) == (400, True)
