"""The pages of passkeys, and what the server makes of answers that no device gave."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "quiet broadsheet 7"
# No key at all: enough for pages, which only name it.
CREDENTIAL = {"name": "Blue phone", "credential": {}}
LOG_IN = "mfa_login_webauthn"
BROKEN = ["", "no JSON", "[]", "1", "null", '"words"', "{}", '{"id": 1}', '{"response": {}}']
ODD = [
    {"id": "AA", "rawId": "AA", "type": "public-key", "response": {}},
    {"id": "AA", "rawId": "AA", "response": {"userHandle": "MQ", "clientDataJSON": "e30"}},
    {
        "id": "AA",
        "rawId": "AA",
        "type": "public-key",
        "response": {
            "userHandle": "\u00ff",
            "clientDataJSON": "e30",
            "authenticatorData": "AA",
            "signature": "AA",
        },
    },
]


@pytest.fixture
def theo(client):
    theo = make_user("Theo", email="theo@mail.example", password=PASSWORD)
    EmailAddress.objects.create(user=theo, email=theo.email, primary=True, verified=True)
    client.force_login(theo)
    return theo


def passkey_of(person):
    return Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data=CREDENTIAL
    )


def show_who(client):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def test_the_password_alone_opens_an_account_that_has_a_passkey(client, theo):
    passkey_of(theo)
    client.logout()

    client.post(reverse("account_login"), {"login": theo.email, "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(theo.pk)


def test_who_has_a_passkey_may_still_add_an_address(client, theo):
    passkey_of(theo)

    client.post(reverse("account_email"), {"email": "new@mail.example", "action_add": ""})

    assert theo.emailaddress_set.filter(email="new@mail.example").exists()


def test_adding_asks_for_the_password_first_and_then_questions_the_device(client, theo):
    address = reverse("mfa_add_webauthn")
    answer = client.get(address)
    assert answer.url == f"{reverse('account_reauthenticate')}?next={address}".replace(
        address, "%2Faccount%2Fpasskeys%2Fadd%2F"
    )
    show_who(client)

    html = client.get(address).content.decode()

    assert "&quot;challenge&quot;: &quot;" in html
    assert "Foldline" in html.partition("data-question=")[2]
    assert 'value="Passkey 1"' in html


def test_an_address_has_to_be_confirmed_before_a_passkey_is_added(client, theo):
    theo.emailaddress_set.update(verified=False)

    html = client.get(reverse("mfa_add_webauthn"), follow=True).content.decode()

    assert "Confirm your e-mail address first; then you can add a passkey." in html


def test_a_passkey_is_renamed_and_removed_by_its_owner_alone(client, theo):
    passkey = passkey_of(theo)
    rename = reverse("mfa_edit_webauthn", args=[passkey.pk])
    remove = reverse("mfa_remove_webauthn", args=[passkey.pk])
    stranger = Client()
    stranger.force_login(make_user(password=PASSWORD))
    show_who(stranger)
    assert [stranger.post(rename, {"name": "Mine"}).status_code] == [404]
    assert [stranger.post(remove).status_code] == [404]
    show_who(client)

    assert "Blue phone" in client.get(reverse("mfa_list_webauthn")).content.decode()
    too_long = client.post(rename, {"name": "n" * 61}).content.decode()
    client.post(rename, {"name": "Red phone"})
    passkey.refresh_from_db()
    assert (passkey.data["name"], "n" * 61 in too_long) == ("Red phone", True)

    page = client.post(remove, follow=True).content.decode()
    assert "The passkey is removed and opens your account no more." in page
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("answer", [*BROKEN, *map(json.dumps, ODD)])
def test_what_no_device_says_logs_nobody_in(client, answer):
    make_user()
    client.get(reverse(LOG_IN), headers={"Accept": "application/json"})

    page = client.post(reverse(LOG_IN), {"credential": answer}, follow=True)

    assert page.request["PATH_INFO"] == reverse("account_login")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("answer", [*BROKEN, *map(json.dumps, ODD)])
def test_what_no_device_says_adds_no_passkey(client, theo, answer):
    show_who(client)
    client.get(reverse("mfa_add_webauthn"))

    client.post(
        reverse("mfa_add_webauthn"), {"credential": answer, "passwordless": "on", "name": "X"}
    )

    assert not Authenticator.objects.exists()


def test_the_question_begins_a_session_and_its_answer_needs_the_token_that_came_along():
    browser = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    assert browser.get(reverse("account_login")).cookies == {}
    question = browser.get(reverse(LOG_IN), headers={"Accept": "application/json"})

    without = browser.post(reverse(LOG_IN), {"credential": "{}"})
    token = question["X-CSRFToken"]
    with_it = browser.post(reverse(LOG_IN), {"credential": "{}", "csrfmiddlewaretoken": token})

    assert question.json()["request_options"]["publicKey"]["userVerification"] == "required"
    assert (without.status_code, with_it.status_code) == (403, 302)
