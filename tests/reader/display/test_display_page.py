"""The page of settings, its cookie, and the pages of who has one."""

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import make_article, make_comment, make_user

pytestmark = [pytest.mark.once, pytest.mark.django_db]

ADDRESS = "/display/"
EVERYTHING = {
    "size": "150",
    "width": "wide",
    "spacing": "airy",
    "face": "sans",
    "theme": "sepia",
}
USUAL = {
    "size": "100",
    "width": "normal",
    "spacing": "normal",
    "face": "serif",
    "theme": "system",
}


def root_of(response):
    return BeautifulSoup(response.content, "html.parser").html.attrs


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def test_choices_are_kept_and_every_page_is_written_with_them(client):
    answer = client.post(ADDRESS, EVERYTHING | {"next": "/hashtags/"})

    assert (answer.status_code, answer["Location"]) == (303, "/hashtags/")
    cookie = answer.cookies["display"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    root = root_of(client.get("/"))
    assert {name: root[f"data-{name}"] for name in EVERYTHING} == EVERYTHING


def test_the_page_shows_what_was_chosen(client):
    client.post(ADDRESS, EVERYTHING)

    page = page_of(client.get(ADDRESS))

    ticked = {radio["name"]: radio["value"] for radio in page.select("input[checked]")}
    assert ticked == EVERYTHING


def test_a_reset_and_the_usual_choices_take_the_cookie_away(client):
    for words in ({"reset": "on", **EVERYTHING}, USUAL):
        client.post(ADDRESS, EVERYTHING)
        assert client.cookies["display"].value

        answer = client.post(ADDRESS, words)

        assert answer.cookies["display"].value == ""
        assert answer.cookies["display"]["max-age"] == 0
        assert not any(name.startswith("data-") for name in root_of(client.get("/")))


def test_a_choice_that_is_none_is_refused_and_nothing_is_kept(client):
    answer = client.post(ADDRESS, EVERYTHING | {"theme": "pink"})

    assert answer.status_code == 422
    assert "Choose one of these." in page_of(answer).select_one(".error").text
    assert not answer.cookies


@pytest.mark.parametrize(
    "asked",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "javascript:alert(1)",
        "elsewhere",
        "/display/?next=/display/",
        "",
    ],
)
def test_nobody_is_led_off_the_site(client, asked):
    answer = client.post(ADDRESS, EVERYTHING | {"next": asked})

    assert answer["Location"] == "/"
    assert page_of(client.get(ADDRESS, {"next": asked})).select_one("[name=next]")["value"] == "/"


def test_the_way_there_is_on_every_page_and_knows_the_way_back(client):
    address = make_article("Ferry late again").get_absolute_url() + "?after=1&b=2"

    link = page_of(client.get(address)).select_one(".masthead a[href^='/display/']")

    assert link["href"] == f"/display/?next={quote(address)}"
    page = page_of(client.get(link["href"]))
    assert page.select_one("[name=next]")["value"] == address


def test_a_hostile_cookie_changes_nothing_and_breaks_nothing(client):
    client.cookies["display"] = 'theme-"><script>alert(1)</script>.size-99999'

    response = client.get("/")

    assert response.status_code == 200
    assert not any(name.startswith("data-") for name in root_of(response))
    assert b"alert(1)" not in response.content


def test_only_pages_of_who_chose_something_are_private(client):
    shared = client.get("/")
    client.cookies["display"] = "theme-dark"
    own = client.get("/")

    assert "private" not in shared.get("Cache-Control", "")
    assert "Cookie" in shared["Vary"]
    assert "private" in own["Cache-Control"]


def test_the_browser_learns_the_colours_before_the_stylesheet(client):
    metas = {}
    for theme in ("system", "light", "dark", "sepia"):
        client.cookies["display"] = f"theme-{theme}"
        page = page_of(client.get("/"))
        metas[theme] = page.select_one("meta[name=color-scheme]")["content"]

    assert metas == {"system": "light dark", "light": "light", "dark": "dark", "sepia": "light"}


def test_who_only_has_a_display_cookie_posts_without_a_token_and_a_foreign_post_is_refused():
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["display"] = "theme-dark"
    own = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    foreign = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}

    assert browser.post(ADDRESS, EVERYTHING, headers=own).status_code == 303
    assert browser.post(ADDRESS, USUAL, headers=foreign).status_code == 403
    assert root_of(browser.get("/"))["data-theme"] == "sepia"


def test_who_is_logged_in_posts_with_a_token():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_user())
    own = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}

    token = page_of(browser.get(ADDRESS)).select_one("main [name=csrfmiddlewaretoken]")["value"]

    assert browser.post(ADDRESS, EVERYTHING, headers=own).status_code == 403
    words = EVERYTHING | {"csrfmiddlewaretoken": token}
    assert browser.post(ADDRESS, words, headers=own).status_code == 303


def test_a_comment_posted_with_a_display_cookie_arrives(client):
    article = make_article()
    client.cookies["display"] = "size-200"
    address = f"/articles/{article.pk}/comments/"

    client.post(
        address, {"text": "Large letters.", "name": "Mara"}, headers={"Origin": "http://testserver"}
    )

    assert "Large letters." in page_of(client.get(address)).select_one(".comment__body").text
    assert make_comment(article).seq == 2
