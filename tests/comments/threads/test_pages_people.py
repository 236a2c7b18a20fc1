"""A commenter's page: what they said in public, and nothing about who never did."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comments.moderation.services import remove_comment
from comments.threads.people import Writer, person_addresses
from comments.threads.services import withdraw_comment
from reader.accounts.models import User
from tests.comments.threads.pages import HTMX, both_ways, shown_ids, soup_of, words
from tests.factories import make_article, make_comment, make_moderator, make_publisher, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("Ada Lind")


def test_a_person_s_comments_are_listed_newest_first_with_their_articles(client, ada):
    first = make_comment(make_article("Ferry late again"), author=ada, text="Late.")
    second = make_comment(make_article("Bridge open"), author=ada, text="*Open*.")

    soup = soup_of(client.get(ada.get_absolute_url()))

    assert words(soup.h1) == "Ada Lind"
    assert shown_ids(soup) == [f"comment-{second.pk}", f"comment-{first.pk}"]
    top = soup.select_one("article.comment")
    assert top.h2.a["href"] == second.article.get_absolute_url()
    assert words(top.h2) == "Bridge open now"
    assert str(top.select_one(".comment__body p")) == "<p><em>Open</em>.</p>"


@both_ways
def test_following_on_reaches_all_of_them_once(client, ada, headers):
    article = make_article()
    comments = [make_comment(article, author=ada) for _ in range(43)]
    address, ids = ada.get_absolute_url(), []

    while address:
        soup = soup_of(client.get(address, headers=headers))
        ids += shown_ids(soup)
        link = soup.select_one(".thread__more a")
        address = link["href"] if link else None

    assert ids == [f"comment-{comment.pk}" for comment in reversed(comments)]


def test_a_list_costs_the_same_queries_at_one_and_three_rows(client, ada):
    counts = []
    make_comment(author=ada)
    client.get(ada.get_absolute_url())  # what all pages share is remembered from now on

    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(ada.get_absolute_url())
        counts.append(len(queries))
        make_comment(author=ada, article=make_article(publisher=make_publisher()))
        make_comment(author=ada, article=make_article(publisher=make_publisher()))

    assert counts == [2, 2]


def test_a_wrong_name_leads_to_the_right_address_for_good(client, ada):
    make_comment(author=ada)

    response = client.get(reverse("threads:person_detail", args=[ada.pk, "somebody"]))

    assert (response.status_code, response["Location"]) == (301, ada.get_absolute_url())


def test_who_never_spoke_has_no_page_so_that_names_cannot_be_looked_up(client, ada):
    for slug in (ada.slug, "guess"):
        response = client.get(reverse("threads:person_detail", args=[ada.pk, slug]))
        assert response.status_code == 404
        assert "Ada" not in response.content.decode()
    client.force_login(ada)
    assert "Nothing said yet." in client.get(ada.get_absolute_url()).content.decode()


def test_only_what_is_public_is_listed(client, ada):
    kept = make_comment(author=ada, text="Kept words")
    withdrawn = make_comment(author=ada, text="Withdrawn words")
    removed = make_comment(author=ada, text="Removed words")
    held = make_comment(author=ada, text="Held words", held=True)
    hidden = make_comment(make_article(), author=ada, text="Hidden words")
    make_comment(parent=removed)
    withdraw_comment(withdrawn, by=Writer(ada))
    remove_comment(removed, moderator=make_moderator(), reason="Insult")
    type(hidden.article).objects.filter(pk=hidden.article_id).update(
        status="withdrawn", shown_from=None
    )

    soup = soup_of(client.get(ada.get_absolute_url()))

    assert shown_ids(soup) == [f"comment-{kept.pk}"]
    assert held.status == "held"
    assert "Kept words" in soup.get_text()


def test_who_left_has_no_page(client, ada):
    make_comment(author=ada)
    type(ada).objects.filter(pk=ada.pk).update(is_active=False)

    assert client.get(ada.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("after", ["x", "%00", "W10", "e30"])
def test_a_cursor_that_is_not_ours_leads_nowhere(client, ada, after):
    make_comment(author=ada)

    response = client.get(f"{ada.get_absolute_url()}?after={after}", headers=HTMX)

    assert response.status_code == 404


@pytest.mark.parametrize("name", ["Ada Lind", "Åsa O’Neill", "علي حسن", "李", "?!/#", ""])
def test_an_address_made_without_the_person_s_row_is_their_address(name):
    person = User(pk=7, name=name)

    assert person_addresses()(7, str(person)) == person.get_absolute_url()
