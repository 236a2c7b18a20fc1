"""Hostile words and names, on every page that shows them."""

import pytest
from bs4 import BeautifulSoup

from comments.threads.people import Writer
from comments.threads.services import edit_comment
from tests.comments.threads.pages import soup_of, thread_url, url_of
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
        assert own.select("script, img, svg[onload], iframe, object, style") == []
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
    assert soup.select("main script") == []
