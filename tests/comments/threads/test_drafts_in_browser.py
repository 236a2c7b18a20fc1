"""Previews, quotations, second thoughts and drafts in a real browser."""

import json
import re
import time

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from comments.threads.models import Comment
from tests.browser import axe
from tests.comments.threads.in_browser import (
    IS_SAME,
    OUT_OF_DATE,
    sign_in,
    visit,
)
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db(transaction=True)

SELECT = """(element) => {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("off", "SecurityError"); }
});"""
FULL_STORAGE = """Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError");
};"""


@pytest.fixture
def article():
    return make_article("Ferry late again", text="It was late.\n\nNobody knows why.")


def drafts(page):
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))")


def field_of(page):
    return page.get_by_label("Your comment")


@pytest.mark.parametrize("scripts", [True, False], ids=["htmx", "plain"])
def test_a_preview_comes_above_the_words_and_has_the_focus(open_page, article, scripts):
    page = open_page(java_script_enabled=scripts)
    page.goto(article.get_absolute_url())
    page.get_by_label("Your name").fill("Jo")
    field_of(page).fill("So *late*.")
    page.get_by_role("button", name="Preview").click()

    preview = page.get_by_role("region", name="Preview")
    expect(preview.locator("em")).to_have_text("late")
    expect(preview).to_be_focused()
    expect(field_of(page)).to_have_value("So *late*.")
    assert not Comment.objects.exists()
    if scripts:
        assert axe(page) == []
        assert len(drafts(page)) == 1
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator("article.comment em")).to_have_text("late")
    expect(page.locator("[data-comment-count]")).to_have_text("1")


def test_words_of_the_article_are_quoted_with_their_paragraph(page, article):
    visit(page, article)
    field_of(page).fill("Well:")
    page.locator("#text-p2").evaluate(SELECT)

    button = page.get_by_role("button", name="Quote")
    expect(button).to_be_visible()
    assert axe(page) == []
    page.locator("#text-p1").click()
    expect(button).to_have_count(0)
    page.locator("#text-p2").click(click_count=3)
    expect(button).to_be_visible()
    # The next Tab reaches it.
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")

    link = f"[¶ 2](/articles/{article.pk}/#text-p2)"
    expect(field_of(page)).to_have_value(f"Well:\n\n> Nobody knows why.\n>\n> — {link}\n\n")
    expect(field_of(page)).to_be_focused()
    expect(button).to_have_count(0)
    page.keyboard.type("Who does?")
    page.get_by_role("button", name="Post comment").click()
    link = page.locator(".comment__body blockquote a")
    expect(link).to_have_text("¶ 2")
    link.click()
    assert page.url.endswith(f"{article.get_absolute_url()}#text-p2")
    assert page.evaluate(IS_SAME)


def test_words_of_a_comment_are_quoted_in_its_reply(page, article):
    comment = make_comment(article, guest_name="M*ra", guest_key="k", text="Why?\n\nWho knows.")
    visit(page, article)
    page.locator(f"#comment-{comment.pk} .comment__body").evaluate(SELECT)
    page.get_by_role("button", name="Quote").click()

    reply = page.locator(f"#text-{comment.pk}")
    quoted = f"> Why?\n>\n> Who knows.\n>\n> — [M\\*ra](/comments/{comment.pk}/)\n\n"
    expect(reply).to_have_value(quoted)
    expect(reply).to_be_focused()
    page.locator(f"#comment-{comment.pk} .comment__body p").first.evaluate(SELECT)
    page.get_by_role("button", name="Quote").click()
    expect(reply).to_have_value(f"{quoted}> Why?\n>\n> — [M\\*ra](/comments/{comment.pk}/)\n\n")


def test_where_nothing_can_be_said_nothing_is_quoted(page, article, settings):
    make_comment(article)
    settings.COMMENT_GUESTS = "off"
    visit(page, article)
    for selector in ("#text-p1", ".comment__body p", "h1"):
        page.locator(selector).evaluate(SELECT)
        page.wait_for_timeout(400)
        expect(page.get_by_role("button", name="Quote")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False], ids=["htmx", "plain"])
def test_a_withdrawn_comment_comes_back_with_one_press(open_page, article, scripts):
    page = open_page(java_script_enabled=scripts)
    page.goto(article.get_absolute_url())
    field_of(page).fill("Said too soon.")
    page.get_by_role("button", name="Post comment").click()
    page.get_by_role("link", name="Withdraw").click()
    page.get_by_role("button", name="Withdraw").click()

    gone = page.locator("article.comment")
    expect(gone.locator("h3")).to_have_text("You withdrew this comment.")
    expect(page.locator("[data-comment-count]")).to_have_text("0")
    if scripts:
        expect(gone).to_be_focused()
        page.wait_for_timeout(400)  # it fades in
        assert axe(page) == []
    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".comment__body")).to_have_text("Said too soon.")
    expect(page.locator("[data-comment-count]")).to_have_text("1")
    if scripts:
        expect(gone).to_be_focused()
        expect(page.locator("#say")).to_have_text("Your comment is back. 1 comment now.")
    assert Comment.objects.get().status == "published"


