"""Every page as a person who uses it: no barrier by day or night, at a desk or on a phone."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.conf import settings

from governance.services.analyses import request_analysis
from mapping.enums import Role
from tests.access.test_links import kind_of
from tests.access.world import World, build_world
from tests.browser.barriers import barriers, expect_barriers
from tests.browser.people import sign_in
from tests.factories.mapping import RegionMapFactory, member

# Menus of the top bar lie over each other when all are open at once.
OPEN_ALL = "document.querySelectorAll('details').forEach((item) => (item.open = item.name !== 'top'))"
SEND = "document.querySelector('main form[method=post]:has(input:not([type=hidden]), textarea)').submit()"
# A title whose link takes its whole row must leave the other controls of the row to the pointer.
COVERED = """() => {
  const stretched = [...document.querySelectorAll("main a")].filter((link) => {
    const after = getComputedStyle(link, "::after");
    return after.content !== "none" && after.position === "absolute" && after.top === "0px";
  });
  return stretched.flatMap((link) => {
    const row = link.closest("li, article, .card");
    const others = row.querySelectorAll("a, button, summary, input:not([type=hidden]), select, textarea");
    return [...others].filter((item) => item !== link && item.checkVisibility()).filter((item) => {
      item.scrollIntoView({ block: "center", behavior: "instant" });
      const box = item.getBoundingClientRect();
      const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return hit && !item.contains(hit) && !hit.closest("label");
    }).map((item) => item.outerHTML.slice(0, 90));
  });
}"""
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
BLANK = [
    *("/", "/regions/", "/documents/", "/practices/", "/journeys/", "/events/", "/learning/", "/plans/"),
    *("/news/", "/newsletters/", "/matchmaking/"),
]
PUBLIC = [
    *BLANK,
    "/regions/{published_region}/map/",
    "/search/",
    "/search/?q=nowhere",
    "/search/?q=e",
    "/search/?q=e&type=practice",
    "/search/?q=%26&type=planet",
    "/regions/?q=nowhere",
    "/plans/{public_plan}/",
    "/plans/?q=nowhere",
    "/how-mapping-works/",
    "/practices/?q=nowhere",
    "/matchmaking/?q=nowhere",
    "/matchmaking/{published_post}/",
    "/news/?q=nowhere",
    "/news/{published_article}/",
    "/newsletters/{published_letter}/",
    "/newsletters/confirm/{confirm_token}/",
    "/newsletters/stop/{end_token}/",
    "/newsletters/stop/no-such-token/",
    "/practices/{practice}/",
    "/regions/{published_region}/practices/",
    "/regions/{published_region}/",
    "/journeys/{published_journey}/",
    "/journeys/{published_journey}/{published_visit}/",
    "/events/?kind=party&zone=Europe/Athens",
    "/events/?q=nowhere",
    "/events/{published_event}/",
    "/registrations/{registration_token}/",
    "/registrations/no-such-token/",
    "/regions/{published_region}/learning/",
    "/data/{exercise}/workbook/",
    "/data/workbooks/{export}/",
    "/method/",
    "/method/complementarity/",
    "/numbers/{analysis}/{published_region}/spaces/coverage/",
    "/accessibility/",
    "/privacy/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-no-such-key/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/take-part/{token}/",
    "/take-part/no-such-token/",
    "/reminders/{stop_token}/",
    "/join/{join_token}/",
    "/join/no-such-token/",
    "/nothing/here/",
    "/regions/{region}/",
]
MAP = [
    "/workspace/maps/{map}/",
    "/workspace/maps/{map}/diagnosis/",
    "/workspace/maps/{map}/matrix/",
    "/workspace/maps/{map}/matrix/?q=a&at=unit-1",
]
PARTNERS = {
    "regional_lead": [
        "/workspace/?tour=regional_lead&stop=1",
        *MAP,
        "/workspace/maps/{map}/plans/",
        "/workspace/plans/{plan}/",
        "/workspace/plans/{plan}/board/",
        "/workspace/actions/{action}/",
        "/plans/{plan}/",
        "/workspace/responses/{team}/",
        "/workspace/responses/{team}/check/",
        "/workspace/responses/{team}/tasks/",
        "/workspace/maps/{map}/tasks/",
        "/workspace/maps/{map}/progress/",
        "/workspace/maps/{map}/consultation/",
        "/workspace/responses/{team}/1.1/",
        "/workspace/responses/{team}/9.1/{unit}/",
        "/workspace/maps/{map}/stakeholders/",
        "/workspace/maps/{map}/synthesis/",
        "/workspace/maps/{map}/workshop/",
        "/workspace/maps/{map}/workshop/statements/1.1/",
        "/workspace/maps/{map}/briefs/",
        "/workspace/maps/{map}/synthesis/area/{area}/confirm/",
        "/workspace/maps/{map}/synthesis/area/{area}/history/",
        "/workspace/practices/",
        "/workspace/practices/{practice_draft}/",
        "/workspace/matchmaking/",
        "/workspace/matchmaking/{post_draft}/",
        "/workspace/matchmaking/{post_open}/matches/?other={post_other}",
        "/workspace/introductions/{introduction}/",
        "/workspace/maps/{map}/practices/",
        "/workspace/maps/{map}/talk/capability/{own}/",
        "/workspace/events/",
        "/workspace/events/new/",
        "/workspace/events/{event}/",
        "/workspace/events/{event}/people/",
        "/workspace/events/calendar/",
        "/events/{event_slug}/",
        "/workspace/visits/{visit}/",
        "/workspace/visits/{away}/exchange/",
        "/workspace/learning/takeaway/{takeaway}/confirm/",
        "/workspace/responses/{team}/changes/questionnaire/",
        "/workspace/responses/{team}/1.1/history/",
        "/workspace/responses/{team}/changes/",
        "/workspace/maps/{map}/paste/?kind=actor",
        "/workspace/maps/{map}/merge/",
        "/workspace/exercises/{exercise}/files/",
        "/workspace/imports/{sent}/",
        "/workspace/maps/{map}/capability/add/",
        "/workspace/maps/{map}/space/add/",
        "/workspace/capability/{own}/",
        "/workspace/capability/{own}/history/",
        "/workspace/actor/{actor}/",
        "/workspace/codes/?q=pharma",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/tokens/",
        "/accounts/logout/",
        "/workspace/exercises/{exercise}/progress/",
        "/workspace/maps/{foreign_map}/",
    ],
    "coordinator": [
        "/workspace/",
        "/workspace/matchmaking/",
        "/workspace/matchmaking/{post_submitted}/",
        "/workspace/people/{project}/?region={region}",
        "/workspace/news/",
        "/workspace/news/{article}/",
        "/news/{article}/",
        "/workspace/newsletters/",
        "/workspace/newsletters/{letter}/",
        "/workspace/newsletters/{letter}/choose/",
        "/workspace/newsletters/{letter}/look/",
        "/workspace/newsletters/{published_letter}/mailing/",
        "/newsletters/{letter}/",
        "/workspace/projects/{project}/subscribers/",
        "/workspace/people/{project}/mails/",
        "/workspace/projects/{project}/report/",
        "/workspace/journeys/{journey}/",
        "/workspace/exercises/{exercise}/journeys/add/",
        "/journeys/{journey}/",
        "/workspace/exercises/{exercise}/reminders/",
        "/workspace/people/{project}/rounds/add/",
        "/workspace/exercises/{exercise}/setup/?q=PL9",
        "/workspace/people/{project}/questionnaires/{survey}/",
        "/workspace/people/{project}/questionnaires/{survey}/questions/{survey_question}/",
        "/workspace/people/{project}/questionnaires/{survey}/translations/?language=pl",
        "/join/{join_token}/",
        "/workspace/maps/{published_map}/",
        "/workspace/maps/{published_map}/diagnosis/",
        "/workspace/maps/{published_map}/matrix/",
        "/workspace/responses/{published_team}/check/",
        "/workspace/exercises/{exercise}/progress/",
        "/workspace/exercises/{exercise}/analyses/",
        "/workspace/exercises/{exercise}/statistics/",
        "/workspace/statistics/{statistics}/",
        "/workspace/analyses/{analysis}/",
        "/workspace/exercises/{exercise}/analyses/compare/?before={analysis}&after={analysis}",
        "/workspace/analyses/{waiting}/",
        "/workspace/exercises/{exercise}/document/",
        "/workspace/exercises/{exercise}/jobs/",
        "/workspace/exercises/{exercise}/document/?region={region}",
        "/workspace/exercises/{exercise}/challenges/",
        "/workspace/exercises/{exercise}/challenges/{challenge}/talk/",
    ],
    "facilitator": [
        "/workspace/",
        "/workspace/newsletters/{published_letter}/mailing/",
        "/workspace/practices/{practice}/",
        "/workspace/responses/{of_stakeholder}/",
        "/workspace/exercises/{exercise}/thresholds/",
    ],
    "unit_contact": ["/workspace/", "/workspace/responses/{of_unit}/", "/workspace/capability/{others}/"],
    "stakeholder": [
        "/workspace/",
        "/workspace/maps/{map}/draft/",
        "/workspace/maps/{map}/draft/?q=a",
        "/workspace/maps/{map}/draft/comment/",  # only a form leads there: the page for that
        *MAP,
        "/workspace/responses/{of_stakeholder}/1.1/",
    ],
    "observer": ["/workspace/", *MAP],
}
# A map and a round with nothing in them yet.
EMPTY = {
    "lead": [
        *MAP,
        "/workspace/maps/{map}/plans/",
        "/workspace/maps/{map}/synthesis/",
        "/workspace/maps/{map}/practices/",
        "/workspace/matchmaking/",
        "/workspace/maps/{map}/workshop/",
        "/workspace/maps/{map}/stakeholders/",
        "/workspace/maps/{map}/paste/",
    ],
    "coordinator": [
        *MAP,
        "/workspace/exercises/{exercise}/progress/",
        "/workspace/exercises/{exercise}/analyses/",
        "/workspace/exercises/{exercise}/document/",
        "/workspace/exercises/{exercise}/challenges/",
        "/workspace/news/",
        "/workspace/newsletters/",
        "/workspace/projects/{project}/subscribers/",
    ],
}
# Forms sent with nothing filled in.
REFUSED = [
    "/workspace/maps/{map}/stakeholders/",
    "/workspace/maps/{map}/capability/add/",
    "/workspace/visits/{away}/exchange/",
    "/workspace/maps/{map}/paste/",
    "/workspace/people/{project}/",
    "/workspace/responses/{team}/1.1/",
    "/workspace/responses/{team}/tasks/",
    "/workspace/maps/{map}/consultation/",
    "/workspace/practices/",
    "/workspace/matchmaking/",
    "/workspace/introductions/{introduction}/",
    "/workspace/maps/{map}/plans/",
    "/workspace/events/new/",
    "/events/{event_slug}/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
]


DESK = {"width": 1280, "height": 900}
SMALLEST = {"width": 320, "height": 640}


def look(page: Any, size: dict[str, int]) -> None:
    page.emulate_media(color_scheme="light" if size == DESK else "dark", reduced_motion="reduce")
    page.set_viewport_size(size)


def faults_of(page: Any, *, both: bool) -> list[str]:
    """At a desk by day and on the smallest phone by night, and whether that has to be pushed aside.

    It begins as the page before was left: a change of size takes as long as a page.
    """
    page.evaluate(OPEN_ALL)
    found = []
    sizes = (DESK, SMALLEST) if page.viewport_size == DESK else (SMALLEST, DESK)
    for size in sizes if both else sizes[:1]:
        if page.viewport_size != size:
            look(page, size)
        found += [f"{size['width']} pixels: {fault}" for fault in barriers(page)]
        found += [f"{size['width']} pixels: covered: {item}" for item in page.evaluate(COVERED)]
        if size == SMALLEST and page.evaluate(TOO_WIDE):
            found += ["wider than 320 pixels"]
    return found


def walk(
    page: Any, addresses: Iterable[str], names: dict[str, Any], *, who: str, known: set[str]
) -> list[str]:
    """Each kind of page at both sizes, its other states at one of them. `known`: kinds seen before."""
    found = []
    for address in addresses:
        reply = page.goto(address.format(**names))
        kind = kind_of(address.format(**names))
        both = kind not in known
        known.add(kind)
        led_away = "/accounts/login/" in page.url and "/accounts/login/" not in address
        if reply.status >= 500 or led_away:
            found.append(f"{who} {address}: {reply.status} at {page.url}")
        found += [f"{who} {address}: {fault}" for fault in faults_of(page, both=both)]
    return found


def be(page: Any, world: World, role: str, *, at: str) -> None:
    value = world.clients[role].cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": at}])


@pytest.mark.django_db(transaction=True)
def test_no_page_has_a_barrier(page, live_server):
    expect_barriers(page)
    look(page, DESK)
    found, known = walk(page, BLANK, {}, who="nothing published:", known=set()), set()
    world = build_world()
    exercise = world.rows["map"].exercise
    world.rows["waiting"] = request_analysis(exercise=exercise, kind="gaps", by=None)[0]
    names = world.names()
    found += walk(page, PUBLIC, names, who="anybody", known=known)
    for role, addresses in PARTNERS.items():
        be(page, world, role, at=live_server.url)
        found += walk(page, addresses, names, who=role, known=known)
    be(page, world, "regional_lead", at=live_server.url)
    for address in REFUSED:
        page.goto(address.format(**names))
        with page.expect_navigation():
            page.evaluate(SEND)
        found += [f"refused {address}: {fault}" for fault in faults_of(page, both=False)]
    assert found == [], "\n".join(found)


@pytest.mark.django_db(transaction=True)
def test_no_empty_page_has_a_barrier(page, live_server):
    expect_barriers(page)
    look(page, DESK)
    region_map = RegionMapFactory()
    names = {"map": region_map.pk, "exercise": region_map.exercise.slug}
    names["project"] = region_map.exercise.project.slug
    found, known = [], set()
    for role, who in ((Role.REGIONAL_LEAD, "lead"), (Role.COORDINATOR, "coordinator")):
        sign_in(page.context, member(role, region_map), at=live_server.url)
        found += walk(page, EMPTY[who], names, who=f"empty, {who}", known=known)
    assert found == [], "\n".join(found)


def test_a_covered_control_is_found(page):
    """Negative control: a link stretched over its row, and a button that was not lifted above it."""
    look = "<style>li {position: relative} a::after {content: ''; position: absolute; inset: 0}</style>"
    row = "<main><ul><li><a href='#'>Title</a> <button{}>Press</button></li></ul></main>"
    page.set_content(look + row.format(""))
    assert page.evaluate(COVERED) == ["<button>Press</button>"]
    page.set_content(look + row.format(" style='position: relative'"))
    assert page.evaluate(COVERED) == []
