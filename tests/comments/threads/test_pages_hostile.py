"""Hostile words and names, on every page that shows them."""

import re

import pytest
from bs4 import BeautifulSoup

from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.services import edit_comment
from tests.comments.threads.pages import both_ways, soup_of, thread_url, url_of
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'onfocus=alert(1) autofocus='",
    "</textarea><script>alert(1)</script>",
    "[a](javascript:alert(1)) <javascript:alert(1)>",
    "{{ settings.SECRET_KEY }}{% load x %}",
    "\u202ereversed\u2066",
    "<!-- -->]]><svg onload=alert(1)>",
]
# But for our own, which comes before the comments.
SCRIPT = "script:not([src^='/static/early'])"


@pytest.fixture
def article():
    return make_article("Ferry late again")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_and_names_stay_words(client, article, text):
    ada = make_user(text[:60])
    mine = make_comment(article, author=ada, text=f"by ada {text}")
    guest = make_comment(article, guest_name=text[:60], guest_key="k", text=f"by guest {text}")
    make_comment(parent=guest, text="An answer", author=ada)
    edit_comment(mine, text=f"{text} again", by=Writer(ada))
    client.force_login(ada)

    pages = [thread_url(article), ada.get_absolute_url()]
    pages += [
        url_of(name, comment)
        for name in ("detail", "reply", "replies", "history")
        for comment in (mine, guest)
    ]
    pages += [url_of("edit", mine), url_of("delete", mine), f"/comments/{guest.pk}/report/"]
    for address in pages:
        response = client.get(address)
        assert response.status_code == 200, address
        soup = BeautifulSoup(response.content, "html.parser")
        own = soup.select_one("main")
        assert own.select(f"{SCRIPT}, img, svg[onload], iframe, object, style") == []
        scripted = [
            name
            for element in own.find_all(True)
            for name, value in element.attrs.items()
            if name.startswith("on")
            or (name in {"href", "src", "action"} and "script:" in str(value).lower())
        ]
        assert scripted == []
    edit = soup_of(client.get(url_of("edit", mine)))
    assert edit.textarea.get_text().removeprefix("\n").removesuffix("\n") == f"{text} again"


def test_a_text_given_back_stays_inside_its_field(client, article):
    text = "</textarea><script>alert(1)</script>" + "x" * 4000

    soup = soup_of(client.post(thread_url(article), {"text": text, "name": '"><b>'}))

    assert soup.select_one("#text-new").get_text().strip() == text
    assert soup.select_one("#name-new")["value"] == '"><b>'
    assert soup.select(f"main {SCRIPT}") == []


ODD = {
    "override": "\u202eabc\u202a \u202b\u202d",
    "isolates": "\u2066\u2067\u2068abc",
    "zero width": "a\u200bb\u200c\u200d\u2060\ufeffc",
    "piled": "Z\u0351\u036b\u0343\u036a\u0302\u036b" * 300,
    "bomb of quotes": "> " * 1900 + "x",
    "bomb of stars": "*a **b " * 500,
    "bomb of backticks": "".join("`" * n + "x" for n in range(1, 85)),
    "bomb of links": "[a](" * 900,
    "table": "a|b|c\n-|-|-\n" + "1|2|3\n" * 500,
    "one word": "x" * 4000,
}
REFUSED = {
    "nothing to see": ("\u200b\u2066\u202e", "Write a few words first."),
    "nul": ("a\x00b", "There is a character in it that cannot be shown."),
    "control": ("a\x1bb", "There is a character in it that cannot be shown."),
    "a megabyte": ("a" * 2**20, "characters over 4,000"),
    "ten thousand deep": ("> " * 10_000 + "x", "characters over 4,000"),
}


@both_ways
@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_words_are_stored_as_typed_and_shown_within_their_place(client, article, text, headers):
    preview = soup_of(
        client.post(thread_url(article), {"text": text, "preview": "1"}, headers=headers)
    )
    response = client.post(thread_url(article), {"text": text}, headers=headers)

    assert response.status_code == (200 if headers else 303)
    assert Comment.objects.get().body_src == text
    soup = soup_of(client.get(article.get_absolute_url()))
    body = soup.select_one("article.comment .comment__body")
    # A block with a direction of its own: what turns text ends with it.
    assert (body.name, body["dir"]) == ("div", "auto")
    shown = re.sub(r"[\s*`>]", "", body.get_text())
    assert shown == re.sub(r"[\s*`>]", "", text)
    assert preview.select_one(".preview .comment__body").decode_contents() == body.decode_contents()


@both_ways
@pytest.mark.parametrize(("text", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_shown_is_refused_with_a_sentence(client, article, text, sentence, headers):
    for preview in ({}, {"preview": "1"}):
        response = client.post(thread_url(article), {"text": text} | preview, headers=headers)
        assert response.status_code == 422
        assert sentence in soup_of(response).select_one("#form-new .error").get_text()
    assert not Comment.objects.exists()


@both_ways
def test_bytes_that_are_no_characters_do_no_harm(client, article, headers):
    for encoded in ("text=%ED%A0%80", "text=%FF%FE", "text=a%ED%A0%80b&name=%ED%B0%80"):
        response = client.post(
            thread_url(article),
            encoded,
            content_type="application/x-www-form-urlencoded",
            headers=headers,
        )
        assert response.status_code in (200, 303, 422)
    for comment in Comment.objects.all():
        comment.body_src.encode()


@both_ways
def test_more_than_any_form_may_send_is_refused(client, article, headers):
    response = client.post(thread_url(article), {"text": "a" * 3 * 2**20}, headers=headers)
    assert 400 <= response.status_code < 500
    assert not Comment.objects.exists()
