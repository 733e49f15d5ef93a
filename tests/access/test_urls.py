"""Every address of the site, every role, GET and POST: what is answered stands in statuses.txt.

Who is not signed in and a stranger ask for everything that is not the same for all, an observer tries to
write everywhere, and one role more asks for each answer; these take turns from line to line. Where a form is
answered as a page is, one role tries for each answer. `--long` asks as everybody.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver, resolve

from tests.access.bodies import body
from tests.access.canary import CANARY
from tests.access.statuses import lines
from tests.access.world import ROLES, ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_refusals")]
LINES = {line.name: line for line in lines()}
TO_SIGN_IN = ("/accounts/login/", "/admin/login/")
# Pages of Django's administration: one line of the table, "admin:any", stands for each.
ADMINISTRATION = "admin/"


def answered(reply: Any) -> str:
    to_sign_in = reply.status_code == 302 and reply["Location"].startswith(TO_SIGN_IN)
    return "in" if to_sign_in else str(reply.status_code)


def routes(resolver: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Every route of the site with its name."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLPattern):
            yield route, str(pattern.name)
        else:
            yield from routes(pattern, route)


def test_every_url_has_lines_in_the_table(world):
    names = world.names()
    asked = [resolve(line.address.format(**names).partition("?")[0]) for line in LINES.values()]
    covered = {match.route for match in asked}
    missing = [
        f"{name} ({route})"
        for route, name in routes(get_resolver())
        if route not in covered and not route.startswith(ADMINISTRATION)
    ]
    assert missing == [], "no line in statuses.txt"
    wrong = [
        f"{line.name} is {match.view_name}"
        for line, match in zip(LINES.values(), asked, strict=True)
        if line.name != "admin:any" and line.name.partition("@")[0] != match.view_name
    ]
    assert wrong == []


ALWAYS = {"get": ("anonymous", "stranger"), "post": ("anonymous", "stranger", "observer")}


def turns() -> dict[tuple[str, str], tuple[str, ...]]:
    """Who asks, by line and method: who always does, and one more of those who get the same answer.

    That is who asked for this answer least often until then.
    """
    asked: Counter[tuple[str, ...]] = Counter()
    found = {}
    for name, line in LINES.items():
        for method, expected in line.expected.items():
            answers = set(expected.values())
            is_same = len(answers) == 1 or answers == {"405", "in"}
            is_page = method == "post" and expected == line.expected.get("get")
            always = ALWAYS[method][: 0 if is_page else 1 if is_same else 3]
            others = [role for role in ROLES if role not in always]
            wanted = (
                [others]
                if is_same
                else [[r for r in others if expected[r] == one] for one in sorted(answers)]
            )
            some = [min(group, key=lambda r: asked[method, r, expected[r]]) for group in wanted if group]
            asked.update((method, role, expected[role]) for role in some)
            found[name, method] = (*always, *some)
    return found


ASKERS = turns()


def faults_at(world: Any, name: str, askers_of: Any) -> list[str]:
    """What differs from the table. No reply to the first partnership carries a text of the second (P51)."""
    line, names = LINES[name], world.names()
    address = line.address.format(**names)
    faults = []
    for method, expected in line.expected.items():
        for role in askers_of(name, method):
            sent = body(name, names) if method == "post" else None
            reply, content = ask(world.clients[role], method, address, sent)
            status = answered(reply)
            if expected[role] not in (status, "any"):
                faults.append(f"{method} as {role}: {status} instead of {expected[role]}")
            if CANARY.encode() in content and role != "stranger":
                faults.append(f"{method} as {role}: texts of another partnership")
    return faults


@pytest.mark.parametrize("name", LINES)
def test_answers_by_role(world, name):
    assert faults_at(world, name, lambda *line: ASKERS[line]) == []


@pytest.mark.long
def test_every_answer_for_every_role(world):
    """The same, and nobody is left out."""
    found = [f"{name} {fault}" for name in LINES for fault in faults_at(world, name, lambda *_: ROLES)]
    assert found == [], "\n".join(found)


def test_roles_take_turns():
    """Every answer of every line is asked for, and whatever ten lines answer to a role, it asks for."""
    asked, answers = set(), Counter()
    for name, line in LINES.items():
        for method, expected in line.expected.items():
            some = ASKERS[name, method]
            assert set(expected.values()) - {expected[role] for role in some} <= {"405", "in"}, name
            asked |= {(method, role, expected[role]) for role in some}
            answers.update((method, role, answer) for role, answer in expected.items())
    assert {answer for answer, count in answers.items() if count >= 10} - asked == set()


@pytest.mark.parametrize("name", list(LINES)[::20])
def test_trace_is_refused(world, name):
    address = LINES[name].address.format(**world.names())
    assert ask(world.clients["coordinator"], "trace", address)[0].status_code == 405


def test_canary_is_everywhere_in_the_other_partnership(world):
    """Otherwise the tests above would prove nothing: its own coordinator sees it."""
    names = world.names()
    own = ["/workspace/", "/workspace/maps/{foreign_map}/", "/workspace/responses/{foreign_team}/1.1/"]
    own += ["/workspace/exercises/{foreign_exercise}/document/", "/workspace/maps/{foreign_map}/diagnosis/"]
    own += ["/workspace/maps/{foreign_map}/matrix/", "/workspace/exercises/{foreign_exercise}/challenges/"]
    own += ["/api/v1/units/", "/api/v1/capabilities/", "/api/v1/actors/", "/api/v1/spaces/"]
    own += ["/search/?q=zq7can", "/search/?q=zq7can&type=capability"]
    for address in own:
        reply, content = ask(world.clients["stranger"], "get", address.format(**names))
        assert (reply.status_code, CANARY.encode() in content) == (200, True), address


# Addresses with a row of the partnership in it; a personal link opens for whoever holds it.
ELSEWHERE = [
    name
    for name, line in LINES.items()
    if "{" in line.address and not re.search("foreign_|published_|own_export|score|token|begun", line.address)
]


def found_elsewhere(world: Any, name: str, **roles: tuple[str, ...]) -> list[str]:
    """The same addresses with the other partnership's rows: never a page, never a write."""
    names = world.names()
    names |= {key.removeprefix("foreign_"): names[key] for key in names if key.startswith("foreign_")}
    address = LINES[name].address.format(**names)
    found = []
    for method, askers in roles.items():
        for role in askers:
            sent = body(name, names) if method == "post" else None
            reply, content = ask(world.clients[role], method, address, sent)
            if answered(reply) not in ("404", "405", "401", "in") or CANARY.encode() in content:
                found.append(f"{name} {method} as {role}: {answered(reply)}")
    return found


@pytest.mark.parametrize("name", ELSEWHERE)
def test_rows_of_the_other_partnership_are_not_found(world, name):
    """Who may most tries to write, and all take turns in reading."""
    reader = ROLES[ELSEWHERE.index(name) % (len(ROLES) - 1)]
    assert found_elsewhere(world, name, get=(reader,), post=("coordinator",)) == []


@pytest.mark.long
def test_rows_of_the_other_partnership_are_found_by_nobody(world):
    roles = {"get": ROLES[:-1], "post": ROLES[:-1]}
    found = [fault for name in ELSEWHERE for fault in found_elsewhere(world, name, **roles)]
    assert found == [], "\n".join(found)
