"""What does not arrive, and what is not sent yet: nothing is lost, and it is said."""

import pytest
from playwright.sync_api import expect

from comments.threads.models import Comment
from tests.comments.threads.in_browser import FAILED, OUT_OF_DATE, answer_with, sign_in, visit
from tests.factories import make_article, make_comment, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def article():
    return make_article("Ferry late again", text="It was late.\n\nNobody knows why.")


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


@pytest.mark.parametrize(
    ("act", "status"), [("edit", 500), ("vote", None), ("more", 500), ("order", None)]
)
def test_whatever_fails_says_so_and_the_page_stays(browser, live_server, article, act, status):
    # Not `page`: there it would be trouble that the browser complains of the failure.
    page = browser.new_context(base_url=live_server.url).new_page()
    ada = make_user("Ada")
    sign_in(page, ada, live_server)
    own = make_comment(article, author=ada, text="One.")
    for _ in range(24):
        make_comment(article)
    visit(page, article)
    if act == "edit":
        page.locator(f"#comment-{own.pk}").get_by_role("link", name="Edit").click()
        page.locator(f"#edit-{own.pk}").fill("One, better.")
    count = page.locator("article.comment").count()
    answer_with(page, status, method="POST" if act in {"edit", "vote"} else "GET")

    doer = {
        "edit": page.get_by_role("button", name="Save"),
        "vote": page.get_by_role("button", name="Worth reading", exact=True).first,
        "more": page.get_by_role("link", name="More comments"),
        "order": page.get_by_role("link", name="Newest"),
    }[act]
    doer.click()

    expect(page.locator("#comments .error")).to_contain_text("That did not go through.")
    expect(page.locator("#say")).to_contain_text("That did not go through.")
    expect(page.locator("article.comment")).to_have_count(count)
    assert page.evaluate("document.activeElement !== document.body")
    if act == "edit":
        expect(page.locator(f"#edit-{own.pk}")).to_have_value("One, better.")
    page.unroute_all()
    doer.click()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#comments .error")).to_have_count(0)
    page.context.close()


def test_what_was_wrong_with_words_goes_once_they_change(browser, live_server, article):
    # Not `page`: there it would be trouble that the browser complains of the failure.
    page = browser.new_context(base_url=live_server.url).new_page()
    visit(page, article)
    field = page.get_by_label("Your comment")
    field.fill("   ")
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator("#form-new .error")).to_have_text("Write a few words first.")

    field.fill("A few words.")
    expect(page.locator("#form-new .error")).to_have_count(0)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(field).to_have_attribute("aria-describedby", "comment-hint")
    answer_with(page)
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator("#form-new .error")).to_have_text(FAILED)
    page.context.close()


def test_a_vote_that_fails_moves_nothing_in_its_row(browser, live_server, article):
    # Not `page`, as above.
    page = browser.new_context(base_url=live_server.url).new_page()
    sign_in(page, make_user("Ada"), live_server)
    comment = page.locator(f"#comment-{make_comment(article).pk}")
    visit(page, article)
    foot = comment.locator(".comment__foot")
    places = """(foot) => [...foot.querySelectorAll("a, button")].map((each) => {
      const { x, y } = each.getBoundingClientRect();
      return [x, y + scrollY];
    })"""
    before = foot.evaluate(places)
    answer_with(page)

    for _ in range(2):
        comment.get_by_role("button", name="Worth reading", exact=True).click()
        expect(comment.locator(".error")).to_have_count(1)
        assert foot.evaluate(places) == before
    page.context.close()


def test_escape_leaves_an_edit_and_its_words_come_back_with_the_cursor_behind(
    page, live_server, article
):
    ada = make_user("Ada")
    sign_in(page, ada, live_server)
    own = make_comment(article, author=ada, text="One.")
    visit(page, article)
    comment = page.locator(f"#comment-{own.pk}")
    comment.get_by_role("link", name="Edit").click()
    field = page.locator(f"#edit-{own.pk}")
    expect(field).to_be_focused()
    page.keyboard.type(" Two.")
    expect(field).to_have_value("One. Two.")

    page.keyboard.press("Escape")

    expect(field).to_have_count(0)
    expect(comment).to_be_focused()
    expect(comment.locator(".comment__body")).to_have_text("One.")
    comment.get_by_role("link", name="Edit").click()
    expect(field).to_have_value("One. Two.")
    page.keyboard.type(" Three.")
    expect(field).to_have_value("One. Two. Three.")


def test_back_returns_to_the_page_and_to_the_words(page, article):
    parent = make_comment(article, guest_name="Mara", guest_key="k")
    visit(page, article)
    page.get_by_label("Your comment").fill("Half a thought")
    page.locator(f"#comment-{parent.pk} .comment__time").click()
    page.wait_for_url(f"**/comments/{parent.pk}/")

    page.go_back()

    page.wait_for_url(f"**{article.get_absolute_url()}")
    expect(page.get_by_label("Your comment")).to_have_value("Half a thought")
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator("article.comment")).to_have_count(2)
    page.get_by_role("link", name="Newest").click()
    expect(page.get_by_role("link", name="Newest")).to_have_attribute("aria-current", "true")
    page.locator("article.comment").first.get_by_role("link", name="Edit").click()
    page.get_by_role("link", name="Leave it as it is").click()
    page.go_back()
    page.wait_for_load_state("networkidle")
    page.go_forward()
    expect(page.locator("article.comment")).to_have_count(2)
    assert Comment.objects.count() == 2
