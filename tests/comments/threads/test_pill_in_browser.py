"""What comes while a page is open: told once, in a place that moves nothing."""

import re

import pytest
from playwright.sync_api import expect

from comments.threads.models import Comment
from tests.browser import axe
from tests.comments.threads.in_browser import (
    IS_SAME,
    PAUSE,
    WATCH_SHIFTS,
    look_again,
    sign_in,
    visit,
    wind_clock,
)
from tests.factories import make_article, make_comment, make_user

COUNT_QUESTIONS = """window.asked = window.answered = 0;
const ask = window.fetch;
window.fetch = async (...what) => {
  window.asked += 1;
  try { return await ask(...what); } finally { setTimeout(() => { window.answered += 1; }); }
};"""

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def article():
    return make_article("Ferry late again", text="It was late.\n\nNobody knows why.")


@pytest.fixture
def asked(page):
    """The questions for the number of the thread, while the test winds the clock."""
    wind_clock(page)
    questions = []
    page.on("request", lambda sent: "/version/" in sent.url and questions.append(sent.url))
    return questions


def test_new_comments_are_told_without_moving_anything(page, asked, article):
    mara = make_comment(article, guest_name="Mara", guest_key="k", text="Who knows why?")
    page.add_init_script(WATCH_SHIFTS)
    thread = visit(page, article)
    page.get_by_role("link", name="Reply to Mara").click()
    field = page.get_by_label("Your reply to Mara")
    field.fill("Half a reply")
    page.wait_for_timeout(600)  # after a shift may be the doing of what was just pressed
    place = page.evaluate("scrollY")

    late = [make_comment(article, text=f"Late {number}.") for number in range(3)]
    look_again(page)

    expect(page.locator("#say")).to_have_text("3 new comments")
    pill = page.locator("#pill")
    expect(pill).to_have_text("3 new comments")
    expect(pill).to_be_hidden()  # not while somebody types
    expect(field).to_be_focused()
    expect(field).to_have_value("Half a reply")
    field.press("Tab")
    expect(pill).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("scrollY") == place
    assert page.evaluate("window.shifts") == []
    box = page.locator(".pill").bounding_box()
    assert (
        page.viewport_size["height"] - 80 < box["y"] + box["height"] < page.viewport_size["height"]
    )

    pill.press("Enter")
    comments = thread.locator("article.comment")
    expect(comments).to_have_count(3)
    expect(page.locator(f"#comment-{late[0].pk}")).to_be_focused()
    expect(page.locator(".pill")).to_have_count(0)
    page.keyboard.press("n")
    expect(page.locator(f"#comment-{late[1].pk}")).to_be_focused()
    # What it answers is not among the new; the words are still here, and can be sent.
    expect(field).to_have_value("Half a reply")
    page.get_by_role("button", name="Post reply").click()
    expect(page.locator("[data-comment-count]")).to_have_text("5")
    assert Comment.objects.get(body_src="Half a reply").parent == mara
    assert page.evaluate(IS_SAME)


def test_a_pill_is_sent_away_and_comes_back_only_for_more(page, asked, article):
    make_comment(article)
    visit(page, article)
    page.get_by_role("link", name="Reply", exact=False).focus()
    before = page.evaluate("document.activeElement.outerHTML")
    make_comment(article)
    look_again(page)
    expect(page.locator("#pill")).to_have_text("1 new comment")
    page.evaluate("document.getElementById('say').textContent = ''")

    page.get_by_role("button", name="Not now").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pill")).to_have_count(0)
    assert page.evaluate("document.activeElement.outerHTML") == before
    look_again(page)
    expect(page.locator(".pill")).to_have_count(0)

    make_comment(article)
    look_again(page)
    expect(page.locator("#pill")).to_have_text("2 new comments")
    expect(page.locator("#say")).to_have_text("")
    page.locator("#pill").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".pill")).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body")


def test_ones_own_words_are_no_news(page, asked, article, live_server):
    ada = make_user("Ada")
    sign_in(page, ada, live_server)
    thread = visit(page, article)
    page.get_by_label("Your comment").fill("Mine.")
    page.get_by_role("button", name="Post comment").click()
    expect(thread.locator("[data-comment-count]")).to_have_text("1")
    expect(thread).to_have_attribute("data-arrival", "1")

    make_comment(article, author=ada, text="Mine, from my phone.")
    look_again(page)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".pill")).to_have_count(0)
    make_comment(article)
    look_again(page)
    expect(page.locator("#pill")).to_have_text("1 new comment")


def set_visible(page, state):
    page.evaluate(
        """(state) => {
          Object.defineProperty(document, "visibilityState", {value: state, configurable: true});
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )


def test_nobody_looks_nobody_asks_and_at_once_when_somebody_does(page, asked, article):
    make_comment(article)
    visit(page, article)
    assert asked == []
    look_again(page)

    set_visible(page, "hidden")
    page.clock.fast_forward(10 * PAUSE)
    page.clock.fast_forward(10 * PAUSE)
    assert len(asked) == 1
    with page.expect_response(re.compile("/version/")):
        set_visible(page, "visible")
    page.context.set_offline(True)
    page.clock.fast_forward(10 * PAUSE)
    page.clock.fast_forward(10 * PAUSE)
    assert len(asked) == 2
    with page.expect_response(re.compile("/version/")):
        page.context.set_offline(False)
    assert len(asked) == 3


def test_a_server_in_trouble_is_asked_less_and_less(browser, live_server, article):
    # Not `page`: there it would be trouble that the browser complains of the failure.
    page = browser.new_context(base_url=live_server.url).new_page()
    page.clock.install()
    page.add_init_script(COUNT_QUESTIONS)
    page.route("**/version/", lambda route: route.fulfill(status=503, body="Busy"))
    visit(page, article)

    moments, asked = [], 0
    for second in range(10, 170, 10):
        page.clock.fast_forward(10_000)
        while page.evaluate("window.asked > window.answered"):
            page.wait_for_timeout(10)
        if (now := page.evaluate("window.asked")) > asked:
            asked = now
            moments.append(second)

    assert moments == [10, 30, 70, 150]
    expect(page.locator("#comments .error")).to_have_count(0)
    page.context.close()


def test_the_pill_never_lies_on_what_has_the_focus(open_page, article):
    page = open_page(viewport={"width": 360, "height": 640})
    page.clock.install()
    for _ in range(4):
        make_comment(article, guest_name="Mara", guest_key="k")
    visit(page, article)
    link = page.get_by_role("link", name="Report").first
    link.focus()
    # To where the pill will be.
    link.evaluate("(e) => scrollBy(0, e.getBoundingClientRect().bottom - innerHeight + 24)")
    make_comment(article)
    with page.expect_response(re.compile("/new/")):
        page.clock.fast_forward(PAUSE)
    expect(page.locator("#pill")).to_have_count(1)

    covered = """() => {
      const over = document.querySelector(".pill").getBoundingClientRect();
      const { left, right, top, bottom } = document.activeElement.getBoundingClientRect();
      if (document.activeElement.closest(".pill")) return false;
      const isSeen = getComputedStyle(document.querySelector(".pill")).visibility === "visible";
      const isBeside = right < over.left || left > over.right;
      return isSeen && !isBeside && top < over.bottom && bottom > over.top;
    }"""
    assert not page.evaluate(covered)
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        page.wait_for_timeout(60)
        assert not page.evaluate(covered)