def test_a_draft_outlives_its_tab_and_says_that_it_is_back(open_page, article):
    page = open_page()
    visit(page, article)
    field_of(page).fill("Half a thought")
    other = page.context.new_page()
    page.close()

    other.goto(article.get_absolute_url())
    expect(field_of(other)).to_have_value("Half a thought")
    note = other.locator("#form-new .draft")
    expect(note).to_contain_text(re.compile(r"^Your draft from .*\d.* is back\."))
    expect(other.locator("#say")).to_contain_text("is back.")
    assert axe(other) == []
    other.get_by_role("button", name="Drop it").click()
    expect(field_of(other)).to_have_value("")
    expect(field_of(other)).to_be_focused()
    expect(note).to_have_count(0)
    assert drafts(other) == []
    other.reload()
    expect(field_of(other)).to_have_value("")


def test_tabs_keep_their_words_apart(open_page, article):
    one = open_page()
    visit(one, article)
    two = one.context.new_page()
    visit(two, article)
    field_of(one).fill("Words of one")
    field_of(two).fill("Words of two")

    one.reload()
    expect(field_of(one)).to_have_value("Words of one")
    two.reload()
    expect(field_of(two)).to_have_value("Words of two")
    one.get_by_role("button", name="Post comment").click()
    expect(one.locator(".comment__body")).to_have_text("Words of one")
    expect(field_of(one)).to_have_value("")
    two.reload()
    expect(field_of(two)).to_have_value("Words of two")


def test_drafts_go_after_two_weeks_and_when_somebody_logs_out(page, article, live_server):
    visit(page, article)
    field_of(page).fill("Half a thought")
    [key] = drafts(page)
    old = json.dumps({"words": "Old", "at": (time.time() - 15 * 86400) * 1000, "writer": ""})
    page.evaluate("([key, old]) => localStorage.setItem(key, old)", [key, old])
    page.reload()
    expect(field_of(page)).to_have_value("")
    assert drafts(page) == []

    sign_in(page, make_user(), live_server)
    page.reload()
    field_of(page).fill("A secret thought")
    page.goto("/account/")
    page.get_by_role("button", name="Log out").click()
    page.goto(article.get_absolute_url())
    expect(field_of(page)).to_have_value("")
    assert drafts(page) == []


def test_the_words_of_one_person_are_not_shown_to_the_next(page, article, live_server):
    sign_in(page, make_user("Ada"), live_server)
    visit(page, article)
    field_of(page).fill("A secret thought")
    sign_in(page, make_user("Bo"), live_server)
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(field_of(page)).to_have_value("")


@pytest.mark.once
@pytest.mark.parametrize("trouble", [NO_STORAGE, FULL_STORAGE], ids=["none", "no room"])
def test_without_storage_everything_works_but_the_memory(page, article, trouble):
    page.add_init_script(trouble)
    visit(page, article)
    field_of(page).fill("Posted all the same.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview")).to_be_focused()
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator("article.comment .comment__body")).to_have_text("Posted all the same.")
    assert page.evaluate(IS_SAME)


@pytest.mark.parametrize("scripts", [True, False], ids=["htmx", "plain"])
def test_when_the_session_has_ended_the_words_wait(browser, live_server, article, scripts):
    # Not `page`: there it would be trouble that the browser complains of the refusal.
    context = browser.new_context(base_url=live_server.url, java_script_enabled=scripts)
    page = context.new_page()
    ada = make_user("Ada")
    sign_in(page, ada, live_server)
    page.goto(article.get_absolute_url())
    field_of(page).fill("Long thought about.")
    Session.objects.all().delete()

    page.get_by_role("button", name="Post comment").click()

    sentence = "You were logged out. Log in and your comment will be waiting."
    expect(page.locator("#form-new .error, #form-new [data-failure]").first).to_have_text(
        re.compile(f"{re.escape(sentence)}|{re.escape(OUT_OF_DATE)}")
    )
    expect(field_of(page)).to_have_value("Long thought about.")
    assert not Comment.objects.exists()
    sign_in(page, ada, live_server)
    if scripts:
        page.goto(article.get_absolute_url())
        expect(field_of(page)).to_have_value("Long thought about.")
    context.close()


@pytest.mark.parametrize(
    "marks", ["\u202e", "\u2067", "\u2066\u202e", "Z" + "\u0351\u036b\u0343" * 200]
)
def test_odd_characters_stay_within_their_comment(open_page, article, marks):
    plain = make_comment(article, guest_name="Kim", guest_key="k", text="abc def")
    page = open_page()
    page.goto(article.get_absolute_url())
    where = """(article) => [...article.querySelectorAll("a, span, .comment__foot")].map((each) => {
      const { left, width } = each.getBoundingClientRect();
      return [Math.round(left), Math.round(width)];
    })"""
    article_of = page.locator(f"#comment-{plain.pk}")
    before = article_of.evaluate(where)
    Comment.objects.filter(pk=plain.pk).update(body_html=f"<p>{marks}abc def</p>")
    page.reload()
    assert article_of.evaluate(where) == before
    body = article_of.locator(".comment__body")
    assert body.evaluate("(e) => getComputedStyle(e).overflow") == "clip"
    assert body.text_content() == f"{marks}abc def"
