"""The conversation in a real browser: without a page load, without a script, without a network."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from comments.threads.models import Comment, Vote
from reader.articles.models import Article
from tests.browser import axe
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db(transaction=True)

# A page that was loaded again has lost this word.
MARK = "window.sameDocument = true"
IS_SAME = "window.sameDocument === true"
WATCH_SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(
  ...list.getEntries().filter((e) => !e.hadRecentInput).map((e) => e.value)
)).observe({type: "layout-shift", buffered: true});"""
OUT_OF_DATE = "This page is out of date. Please load it again; what you wrote is kept."
FAILED = "That did not go through. Your words are still here; please try again."


@pytest.fixture
def article():
    return make_article("Ferry late again", text="It was late.\n\nNobody knows why.")


def visit(page, article):
    page.goto(article.get_absolute_url())
    page.evaluate(MARK)
    return page.locator("#comments")


def sign_in(page, user, live_server):
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )


def focused(page):
    return page.evaluate("document.activeElement.id")


def answer_with(page, status=None):
    """Let the server fail every post, or the network when no status is given."""

    def fail(route):
        if route.request.method != "POST":
            route.fallback()
        elif status:
            route.fulfill(status=status, body="Broken")
        else:
            route.abort("internetdisconnected")

    page.route("**/*", fail)


def test_the_first_comment_takes_the_place_of_the_invitation(page, open_page, article):
    thread = visit(page, article)
    expect(thread.get_by_role("heading", name="No comments yet")).to_be_visible()
    expect(thread.locator("[data-comment-count]")).to_have_text("0")

    page.get_by_label("Your name").fill("Jo")
    page.get_by_label("Your comment").fill("The first word.")
    page.get_by_role("button", name="Post comment").click()

    expect(thread.locator(".comment__body")).to_have_text("The first word.")
    comment = Comment.objects.get()
    expect(thread.get_by_text("No comments yet")).to_have_count(0)
    expect(thread.locator("[data-comment-count]")).to_have_text("1")
    expect(page.locator("#say")).to_have_text("Your comment is posted. 1 comment now.")
    expect(page.locator(f"#comment-{comment.pk}")).to_be_focused()
    assert page.evaluate(IS_SAME)
    expect(page.get_by_label("Your comment")).to_have_value("")
    expect(thread.get_by_label("Your name").last).to_have_value("Jo")
    other = open_page()
    other.goto(article.get_absolute_url())
    expect(other.locator(".comment__body")).to_have_text("The first word.")


def test_without_scripts_the_same_form_leads_to_the_comment(open_page, article):
    page = open_page(java_script_enabled=False)
    page.goto(article.get_absolute_url())

    page.get_by_label("Your name").fill("Jo")
    page.get_by_label("Your comment").fill("The first word.")
    page.get_by_role("button", name="Post comment").click()

    comment = Comment.objects.get()
    assert page.url.endswith(f"{article.get_absolute_url()}#comment-{comment.pk}")
    expect(page.locator(f"#comment-{comment.pk} .comment__body")).to_have_text("The first word.")
    expect(page.locator("[data-comment-count]")).to_have_text("1")
    expect(page.get_by_text("No comments yet")).to_have_count(0)
    page.reload()
    assert Comment.objects.count() == 1


