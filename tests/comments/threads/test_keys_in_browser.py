"""Ways through a thread by single keys."""

import pytest
from playwright.sync_api import expect

from comments.threads.models import Comment, ReadMark
from tests.browser import axe
from tests.comments.threads.in_browser import WATCH_SHIFTS, focused, sign_in, visit
from tests.factories import make_article, make_comment, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

NONE_LEFT = "No more new comments on this page."


@pytest.fixture
def article():
    return make_article("Ferry late again", text="It was late.\n\nNobody knows why.")


@pytest.fixture
def thread_of_four(article):
    """Two comments, the first with a reply that has a reply."""
    mara = make_comment(article, guest_name="Mara", guest_key="k")
    theo = make_comment(parent=mara)
    lena = make_comment(parent=theo)
    return [each.pk for each in (mara, theo, lena, make_comment(article))]


def press(page, keys):
    """Press keys one after the other; give the comments that had the focus then."""
    visited = []
    for key in keys:
        page.keyboard.press(key)
        visited.append(int(focused(page).removeprefix("comment-") or 0))
    return visited


def test_j_and_k_walk_the_comments_in_the_order_of_the_page(page, article, thread_of_four):
    visit(page, article)

    assert press(page, "jjjj") == thread_of_four
    assert press(page, "j") == thread_of_four[-1:]
    assert press(page, "kkk") == thread_of_four[-2::-1]
    expect(page.locator(f"#comment-{thread_of_four[0]}")).to_be_in_viewport()
    assert axe(page) == []


def test_folded_comments_are_passed_over(page, article, thread_of_four):
    visit(page, article)
    page.get_by_text("1 reply to Mara").click()

    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    assert press(page, "jj") == [thread_of_four[0], thread_of_four[3]]


def test_from_a_link_within_a_comment_the_keys_go_on_from_there(page, article, thread_of_four):
    visit(page, article)
    page.locator(f"#comment-{thread_of_four[1]}").get_by_role("link", name="Report").focus()

    assert press(page, "j") == [thread_of_four[2]]
    page.locator(f"#comment-{thread_of_four[1]}").get_by_role("link", name="Report").focus()
    assert press(page, "k") == [thread_of_four[0]]


def test_n_and_p_walk_what_is_new_and_then_lead_on(page, article, thread_of_four, live_server):
    ada = make_user("Ada")
    ReadMark.objects.create(reader=ada, article=article, seen=2, latest=2)
    sign_in(page, ada, live_server)
    visit(page, article)

    assert press(page, "nn") == thread_of_four[2:]
    assert press(page, "p") == [thread_of_four[2]]
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator("#say")).to_have_text(NONE_LEFT)
    expect(page.locator("#only-new")).to_be_focused()
    expect(page.locator("#only-new")).to_be_in_viewport()


def test_where_nothing_is_new_n_says_so(page, article, thread_of_four):
    visit(page, article)
    page.keyboard.press("j")

    page.keyboard.press("n")

    expect(page.locator("#say")).to_have_text(NONE_LEFT)
    assert page.locator("#say").bounding_box()["height"] > 30
    assert axe(page) == []
    expect(page.locator(f"#comment-{thread_of_four[0]}")).to_be_focused()


def test_where_nothing_is_new_n_and_p_stay_where_one_is(page, article):
    for _ in range(25):
        make_comment(article)
    visit(page, article)
    expect(page.get_by_role("link", name="More comments")).to_be_attached()
    page.evaluate("scrollTo({ top: 600, behavior: 'instant' })")
    place = page.evaluate("scrollY")

    for key in "np":
        page.keyboard.press(key)
        expect(page.locator("#say.pill")).to_have_text(NONE_LEFT)
        assert page.evaluate("[scrollY, document.activeElement === document.body]") == [place, True]


def test_the_way_to_write_leads_into_the_field(page, article):
    for _ in range(6):
        make_comment(article)
    visit(page, article)
    page.get_by_role("link", name="Write a comment").press("Enter")

    expect(page.get_by_label("Your comment")).to_be_focused()
    expect(page.get_by_text("Your comment", exact=True)).to_be_in_viewport()


def test_r_writes_a_reply_to_where_the_reader_is(page, article, thread_of_four):
    visit(page, article)
    page.keyboard.press("j")

    page.keyboard.press("r")

    field = page.get_by_label("Your reply to Mara")
    expect(field).to_be_focused()
    page.keyboard.type("jolly names keep")
    expect(field).to_have_value("jolly names keep")
    expect(field).to_be_focused()


def test_the_keys_are_listed_and_can_be_switched_off_for_good(page, article, thread_of_four):
    page.add_init_script(WATCH_SHIFTS)
    visit(page, article)
    page.keyboard.press("?")
    keys = page.locator("details.keys")
    expect(keys).to_have_attribute("open", "")
    expect(keys.locator("summary")).to_be_focused()
    expect(keys).to_contain_text("next and previous new comment")
    assert axe(page) == []

    page.get_by_label("Single-key shortcuts").uncheck()
    page.evaluate("document.activeElement.blur()")
    assert press(page, "jn?") == [0, 0, 0]
    page.reload()
    page.wait_for_load_state("networkidle")
    assert press(page, "jn?") == [0, 0, 0]
    page.locator("details.keys summary").click()
    page.get_by_label("Single-key shortcuts").check()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    assert press(page, "j") == [thread_of_four[0]]
    assert page.evaluate("window.shifts") == []


def test_keys_with_another_key_and_on_other_alphabets(page, article, thread_of_four):
    visit(page, article)

    assert press(page, ["Control+j", "Alt+n", "Meta+k", "Shift+J"]) == [0, 0, 0, 0]
    page.evaluate(
        """document.body.dispatchEvent(
          new KeyboardEvent("keydown", {key: "ت", code: "KeyJ", bubbles: true}))"""
    )
    assert focused(page) == f"comment-{thread_of_four[0]}"
    assert Comment.objects.count() == 4
