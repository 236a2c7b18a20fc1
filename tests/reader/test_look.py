"""
The look, checked in a browser: what axe finds, what moves, what does not fit, what hides.

Every kind of page is looked at, light and dark, on a phone and on a desk.
"""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from reader.articles.models import Section
from reader.articles.services import withdraw_article
from reader.articles.views import FRONT_SIZE
from tests.browser import axe, nu_errors
from tests.factories import make_article, make_comment, make_publisher, make_section, make_user

# The look does not depend on the database.
pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
NARROWEST = {"width": 320, "height": 640}

LONG_TEXT = "\n\n".join(
    ["The ferry came in late again, and nobody on the quay could say why. " * 6] * 12
)

LONG_HTML = "".join(
    f"<h{level}>Part {number}</h{level}><p>{LONG_TEXT[:2000]}</p>"
    for number, level in enumerate((2, 3, 3, 2, 2))
) + (
    "<blockquote><p>It floats.</p></blockquote><ul><li>One</li></ul><pre>07:10 "
    + "x" * 120
    + "</pre>"
    "<table><thead><tr>" + "<th>Passengers</th>" * 12 + "</tr></thead>"
    "<tbody><tr>" + "<td>204525</td>" * 12 + "</tr></tbody></table>"
)

# A target of WCAG 2.2 (2.5.8): 24 by 24, unless it stands in a sentence.
SMALL_TARGETS = """() => [
  ...document.querySelectorAll("a, button, input, select, summary, textarea")]
  .filter((e) => e.checkVisibility() && e.type !== "hidden" && !e.matches(".skip"))
  .filter((e) => {
    const sentence = e.closest("p, li, dd, h1, h2, h3, label, div, span") ?? e;
    const alone = sentence.textContent.trim() === e.textContent.trim();
    const inline = getComputedStyle(e).display === "inline" && !alone;
    const box = e.getBoundingClientRect();
    return !inline && (box.width < 24 || box.height < 23.9);
  })
  .map((e) => e.outerHTML.slice(0, 120))"""

TOO_WIDE = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth
  ? [] : [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
                || e.getBoundingClientRect().left < -1)
    .map((e) => e.outerHTML.slice(0, 120))"""

# Started before the page, so that no shift is missed.
WATCH_SHIFTS = """window.shifts = [];
const told = ({node, previousRect: from, currentRect: to}) =>
  `${node?.outerHTML?.slice(0, 80) ?? node?.textContent} ${JSON.stringify([from, to])}`;
new PerformanceObserver((list) => window.shifts.push(
  ...list.getEntries().map((e) => [e.value, e.startTime, ...e.sources.map(told)])))
  .observe({type: "layout-shift", buffered: true});"""


@pytest.fixture
def pages():
    """Addresses of every kind of page, with what is hard: long, foreign, unknown, empty."""
    section, publisher = make_section("Transport"), make_publisher("The Harbour Post")
    Section.objects.update(place=1)
    cache.clear()
    quiet = make_article(
        "Nobody has said a word",
        text=LONG_TEXT,
        section=section,
        publisher=publisher,
        standfirst="And that is how it should be.",
        authors=["Ada Quill"],
        keywords=["Ferry", "Harbour"],
        original_url="https://harbour.example/quiet",
    )
    talked = make_article("Ferry late again", text=LONG_TEXT, section=section, keywords=["Ferry"])
    first = make_comment(talked, text="I was on it.")
    make_comment(talked, text="So was I.", parent=first)
    make_comment(talked, text="A" * 200)
    arabic = make_article(
        "قنوات الري القديمة تعود إلى الجريان",
        text="عاد الماء إلى ثلاث من قنوات الري القديمة.",
        language="ar",
        publisher=make_publisher("بريد الواحة"),
    )
    long = make_article(
        "How a ferry grows old", html=LONG_HTML, section=section, keywords=["Ferry"], hours_ago=3
    )
    hard = make_article("Donau­dampf­schiff­fahrt " * 12, text="w" * 400, hours_ago=4)
    gone = make_article("Never happened")
    withdraw_article(gone)
    return {
        "front": "/",
        "article": quiet.get_absolute_url(),
        "discussed article": talked.get_absolute_url(),
        "Arabic article": arabic.get_absolute_url(),
        "long article": long.get_absolute_url(),
        "hard article": hard.get_absolute_url(),
        "withdrawn article": gone.get_absolute_url(),
        "comment": reverse("threads:comment_detail", args=[first.pk]),
        "section": section.get_absolute_url(),
        "publishers": reverse("articles:publisher_index"),
        "publisher": publisher.get_absolute_url(),
        "hashtags": "/hashtags/",
        "hashtag": "/hashtags/ferry/",
        "display": "/display/",
        "about": "/about/",
        "how it works": "/about/how-it-works/",
        "privacy": "/about/privacy/",
        "search": "/search/",
        "results": "/search/?q=ferry",
        "nothing found": "/search/?q=zeppelin",
        "log in": reverse("account_login"),
        "sign up": reverse("account_signup"),
        "password reset": reverse("account_reset_password"),
        "confirm": reverse("account_confirm_email", args=["no-such-key"]),
        "not here": "/no-such-page/",
    }


OWN_PLACE = ["accounts:profile", "account_email", "account_change_password", "account_logout"]


def log_in(client, page, live_server):
    client.force_login(make_user("Theo", email="theophrastus.of.the.harbour.post@mail.example"))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def own_place():
    return {name: reverse(name) for name in OWN_PLACE}


def visit(page, addresses):
    """Open each address and yield its name."""
    for name, address in addresses.items():
        page.goto(address)
        yield name


@pytest.fixture
def visit_all(pages, client, live_server):
    """Open every kind of page as a stranger, then somebody's own place; yield the names."""

    def visit_them(page):
        yield from visit(page, pages)
        log_in(client, page, live_server)
        yield from visit(page, own_place())

    return visit_them


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [
        pytest.param(PHONE, "light", id="phone-light"),
        pytest.param(DESK, "dark", id="desk-dark"),
        pytest.param(PHONE, "dark", id="phone-dark", marks=pytest.mark.full),
        pytest.param(DESK, "light", id="desk-light", marks=pytest.mark.full),
    ],
)
def test_axe_finds_nothing(open_page, visit_all, viewport, scheme):
    page = open_page(viewport=viewport, color_scheme=scheme)

    found = {name: axe(page) for name in visit_all(page)}

    assert {name: troubles for name, troubles in found.items() if troubles} == {}


