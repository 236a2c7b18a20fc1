"""Drafts of several tabs: what a page still shows is nobody else's."""

import re

import pytest
from playwright.sync_api import expect

from tests.comments.threads.in_browser import visit
from tests.factories import make_article, make_comment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

# As where a site has no certificate.
NO_LOCKS = 'Object.defineProperty(navigator, "locks", { value: undefined });'


@pytest.fixture
def article():
    return make_article("Ferry late again", text="It was late.\n\nNobody knows why.")


def field_of(page):
    return page.get_by_label("Your comment")


def test_the_words_of_a_tab_that_is_open_are_not_taken(open_page, article):
    make_comment(article, guest_name="Mara", guest_key="k")
    one = open_page()
    visit(one, article)
    field_of(one).fill("Half a thought")
    one.get_by_role("link", name="Reply to Mara").click()
    one.get_by_label("Your reply to Mara").fill("Half a reply")
    two = one.context.new_page()
    visit(two, article)
    two.wait_for_load_state("networkidle")

    expect(field_of(two)).to_have_value("")
    expect(two.get_by_label("Your reply to Mara")).to_have_count(0)
    one.reload()
    expect(field_of(one)).to_have_value("Half a thought")
    expect(one.get_by_label("Your reply to Mara")).to_have_value("Half a reply")
    one.close()
    two.reload()
    expect(field_of(two)).to_have_value("Half a thought")
    expect(two.get_by_label("Your reply to Mara")).to_have_value("Half a reply")
    # Of today it says the time only.
    expect(two.locator("#form-new .draft")).to_have_text(
        re.compile(r"^Your draft from \d{1,2}:\d\d is back\. Drop it$")
    )


def test_without_locks_a_page_writes_again_what_another_dropped(open_page, article):
    one = open_page()
    one.context.add_init_script(NO_LOCKS)
    visit(one, article)
    field_of(one).fill("Half a thought")
    two = one.context.new_page()
    visit(two, article)
    two.get_by_role("button", name="Drop it").click()
    expect(field_of(two)).to_have_value("")

    one.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
    one.reload()

    expect(field_of(one)).to_have_value("Half a thought")


def test_words_come_along_to_the_same_article_by_another_way(page, article):
    visit(page, article)
    field_of(page).fill("Half a thought")
    page.goto("/")
    page.get_by_role("link", name="Ferry late again").first.click()
    expect(field_of(page)).to_have_value("Half a thought")
