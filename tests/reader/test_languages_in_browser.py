"""The interface from right to left, in a real browser."""

import pytest
from playwright.sync_api import expect

from comments.threads.models import Comment
from tests.browser import axe
from tests.factories import make_article, make_comment

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]

ARROW = """(name) => getComputedStyle(document.querySelector(`.vote__button--${name}`), "::before")
  .rotate"""


@pytest.fixture
def page(open_page):
    return open_page(locale="ar")


def test_a_first_comment_is_posted_in_place_from_right_to_left(page):
    article = make_article("Ferry late again", text="It was late.")
    page.goto(article.get_absolute_url())
    page.evaluate("window.sameDocument = true")
    expect(page.get_by_role("heading", name="لا تعليقات بعد")).to_be_visible()

    page.get_by_label("تعليقك").fill("أول كلمة.")
    page.get_by_role("button", name="انشر التعليق").click()

    expect(page.locator(".comment__body")).to_have_text("أول كلمة.")
    expect(page.locator(".comment__author")).to_have_text("زائر")
    expect(page.locator("#say")).to_have_text("نُشر تعليقك. تعليق واحد الآن.")
    assert page.evaluate("window.sameDocument === true")
    assert Comment.objects.get().body_src == "أول كلمة."


def test_what_points_points_the_right_way(page):
    article = make_article("Ferry late again", original_url="https://publisher.example/ferry")
    make_comment(article, text="Nobody knows.", guest_name="Mara", guest_key="k")

    page.goto(article.get_absolute_url())

    assert page.evaluate(ARROW, "up") == "-45deg"
    comments = page.locator("#comments-title").bounding_box()
    sidebar = page.locator("#related").bounding_box()
    assert sidebar["x"] < comments["x"]


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_an_article_with_comments_is_whole_and_accessible_in_arabic(open_page, width):
    page = open_page(locale="ar", viewport={"width": width, "height": 800})
    article = make_article("العبّارة متأخرة", text="تأخرت العبّارة مرة أخرى.", language="ar")
    parent = make_comment(article, text="لا أحد يعرف.", guest_name="مريم", guest_key="k")
    make_comment(
        article, text="The tide, as ever.", parent=parent, guest_name="Theo", guest_key="l"
    )

    page.goto(article.get_absolute_url())

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