def test_a_refused_form_is_announced_and_clean_for_axe(open_page, pages):
    page = open_page()
    page.goto(pages["sign up"])
    page.fill("[name=name]", "Mara")
    page.fill("[name=email]", "mara@mail.example")
    page.fill("[name=password1]", "1234")
    page.click("main .button")

    page.wait_for_selector(".error-summary")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert axe(page) == []
    page.click(".error-summary a")
    assert page.evaluate("document.activeElement.id") == "id_password1"


def test_nothing_moves_once_it_is_shown(open_page, pages):
    moved = {}
    for viewport in (PHONE, DESK):
        page = open_page(viewport=viewport)
        page.add_init_script(WATCH_SHIFTS)
        for name in visit(page, pages):
            page.wait_for_timeout(150)
            if shifts := page.evaluate("window.shifts"):
                moved[name, viewport["width"]] = shifts

    assert moved == {}


def test_every_page_fits_without_scrolling_sideways(open_page, visit_all):
    page = open_page(viewport=NARROWEST)
    wide = {}
    for name in visit_all(page):
        for viewport, size in (
            (NARROWEST, "100%"),
            (PHONE, "100%"),
            (DESK, "200%"),
            ({"width": 1680, "height": 900}, "100%"),
        ):
            page.set_viewport_size(viewport)
            page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            assert page.evaluate("innerWidth") == viewport["width"]
            for direction in ("ltr", "rtl"):
                page.evaluate(f"document.documentElement.dir = '{direction}'")
                if parts := page.evaluate(TOO_WIDE):
                    wide[name, viewport["width"], size, direction] = parts
        page.set_viewport_size(NARROWEST)

    assert wide == {}


def test_what_can_be_touched_is_large_enough(open_page, pages):
    page = open_page(viewport=PHONE)

    small = {name: page.evaluate(SMALL_TARGETS) for name in visit(page, pages)}

    assert {name: targets for name, targets in small.items() if targets} == {}


def test_the_text_is_set_for_reading(open_page, pages):
    measures = {}
    for width in (360, 768, 1280, 1680):
        page = open_page(viewport={"width": width, "height": 900})
        page.goto(pages["article"])
        measures[width] = page.evaluate("""() => {
          const text = document.querySelector(".prose > p:nth-child(3)");
          const range = document.createRange();
          range.selectNodeContents(text);
          const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
          const size = parseFloat(getComputedStyle(text).fontSize);
          return [Math.round(text.textContent.length / lines), size];
        }""")

    for width, (letters, size) in measures.items():
        assert size >= 18, width
        assert (30 if width < 700 else 55) <= letters <= 75, measures


