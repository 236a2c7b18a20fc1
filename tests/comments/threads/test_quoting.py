"""Answering with the words of a comment before one's eyes."""

import pytest

from comments.threads.quoting import QUOTED_MAX, quotation_of
from comments.threads.render import render_comment
from tests.comments.threads.pages import both_ways, soup_of, thread_url, url_of, words
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db


@pytest.mark.once
@pytest.mark.parametrize(
    ("typed", "quoted"),
    [
        ("One.", "> One.\n>\n> — [Kim](/comments/5/)\n\n"),
        (" a\n\n> b\nc\n", "> a\n>\n> > b\n> c\n>\n> — [Kim](/comments/5/)\n\n"),
    ],
)
def test_every_line_is_quoted_and_who_wrote_it_is_linked(typed, quoted):
    assert quotation_of(typed, "Kim", 5) == quoted


@pytest.mark.once
def test_a_name_is_no_markup_and_a_long_text_is_cut_at_a_word():
    quoted = quotation_of("word " * 400, "[*K*](https://evil.example)", 5)
    assert len(quoted) < QUOTED_MAX + 100
    assert "word…" in quoted
    markup = render_comment(quoted)
    assert markup.count("<a ") == 1
    assert ">[*K*](https://evil.example)</a>" in markup


@both_ways
def test_a_reply_begins_with_the_words_it_answers(client, headers):
    parent = make_comment(text="Who *knows*?\n\nI don’t.", guest_name="Kim", guest_key="k")
    link = soup_of(client.get(url_of("reply", parent))).select_one("a[href$='quote=1']")

    soup = soup_of(client.get(link["href"], headers=headers))

    field = soup.textarea
    quoted = f"> Who *knows*?\n>\n> I don’t.\n>\n> — [Kim](/comments/{parent.pk}/)\n\n"
    assert field.get_text() == f"\n{quoted}"
    assert field.has_attr("autofocus")
    posted = client.post(thread_url(parent.article), {"text": f"{quoted}Ask!", "parent": parent.pk})
    shown = soup_of(client.get(posted["Location"])).select_one("li li .comment__body")
    assert shown.blockquote.select_one("em").get_text() == "knows"
    assert shown.blockquote.a["href"] == f"/comments/{parent.pk}/"
    assert words(shown).endswith("Ask!")


def test_the_link_leads_to_the_paragraph_on_the_page_one_is_on(client):
    article = make_article("Ferry late again", text="One.\n\nTwo.")
    comment = make_comment(article, text=f"[¶ 2](/articles/{article.pk}/#text-p2)")

    soup = soup_of(client.get(article.get_absolute_url()))

    link = soup.select_one(f"#comment-{comment.pk} .comment__body a")
    assert link["href"] == f"{article.get_absolute_url()}#text-p2"
    assert words(soup.select_one(".prose #text-p2")) == "Two."