def test_right_after_the_first_comment_a_second_an_edit_and_a_withdrawal_work(page, article):
    thread = visit(page, article)
    for text in ("One.", "Two."):
        page.get_by_label("Your comment").fill(text)
        page.get_by_role("button", name="Post comment").click()
        expect(thread.get_by_text(text, exact=True)).to_be_visible()
    one, two = Comment.objects.order_by("seq")

    page.locator(f"#comment-{one.pk}").get_by_role("link", name="Edit").click()
    field = page.locator(f"#edit-{one.pk}")
    expect(field).to_be_focused()
    expect(field).to_have_value("One.")
    field.fill("One, better.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(f"#comment-{one.pk} .comment__body")).to_have_text("One, better.")
    expect(page.locator(f"#comment-{one.pk}")).to_be_focused()
    expect(page.locator("#say")).to_have_text("Your comment is changed.")

    page.locator(f"#comment-{two.pk}").get_by_role("link", name="Withdraw").click()
    button = page.get_by_role("button", name="Withdraw")
    expect(button).to_be_focused()
    button.click()
    expect(page.locator("#say")).to_have_text("Your comment is withdrawn. 1 comment now.")
    expect(page.locator("#comments-title")).to_be_focused()
    expect(page.locator(f"#comment-{two.pk}")).to_have_count(0)
    expect(thread.locator("[data-comment-count]")).to_have_text("1")
    assert page.evaluate(IS_SAME)
    assert list(Comment.objects.order_by("seq").values_list("body_src", "status")) == [
        ("One, better.", "published"),
        ("Two.", "withdrawn"),
    ]


@pytest.mark.parametrize("scripts", [True, False], ids=["htmx", "plain"])
def test_a_reply_is_written_where_it_will_stand(open_page, article, scripts):
    parent = make_comment(article, guest_name="Mara", guest_key="k", text="Who knows why?")
    page = open_page(java_script_enabled=scripts)
    page.goto(article.get_absolute_url())
    if scripts:
        page.evaluate(MARK)

    page.get_by_role("link", name="Reply to Mara").click()
    field = page.get_by_label("Your reply to Mara")
    if scripts:
        expect(field).to_be_focused()
        assert page.evaluate(IS_SAME)
    field.fill("The captain.")
    page.get_by_role("button", name="Post reply").click()

    below = page.locator(f"li:has(> #comment-{parent.pk}) > ol")
    expect(below.locator(".comment__body")).to_have_text("The captain.")
    reply = Comment.objects.get(parent=parent)
    expect(page.locator(f"#comment-{reply.pk} h3")).to_contain_text("replied to Mara")
    expect(page.locator("[data-comment-count]")).to_have_text("2")
    if scripts:
        expect(page.locator(f"#comment-{reply.pk}")).to_be_focused()
        expect(page.get_by_label("Your reply")).to_have_count(0)
        assert page.evaluate(IS_SAME)


@pytest.mark.parametrize("scripts", [True, False], ids=["htmx", "plain"])
def test_a_vote_is_pressed_and_pressed_again(open_page, live_server, article, scripts):
    comment = make_comment(article)
    page = open_page(java_script_enabled=scripts)
    sign_in(page, make_user(), live_server)
    page.goto(article.get_absolute_url())
    up = page.get_by_role("button", name="Worth reading", exact=True)
    score = page.locator(f"#comment-{comment.pk} .vote__score")

    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    expect(score).to_contain_text("1")
    assert Vote.objects.count() == 1
    if scripts:
        expect(up).to_be_focused()
        expect(page.locator("#say")).to_have_text("You find this worth reading. 1 vote now.")
    else:
        assert page.url.endswith(f"#comment-{comment.pk}")
    up.click()
    expect(up).to_have_attribute("aria-pressed", "false")
    assert not Vote.objects.exists()


def test_an_empty_comment_is_given_back_with_the_cursor_in_it(page, article):
    visit(page, article)
    field = page.get_by_label("Your comment")
    field.fill("   ")
    page.get_by_role("button", name="Post comment").click()

    expect(page.locator("#say")).to_have_text("Write a few words first.")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("^Write a few words first"))
    assert page.evaluate(IS_SAME)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(500, FAILED), (None, FAILED), (403, OUT_OF_DATE)],
    ids=["server", "network", "token"],
)
def test_when_a_post_fails_the_words_stay_and_a_sentence_says_so(
    browser, live_server, article, status, sentence
):
    # Not `page`: there it would be trouble that the browser complains of the failure.
    page = browser.new_context(base_url=live_server.url).new_page()
    visit(page, article)
    answer_with(page, status)
    field = page.get_by_label("Your comment")
    button = page.get_by_role("button", name="Post comment")

    field.fill("Long thought about.")
    button.click()

    expect(page.locator("#form-new .error")).to_have_text(sentence)
    expect(page.locator("#say")).to_have_text(sentence)
    expect(field).to_have_value("Long thought about.")
    expect(button).to_be_enabled()
    expect(button).to_be_focused()
    page.unroute_all()
    button.click()
    expect(page.locator(".comment__body")).to_have_text("Long thought about.")
    expect(page.locator("#comments .error")).to_have_count(0)
    assert Comment.objects.count() == 1
    page.context.close()


def test_a_draft_survives_a_reload_and_goes_once_it_is_posted(page, article):
    parent = make_comment(article, guest_name="Mara", guest_key="k")
    visit(page, article)
    page.get_by_label("Your comment").fill("Half a thought")
    page.get_by_role("link", name="Reply to Mara").click()
    page.get_by_label("Your reply to Mara").fill("Half a reply")

    page.reload()
    expect(page.get_by_label("Your comment")).to_have_value("Half a thought")
    reply = page.get_by_label("Your reply to Mara")
    expect(reply).to_be_visible()
    expect(reply).to_have_value("Half a reply")
    expect(reply).not_to_be_focused()

    page.get_by_role("button", name="Post reply").click()
    expect(page.locator("[data-comment-count]")).to_have_text("2")
    expect(page.get_by_label("Your comment")).to_have_value("Half a thought")
    page.reload()
    expect(page.get_by_label("Your comment")).to_have_value("Half a thought")
    page.wait_for_load_state("networkidle")
    expect(page.locator(f"#text-{parent.pk}")).to_have_count(0)


