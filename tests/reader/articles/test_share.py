"""Handing an article on: by mail for everybody, by a button where a script can."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.factories import make_article

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]

TEXT = "\n\n".join(
    [
        "The ferry came in late again, and nobody on the quay could say why that is so well-known",
        "In the morning it was back. So were the gulls, and a man with a bucket who waited.",
    ]
)
# What a link with a passage makes the browser mark.
SELECT = """([from, to]) => {
  const place = (words, atEnd) => {
    for (const p of document.querySelectorAll(".prose p")) {
      const at = p.firstChild.data.indexOf(words);
      if (at >= 0) return [p.firstChild, at + (atEnd ? words.length : 0)];
    }
  };
  getSelection().setBaseAndExtent(...place(from, false), ...place(to, true));
}"""
COPIED = "() => navigator.clipboard.readText()"


@pytest.fixture
def article():
    return make_article("Ferry & gulls: 100 % late?", text=TEXT)


@pytest.fixture
def reading(open_page, article, live_server):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(article.get_absolute_url())
    return page


def test_mail_needs_no_script_and_names_headline_and_address(client, article):
    page = BeautifulSoup(client.get(article.get_absolute_url()).content, "html.parser")

    link = page.select_one(".share a[href^=mailto]")["href"]

    said = parse_qs(urlsplit(link).query)
    assert said["subject"] == ["Ferry & gulls: 100 % late?"]
    assert unquote(said["body"][0]) == unquote(f"http://testserver{article.get_absolute_url()}")
    assert page.select_one("[data-share]").has_attr("hidden")


def test_without_a_script_there_is_no_button_that_does_nothing(open_page, article):
    page = open_page(java_script_enabled=False)
    page.goto(article.get_absolute_url())

    assert page.is_hidden("text=Copy link")
    assert page.is_visible("text=Send by e-mail")


def test_the_link_is_copied_and_it_is_said_so(reading, article, live_server):
    reading.click("text=Copy link")

    reading.wait_for_selector("text=Link copied")
    assert reading.evaluate(COPIED) == f"{live_server.url}{article.get_absolute_url()}"
    assert reading.inner_text("#say") == "Link copied"


@pytest.mark.parametrize(
    ("start", "end", "fragment"),
    [
        ("nobody on", "the quay", "nobody on the quay"),
        ("body on", "the qu", "on the"),
        ("so well-known", "so well-known", "so well%2Dknown"),
        ("The ferry", "that is so", "The ferry came in,why that is so"),
        ("and nobody", "In the morning it", "and nobody on the,In the morning it"),
    ],
    ids=["a few words", "half words left out", "a dash", "a long passage", "two paragraphs"],
)
def test_a_selected_passage_gets_a_link_of_its_own(reading, start, end, fragment):
    reading.evaluate(SELECT, [start, end])

    reading.click("text=Copy link to the passage")

    reading.wait_for_selector("text=Link copied")
    copied = reading.evaluate(COPIED)
    assert unquote(copied.partition("#:~:text=")[2].replace("%2D", "%252D")) == fragment


def test_a_selection_outside_the_text_is_no_passage(reading):
    reading.evaluate("() => getSelection().selectAllChildren(document.querySelector('h1'))")

    reading.click("text=Copy link")

    reading.wait_for_selector("text=Link copied")
    assert "#" not in reading.evaluate(COPIED)


def test_the_link_leads_to_the_passage(reading):
    reading.set_viewport_size({"width": 400, "height": 300})
    reading.evaluate(SELECT, ["So were", "the gulls"])
    reading.click("text=Copy link to the passage")
    reading.wait_for_selector("text=Link copied")
    address = reading.evaluate(COPIED)
    reading.goto("/")

    reading.goto(address)

    reading.wait_for_function("() => scrollY > 100")


def test_the_device_is_asked_where_it_can_share(open_page, article, live_server):
    page = open_page()
    page.add_init_script("Navigator.prototype.share = async (said) => { window.shared = said; };")
    page.goto(article.get_absolute_url())

    page.click("text=Copy link")

    page.wait_for_function("() => window.shared")
    assert page.evaluate("window.shared") == {
        "title": "Ferry & gulls: 100 % late?",
        "url": f"{live_server.url}{article.get_absolute_url()}",
    }
