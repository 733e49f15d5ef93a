"""P08, P32: the same click ten times in the same instant; two people writing one answer."""

import threading
from multiprocessing.pool import ThreadPool

import psycopg2
import pytest

from tests.faults.ledger import Browser, save_text

START = "/workspace/exercises/cohes3ion-2020/analyses/start/"
TABLE = "governance_analysis"


@pytest.fixture(scope="module")
def serving(site):
    site.start_web()
    return site


def click_ten_times(site) -> set[tuple[int, str]]:
    together = threading.Barrier(10)

    def click(_number: int) -> tuple[int, str]:
        browser = Browser(site, "coordinator")
        together.wait(20)
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
    serving.clerk("sql", text=f"UPDATE {TABLE} SET state = 'cancelled'")
    serving.clerk("sql", text="DROP INDEX same_inputs_same_analysis")
    click_ten_times(serving)
    rows = serving.clerk("sql", text=f"SELECT count(*) FROM {TABLE} WHERE state <> 'cancelled'")
    print(f"P08 without the constraint: {rows[0][0]} rows")
    assert rows[0][0] > 1


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
        wait_until(lambda: waits_for_a_lock(serving), seconds=30, what="the second to wait")
        # Negative control: who does not ask for the lock does not wait, and reads what is over.
        assert serving.clerk("version", response=response, code=code) == before
        first.commit()
        status, _headers, body = second.get(20)
    first.close()
    print(f"P32 second writer waited for the lock, then got {status}")
    assert status == 409
    assert "first" in body
    assert serving.clerk("version", response=response, code=code) == before + 1
