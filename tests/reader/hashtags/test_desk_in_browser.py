"""The desk's page of a hashtag in a browser: clean, within the screen, and by keyboard."""

import pytest
from django.urls import reverse

from reader.hashtags import services
from reader.hashtags.models import Hashtag
from tests.browser import axe
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db(transaction=True)

SCREENS = [
    {"viewport": {"width": 360, "height": 900}, "color_scheme": "dark"},
    {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
]


@pytest.fixture
def harbour():
    for number in range(3):
        title = f"Number {number}, with {'Donaudampfschifffahrtsgesellschaft' * 2}"
        make_article(title, text="Words.", keywords=["harbour"])
    harbour = Hashtag.objects.get(slug="harbour")
    services.alias_hashtag("Hafenbehoerdenverwaltungsgebaeude", of=harbour, by=None)
    return harbour


@pytest.fixture
def desk(client, open_page, live_server):
    def open_(**screen):
        # The admin's sheets import others, which axe can look into only as styles of its own.
        page = open_page(bypass_csp=True, **screen)
        client.force_login(make_user(is_staff=True, is_superuser=True))
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return page

    return open_


def page_of(hashtag):
    return reverse("admin:hashtags_hashtag_change", args=[hashtag.pk])


@pytest.mark.once
@pytest.mark.parametrize("screen", SCREENS, ids=["360-dark", "1280-light"])
def test_its_pages_are_clean_and_fit(harbour, desk, screen):
    page = desk(**screen)
    page.goto(page_of(harbour))
    page.fill("#split-into", "Docks")
    page.fill("#split-words", "number 1")
    page.click("button[value='look:split']")
    page.get_by_text("It would do this: 1 article moved").wait_for()

    places = ("", "admin:hashtags_hashtagchange_changelist", "admin:hashtags_suggestion_changelist")
    for place in places:
        if place:
            page.goto(reverse(place))
        assert axe(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place


def test_a_hashtag_is_renamed_and_that_undone_by_keyboard_alone(harbour, desk):
    page = desk()
    page.goto(page_of(harbour))
    page.locator("#rename-name").focus()
    page.keyboard.type("Haven")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("It would do this: 3 articles under the new name").wait_for()

    page.get_by_role("button", name="Rename it").focus()
    page.keyboard.press("Enter")
    page.get_by_text("It is called #Haven now.").wait_for()
    page.get_by_role("button", name="Undo it").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Undone: Renamed #harbour to #Haven.").wait_for()

    harbour.refresh_from_db()
    assert harbour.name == "harbour"
