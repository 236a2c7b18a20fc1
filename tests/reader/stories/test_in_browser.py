"""A story and its pages at the desk in a browser: clean, within the screen, and by keyboard."""

import re

import pytest
from django.urls import reverse

from reader.stories.models import Story
from reader.stories.services import begin_story, lock_story, move_article, rename_story
from reader.stories.views import TIMELINE_SIZE
from tests.browser import axe
from tests.factories import make_article, make_publisher
from tests.reader.stories import stories_now

pytestmark = pytest.mark.django_db(transaction=True)

SCREENS = [
    {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    for width in (360, 1280)
    for scheme in ("light", "dark")
]
NAMES = ["360-light", "360-dark", "1280-light", "1280-dark"]
LONG_WORD = "Donaudampfschifffahrtsgesellschaft" * 3


@pytest.fixture
def story():
    """Five articles in two scripts, one with a long word; one is taken out, one put in by hand."""
    told = [
        make_article(title, hours_ago=hours, publisher=make_publisher(), language=language)
        for title, hours, language in (
            ("The river rises", 60, "en"),
            (f"With a {LONG_WORD}", 30, "en"),
            ("النهر يفيض", 20, "ar"),
            ("Dykes hold", 5, "en"),
            ("The water falls", 1, "en"),
        )
    ]
    story = Story.objects.get(pk=begin_story([article.pk for article in told]))
    move_article(told[1], story=None, by=None, reason=f"Another river: {LONG_WORD}")
    move_article(make_article("Added", hours_ago=2), story=story, by=None, reason="This flood")
    rename_story(story, title="The flood of Aldern", by=None)
    lock_story(story, by=None)
    return story


def is_within(screen):
    return screen.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.once
@pytest.mark.parametrize("screen", SCREENS, ids=NAMES)
def test_its_page_and_its_desk_are_clean_and_fit(story, desk, screen):
    page = desk(**screen)
    article = story.members.earliest_first().first().article_id
    for address in (
        story.get_absolute_url(),
        reverse("admin:stories_story_change", args=[story.pk]),
        reverse("admin:articles_article_change", args=[article]),
    ):
        page.goto(address)
        assert axe(page) == []
        assert is_within(page)


def test_an_article_is_taken_out_on_its_own_page_with_keys_and_without_scripts(story, desk):
    page = desk(java_script_enabled=False)
    article = story.members.newest_first().first().article
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))

    page.locator(".story-panel").get_by_label("What to do").focus()
    page.keyboard.type("Take")
    page.locator(".story-panel").get_by_label("Why").focus()
    page.keyboard.type("No flood")
    page.keyboard.press("Enter")
    page.locator(".success").wait_for()

    assert article.pk not in stories_now()[0]
    page.goto(reverse("admin:stories_story_change", args=[story.pk]))
    page.get_by_role("button", name="Undo it").focus()
    page.keyboard.press("Enter")
    page.locator(".success", has_text="Undone: Took").wait_for()
    assert article.pk in stories_now()[0]


def test_more_articles_of_a_day_go_on_below_the_others(open_page):
    told = [make_article(f"Number {n}", hours_ago=1) for n in range(TIMELINE_SIZE + 2)]
    story = Story.objects.get(pk=begin_story([article.pk for article in told]))
    page = open_page()
    page.goto(story.get_absolute_url())
    (day,) = page.locator(".timeline__day").all_inner_texts()

    page.get_by_role("link", name="More articles").click()
    page.locator(".timeline--on").wait_for()

    assert page.locator(".timeline__day").all_inner_texts() == [day]
    assert page.locator(".timeline h3").count() == len(told)
    gaps = page.locator(".timeline li").evaluate_all(
        "items => items.slice(1).map((li, n) => "
        "Math.round(li.getBoundingClientRect().top - items[n].getBoundingClientRect().bottom))"
    )
    assert re.fullmatch(r"0+", "".join(map(str, gaps[: TIMELINE_SIZE - 1])))
    assert gaps[TIMELINE_SIZE - 1] > 0
