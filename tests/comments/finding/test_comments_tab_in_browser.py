"""The comments tab in a browser: tabs, more of them in place, and what axe says."""

import pytest

from comments.finding.engine import comment_engine
from tests.browser import axe
from tests.factories import make_article, make_comment, make_user

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def comments():
    # The words are no table of Django's, which empties its own between these tests.
    comment_engine().tidy()
    article, ada = make_article("Ferry late again", language="ar"), make_user("Ada Quill")
    for number in range(22):
        make_comment(article, text=f"The ferry, {number}", author=ada)
    make_comment(article, text="العبّارة ferry", guest_name="سامي")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_from_the_articles_to_the_comments_and_on(open_page, comments, scheme):
    page = open_page(color_scheme=scheme, reduced_motion="reduce")
    page.goto("/search/?q=ferry")
    page.get_by_role("link", name="Comments 23").click()
    page.get_by_role("heading", name="23 comments for “ferry”").wait_for()
    assert "tab=comments" in page.url
    assert axe(page) == []

    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="More comments").click()
    page.locator("ol.river").nth(1).wait_for()

    assert page.evaluate("window.stayed")
    assert page.locator("ol.river > li").count() == 23
    assert page.locator(":focus").get_attribute("class") == "comment__time"
    assert page.get_by_role("link", name="More comments").count() == 0
    assert axe(page) == []


def test_a_search_stays_in_its_tab(page, comments):
    page.goto("/search/?q=ferry&tab=comments")
    page.locator("#q").fill("ferry author:ada")
    page.locator("#main").get_by_role("button", name="Search").click()

    page.get_by_role("heading", name="22 comments for “ferry author:ada”").wait_for()
    assert "tab=comments" in page.url
    assert page.locator("#say").inner_text().strip() == "22 comments for “ferry author:ada”"
