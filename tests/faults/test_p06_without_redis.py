"""P06, P35: without Redis people save, sign in and read as ever; only background work waits."""

import statistics
import time

import pytest

from tests.faults.ledger import Browser, save_text

PAGES = ["/", "/workspace/", "/workspace/exercises/cohes3ion-2020/progress/"]
START = "/workspace/exercises/cohes3ion-2020/analyses/start/"
SAVES, ROUNDS = 40, 4
NOTICE = "the queue does not answer"


@pytest.fixture(scope="module")
def serving(site):
    site.start_faulty_web()
    return site


def saved(site, count: int) -> list[float]:
    """How long each of so many saves took."""
    browser, code, took = Browser(site), site.known["codes"][0], []
    version = site.clerk("version", response=site.known["response"], code=code)
    for number in range(count):
        started = time.monotonic()
        status, headers, _body = save_text(browser, site, code, f"{time.time()} {number}", version)
        assert status == 200
        version = int(headers["X-Version"])
        took.append(time.monotonic() - started)
    return took


def p95(took: list[float]) -> float:
    return statistics.quantiles(took, n=20)[-1]


def test_p06_people_notice_nothing(serving):
    coordinator = Browser(serving, "coordinator")
    for page in PAGES:
        assert NOTICE not in coordinator.ask(page)[2]
    for _round in range(ROUNDS):
        normal = p95(saved(serving, SAVES))
        serving.kill_redis()
        without = p95(saved(serving, SAVES))
        print(f"P06 p95 of a save: {normal * 1000:.0f} ms with Redis, {without * 1000:.0f} ms without")
        if without <= max(2 * normal, 0.1):
            break
        serving.start_redis()  # other work came between the two: once more
    else:
        pytest.fail(f"without Redis a save took more than twice as long, {ROUNDS} times")
    for page in PAGES:
        assert coordinator.ask(page)[0] == 200
    signed_in = Browser(serving, "").ask("/accounts/login/")
    assert signed_in[0] == 200


def test_p06_coordinators_are_told(serving, wait_until):
    """Each web process asks anew when its last answer is a quarter of a minute old."""
    coordinator = Browser(serving, "coordinator")
    wait_until(lambda: NOTICE in coordinator.ask("/workspace/")[2], seconds=90, what="the notice")
    assert NOTICE not in Browser(serving, "contributor").ask("/workspace/")[2]


def test_p35_work_asked_for_meanwhile_is_done_when_redis_is_back(serving, wait_until):
    coordinator = Browser(serving, "coordinator")
    status, headers, _body = coordinator.ask(START, {"kind": "gaps"})
    assert status == 302
    page = coordinator.ask(headers["Location"])
    assert page[0] == 200
    assert "Waiting" in page[2]
    serving.start_redis()
    serving.start_worker("one")
    serving.start_beat()
    wait_until(lambda: "Done" in coordinator.ask(headers["Location"])[2], seconds=180, what="the analysis")


def test_p06_negative_control_a_site_that_leans_on_redis(serving):
    """Sessions kept in Redis, and a bell that must ring: without it nobody saves, and no click works."""
    code = serving.known["codes"][1]
    version = serving.clerk("version", response=serving.known["response"], code=code)
    with serving.without("redis"):
        before = save_text(Browser(serving), serving, code, "With Redis", version)[0]
        serving.kill_redis()
        save = save_text(Browser(serving), serving, code, "Without Redis", version + 1)[0]
        click = Browser(serving, "coordinator").ask(START, {"kind": "synergies"})[0]
        serving.start_redis()
    print(f"P06 leaning on Redis: a save gets {before} with it, {save} without, a click {click}")
    assert (before, save, click) == (200, 500, 500)
