"""Passkeys in a real browser, with an authenticator that Chromium plays."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests.browser import axe
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "quiet broadsheet 7"
PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def theo():
    theo = make_user("Theo", email="theo@mail.example", password=PASSWORD)
    EmailAddress.objects.create(user=theo, email=theo.email, primary=True, verified=True)
    return theo


@pytest.fixture
def page(open_page, live_server):
    """A visitor whose browser has a phone's authenticator; the standard wants a name as host."""
    return open_page(base_url=live_server.url.replace("127.0.0.1", "localhost"))


def authenticator(page):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    added = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
    return devtools, added["authenticatorId"]


def log_in(page):
    page.goto("/account/login/")
    page.get_by_label("Email").fill("theo@mail.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(lambda url: "/login/" not in url)


def add_passkey(page):
    page.goto("/account/passkeys/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name of the passkey").fill("Blue phone")
    with page.expect_navigation():
        page.get_by_role("button", name="Add a passkey").click()


def test_a_passkey_is_added_and_logs_in_where_the_reader_came_from(page, theo):
    devtools, phone = authenticator(page)
    log_in(page)

    add_passkey(page)

    expect(page.get_by_text("Your passkey is added.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Blue phone")
    kept = devtools.send("WebAuthn.getCredentials", {"authenticatorId": phone})["credentials"]
    assert [each["isResidentCredential"] for each in kept] == [True]
    page.goto("/account/")
    page.get_by_role("button", name="Log out").click()
    page.goto("/account/login/?next=/publishers/")
    assert "sessionid" not in {each["name"] for each in page.context.cookies()}

    page.get_by_role("button", name="Log in with a passkey").click()

    page.wait_for_url("**/publishers/")
    expect(page.get_by_role("link", name="Theo")).to_be_visible()
    assert Authenticator.objects.get().last_used_at is not None


def test_a_passkey_shows_who_is_there_before_another_change(page, theo):
    authenticator(page)
    log_in(page)
    add_passkey(page)
    page.goto("/account/")
    page.get_by_role("button", name="Log out").click()
    log_in(page)
    page.goto("/account/passkeys/")
    page.get_by_role("link", name="Rename Blue phone").click()

    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("heading", name="Rename a passkey")).to_be_visible()


def test_a_device_that_says_no_is_told_and_the_password_still_works(page, theo):
    devtools, phone = authenticator(page)
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": phone, "isUserVerified": False})
    page.goto("/account/login/")

    page.get_by_role("button", name="Log in with a passkey").click()

    expect(page.get_by_role("alert")).to_have_text(
        "No passkey was used. You can try again, or log in another way."
    )
    log_in(page)


def test_without_a_script_there_is_the_password_and_the_code_and_nothing_that_does_nothing(
    open_page, theo
):
    page = open_page(java_script_enabled=False)
    page.goto("/account/login/")
    expect(page.get_by_role("button", name="Log in with a passkey")).to_have_count(0)
    expect(page.get_by_role("link", name="Send me a code by e-mail")).to_be_visible()
    log_in(page)
    page.goto("/account/passkeys/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()

    expect(page.get_by_text("Your browser cannot make passkeys here.")).to_be_visible()
    expect(page.get_by_role("button", name="Add a passkey")).to_have_count(0)


@pytest.mark.once
def test_pages_about_logging_in_can_be_used_by_everybody(page, theo):
    authenticator(page)
    findings = {}

    def look(name):
        findings[name] = axe(page)

    page.goto("/account/login/")
    look("log in")
    page.goto("/account/login/code/")
    look("ask for a code")
    page.get_by_label("Email").fill("theo@mail.example")
    page.get_by_role("button", name="Send me a code").click()
    look("write the code")
    page.get_by_label("Code", exact=True).fill("WRONG")
    page.get_by_role("button", name="Log in").click()
    look("wrong code")
    page.context.clear_cookies()
    log_in(page)
    add_passkey(page)
    for address in ("", "add/", "reauthenticate/"):
        page.goto(f"/account/passkeys/{address}")
        look(address)
    pk = Authenticator.objects.get().pk
    for address in ("edit/", "remove/"):
        page.goto(f"/account/passkeys/keys/{pk}/{address}")
        look(address)

    assert [found for found in findings.values() if found] == []
    assert len(findings) == 9
