"""The page that shows every part: complete, true to the parts, and clean for axe."""

import dataclasses
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from comments.threads.tree import ThreadComment
from reader.about.samples import COMMENT, icon_names
from tests.browser import axe
from tests.factories import make_user
from tests.reader.test_look import TOO_WIDE

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]

ADDRESS = "/about/style/"
# Parts of one page only, which can be looked at there.
ELSEWHERE = {
    "display", "search", "search-box", "standing", "masthead", "footer", "directory", "pill",
    "story", "suggestions",
}  # fmt: skip


@pytest.fixture
def editor():
    return make_user("Ada", is_staff=True)


def test_staff_see_every_part(client, editor):
    client.force_login(editor)

    page = BeautifulSoup(client.get(ADDRESS).content, "html.parser")

    shown = {name for tag in page.select("[class]") for name in tag["class"]}
    parts = {p.stem for p in (Path(settings.BASE_DIR) / "static/css/components").glob("*.css")}
    missing = {
        part
        for part in parts - ELSEWHERE
        if not any(re.match(rf"{part}s?(?:__|--|-|$)", name) for name in shown)
    }
    assert missing == set()
    assert len(page.select(".style__icons li")) == len(icon_names()) > 20
    assert len(page.select("article.comment")) == 6
    ids = [tag["id"] for tag in page.select("[id]")]
    assert sorted(ids) == sorted(set(ids))


def test_nothing_of_it_is_kept(client, editor, django_assert_max_num_queries):
    client.force_login(editor)
    client.get(ADDRESS)

    with django_assert_max_num_queries(3):  # the session and the person
        client.get(ADDRESS)


def test_a_sample_comment_has_only_what_comments_have():
    real = {field.name for field in dataclasses.fields(ThreadComment)}
    real |= {name for name, value in vars(ThreadComment).items() if isinstance(value, property)}

    assert set(COMMENT) - real == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_clean_and_fits(open_page, client, editor, live_server, width, scheme):
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    client.force_login(editor)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    page.goto(ADDRESS)

    assert axe(page) == []
    assert page.evaluate(TOO_WIDE) == []
