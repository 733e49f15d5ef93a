"""The pages of allauth in our own frame: they come up, say what is wrong, and lead on."""

import re

import pytest
from django.urls import reverse

from cohes3ion.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "a long sentence to sign in with"


@pytest.fixture
def person() -> User:
    return User.objects.create_user("ada@example.org", PASSWORD, name="Ada Example")


def title(response) -> str:
    return re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)[1].strip()


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_signup",
        "account_inactive",
    ],
)
def test_entrance_pages_stand_in_our_frame(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    html = response.content.decode()
    assert '<main id="main"' in html
    assert "entrance-box" in html


OWN = ["account_change_password", "account_email", "mfa_index", "accounts:token_list"]


@pytest.mark.parametrize("name", OWN)
def test_pages_of_ones_own_account_lead_to_each_other(client, person, name):
    client.force_login(person)
    html = client.get(reverse(name)).content.decode()
    nav = html[html.index('aria-labelledby="account-nav"') :]
    nav = nav[: nav.index("</nav>")]
    assert nav.count("<a ") == len(OWN)
    assert nav.count("aria-current") == 1


def test_wrong_password_is_said_in_title_and_summary(client, person):
    response = client.post(reverse("account_login"), {"login": person.email, "password": "wrong"})
    assert title(response).startswith("Error: Sign in")
    assert 'role="alert"' in response.content.decode()


def test_p95_empty_sign_in_links_each_problem_to_its_field(client):
    html = client.post(reverse("account_login"), {}).content.decode()
    summary = html[html.index("problem-title") :]
    links = re.findall(r'<a href="#([^"]+)"', summary[: summary.index("</div>")])
    assert links == ["id_login", "id_password"]
    assert all(f'id="{link}"' in html for link in links)


def test_old_reset_link_offers_a_new_one(client):
    address = reverse("account_reset_password_from_key", args=["1", "no-such-key"])
    html = client.get(address).content.decode()
    assert reverse("account_reset_password") in html


def test_header_offers_languages_and_appearance_without_script(client):
    html = client.get(reverse("account_login")).content.decode()
    assert re.findall(r'name="language" value="(\w+)"', html) == ["en", "el", "es", "pl"]
    assert re.findall(r'name="theme" value="(\w*)"', html) == ["", "light", "dark"]


def test_chosen_appearance_stands_on_the_page(client):
    client.post(reverse("accounts:theme"), {"theme": "dark", "next": reverse("account_login")})
    assert 'data-theme="dark"' in client.get(reverse("account_login")).content.decode()


def test_signed_in_person_can_leave_and_their_kept_text_is_forgotten(client, person):
    client.force_login(person)
    html = client.get(reverse("account_logout")).content.decode()
    assert "data-forget" in html
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_lost_page_offers_a_search_and_ways_on(client):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    html = response.content.decode()
    assert 'role="search"' in html
    assert reverse("journeys:region_list") in html


def test_second_step_is_set_up_from_a_picture_or_a_key(client, person):
    client.force_login(person)
    asked = client.get(reverse("mfa_activate_totp"), follow=True)
    assert title(asked).startswith("Show that it is you")
    client.post(asked.redirect_chain[-1][0], {"password": PASSWORD})
    response = client.get(reverse("mfa_activate_totp"))
    html = response.content.decode()
    assert response.status_code == 200
    assert 'class="qr" src="data:image/svg+xml' in html
    assert response.context["form"].secret in html
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert title(wrong).startswith("Error: ")


@pytest.mark.parametrize("wanted", ["//[x", "http://[::1", "http://[::1]/", "https://elsewhere.example/"])
def test_sign_in_goes_on_only_to_an_address_of_this_site(client, person, wanted):
    assert client.get("/accounts/login/", {"next": wanted}).status_code == 200
    sent = {"login": person.email, "password": PASSWORD, "next": wanted}
    assert client.post("/accounts/login/", sent)["Location"] == "/workspace/"
