"""Suggestions below the search field: a list box that needs nothing but a keyboard."""

import pytest

from reader.search.vocabulary import count_words
from tests.browser import axe
from tests.factories import make_article, make_publisher

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def articles():
    publisher = make_publisher("Ferryman")
    for n in range(2):
        make_article(f"Ferry {n}", text="The ferry sleeps.", publisher=publisher, hours_ago=n + 1)
    count_words()


def test_the_arrows_choose_enter_goes_and_escape_closes(page, articles):
    page.goto("/search/")
    field, options = page.locator("#q"), page.locator(".suggestions").get_by_role("option")
    field.press_sequentially("fer")
    options.first.wait_for()
    assert options.all_inner_texts() == ["ferry", "Ferryman", "Ferry 0", "Ferry 1"]
    assert axe(page) == []

    field.press("ArrowDown")
    chosen = field.get_attribute("aria-activedescendant")
    assert page.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
    assert axe(page) == []
    field.press("Escape")
    assert options.count() == 0 and field.input_value() == "fer"
    assert field.get_attribute("aria-expanded") == "false"
    field.press("ArrowDown")
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") == "suggestion-headlines-2"
    field.press("ArrowUp")
    field.press("Enter")

    page.get_by_role("heading", name="Ferry 0").first.wait_for()
    assert "/articles/" in page.url


def test_enter_without_a_choice_searches_for_what_was_typed(page, articles):
    page.goto("/search/")
    page.locator("#q").press_sequentially("ferr")
    page.locator(".suggestions__option").first.wait_for()

    page.keyboard.press("Enter")

    page.get_by_role("heading", name="ferry").first.wait_for()
    assert page.locator(".suggestions__option:visible").count() == 0
    assert "q=ferr" in page.url


def test_a_word_that_is_chosen_is_searched_within_the_filters(page, articles):
    page.goto("/search/?publisher=ferryman&order=newest")
    page.locator("#q").press_sequentially("fer")

    page.get_by_role("option", name="ferry", exact=True).click()

    page.get_by_role("heading", name="2 articles").wait_for()
    assert page.url.endswith("/search/?q=ferry&publisher=ferryman&order=newest")
