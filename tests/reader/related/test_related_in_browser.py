"""The blocks and the desk's two lists in a browser: clean, within the screen, and by keyboard."""

import pytest
from django.urls import reverse

from reader.related.models import RelatedLink
from reader.related.services import ban_related, pin_related, relate_articles
from reader.stories.services import begin_story
from tests.browser import axe
from tests.factories import make_article
from tests.reader.related.test_sidebar_blocks import link, told_by

pytestmark = pytest.mark.django_db(transaction=True)

SCREENS = [
    {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    for width in (360, 1280)
    for scheme in ("light", "dark")
]
NAMES = ["360-light", "360-dark", "1280-light", "1280-dark"]


@pytest.fixture
def site():
    """A page with something in each block, in two scripts, with one long word."""
    page = told_by(0, hours_ago=10)
    told = [told_by(n, hours_ago=n) for n in (1, 2)]
    earlier = make_article(
        "Earlier, with " + "Donaudampfschifffahrtsgesellschaft" * 3, hours_ago=90
    )
    later = make_article("جسر جديد", text="افتتح الجسر اليوم", language="ar")
    # All of them before the links: an article that comes in would have its say about the list.
    pinned, second = make_article("Picked by hand"), make_article("Second pick")
    banned = make_article("Kept out")
    relate_articles([article.pk for article in (page, *told)])
    RelatedLink.objects.all().delete()
    begin_story([article.pk for article in (page, *told)])
    link(page, earlier)
    link(page, later)
    link(page, banned, score=0.8)
    pin_related(page, pinned, by=None, reason="Read this one first")
    pin_related(page, second, by=None)
    ban_related(page, banned, by=None, reason="Another harbour")
    return page


def is_within(screen):
    return screen.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.once
@pytest.mark.parametrize("screen", SCREENS, ids=NAMES)
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_the_blocks_are_clean_and_fit(site, open_page, screen, locale):
    page = open_page(**screen, locale=locale, java_script_enabled=True)
    page.goto(site.get_absolute_url())

    assert page.locator(".related-block").count() == 4
    assert page.locator(".related li").count() == 6
    assert axe(page) == []
    assert is_within(page)


def test_without_scripts_all_of_it_is_there(site, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(site.get_absolute_url())

    assert page.locator(".related-block h2").all_inner_texts() == [
        "Picked by the editors",
        "Coverage of this story",
        "Background",
        "Since then",
    ]
    page.click("text=All 3 articles")
    assert page.locator("h1").count() == 1
    assert "/stories/" in page.url


@pytest.mark.once
def test_in_arabic_the_mark_of_a_reason_stands_where_the_line_begins(site, open_page):
    page = open_page(locale="ar")
    page.goto(site.get_absolute_url())

    why = page.locator(".related-block--coverage .related__why").first
    assert "القصة نفسها" in why.inner_text()
    widths = why.evaluate(
        "e => [getComputedStyle(e).borderRightWidth, getComputedStyle(e).borderLeftWidth]"
    )
    assert widths == ["2px", "0px"]


@pytest.mark.once
@pytest.mark.parametrize("screen", SCREENS, ids=NAMES)
def test_both_lists_are_clean_and_fit(site, desk, screen):
    page = desk(**screen)
    page.goto(reverse("admin:related_of_article", args=[site.pk]))
    for summary in page.locator(".decisions summary").all():
        summary.click()

    assert axe(page) == []
    assert is_within(page)


def test_a_pin_is_moved_and_taken_back_with_keys_and_without_scripts(site, desk):
    page = desk(java_script_enabled=False)
    page.goto(reverse("admin:related_of_article", args=[site.pk]))
    final = page.locator("section[aria-labelledby=final] .lists__headline")
    assert final.all_inner_texts()[:2] == ["Picked by hand", "Second pick"]

    page.get_by_role("button", name="Up: Second pick").focus()
    page.keyboard.press("Enter")
    page.locator(".success", has_text="Now at place 1: Second pick").wait_for()
    assert final.all_inner_texts()[:2] == ["Second pick", "Picked by hand"]

    page.get_by_role("button", name="Undo it").focus()
    page.keyboard.press("Enter")
    page.locator(".success", has_text="Undone: moved Second pick").wait_for()
    assert final.all_inner_texts()[:2] == ["Picked by hand", "Second pick"]
