"""Reading and judging in a real browser: in place, with nothing lost and nothing moved."""

import pytest
from playwright.sync_api import expect

from comments.threads.models import Comment, Vote
from reader.articles.models import Article
from tests.browser import axe
from tests.comments.threads.in_browser import IS_SAME, WATCH_SHIFTS, sign_in, visit
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article():
    return make_article("Ferry late again", text="It was late.\n\nNobody knows why.")


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


def test_the_focus_is_never_lost_whatever_is_done(page, live_server, article):
    ada = make_user("Ada")
    sign_in(page, ada, live_server)
    own = make_comment(article, author=ada, text="Mine.")
    picked = make_comment(article, guest_name="Mara", guest_key="k", text="Well said.")
    Comment.objects.filter(pk=picked.pk).update(is_picked=True)
    for _ in range(22):
        make_comment(article)
    thread = visit(page, article)
    mine, maras = page.locator(f"#comment-{own.pk}"), page.locator(f"#comment-{picked.pk}")
    dialog = thread.locator(".comment-form--question")
    acts = [
        lambda: page.get_by_role("link", name="Reply to Mara").press("Enter"),
        lambda: page.get_by_role("link", name="Leave it").press("Enter"),
        lambda: maras.get_by_role("link", name="Report").press("Enter"),
        lambda: dialog.get_by_role("radio").first.press("Space"),
        lambda: dialog.get_by_role("button", name="Report").press("Enter"),
        lambda: mine.get_by_role("link", name="Edit").press("Enter"),
        lambda: page.get_by_role("button", name="Save").press("Enter"),
        lambda: maras.get_by_role("button", name="Worth reading", exact=True).press("Enter"),
        lambda: page.get_by_role("link", name="More comments").press("Enter"),
        lambda: page.get_by_role("link", name="Oldest").press("Enter"),
        lambda: page.locator("#only-picks").press("Enter"),
        lambda: page.locator("#only-all").press("Enter"),
        lambda: mine.get_by_role("link", name="Withdraw").press("Enter"),
        lambda: page.get_by_role("button", name="Withdraw").press("Enter"),
        lambda: page.get_by_role("button", name="Undo").press("Enter"),
    ]

    for number, act in enumerate(acts):
        act()
        page.wait_for_load_state("networkidle")
        expect(page.locator(".htmx-request, .htmx-settling")).to_have_count(0)
        assert page.evaluate("document.activeElement !== document.body"), f"lost by act {number}"
    assert page.evaluate(IS_SAME)
    assert Comment.objects.get(pk=own.pk).is_published


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


@pytest.mark.once
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_deepest_exchange_fits_the_narrowest_screen(open_page, article, scheme):
    comment = make_comment(article, text="x" * 300, guest_name="W" * 60, guest_key="k")
    for _ in range(5):
        comment = make_comment(parent=comment, text="y" * 300, author=make_user("Z" * 60))
    page = open_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    for address in (article.get_absolute_url(), f"/comments/{comment.pk}/"):
        page.goto(address)
        more = page.get_by_role("link", name="1 more reply")
        if more.count():
            more.click()
            expect(page.locator(f"#comment-{comment.pk}")).to_be_visible()
        page.get_by_role("link", name="Reply").last.click()
        expect(page.get_by_label("Your reply")).to_be_focused()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert axe(page) == []
