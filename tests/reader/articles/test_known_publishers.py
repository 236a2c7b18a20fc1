"""Nobody can ask whether a publisher is here of which no article could be seen."""

from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone

from reader.articles import services
from reader.articles.models import Article, Publisher
from tests.factories import make_article, make_publisher

pytestmark = pytest.mark.django_db
Status = Article.Status
PAGE = "/publishers/secret-times/"


def make(status=Status.DRAFT, **fields):
    """Make an article of the Secret Times, beside what anybody may read."""
    make_article("Ferry", publisher=make_publisher("Open Post"))
    secret = make_publisher("Secret Times")
    return make_article("Takeover", publisher=secret, status=status, **fields)


def later(**span):
    """Let time pass: nothing is written and no worker runs."""
    return mock.patch.object(timezone, "now", return_value=timezone.now() + timedelta(**span))


def text_of(client, address, **given):
    return client.get(address, given).content.decode()


def is_known(client):
    """Ask in every way that a stranger has; all of them must say the same."""
    unknown = "No publisher here is called"
    lost = "There is no such publisher here"
    answers = {
        "page": client.get(PAGE).status_code == 200,
        **{form: client.get(f"{PAGE}feed.{form}").status_code == 200 for form in FORMS},
        "list": PAGE in text_of(client, "/publishers/"),
        "sitemap": PAGE in text_of(client, "/sitemap-publishers-0.xml"),
        "select": 'value="secret-times"' in text_of(client, "/search/"),
        "filter": lost not in text_of(client, "/search/", publisher="secret-times"),
        "comments": lost
        not in text_of(client, "/search/", publisher="secret-times", tab="comments"),
        "operator": unknown not in text_of(client, "/search/", q="publisher:secret-times"),
        "words": unknown not in text_of(client, "/search/", q="publisher:secret"),
        "suggestion": PAGE in text_of(client, "/search/suggest", q="secr"),
    }
    assert len(set(answers.values())) == 1, answers
    return answers["page"]


FORMS = ("atom", "rss", "json")


def test_what_only_a_draft_is_from_is_not_there_until_it_is_published(client):
    draft = make()
    assert not is_known(client)

    services.publish_article(draft)
    assert is_known(client)


def test_it_opens_with_the_article_by_the_clock_alone(client):
    soon = timezone.now() + timedelta(hours=2)
    services.publish_article(make(), at=soon)
    make(Status.PUBLISHED, embargo_until=soon + timedelta(hours=1))
    assert not is_known(client)

    with later(hours=1):
        assert not is_known(client)
    with later(hours=2, minutes=1):
        assert is_known(client)


def test_what_was_withdrawn_was_seen(client):
    services.withdraw_article(make(Status.PUBLISHED))
    assert is_known(client)


def test_one_without_any_article_has_its_page_and_is_offered_nowhere(client):
    make_publisher("Secret Times")
    assert "Nothing from" in text_of(client, PAGE)
    assert PAGE not in text_of(client, "/publishers/")
    assert 'value="secret-times"' not in text_of(client, "/search/")
    assert PAGE not in text_of(client, "/search/suggest", q="secr")


def test_all_of_them_are_found_in_one_statement(django_assert_num_queries):
    make()
    for number in range(3):
        make_article(publisher=make_publisher(f"Gazette {number}"))

    with django_assert_num_queries(1):
        names = [publisher.name for publisher in Publisher.objects.known().by_name()]

    assert names == ["Gazette 0", "Gazette 1", "Gazette 2", "Open Post"]
