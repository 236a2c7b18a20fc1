"""Beyond what is counted one by one the engines say about how many there are."""

import pytest

from comments.finding.engine import comment_engine
from comments.finding.finding import lookup_of, question_of
from comments.finding.models import CommentEntry
from reader.search.entries import lay_out
from reader.search.grammar import parse_question

pytestmark = pytest.mark.django_db
COUNT = 3_000


def test_an_estimate_is_about_right():
    words = ["ferry night", "ferry", "train", "port"]
    entries = [
        lay_out(place=place, texts=[f"{words[place % 4]} w{place}"], marks=["·len"])
        for place in range(1, COUNT + 1)
    ]
    comment_engine().put(entries)
    CommentEntry.objects.bulk_create(
        CommentEntry(comment_id=one.place, place=one.place, article_id=0, marks="·len")
        for one in entries
    )
    comment_engine().tidy()

    for text, share in {"ferry": 2, "lang:en": 1, "night OR port": 2, "lang:en -ferry": 2}.items():
        tree = question_of(parse_question(text)).tree
        estimate = comment_engine().estimate(lookup_of(tree))
        assert estimate == pytest.approx(COUNT / share, rel=0.35), text
