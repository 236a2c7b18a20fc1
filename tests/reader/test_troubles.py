"""Pages for when something is amiss: what they say, what they need, what they let through."""

from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as site
from django.template.loader import render_to_string
from django.test import Client

from reader import views
from tests.browser import axe, nu_errors
from tests.factories import make_article, make_user

ALONE = {
    "400.html": "That did not arrive whole",
    "500.html": "Something broke here",
    "503.html": "Back in a little while",
}


@pytest.mark.parametrize("template", ALONE)
def test_pages_that_stand_alone_need_no_database_and_no_script(template):
    html = render_to_string(template, {"site_name": "The Harbour Post"})

    page = BeautifulSoup(html, "html.parser")
    assert page.h1.text == page.title.text == ALONE[template]
    assert page.select_one(".masthead__name").text == "The Harbour Post"
    assert page.select("script") == []
    assert "{{" not in html
    assert "{%" not in html


def test_our_own_faults_are_told_without_a_request():
    answer = views.server_error(None)

    assert answer.status_code == 500
    assert site.SITE_NAME in answer.content.decode()


@pytest.mark.django_db
def test_who_may_not_see_a_page_is_told_how_to_come_in_and_comes_back_to_it(client):
    page = BeautifulSoup(client.get("/about/style/").content, "html.parser")
    way = page.select_one("main .ways a")
    assert way["href"] == "/account/login/?next=/about/style/"

    client.force_login(make_user())
    page = BeautifulSoup(client.get("/about/style/").content, "html.parser")
    assert page.select("main a[href*=login]") == []


@pytest.fixture
def closed(settings):
    settings.MAINTENANCE = True
    return Client()


@pytest.mark.parametrize("address", ["/", "/readyz", "/feed.atom", "/admin/", "/no-such-page/"])
def test_during_maintenance_everybody_is_asked_to_come_back(closed, address):
    # No mark for the database here: asking it would fail the test.
    answer = closed.get(address)

    assert (answer.status_code, answer["Retry-After"]) == (503, "600")
    assert "no-store" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "Back in a little while" in answer.content.decode()
    assert not answer.cookies


def test_during_maintenance_posts_change_nothing_and_the_process_still_says_that_it_lives(closed):
    assert closed.post("/articles/1/comments/", {"text": "Hello."}).status_code == 503
    assert closed.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_without_it_pages_are_answered(client):
    address = make_article("Ferry late again").get_absolute_url()

    assert b"Ferry late again" in client.get(address).content


def answer_with(html, route):
    route.fulfill(body=html, content_type="text/html")


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_they_can_be_read_by_everybody(open_page):
    pages = {name: render_to_string(name, {"site_name": "Foldline"}) for name in ALONE}
    for scheme in ("light", "dark"):
        page = open_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
        for name, html in pages.items():
            page.route("**/trouble/", partial(answer_with, html))
            page.goto("/trouble/")
            assert axe(page) == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert nu_errors(pages) == []
