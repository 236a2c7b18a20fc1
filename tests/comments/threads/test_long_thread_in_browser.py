"""A thread of a thousand comments, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.comments.threads.in_browser import WATCH_SHIFTS, look_again, visit, wind_clock
from tests.factories import make_article, make_comment, make_thread

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def article():
    article = make_article("Ferry late again", text="It was late.\n\nNobody knows why.")
    # Every fourth opens a branch; the others answer what came before.
    make_thread(article, [None if n % 4 == 0 else n for n in range(1000)], guest_name="Mara")
    return article


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(360, "light", "en"), (1280, "dark", "ar")],
)
def test_a_thousand_comments_meet_every_rule_and_nothing_moves(
    open_page, article, width, scheme, language
):
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme, locale=language)
    wind_clock(page)
    page.add_init_script(WATCH_SHIFTS)
    visit(page, article)
    assert page.locator("article.comment").count() > 60
    page.locator("[data-reply]").first.click()
    field = page.locator("textarea").first
    expect(field).to_be_focused()
    field.fill("Half a reply")
    page.wait_for_timeout(600)  # after a shift may be the doing of what was just pressed

    make_comment(article)
    look_again(page)
    expect(page.locator("#pill")).to_have_count(1)
    field.press("Tab")
    expect(page.locator("#pill")).to_be_visible()
    assert axe(page) == []
    page.wait_for_timeout(600)
    assert page.evaluate("window.shifts") == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    page.keyboard.press("Enter")  # posts the reply
    expect(page.locator(".comment--new")).to_be_focused()
    expect(page.locator("[data-comment-count]")).to_have_text("1002")
    page.wait_for_timeout(600)
    assert page.evaluate("window.shifts") == []
