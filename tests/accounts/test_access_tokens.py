"""Tokens for programs: made once, shown once, revoked at once; and how often a program may ask."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohes3ion.accounts.access_tokens import MOST_TOKENS, TooManyTokens, make_token
from cohes3ion.accounts.limits import count_request
from cohes3ion.accounts.models import AccessToken, RequestCount, User
from tests.factories.rooms import Room, open_room

pytestmark = pytest.mark.django_db
PASSWORD = "a long sentence to sign in with"
VALUES = {"name": "Reports", "may_write": True, "days": 30}
PROBLEM = "application/problem+json"


@pytest.fixture
def room() -> Room:
    return open_room()


def ask(token: str, address: str, method: str = "get", **more):
    headers = {"Authorization": f"Bearer {token}", **more.pop("headers", {})}
    return getattr(Client(enforce_csrf_checks=True), method)(address, **more, headers=headers)


def write(token: str, room: Room):
    headers = {"If-Match": '"value.1"'}
    sent = {"data": {"value": 5}, "content_type": "application/json"}
    return ask(token, f"{room.api}answers/1.4/", "patch", headers=headers, **sent)


def signed_in(email: str = "ada@example.org") -> tuple[Client, User]:
    person = User.objects.create_user(email, PASSWORD, name="Ada Example")
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client, person


def test_a_token_is_shown_once_and_stored_as_a_hash():
    client, person = signed_in()
    form = {"name": "Reports", "days": "90", "may_write": "on"}
    reply = client.post(reverse("accounts:token_create"), form)
    token = reply.context["token"]
    assert (reply.status_code, token in reply.content.decode()) == (200, True)
    assert "no-store" in reply["Cache-Control"]
    row = AccessToken.objects.get(user=person)
    assert token not in str(AccessToken.objects.values())
    assert (row.expires_on - timezone.localdate()).days == 90
    page = client.get(reverse("accounts:token_list")).content.decode()
    assert ("Reports" in page, token in page, "never used" in page) == (True, False, True)
    assert ask(token, "/api/v1/responses/").status_code == 200
    row.refresh_from_db()
    assert row.last_used_on == timezone.localdate()


def test_making_one_asks_for_the_password_again():
    person = User.objects.create_user("ada@example.org", PASSWORD)
    client = Client()
    client.force_login(person)
    reply = client.post(reverse("accounts:token_create"), {"name": "Reports", "days": "90"})
    assert (reply.status_code, reply["Location"].startswith("/accounts/reauthenticate/")) == (302, True)
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize("form", [{"name": "", "days": "90"}, {"name": "x", "days": "9999"}, {"name": " "}])
def test_a_form_that_is_not_right_keeps_what_was_typed(form):
    client, _person = signed_in()
    reply = client.post(reverse("accounts:token_create"), form)
    assert reply.status_code == 422
    assert reply.context["form"].data.dict() == form
    assert not AccessToken.objects.exists()


def test_nobody_revokes_the_token_of_somebody_else(room):
    row, token = make_token(user=room.lead, **VALUES)
    client, _person = signed_in()
    address = reverse("accounts:token_revoke", args=[row.pk])
    assert client.post(address).status_code == 404
    assert ask(token, room.api).status_code == 200
    client.force_login(room.lead)
    assert client.post(address).status_code == 302
    assert ask(token, room.api).status_code == 401


def test_there_is_an_end_to_tokens(room):
    for _n in range(MOST_TOKENS):
        make_token(user=room.lead, **VALUES)
    with pytest.raises(TooManyTokens):
        make_token(user=room.lead, **VALUES)


def test_a_token_speaks_for_its_person_and_needs_no_form_token(room):
    _row, token = make_token(user=room.lead, **VALUES)
    assert write(token, room).status_code == 200


def test_a_session_needs_the_form_token(room):
    client = Client(enforce_csrf_checks=True)
    client.force_login(room.lead)
    sent = {"data": {"value": 5}, "content_type": "application/json"}
    reply = client.patch(f"{room.api}answers/1.4/", **sent, headers={"If-Match": '"value.1"'})
    assert (reply.status_code, reply["Content-Type"]) == (403, PROBLEM)


def test_a_token_that_only_reads_writes_nothing(room):
    _row, token = make_token(user=room.lead, **{**VALUES, "may_write": False})
    assert ask(token, room.api).status_code == 200
    reply = write(token, room)
    assert (reply.status_code, "only read" in reply.json()["detail"]) == (403, True)


@pytest.mark.parametrize(
    "scheme", ["Bearer stm_wrong", "Bearer", "Bearer é", "Token stm_wrong", "bearer a b"]
)
def test_a_token_that_is_not_one_is_401(room, scheme):
    reply = Client().get(room.api, headers={"Authorization": scheme})
    assert (reply.status_code, reply["WWW-Authenticate"]) == (401, 'Bearer realm="api"')
    assert reply["Content-Type"] == PROBLEM


def test_no_token_is_401_and_says_what_to_do(room):
    reply = Client().get(room.api)
    assert (reply.status_code, reply["WWW-Authenticate"]) == (401, 'Bearer realm="api"')
    assert "Authorization: Bearer" in reply.json()["detail"]


@pytest.mark.parametrize("name", ["token", "access_token", "api_key"])
def test_a_token_in_the_address_is_refused_even_if_valid(room, name):
    _row, token = make_token(user=room.lead, **VALUES)
    reply = Client().get(f"{room.api}?{name}={token}")
    assert (reply.status_code, "addresses are logged" in reply.json()["detail"]) == (401, True)


def test_an_expired_token_and_one_of_an_inactive_person_are_refused(room):
    row, token = make_token(user=room.lead, **VALUES)
    AccessToken.objects.update(expires_on=timezone.localdate() - dt.timedelta(days=1))
    assert ask(token, room.api).status_code == 401
    AccessToken.objects.update(expires_on=timezone.localdate())
    assert ask(token, room.api).status_code == 200
    User.objects.filter(pk=row.user_id).update(is_active=False)
    assert ask(token, room.api).status_code == 401


def test_too_many_requests_of_one_account_are_429_and_others_go_on(room, settings):
    settings.API_PER_MINUTE = 3
    _row, token = make_token(user=room.lead, **VALUES)
    _other, second = make_token(user=room.lead, **VALUES)
    _third, colleague = make_token(user=room.contributor, **VALUES)
    RequestCount.objects.all().delete()
    replies = [ask(one, room.api) for one in (token, second, token, second)]
    codes = [reply.status_code for reply in replies]
    assert codes in ([200, 200, 200, 429], [200] * 4)  # the minute may end in between
    if codes[-1] == 429:
        assert 1 <= int(replies[-1]["Retry-After"]) <= 60
        assert replies[-1]["Content-Type"] == PROBLEM
        assert replies[-1].json()["detail"].startswith("Too many requests in one minute, so this one was")
    assert ask(colleague, room.api).status_code == 200


def test_a_new_minute_counts_from_one(room):
    counts = [count_request(key=f"api {room.lead.pk}", minute=minute) for minute in (7, 7, 7, 8)]
    assert counts == [1, 2, 3, 1]
