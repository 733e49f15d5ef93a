"""P22: two people answer different questions, two hundred turns, half of them in two browsers."""

from collections.abc import Iterator
from multiprocessing.pool import ThreadPool
from typing import Any

import pytest

from tests.faults.programs import Program
from tests.faults.site import Site

TURNS = 100  # in browsers, and as many by programs
PEOPLE = ("regional-lead", "contributor")


@pytest.fixture(scope="module")
def serving(site) -> Site:
    site.set(API_PER_MINUTE="1000000")
    site.start_faulty_web()
    return site


@pytest.fixture(scope="module")
def room(serving) -> dict[str, Any]:
    return serving.clerk("open_for_answers", region="mazovia", people=list(PEOPLE))


@pytest.fixture
def pages(serving, chromium, room) -> Iterator[list[Any]]:
    """Each of the two in a browser of their own, at a question of their own."""
    at = f"http://127.0.0.1:{serving.port}"
    contexts = []
    for who, code in zip(PEOPLE, room["codes"], strict=False):
        context = chromium.new_context(base_url=at, locale="en-GB")
        context.add_cookies([{"name": "sessionid", "value": serving.known["sessions"][who], "url": at}])
        context.new_page().goto(f"/workspace/responses/{room['response']}/{code}/")
        contexts.append(context)
    yield [context.pages[0] for context in contexts]
    for context in contexts:
        context.close()


def take_turns(pages: list[Any], turns: int) -> list[int]:
    """Each writes into the explanation and leaves the field; what the site said to each save."""
    statuses = []
    for turn in range(turns):
        page = pages[turn % 2]
        with page.expect_response("**/save/") as reply:  # slow machines: before the first key's own save
            page.fill("#explanation", f"Turn {turn}")
            page.locator("#explanation").blur()
        statuses.append(reply.value.status)
    return statuses


def lost(site: Site, response: int, sent: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What was sent (code, text) and is not in the history."""
    found = {tuple(row) for row in site.clerk("revisions", response=response)}
    return [entry for entry in sent if entry not in found]


def stands(site: Site, response: int, codes: list[str]) -> list[str]:
    place = "a.response_id = %s AND q.code = ANY(%s) AND a.about_unit_id IS NULL AND a.part = ''"
    join = "governance_answer a JOIN governance_question q ON q.id = a.question_id"
    text = f"SELECT q.code, a.explanation FROM {join} WHERE {place}"
    found = dict(site.clerk("sql", text=text, values=[response, codes]))
    return [found[code] for code in codes]


def test_p22_two_browsers_at_two_questions_never_conflict(serving, room, pages):
    statuses, codes = take_turns(pages, TURNS), room["codes"][:2]
    missing = lost(serving, room["response"], [(codes[turn % 2], f"Turn {turn}") for turn in range(TURNS)])
    print(f"P22 {TURNS} turns in two browsers: {statuses.count(409)} conflicts, {len(missing)} lost")
    assert (set(statuses), missing) == ({200}, [])
    assert stands(serving, room["response"], codes) == [f"Turn {TURNS - 2}", f"Turn {TURNS - 1}"]
    assert [page.locator(".conflict").count() for page in pages] == [0, 0]


def test_p22_two_programs_at_two_answers_never_conflict(serving):
    """At the same time, as fast as they can: nobody is refused, and nothing is lost."""
    room, codes = serving.clerk("new_room"), ["1.4", "1.5"]
    sent: list[tuple[str, str]] = []

    def write(code: str, token: str) -> list[int]:
        program, address = Program(serving, token), f"responses/{room['response']}/answers/{code}/"
        tag, statuses = program.ask("GET", address)[1]["ETag"], []
        for turn in range(TURNS // 2):
            sent.append((code, f"Turn {turn}"))
            body = {"explanation": f"Turn {turn}"}
            status, headers, _found = program.ask("PATCH", address, body, If_Match=tag)
            tag = headers["ETag"]
            statuses.append(status)
        return statuses

    with ThreadPool(2) as programs:
        told = programs.starmap(write, [("1.4", room["lead"]), ("1.5", room["contributor"])])
    missing = lost(serving, room["response"], sent)
    print(f"P22 {len(sent)} writes of two programs: {len(missing)} lost")
    assert ({*told[0], *told[1]}, missing) == ({200}, [])
    assert stands(serving, room["response"], codes) == [f"Turn {TURNS // 2 - 1}"] * 2


def test_p22_negative_control_one_version_for_the_whole_form(serving, room, pages):
    """A form that counts its writes as one: from the second turn on the two are in each other's way."""
    with serving.without("field versions"):
        for page in pages:
            page.reload()
        statuses = take_turns(pages, 6)
    print(f"P22 one version for the whole form: {statuses}")
    assert 409 in statuses
