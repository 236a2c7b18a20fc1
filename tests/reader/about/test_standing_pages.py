"""What the site says about itself, held against what it does."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core import mail
from django.urls import reverse

from reader.related.services import pin_related
from tests.factories import make_article, make_user

pytestmark = [pytest.mark.once, pytest.mark.django_db]

TEXT = """
The harbour board of Port Ambry has closed the northern pier after divers found cracks in its piles.

Engineers had warned in spring that the winter storms might have loosened the wood below the water.

Ferries to the island will use the southern pier until the repairs are done, the board said.

The repairs are expected to cost two million florins, most of it for piles from a yard in Gantry.

Fishermen, who land their catch at the northern pier, said that nobody had asked them beforehand.

Their boats draw more water than the southern pier has at low tide, so they must wait outside.

A spokeswoman for the harbour board promised a dredger, though she could not say from where.

The island council wants to know why the cracks were found by divers who were looking for a bell.
"""
PAGES = ["/about/", "/about/how-it-works/", "/about/privacy/"]


def page_of(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_leads_to_it_and_it_leads_to_the_others(client, address):
    footer = page_of(client, "/").select(".footer a")
    page = page_of(client, address)

    assert address in [link["href"] for link in footer]
    ways = {a["href"]: a.get("aria-current") for a in page.select(".standing__pages a")}
    assert ways == {each: "page" if each == address else None for each in PAGES}
    assert page.select_one("link[rel=canonical]")["href"] == f"http://testserver{address}"
    assert page.select_one("meta[name=description]")["content"]


def test_machines_are_told_of_them(client):
    listed = client.get(reverse("machines:sitemap_pages")).content.decode()

    assert [address for address in PAGES if f"http://testserver{address}<" not in listed] == []


def test_the_panels_lead_to_how_they_are_made(client):
    article = make_article(text=TEXT)
    pin_related(article, make_article(), by=None)

    page = page_of(client, article.get_absolute_url())
    how = page_of(client, "/about/how-it-works/")

    for panel in (".glance", "#related"):
        address = page.select_one(f"{panel} a[href*=how-it-works]")["href"]
        assert how.find(id=address.partition("#")[2]).name == "h2", panel


def test_every_link_within_a_standing_page_leads_somewhere(client):
    for address in PAGES:
        page = page_of(client, address)
        for link in page.select("main a[href^='#']"):
            assert page.find(id=link["href"][1:]), (address, link["href"])
        for link in page.select("main a[href^='/']"):
            assert client.get(link["href"]).status_code == 200, (address, link["href"])


def named_cookies(client):
    return {row.text for row in page_of(client, "/about/privacy/").select("tbody th")}


def test_every_cookie_the_site_sets_is_named(client, settings):
    """Comments as a guest, settings, signing up, logging in, changing a name, logging out."""
    settings.COMMENT_GUESTS = "open"
    article = make_article()
    seen = set()

    def watched(response):
        seen.update(response.cookies)
        return response

    watched(client.post(f"/articles/{article.pk}/comments/", {"text": "Hello.", "name": "Mara"}))
    watched(client.post("/display/", {"size": "125", "width": "normal", "spacing": "normal",
                                      "face": "serif", "theme": "dark"}))  # fmt: skip
    person = {"name": "Mara", "email": "mara@mail.example", "password1": "quiet broadsheet 7"}
    watched(client.post(reverse("account_signup"), person))
    watched(client.get(reverse("accounts:profile")))
    watched(client.post(reverse("accounts:profile"), {"name": "Mara B."}))
    watched(client.get("/"))
    watched(client.post(reverse("account_logout")))

    assert len(mail.outbox) == 1
    assert {"guest", "display", "sessionid"} <= seen
    assert seen <= named_cookies(client)


def test_no_cookie_is_named_that_nobody_sets(client):
    folder = Path(settings.BASE_DIR)
    sources = " ".join(
        path.read_text("utf-8")
        for house in ("reader", "comments")
        for path in (folder / house).rglob("*.py")
    )
    own = set(re.findall(r'^COOKIE_NAME = "(\w+)"', sources, re.MULTILINE))
    of_django = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}

    assert named_cookies(client) == own | of_django


def test_how_long_a_login_lasts_is_told_as_it_is(client, settings):
    settings.SESSION_COOKIE_AGE = 9 * 24 * 3600

    assert "9 days" in page_of(client, "/about/privacy/").select_one("table").text


def test_a_reader_finds_no_style_page(client):
    assert client.get("/about/style/").status_code == 403
    client.force_login(make_user())
    assert client.get("/about/style/").status_code == 403
