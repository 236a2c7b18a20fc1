"""What shared caches may keep: pages of strangers, and nothing else."""

import pytest

from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


def addresses():
    article = make_article()
    return [
        "/",
        article.get_absolute_url(),
        f"/articles/{article.pk}/comments/",
        "/search/?q=ferry",
    ]


def test_pages_of_who_is_logged_in_or_wrote_as_a_guest_are_theirs_alone(client):
    client.force_login(make_user())
    for address in addresses():
        assert client.get(address)["Cache-Control"] == "private, no-store"
    client.logout()
    client.cookies["guest"] = "whatever it says"
    for address in addresses():
        assert client.get(address)["Cache-Control"] == "private, no-store"


def test_the_answer_that_gives_a_guest_their_cookie_is_private(client):
    article = make_article()
    posted = client.post(f"/articles/{article.pk}/comments/", {"text": "First."})
    assert "guest" in posted.cookies
    assert "private" in posted["Cache-Control"]


def test_pages_of_strangers_may_be_shared_and_so_may_what_is_the_same_for_all(client):
    for address in addresses():
        assert "private" not in client.get(address).get("Cache-Control", "")
    client.force_login(make_user())
    version = client.get(f"/articles/{make_article().pk}/comments/version/")
    assert "public" in version["Cache-Control"]
    assert "private" not in version["Cache-Control"]