def test_the_tab_key_walks_through_the_page_and_always_shows_where_it_is(open_page, pages):
    for name in ("front", "discussed article", "sign up", "not here"):
        page = open_page()
        page.goto(pages[name])
        page.keyboard.press("Tab")
        skip = page.locator(".skip")
        assert skip.evaluate(
            "e => e === document.activeElement && e.getBoundingClientRect().top >= 0"
        )
        assert skip.evaluate("e => getComputedStyle(e).clipPath") == "none"

        unseen, stops = [], 0
        while stops < 120 and page.evaluate("document.activeElement !== document.body"):
            stops += 1
            unseen += page.evaluate("""() => {
              const e = document.activeElement, style = getComputedStyle(e);
              const box = e.getBoundingClientRect();
              const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
              return shown && box.width && box.height ? [] : [e.outerHTML.slice(0, 120)];
            }""")
            page.keyboard.press("Tab")

        assert unseen == [], name
        assert stops > 5


def test_the_skip_link_leads_past_the_masthead(open_page, pages):
    page = open_page()
    page.goto(pages["front"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_more_articles_come_without_loading_the_page_and_take_the_focus(open_page):
    for number in range(33):
        make_article(f"Number {number}", hours_ago=number + 1)
    page = open_page()
    page.goto("/")
    page.evaluate("window.sameDocument = true")

    page.click(".pager a")

    page.locator(".columns__main h3").nth(32).wait_for()
    assert page.evaluate("window.sameDocument")
    assert page.evaluate("document.activeElement.textContent") == f"Number {FRONT_SIZE}"
    assert page.locator(".pager").count() == 0


def test_more_articles_come_without_javascript(open_page):
    for number in range(33):
        make_article(f"Number {number}", hours_ago=number + 1)
    page = open_page(java_script_enabled=False)
    page.goto("/")

    page.click(".pager a")

    shown = page.locator(".columns__main h3").all_text_contents()
    assert shown == [f"Number {number}" for number in range(FRONT_SIZE, 33)]


def test_a_password_can_be_looked_at(open_page, pages):
    page = open_page()
    page.goto(pages["log in"])
    page.fill("[name=password]", "quiet broadsheet")

    page.click("text=Show password")

    field = page.locator("[name=password]")
    assert field.get_attribute("type") == "text"
    assert page.locator("text=Show password").get_attribute("aria-pressed") == "true"


def test_no_page_gives_a_stranger_a_cookie(open_page, pages):
    page = open_page()

    for name in visit(page, pages):
        assert page.context.cookies() == [], name


def test_the_icons_are_drawn(open_page, pages):
    page = open_page()
    page.goto(pages["article"])

    box = page.locator(".article__jumps .icon use").evaluate("e => e.getBBox().width")

    assert box > 10


def test_print_keeps_the_words_and_drops_the_rest(open_page, pages):
    page = open_page(color_scheme="dark")
    page.goto(pages["article"])
    page.emulate_media(media="print")

    shown = page.evaluate("""() => Object.fromEntries(
      [".masthead__name", "h1", ".prose", ".masthead__sections", ".search-box",
       ".article-page__side", ".thread form", ".footer"]
      .map((name) => [name, document.querySelector(name)?.checkVisibility() ?? false]))""")

    assert shown == {
        ".masthead__name": True,
        "h1": True,
        ".prose": True,
        ".masthead__sections": False,
        ".search-box": False,
        ".article-page__side": False,
        ".thread form": False,
        ".footer": False,
    }
    colours = page.evaluate("""() => {
      const style = getComputedStyle(document.body);
      return [style.color, style.backgroundColor];
    }""")
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))
    assert 2 <= len(sheets) <= 4


def test_forced_colours_keep_every_edge(open_page, pages):
    page = open_page(forced_colors="active")
    page.goto(pages["discussed article"])

    assert (
        page.evaluate("""() => [...document.querySelectorAll(".button, input, textarea")]
      .filter((e) => e.checkVisibility() && e.type !== "hidden")
      .filter((e) => getComputedStyle(e).borderTopStyle === "none")
      .map((e) => e.outerHTML.slice(0, 120))""")
        == []
    )
    assert axe(page) == []


def test_who_asks_for_less_motion_gets_none(open_page, pages):
    page = open_page(reduced_motion="reduce")
    for name in visit(page, pages):
        moving = page.evaluate("""() => document.getAnimations()
          .filter((a) => a.effect.getComputedTiming().activeDuration > 1).length""")
        assert moving == 0, name


def test_the_nu_checker_finds_no_error(client, pages):
    html = {name: client.get(address).content.decode() for name, address in pages.items()}
    client.force_login(make_user("Theo"))
    html |= {name: client.get(path).content.decode() for name, path in own_place().items()}
    html["refused"] = client.post(reverse("accounts:profile"), {"name": ""}).content.decode()

    assert nu_errors(html) == []
