"""Nothing hidden is found or counted: the gate of the search is the gate of the articles."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from reader.articles import services
from reader.articles.models import Article
from reader.search.engines import TookTooLong, asking, patience, sqlite
from reader.search.finding import find_articles, newest_articles
from reader.search.grammar import parse_question
from reader.search.suggesting import suggest_for
from tests.factories import make_article, make_publisher

WITHOUT_END = (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
)


def found(text="ferry"):
    """Ask in every way there is; all have to say the same."""
    question = parse_question(text)
    best = find_articles(question, with_facets=True)
    newest = [article.pk for article in newest_articles(question).items]
    assert {one.article.pk for one in best.results} == set(newest)
    assert best.count == best.facets.count == find_articles(question).count == len(newest)
    assert sum(one.count for one in best.facets.publishers) == len(newest)
    assert sum(one.count for one in best.facets.months) == len(newest)
    return newest


def make_ferry(**fields):
    return make_article("Ferry", publisher=make_publisher("Gazette"), **fields)


@pytest.mark.django_db
def test_nothing_hidden_is_found_however_much_is_hidden(monkeypatch):
    monkeypatch.setattr("reader.search.finding.CLOSED_MAX", 1)
    shown = make_ferry()
    later = timezone.now() + timedelta(days=1)
    make_ferry(status="draft")
    make_ferry(status="scheduled", published_at=later)
    make_ferry(status="scheduled", hours_ago=5, embargo_until=later)
    services.withdraw_article(make_ferry())
    services.unpublish_article(make_ferry(hours_ago=3))
    services.delete_articles([make_ferry()])
    services.publish_article(make_ferry(), embargo_until=later)

    assert Article.objects.hidden().count() == 6
    assert found() == found("ferry OR nothing") == found("after:2000 -train") == [shown.pk]
    assert [one.text for one in suggest_for("ferry").headlines] == ["Ferry"]


@pytest.mark.django_db
def test_an_embargo_ends_by_the_clock(monkeypatch):
    embargoed = make_ferry(
        status="scheduled", hours_ago=5, embargo_until=timezone.now() + timedelta(hours=1)
    )
    scheduled = make_ferry(status="scheduled", published_at=timezone.now() + timedelta(hours=2))
    assert found() == []

    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=61))
    assert found() == [embargoed.pk]
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=121))
    assert found() == [scheduled.pk, embargoed.pk]


@pytest.mark.django_db
def test_what_is_published_now_is_found_now():
    now = timezone.now()
    moments = [make_ferry(published_at=now - timedelta(seconds=n)).pk for n in range(3)]
    assert found() == moments


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_breaks_off_what_takes_too_long():
    ask = sqlite._rows if connection.vendor == "sqlite" else asking.rows
    with pytest.raises(TookTooLong), patience(0.05):
        ask(WITHOUT_END, [])

    make_ferry()
    assert len(found()) == 1
