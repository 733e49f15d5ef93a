"""P07, P08, P21, P30, P32: clicks and programs in the same instant, retries, and what comes too late."""

import threading
import uuid
from multiprocessing.pool import ThreadPool
from typing import Any

import psycopg2
import pytest

from tests.faults import raw
from tests.faults.ledger import Browser, save_text
from tests.faults.programs import Program

START = "/workspace/exercises/cohes3ion-2020/analyses/start/"
TABLE = "governance_analysis"
TIMES = 10
CONSTRAINT = "entry_key_once"


@pytest.fixture(scope="module")
def serving(site):
    site.set(API_PER_MINUTE="1000000")
    site.start_web()
    return site


def click_ten_times(site) -> set[tuple[int, str]]:
    together = threading.Barrier(10)

    def click(_number: int) -> tuple[int, str]:
        browser = Browser(site, "coordinator")
        together.wait(60)
        status, headers, _body = browser.ask(START, {"kind": "gaps"})
        return status, headers.get("Location", "")

    with ThreadPool(10) as people:
        return set(people.map(click, range(10)))


def test_p08_ten_clicks_at_once_are_one_row(serving):
    answers = click_ten_times(serving)
    rows = serving.clerk("sql", text=f"SELECT count(*) FROM {TABLE}")
    print(f"P08 ten clicks: {rows[0][0]} row, answers {answers}")
    assert rows == [[1]]
    assert {status for status, _address in answers} == {302}
    assert len(answers) == 1
    index = "SELECT indexdef FROM pg_indexes WHERE indexname = 'same_inputs_same_analysis'"
    assert serving.clerk("sql", text=index)[0][0].startswith("CREATE UNIQUE INDEX")


def test_p08_negative_control_without_the_constraint(serving):
    serving.clerk("sql", text="DROP INDEX same_inputs_same_analysis")
    found = 0
    for _attempt in range(5):  # ten clicks may happen to come one after the other
        serving.clerk("sql", text=f"UPDATE {TABLE} SET state = 'cancelled'")
        click_ten_times(serving)
        rows = serving.clerk("sql", text=f"SELECT count(*) FROM {TABLE} WHERE state <> 'cancelled'")
        found = max(found, rows[0][0])
        if found > 1:
            break
    print(f"P08 without the constraint: {found} rows")
    assert found > 1


