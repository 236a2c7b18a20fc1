"""Anchors, steps and regions that an article's markup gets for its page."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from reader.articles.contents import lay_out
from reader.articles.text import safe_html
from tests.factories import make_article

LONG = 1200
PIECES = [
    "<h2>", "</h2>", "<h3 lang='a>b'>", "</h3>", "<table>", "</table>", "<td>", "<tr>", "<pre>",
    "</pre>", "<b>", "</b>", "<p>", "</p>", "a ", "&lt;", '"',
]  # fmt: skip


def laid(markup, words=LONG):
    return lay_out(safe_html(markup), word_count=words)


def soup(markup, words=LONG):
    return BeautifulSoup(laid(markup, words).body_html, "html.parser")


def test_a_long_article_with_three_headings_has_a_list_of_its_parts():
    parts = laid(
        "<h2>One</h2><p>x</p><h3>One <em>and</em> a half</h3><h2>Two &amp; more</h2>"
    ).parts

    assert [(p.words, p.anchor, [b.words for b in p.parts]) for p in parts] == [
        ("One", "part-one", ["One and a half"]),
        ("Two & more", "part-two-more", []),
    ]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<h2>One</h2><h2>Two</h2><h2>Three</h2>", LONG - 1),
        ("<h2>One</h2><h2>Two</h2>", LONG),
        ("<h2>One</h2><h2>Two</h2><h2> </h2>", LONG),
        ("<p>No heading.</p>", 5000),
    ],
)
def test_short_articles_and_those_with_few_headings_have_none(markup, words):
    assert laid(markup, words).parts == []


def test_paragraphs_are_numbered_places_that_yield_to_those_of_the_text():
    markup = "<p>1</p><blockquote><p lang='de'>2</p></blockquote><p><a id='p3'>3</a></p><p>4</p>"

    page = soup(markup, words=10)

    ids = [paragraph.get("id") for paragraph in page.select("p")]
    assert ids == ["text-p1", "text-p2", None, "text-p4"]
    assert page.select_one("#text-p2")["lang"] == "de"
    assert page.select_one("#text-p3").name == "a"


@pytest.mark.django_db
def test_laying_out_changes_nothing_that_is_stored():
    article = make_article(text="One.\n\nTwo.")
    assert "id=" not in article.body_html
    assert lay_out(article.body_html, word_count=2).body_html == (
        '<p id="text-p1">One.</p>\n<p id="text-p2">Two.</p>'
    )


def test_anchors_are_unique_stable_and_clash_with_nothing_else_on_the_page():
    markup = "<h2>Comments</h2><h2>Comments</h2><h2>Comments 2</h2><h2>!?</h2><h2>قنوات الري</h2>"

    first, again = soup(markup), soup(markup)

    anchors = [heading["id"] for heading in first.select("h2")]
    assert anchors == [
        "part-comments",
        "part-comments-2",
        "part-comments-2-2",
        "part-untitled",
        "part-قنوات-الري",
    ]
    assert anchors == [heading["id"] for heading in again.select("h2")]


@pytest.mark.parametrize(
    ("written", "laid_levels"),
    [
        ("234", "234"),
        ("333", "222"),
        ("4", "2"),
        ("24", "23"),
        ("324", "223"),
        ("242", "232"),
    ],
)
def test_headings_follow_the_headline_in_steps_of_one(written, laid_levels):
    page = soup("".join(f"<h{n}>Words {i}</h{n}>" for i, n in enumerate(written)))

    assert "".join(h.name[1] for h in page.select("h2, h3, h4")) == laid_levels


def test_tables_and_listings_scroll_by_themselves_and_can_be_reached_with_the_tab_key():
    page = soup(
        "<table><tr><td><table><tr><td>inner</td></tr></table></td></tr></table>"
        "<table><tr><td>x</td></tr></table><pre>code &lt;table&gt;</pre>"
    )

    regions = page.select("div[role=region]")
    assert [region["aria-label"] for region in regions] == ["Table 1", "Table 2"]
    assert {region["tabindex"] for region in regions} == {"0"}
    assert page.select_one("pre")["tabindex"] == "0"
    assert page.select_one("pre").text == "code <table>"


def test_hostile_words_in_headings_stay_words():
    markup = '<h2 lang="x&quot;><script>">A &lt;script&gt; "b" <a href="/x" title="a>b">c</a></h2>'

    page = soup(markup * 3)

    assert page.select("script") == []
    assert page.select_one("h2")["id"] == "part-a-script-b-c"
    assert laid(markup * 3).parts[0].words == 'A <script> "b" c'


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_whatever_the_markup_no_word_is_lost_and_nothing_harmful_appears(pieces):
    before = safe_html("".join(pieces))
    after = lay_out(before, word_count=LONG).body_html

    assert BeautifulSoup(after, "html.parser").text == BeautifulSoup(before, "html.parser").text
    ours = {"id", "role", "aria-label", "tabindex", "class"}
    for tag in BeautifulSoup(after, "html.parser").find_all(True):
        assert set(tag.attrs) <= ours | {"lang"}


@pytest.mark.django_db
def test_every_link_of_the_list_leads_to_its_heading(client):
    words = "<p>" + "word " * 500 + "</p>"
    article = make_article(html=f"<h2>Señal</h2>{words}<h2>Two</h2>{words}<h3>Three</h3>{words}")

    page = BeautifulSoup(client.get(article.get_absolute_url()).content, "html.parser")

    links = page.select("nav.contents a")
    assert [link.text for link in links] == ["Señal", "Two", "Three"]
    for link in links:
        assert page.find(id=link["href"].removeprefix("#")).text == link.text
