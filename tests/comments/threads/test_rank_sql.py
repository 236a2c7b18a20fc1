"""The database reckons as Python does, to the last bit: a rank is the same from either."""

from random import Random

import pytest
from django.db.models import F

from comments.threads.models import Comment
from comments.threads.rank_sql import rank_in_sql
from comments.threads.ranking import own_rank
from tests.factories import make_article, make_thread

pytestmark = pytest.mark.django_db

MOST = 2**31 - 2  # what a column holds, with the vote that is added
SCORES = [None, 0, 1, -1, 7, -7, 4000, -4000, 2**31 - 1, -(2**31) + 1]


def votes_of_all_sizes(few, many):
    yield from ((up, down, None) for up in range(few) for down in range(few))
    for score in SCORES:
        yield from ((up, down, score) for up in (0, MOST) for down in (0, MOST))
    random = Random(7)

    def number():
        return random.randrange(2 ** random.randrange(1, 31))

    for _ in range(many):
        yield number(), number(), random.choice(SCORES)


def test_both_engines_and_python_agree_on_every_rank(full):
    votes = list(votes_of_all_sizes(*((64, 6000) if full else (30, 1500))))
    comments = make_thread(make_article(), [None] * len(votes))
    for comment, (up, down, score) in zip(comments, votes, strict=True):
        comment.up, comment.down, comment.imported_score = up, down, score
    Comment.objects.bulk_update(comments, ["up", "down", "imported_score"], batch_size=500)

    # As a vote does it, in the statement that counts it.
    up, down = F("up") + 1, F("down") + 0
    for score in SCORES:
        rank = rank_in_sql(up, down, imported_score=score)
        Comment.objects.filter(imported_score=score).update(up=up, down=down, rank=rank)

    found = Comment.objects.values_list("up", "down", "imported_score", "rank")
    assert len(found) == len(votes)
    wrong = [
        (up, down, score, rank)
        for up, down, score, rank in found
        if rank != own_rank(up=up, down=down, imported_score=score)
    ]
    assert wrong == []
    assert len({rank for *_, rank in found}) > len(votes) / 4
