"""Addresses that nobody links to get a page or a 404, and nothing worse."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from reader.search.models import SavedSearch
from reader.search.saving import save_search
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db
# As they stand in an address: zero bytes, half of a pair, no UTF-8, markup, much, out of range.
ODD = ("a%00%ed%a0%80%ff%3Cb%3E", "x" * 5_000, "-1", "9" * 40)
FEEDS = ("/search/feed.atom", "/search/comments/feed.atom")
NAMES = (
    "q", "tab", "publisher", "section", "hashtag", "lang", "since", "until", "time", "order",
    "exact", "after",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_any_parameter_may_say_anything_once_or_twice(client, name):
    make_article("Ferry")
    page = reverse("search:search_page")
    for odd in ODD:
        addresses = [f"{path}?q=ferry&{name}={odd}" for path in (page, *FEEDS)]
        for address in (*addresses, f"{page}?{name}={odd}&{name}=ferry&tab=comments&x="):
            answer = client.get(address, follow=True)
            assert answer.status_code in (200, 404), address
            # A page that was cut off would look like an answer.
            end = answer.content.decode().rstrip()[-8:]
            assert end.endswith(("</html>", "</feed>")), address


def test_suggestions_and_saved_searches_take_anything(client):
    client.force_login(make_user())
    for odd in ODD:
        suggested = client.get(f"{reverse('search:suggest')}?q={odd}&q={odd}")
        assert suggested.status_code == 200, odd
        for query in (f"q=ferry&publisher={odd}", f"q={odd}", f"tab={odd}&hashtag={odd}"):
            saved = client.post(reverse("search:saved_searches"), {"query": query}, follow=True)
            assert saved.status_code == 200, query
            assert saved.content.decode().rstrip().endswith("</html>")
        assert client.get(f"{reverse('search:saved_searches')}?after={odd}").status_code in (
            200,
            404,
        )
    kept = client.get(reverse("search:saved_searches"))
    assert "Saved searches" in kept.content.decode()


def test_beyond_the_last_saved_search_there_is_a_way_back(client):
    ada = make_user("Ada Quill")
    client.force_login(ada)
    saved = save_search(ada, query="q=ferry")
    for n in range(21):
        save_search(ada, query=f"q=ferry{n}")
    path = reverse("search:saved_searches")
    first = BeautifulSoup(client.get(path).content, "html.parser")
    rest = path + first.select_one(".pager a")["href"]
    SavedSearch.objects.filter(pk__lte=saved.pk + 1).delete()

    soup = BeautifulSoup(client.get(rest).content, "html.parser")

    words = soup.select_one("#main").get_text(" ", strip=True)
    assert "That was the last of them." in words
    assert "Nothing is saved yet" not in words
    assert soup.find("a", string="Back to the first searches")["href"] == path


def test_beyond_the_last_result_there_is_a_way_back(client):
    make_article("Ferry")
    for query in (
        "q=ferry&after=20",
        "q=ferry&order=newest&after=1",
        "q=ferry&tab=comments&after=20",
    ):
        soup = BeautifulSoup(client.get(f"/search/?{query}").content, "html.parser")

        assert soup.select_one("#found .empty").get_text() == "That was the last of them.", query
        back = soup.find("a", string="Back to the first results")
        assert "after" not in back["href"]
