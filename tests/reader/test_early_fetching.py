"""A browser fetches the article that a reader is about to open, and nothing else."""

import pytest

from tests.factories import make_article

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]

# Chromium waits a fifth of a second before it takes resting on a link for a wish.
RESTS = 700


def early(page):
    """List what this page's browser fetches early, from now on."""
    fetched = []
    page.context.on(
        "request",
        lambda request: fetched.append(request.url) if "sec-purpose" in request.headers else None,
    )
    return fetched


def test_resting_on_an_article_s_link_fetches_it_and_opening_it_uses_that(page, live_server):
    article = make_article("Night ferry")
    fetched = early(page)
    page.goto("/")

    page.hover("h3 a")
    page.wait_for_timeout(RESTS)
    page.click("h3 a")
    page.wait_for_url(f"**{article.get_absolute_url()}")

    assert fetched == [f"{live_server.url}{article.get_absolute_url()}"]
    how = page.evaluate("performance.getEntriesByType('navigation')[0].deliveryType")
    assert how == "navigational-prefetch"


def test_other_places_and_the_page_itself_are_not_fetched(page):
    page.goto(make_article("Night ferry").get_absolute_url())
    fetched = early(page)

    for link in ("a[href='#comments']", ".footer a[href='/publishers/']"):
        page.hover(link)
        page.wait_for_timeout(RESTS)

    assert fetched == []


def test_who_saves_data_fetches_nothing_early(open_page):
    make_article("Night ferry")
    page = open_page(extra_http_headers={"Save-Data": "on"})
    fetched = early(page)
    page.goto("/")

    page.hover("h3 a")
    page.wait_for_timeout(RESTS)

    assert fetched == []
