"""Branches that fold, and what unfolds them."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.comments.threads.in_browser import WATCH_SHIFTS, visit
from tests.factories import make_article, make_comment, make_thread

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def article():
    return make_article("Ferry late again", text="It was late.\n\nNobody knows why.")


@pytest.fixture
def branch(article):
    """A comment, a reply to it, and a reply to that."""
    mara = make_comment(article, guest_name="Mara", guest_key="k")
    theo = make_comment(parent=mara, guest_name="Theo", guest_key="t")
    return [mara, theo, make_comment(parent=theo)]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_branch_is_open_until_somebody_folds_it(open_page, article, branch, scripts):
    page = open_page(java_script_enabled=scripts)
    page.goto(article.get_absolute_url())
    last = page.locator(f"#comment-{branch[2].pk}")
    expect(last).to_be_visible()

    page.locator("summary", has_text="1 reply to Mara").click()

    expect(last).to_be_hidden()
    expect(page.locator(f"#comment-{branch[0].pk}")).to_be_visible()
    page.locator("summary", has_text="1 reply to Mara").press("Enter")
    expect(last).to_be_visible()


def test_what_was_folded_stays_folded_and_nothing_jumps(page, article, branch):
    page.add_init_script(WATCH_SHIFTS)
    visit(page, article)
    page.locator("summary", has_text="1 reply to Theo").click()
    assert axe(page) == []

    page.reload()
    page.wait_for_load_state("networkidle")

    expect(page.locator(f"#comment-{branch[1].pk}")).to_be_visible()
    expect(page.locator(f"#comment-{branch[2].pk}")).to_be_hidden()
    page.wait_for_timeout(600)
    assert page.evaluate("window.shifts") == []
    page.locator("summary", has_text="1 reply to Theo").click()
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator(f"#comment-{branch[2].pk}")).to_be_visible()


def test_a_link_to_a_comment_unfolds_what_it_lies_in(page, article, branch):
    visit(page, article)
    page.locator("summary", has_text="1 reply to Theo").click()
    page.locator("summary", has_text="1 reply to Mara").click()
    last = page.locator(f"#comment-{branch[2].pk}")

    page.goto(f"{article.get_absolute_url()}#comment-{branch[2].pk}")
    expect(last).to_be_in_viewport()
    page.goto("about:blank")
    page.goto(f"{article.get_absolute_url()}#comment-{branch[2].pk}")
    page.wait_for_load_state("networkidle")
    expect(last).to_be_in_viewport()
    page.goto(article.get_absolute_url())
    page.wait_for_load_state("networkidle")
    expect(last).to_be_hidden()  # a link looks in once; what was put away stays so


def test_ones_own_reply_in_a_folded_branch_is_shown(page, article, branch):
    visit(page, article)
    page.locator("summary", has_text="1 reply to Mara").click()
    page.get_by_role("link", name="Reply to Mara").click()
    page.get_by_label("Your reply to Mara").fill("Here I am.")

    page.get_by_role("button", name="Post reply").click()

    own = page.locator("article.comment", has_text="Here I am.")
    expect(own).to_be_focused()
    expect(own).to_be_visible()


def test_replies_are_counted_with_those_that_are_not_loaded(page, article):
    make_thread(article, [None, *[1] * 12], guest_name="Mara")
    visit(page, article)

    expect(page.locator("summary", has_text="to Mara")).to_have_text("12 replies to Mara")
    expect(page.locator("article.comment")).to_have_count(4)