def test_a_reply_is_folded_away_by_escape_and_its_words_come_back(page, article):
    make_comment(article, guest_name="Mara", guest_key="k")
    visit(page, article)
    link = page.get_by_role("link", name="Reply to Mara")
    field = page.get_by_label("Your reply to Mara")
    link.press("Enter")
    expect(field).to_be_focused()
    field.fill("Half a reply")

    field.press("Escape")
    expect(field).to_have_count(0)
    expect(link).to_be_focused()
    link.press("Enter")
    expect(field).to_be_focused()
    expect(field).to_have_value("Half a reply")

    link.click()
    expect(field).to_be_focused()
    expect(field).to_have_value("Half a reply")
    expect(page.get_by_role("button", name="Post reply")).to_have_count(1)
    page.get_by_role("link", name="Leave it").click()
    expect(field).to_have_count(0)
    expect(page.locator("article.comment")).to_be_focused()
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(field).to_have_count(0)


def test_a_double_click_posts_once(page, article):
    thread = visit(page, article)
    page.get_by_label("Your comment").fill("Once.")
    page.get_by_role("button", name="Post comment").dblclick()

    expect(thread.locator(".comment__body")).to_have_text("Once.")
    assert Comment.objects.count() == 1


def test_control_and_enter_post(page, article):
    thread = visit(page, article)
    page.get_by_label("Your comment").fill("By the keys.")
    page.get_by_label("Your comment").press("Control+Enter")

    expect(thread.locator(".comment__body")).to_have_text("By the keys.")


def test_more_comments_come_in_place_each_once_and_the_focus_goes_to_the_first(page, article):
    for _ in range(25):
        make_comment(article)
    thread = visit(page, article)
    comments = thread.locator("article.comment")
    expect(comments).to_have_count(20)
    page.get_by_label("Your comment").last.fill("The last word.")
    page.get_by_role("button", name="Post comment").click()
    expect(comments).to_have_count(21)
    new = Comment.objects.order_by("-id")[0]
    expect(page.locator(f"#comment-{new.pk}")).to_be_focused()

    page.get_by_role("link", name="More comments").click()

    expect(comments).to_have_count(26)
    expect(page.locator(f"#comment-{new.pk}")).to_have_count(1)
    assert page.evaluate("document.activeElement.matches('article.comment')")
    assert page.evaluate(IS_SAME)


def test_an_order_is_chosen_in_place(page, article):
    old, new = make_comment(article), make_comment(article)
    thread = visit(page, article)

    page.get_by_role("link", name="Newest").click()

    expect(thread.locator("article.comment").first).to_have_id(f"comment-{new.pk}")
    expect(page.get_by_role("link", name="Newest")).to_be_focused()
    page.get_by_role("link", name="Oldest").click()
    expect(thread.locator("article.comment").first).to_have_id(f"comment-{old.pk}")


def test_nothing_moves_by_itself_and_axe_is_content_from_first_word_to_long_thread(page, article):
    page.add_init_script(WATCH_SHIFTS)
    thread = visit(page, article)
    assert axe(page) == []
    page.get_by_label("Your comment").fill("The first word.")
    page.get_by_role("button", name="Post comment").click()
    expect(thread.locator("[data-comment-count]")).to_have_text("1")
    page.get_by_role("link", name="Reply").click()
    expect(page.get_by_label("Your reply")).to_be_focused()
    assert axe(page) == []
    page.get_by_role("link", name="Withdraw").click()
    expect(page.get_by_role("button", name="Withdraw")).to_be_visible()
    assert axe(page) == []

    comment = Comment.objects.get()
    for level in range(6):
        comment = make_comment(parent=comment, author=make_user(), text=f"Level {level}.")
    page.reload()
    assert axe(page) == []
    page.wait_for_timeout(700)
    assert page.evaluate("window.shifts") == []
    assert Article.objects.get(pk=article.pk).comment_count == 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_deepest_exchange_fits_the_narrowest_screen(open_page, article, scheme):
    comment = make_comment(article, text="x" * 300, guest_name="W" * 60, guest_key="k")
    for _ in range(5):
        comment = make_comment(parent=comment, text="y" * 300, author=make_user("Z" * 60))
    page = open_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    for address in (article.get_absolute_url(), f"/comments/{comment.pk}/"):
        page.goto(address)
        page.get_by_role("link", name="Reply").last.click()
        expect(page.get_by_label("Your reply")).to_be_focused()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert axe(page) == []
