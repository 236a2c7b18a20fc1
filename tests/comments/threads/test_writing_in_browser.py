"""Writing in a real browser: without a page load, and without a script."""

import re

import pytest
from playwright.sync_api import expect

from comments.threads.models import Comment
from tests.comments.threads.in_browser import (
    IS_SAME,
    MARK,
    visit,
)
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article():
    return make_article("Ferry late again", text="It was late.\n\nNobody knows why.")


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
    expect(page.locator(f"#comment-{two.pk}")).to_be_focused()
    expect(page.locator(f"#comment-{two.pk}")).not_to_contain_text("Two.")
    expect(thread.locator("[data-comment-count]")).to_have_text("1")
    assert page.evaluate(IS_SAME)
    assert list(Comment.objects.order_by("seq").values_list("body_src", "status")) == [
        ("One, better.", "published"),
        ("Two.", "withdrawn"),
    ]


def test_a_reply_leaves_the_pages_that_were_read_on_to(open_page, article):
    comments = [make_comment(article, text=f"Comment {number}.") for number in range(25)]
    page = open_page()
    page.goto(article.get_absolute_url())
    page.get_by_role("link", name="More comments").click()
    expect(page.locator("article.comment")).to_have_count(25)

    last = page.locator(f"#comment-{comments[-1].pk}")
    last.get_by_role("link", name="Reply").click()
    page.get_by_label("Your reply").fill("To the last of them.")
    page.get_by_role("button", name="Post reply").click()

    reply = page.locator(f"li:has(> #comment-{comments[-1].pk}) article.comment--new")
    expect(reply).to_contain_text("To the last of them.")
    expect(reply).to_be_focused()
    expect(page.locator("article.comment")).to_have_count(26)
    expect(page.locator("[data-comment-count]")).to_have_text("26")
    expect(page.locator("[data-comment-copy]")).to_have_text("26")


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

    # Among the replies, or at once beneath what it answers.
    below = page.locator(f"li:has(> #comment-{parent.pk})").locator("> ol, > details > ol")
    expect(below.locator(".comment__body")).to_have_text("The captain.")
    reply = Comment.objects.get(parent=parent)
    expect(page.locator(f"#comment-{reply.pk} h3")).to_contain_text("replied to Mara")
    expect(page.locator("[data-comment-count]")).to_have_text("2")
    if scripts:
        expect(page.locator(f"#comment-{reply.pk}")).to_be_focused()
        expect(page.get_by_label("Your reply")).to_have_count(0)
        assert page.evaluate(IS_SAME)


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
