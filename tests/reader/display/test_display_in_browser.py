"""What the settings do to a page, measured."""

import pytest

from tests.browser import axe
from tests.factories import make_article
from tests.reader.test_look import LONG_TEXT, TOO_WIDE

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]

STYLE_OF_TEXT = """() => {
  const style = getComputedStyle(document.querySelector(".prose > p:nth-child(3)"));
  const size = parseFloat(style.fontSize);
  return {size, lead: parseFloat(style.lineHeight) / size,
          width: document.querySelector(".prose").clientWidth, face: style.fontFamily,
          ink: style.color, paper: getComputedStyle(document.body).backgroundColor};
}"""


@pytest.fixture
def address():
    return make_article("The ferry", text=LONG_TEXT).get_absolute_url()


def choose(page, **choices):
    """Tick choices on the page of settings and keep them."""
    for name, word in choices.items():
        page.check(f"[name={name}][value='{word}']")
    page.click("text=Keep these")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_reader_sets_an_article_and_lands_on_it_again(open_page, address, script):
    page = open_page(java_script_enabled=script, viewport={"width": 1680, "height": 900})
    page.goto(address)
    before = page.evaluate(STYLE_OF_TEXT)

    page.click("text=Display")
    choose(page, size="125", width="narrow", spacing="airy", face="sans", theme="sepia")

    page.wait_for_url(f"**{address}")
    after = page.evaluate(STYLE_OF_TEXT)
    assert after["size"] == pytest.approx(before["size"] * 1.25, rel=0.03)
    assert after["width"] < before["width"] * 1.25 * 0.85
    assert after["lead"] > before["lead"] + 0.2
    assert "Serif" in before["face"]
    assert "Serif" not in after["face"]
    assert (after["ink"], after["paper"]) == ("rgb(51, 39, 26)", "rgb(245, 236, 217)")

    page.click("text=Display")
    page.click("text=Reset")

    page.wait_for_url(f"**{address}")
    assert page.evaluate(STYLE_OF_TEXT) == before
    assert page.context.cookies() == []


@pytest.mark.parametrize(
    ("scheme", "theme", "paper"),
    [
        ("light", "dark", "rgb(22, 23, 26)"),
        ("dark", "light", "rgb(251, 249, 244)"),
        ("dark", "sepia", "rgb(245, 236, 217)"),
    ],
)
def test_the_chosen_colours_win_over_those_of_the_device(open_page, address, scheme, theme, paper):
    page = open_page(color_scheme=scheme)
    page.goto(f"/display/?next={address}")

    choose(page, theme=theme)

    page.wait_for_url(f"**{address}")
    assert page.evaluate(STYLE_OF_TEXT)["paper"] == paper
    assert axe(page) == []


def test_the_sample_shows_what_is_ticked_before_it_is_kept(open_page):
    page = open_page(java_script_enabled=False, color_scheme="light")
    page.goto("/display/")
    choose(page, size="200", face="sans", theme="sepia", spacing="airy", width="narrow")
    page.goto("/display/")
    look = """() => {
      const sample = document.querySelector(".display__sample");
      const style = getComputedStyle(sample.querySelector(".prose p + p"));
      return [getComputedStyle(sample).backgroundColor, parseFloat(style.fontSize),
              style.fontFamily.includes("Serif"), style.letterSpacing];
    }"""
    root = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    kept = page.evaluate(look)
    assert (kept[0], kept[2]) == ("rgb(245, 236, 217)", False)

    for name, word in {
        "size": "100",
        "face": "serif",
        "theme": "dark",
        "spacing": "normal",
    }.items():
        page.check(f"[name={name}][value='{word}']")

    paper, size, serif, letters = page.evaluate(look)
    assert root == 32
    assert (paper, serif, letters) == ("rgb(22, 23, 26)", True, "normal")
    assert size == pytest.approx(kept[1] / 2)


@pytest.mark.parametrize("size", ["80", "200"])
def test_pages_fit_a_small_screen_at_every_size(open_page, address, size):
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto("/display/")
    choose(page, size=size)

    for place in ("/", address, "/display/", "/search/?q=ferry", "/account/login/"):
        page.goto(place)
        assert page.evaluate(TOO_WIDE) == [], place


def test_small_text_is_only_what_is_read_at_length(open_page, address):
    page = open_page()
    page.goto(f"/display/?next={address}")
    choose(page, size="80")

    page.wait_for_url(f"**{address}")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert page.locator(".prose > p").nth(2).evaluate(size) == pytest.approx(16, abs=0.7)
    assert page.locator(".article__head .meta").first.evaluate(size) == 15
