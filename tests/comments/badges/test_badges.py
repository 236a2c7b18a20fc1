"""Whom a badge stands beside, and under which articles."""

import pytest

from comments.badges.models import Badge
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db

Kind = Badge.Kind


def badge(person, kind, **where):
    return Badge.objects.create(person=person, kind=kind, **where)


def test_the_guests_of_an_article_are_its_authors_and_its_experts_alone():
    article = make_article()
    author, expert, general, moderator, other = (make_user() for _ in range(5))
    badge(author, Kind.AUTHOR, article=article)
    badge(expert, Kind.EXPERT, article=article, words="tides")
    badge(general, Kind.EXPERT)
    badge(moderator, Kind.MODERATOR)
    badge(other, Kind.AUTHOR, article=make_article())

    assert Badge.objects.guests_of(article.pk) == {author.pk, expert.pk}