def waits_for_a_lock(site) -> bool:
    rows = site.clerk("sql", text="SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    return rows[0][0] > 0


def test_p32_row_lock_really_blocks(serving, wait_until):
    """The first writer holds the row; the second waits in the database, then sees the new version."""
    response, code = serving.known["response"], serving.known["codes"][0]
    before = serving.clerk("version", response=response, code=code)
    first = psycopg2.connect(host=str(serving.cluster.folder), user="stm", dbname="stm")
    answer = "FROM governance_question q WHERE q.id = question_id AND q.code = %s AND response_id = %s"
    change = "version = governance_answer.version + 1, explanation = 'first', field_versions = %s"
    versions = f'{{"explanation": {before + 1}}}'
    with first.cursor() as cursor:
        cursor.execute(
            f"UPDATE governance_answer SET {change} {answer} AND about_unit_id IS NULL",
            [versions, code, response],
        )
        assert cursor.rowcount == 1
    with ThreadPool(1) as people:
        second = people.apply_async(save_text, [Browser(serving), serving, code, "second", before])
        wait_until(lambda: waits_for_a_lock(serving), what="the second to wait")
        # Negative control: who does not ask for the lock does not wait, and reads what is over.
        assert serving.clerk("version", response=response, code=code) == before
        first.commit()
        status, _headers, body = second.get(60)
    first.close()
    print(f"P32 second writer waited for the lock, then got {status}")
    assert status == 409
    assert "first" in body
    assert serving.clerk("version", response=response, code=code) == before + 1


@pytest.fixture
def room(serving) -> dict[str, Any]:
    return serving.clerk("new_room")


def entries(room: dict[str, Any]) -> str:
    return f"responses/{room['response']}/entries/"


def at_once(serving, room, ask) -> list[Any]:
    """What ten programs of one person get that ask in the same instant."""
    together = threading.Barrier(TIMES)

    def go(number: int) -> Any:
        program = Program(serving, room["lead"])
        together.wait(60)
        return ask(program, number)

    with ThreadPool(TIMES) as programs:
        return programs.map(go, range(TIMES))


def count(serving, room) -> int:
    text = "SELECT count(*) FROM governance_groupentry WHERE response_id = %s"
    return serving.clerk("sql", text=text, values=[room["response"]])[0][0]


def test_p07_a_retry_at_the_same_instant_has_one_effect(serving, room):
    key = str(uuid.uuid4())

    def add(program: Program, _number: int) -> Any:
        return program.ask("POST", entries(room), {"group": "2.6"}, Idempotency_Key=key)

    replies = at_once(serving, room, add)
    again = add(Program(serving, room["lead"]), 0)
    statuses = sorted(status for status, _headers, _body in replies)
    print(f"P07 ten at once with one key: {count(serving, room)} entry, answers {statuses}")
    assert count(serving, room) == 1
    assert set(statuses) <= {201, 409}
    assert {body["code"] for status, _headers, body in replies if status == 409} <= {"in_flight"}
    bodies = [body for status, _headers, body in [*replies, again] if status == 201]
    assert bodies == [again[2]] * len(bodies)
    assert (again[0], again[1]["Idempotent-Replayed"]) == (201, "true")


def test_p07_while_the_first_is_at_work_the_second_is_told(serving, room, wait_until):
    """Somebody holds the row that the first request needs; the second one is answered meanwhile."""
    first, second = Program(serving, room["lead"]), Program(serving, room["lead"])
    holder = psycopg2.connect(host=str(serving.cluster.folder), user="stm", dbname="stm")
    with holder.cursor() as cursor:
        cursor.execute("SELECT id FROM governance_response WHERE id = %s FOR UPDATE", [room["response"]])
    sent = {"Idempotency_Key": str(uuid.uuid4())}
    with ThreadPool(1) as programs:
        pending = programs.apply_async(first.ask, ["POST", entries(room), {"group": "2.6"}], sent)
        waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        wait_until(lambda: serving.clerk("sql", text=waits)[0][0] > 0, what="the first to wait")
        status, _headers, body = second.ask("POST", entries(room), {"group": "2.6"}, **sent)
        holder.commit()
        done = pending.get(60)
    holder.close()
    print(f"P07 while the first one is at work: {status}, then {done[0]}")
    assert (status, body["code"]) == (409, "in_flight")
    assert (done[0], count(serving, room)) == (201, 1)


def test_p07_negative_control_without_a_key(serving, room):
    at_once(serving, room, lambda program, _n: program.ask("POST", entries(room), {"group": "2.6"}))
    print(f"P07 ten at once without a key: {count(serving, room)} entries")
    assert count(serving, room) > 1


def add_named(serving, room) -> list[Any]:
    body = {"group": "2.6", "key": str(uuid.uuid4())}
    return at_once(serving, room, lambda program, _n: program.ask("POST", entries(room), body))


def test_p08_the_same_name_at_the_same_instant_is_one_entry(serving, room):
    replies = add_named(serving, room)
    statuses = sorted(status for status, _headers, _body in replies)
    print(f"P08 ten at once with one name: {count(serving, room)} entry, answers {statuses}")
    assert statuses == [200] * (TIMES - 1) + [201]
    assert len({body["id"] for _status, _headers, body in replies}) == 1
    assert count(serving, room) == 1
    index = f"SELECT indexdef FROM pg_indexes WHERE indexname = '{CONSTRAINT}'"
    assert serving.clerk("sql", text=index)[0][0].startswith("CREATE UNIQUE INDEX")


def test_p08_negative_control_without_the_constraint_of_names(serving, room):
    serving.clerk("sql", text=f"ALTER TABLE governance_groupentry DROP CONSTRAINT {CONSTRAINT}")
    found = 0
    for attempt in range(1, 6):  # ten may happen to come one after the other
        add_named(serving, room)
        found = count(serving, room)
        if found > attempt:
            break
    print(f"P08 without the constraint: {found} entries in {attempt} tries")
    assert found > attempt


def append(program: Program, address: str, line: str, *, careful: bool) -> None:
    """Add a line to a text that others write as well: read, write, and again when it was stale."""
    _status, _headers, read = program.ask("GET", address)
    text, tag = read["explanation"], read["etag"]
    for _attempt in range(100):
        body = {"explanation": f"{text}{line}\n"}
        status, _headers, found = program.ask("PATCH", address, body, If_Match=tag)
        if status == 200:
            return
        assert status == 412, found
        tag = found["current"]["etag"]
        text = found["current"]["explanation"] if careful else text
    pytest.fail("a hundred tries were not enough")


@pytest.mark.parametrize("careful", [True, False])
def test_p21_ten_programs_add_a_line_each_to_one_text(serving, room, careful):
    """Who takes the new tag and keeps the old text overwrites the others: the test can see that."""
    address = f"responses/{room['response']}/answers/1.4/"
    at_once(serving, room, lambda program, n: append(program, address, f"line {n}", careful=careful))
    text = Program(serving, room["lead"]).ask("GET", address)[2]["explanation"]
    kept = sum(f"line {n}\n" in text for n in range(TIMES))
    print(f"P21 ten programs, {'If-Match kept' if careful else 'text not read again'}: {kept} of 10 lines")
    assert (kept == TIMES) is careful


def test_p30_everything_sent_before_and_after_the_sending_is_kept(serving, room):
    """Ten write while the answers are sent: what is not saved is in the history as late."""
    places = ["1.4", "1.5", "1.7", "1.8", "2.2", "2.3", "2.4", "2.5", "2.6", "1.2"]
    sent: list[tuple[int, str]] = []

    def write(program: Program, number: int) -> None:
        address = f"responses/{room['response']}/answers/{places[number]}/"
        tag = program.ask("GET", address)[1]["ETag"]
        for turn in range(4):
            text = f"{places[number]} turn {turn}"
            if (number, turn) == (1, 2):
                serving.clerk("submit", response=room["response"])
            body = {"explanation": text}
            status, headers, found = program.ask("PATCH", address, body, If_Match=tag)
            assert status in (200, 409), found
            assert status == 200 or found["code"] == "closed"
            sent.append((status, text))
            tag = headers.get("ETag", tag)

    at_once(serving, room, write)
    saved = {text for _code, text in serving.clerk("revisions", response=room["response"])}
    late = set(serving.clerk("late_texts", response=room["response"]))
    print(f"P30 {len(sent)} sent, {len(late)} after the sending")
    assert {text for status, text in sent if status == 409} == late
    assert {text for _status, text in sent} == saved
    assert late


def test_what_no_browser_sends_is_refused_and_the_site_goes_on(serving, room):
    """B032, B080, B082, B085, B086: by the web server itself, before the site is asked."""
    names = {"response": room["response"], "token": room["lead"]}
    found = {case["case"]: raw.send(serving.port, case, **names) for case in raw.CASES}
    wrong = {
        case["case"]: found[case["case"]]
        for case in raw.CASES
        if found[case["case"]] not in case["status"].split()
    }
    assert wrong == {}
    address = f"responses/{room['response']}/answers/1.4/"
    status, _headers, answer = Program(serving, room["lead"]).ask("GET", address)
    assert (status, answer["kind"], answer["versions"]["value"]) == (200, "unanswered", 1)
