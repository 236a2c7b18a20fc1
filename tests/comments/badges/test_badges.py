"""Whom a badge stands beside, and under which articles."""

import pytest

from comments.badges.models import Badge
from tests.factories import make_article, make_publisher, make_user

pytestmark = pytest.mark.django_db

Kind = Badge.Kind


def badge(person, kind, **where):
    return Badge.objects.create(person=person, kind=kind, **where)


def test_badges_hold_under_their_article_their_publishers_articles_or_everywhere():
    person, gazette = make_user(), make_publisher()
    article, elsewhere = make_article(publisher=gazette), make_article(publisher=make_publisher())
    everywhere = badge(person, Kind.MODERATOR)
    staff = badge(person, Kind.STAFF, publisher=gazette)
    author = badge(person, Kind.AUTHOR, article=article)

    assert set(Badge.objects.applying_to(article)) == {everywhere, staff, author}
    assert set(Badge.objects.applying_to(elsewhere)) == {everywhere}


def test_no_publishers_staff_has_a_badge_where_the_publisher_is_unknown():
    person = make_user()
    badge(person, Kind.STAFF, publisher=make_publisher())

    assert list(Badge.objects.applying_to(make_article(publisher=None))) == []


def test_the_guests_of_an_article_are_its_authors_and_its_experts_alone():
    article = make_article()
    author, expert, general, moderator, other = (make_user() for _ in range(5))
    badge(author, Kind.AUTHOR, article=article)
    badge(expert, Kind.EXPERT, article=article, words="tides")
    badge(general, Kind.EXPERT)
    badge(moderator, Kind.MODERATOR)
    badge(other, Kind.AUTHOR, article=make_article())

    assert Badge.objects.guests_of(article.pk) == {author.pk, expert.pk}
