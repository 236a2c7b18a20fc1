"""Logging in with a code from a letter, instead of the password."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories import make_user

pytestmark = pytest.mark.django_db

ASK, CONFIRM = "account_request_login_code", "account_confirm_login_code"


@pytest.fixture
def theo():
    theo = make_user("Theo", email="theo@mail.example")
    EmailAddress.objects.create(user=theo, email=theo.email, primary=True, verified=False)
    return theo


def ask(client, email="theo@mail.example", **query):
    return client.post(reverse(ASK, query=query), {"email": email}, follow=True)


def code_in(letter):
    return re.search(r"^([A-Z0-9-]{6,9})$", letter.body, re.MULTILINE)[1]


def write(client, code, **fields):
    return client.post(reverse(CONFIRM), {"code": code} | fields)


def test_the_code_in_the_letter_logs_in_and_leads_back(client, theo):
    page = ask(client, next="/publishers/").content.decode()

    (letter,) = mail.outbox
    assert (letter.subject, letter.to) == ("Foldline: Your code to log in", ["theo@mail.example"])
    assert "theo@mail.example</strong>" in page
    assert '<input type="hidden" name="next" value="/publishers/">' in page
    answer = write(client, code_in(letter).lower(), next="/publishers/")
    assert answer.url == "/publishers/"
    assert client.session["_auth_user_id"] == str(theo.pk)
    assert theo.emailaddress_set.get().verified


def test_a_code_works_once(client, theo):
    ask(client)
    code = code_in(mail.outbox[0])
    write(client, code)
    client.post(reverse("account_logout"))

    answer = write(client, code)

    assert answer.url == reverse(ASK)
    assert "_auth_user_id" not in client.session


def test_a_wrong_code_is_told_and_the_third_ends_the_attempt(client, theo):
    ask(client)
    code = code_in(mail.outbox[0])

    first = write(client, "WRONG-1").content.decode()
    write(client, "WRONG-2")
    third = client.post(reverse(CONFIRM), {"code": "WRONG-3"}, follow=True).content.decode()
    late = write(client, code)

    assert "That is not the code in the letter." in first
    assert "Too many tries. Please wait a few minutes." in third
    assert late.url == reverse(ASK)
    assert "_auth_user_id" not in client.session


def test_a_code_is_too_old_after_ten_minutes(client, theo, monkeypatch):
    ask(client)
    code = code_in(mail.outbox[0])
    session = client.session
    stage = session["account_login"]["state"]["stages"]["login_by_code"]
    stage["data"]["at"] -= timedelta(minutes=10, seconds=1).total_seconds()
    session.save()

    answer = write(client, code)

    assert answer.url == reverse(ASK)
    assert "_auth_user_id" not in client.session


def test_another_code_takes_the_place_of_the_first(client, theo):
    ask(client)
    client.post(reverse(CONFIRM), {"action": "resend"})
    old, new = map(code_in, mail.outbox)

    if old != new:
        assert "That is not the code in the letter." in write(client, old).content.decode()
    write(client, new)

    assert client.session["_auth_user_id"] == str(theo.pk)


def test_nobodys_address_is_answered_like_somebodys_and_its_owner_is_told(client, theo):
    known = ask(client).content.decode()
    client.cookies.clear()
    unknown = ask(client, "nobody@mail.example").content.decode()

    def plain(html):
        html = re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", html)
        return html.replace("nobody@mail.example", "theo@mail.example")

    assert plain(known) == plain(unknown)
    assert mail.outbox[1].to == ["nobody@mail.example"]
    assert "There is none." in mail.outbox[1].body


def test_asking_again_and_again_is_refused_for_a_while(client, theo, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    pages = []
    for _ in range(4):
        pages.append(ask(client).content.decode())
        client.cookies.clear()

    assert [("Too many tries" in page) for page in pages] == [False, False, False, True]
    assert len(mail.outbox) == 3


def test_the_log_in_page_offers_a_code_and_keeps_where_the_reader_came_from(client):
    html = client.get(reverse("account_login"), {"next": "/publishers/"}).content.decode()

    assert f'<a href="{reverse(ASK)}?next=%2Fpublishers%2F">Send me a code by e-mail</a>' in html


@pytest.mark.parametrize("language", ["es", "ar"])
def test_pages_and_letter_speak_the_readers_language(theo, language):
    page = ask(Client(headers={"Accept-Language": language})).content.decode()

    assert f'<html lang="{language}"' in page
    assert "Write the code here" not in page
    assert mail.outbox[0].subject != "Foldline: Your code to log in"
    assert "This code logs you in" not in mail.outbox[0].body
