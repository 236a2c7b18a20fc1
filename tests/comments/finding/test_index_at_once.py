"""Whoever writes last is right: comments, their articles and the command at one moment."""

import pytest

from comments.finding.engine import comment_engine
from comments.finding.finding import newest_comments
from comments.finding.models import CommentEntry
from comments.finding.services import rebuild_comment_index
from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.services import change_comment_status, edit_comment
from reader.articles.services import edit_article
from reader.search.grammar import parse_question
from tests.at_once import at_once
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 6


def found(text):
    return sorted(comment.pk for comment in newest_comments(parse_question(text)).items)


def test_the_index_says_in_the_end_what_the_rows_say():
    # The words are no table of Django's, which empties its own between these tests.
    comment_engine().tidy()
    article, ada = make_article(language="en"), make_user()
    comments = [make_comment(article, text=f"Ferry {n}", author=ada) for n in range(4)]

    def change_the_language():
        for n in range(ROUNDS):
            edit_article(article, by=None, language="es" if n % 2 else "en")

    def edit(comment):
        for n in range(ROUNDS):
            edit_comment(comment, text=f"Train number {n}", by=Writer(ada))

    def remove_and_restore(comment):
        for _ in range(ROUNDS // 2):
            comment = change_comment_status(comment, to="removed")
            comment = change_comment_status(comment, to="published")

    def post():
        for n in range(ROUNDS):
            make_comment(article, text=f"Ferry, and {n}", author=make_user())

    problems = at_once(
        [
            change_the_language,
            lambda: edit(comments[0]),
            lambda: edit(comments[1]),
            lambda: remove_and_restore(comments[2]),
            post,
            lambda: rebuild_comment_index(say=lambda words: None),
        ]
    )

    assert problems == []
    published = sorted(Comment.objects.values_list("pk", flat=True))
    assert len(published) == 4 + ROUNDS
    assert found("lang:es") == published
    assert found("lang:en") == []
    assert found("train") == found(f"number {ROUNDS - 1}") == [comments[0].pk, comments[1].pk]
    assert found("ferry") == [pk for pk in published if pk not in found("train")]
    assert set(CommentEntry.objects.values_list("marks", flat=True)) == {"·les"}
