"""A strong reply lifts what it answers, whatever happens to either; and the sort key says so."""

from importlib import import_module
from random import Random
from types import SimpleNamespace

import pytest
from django.db import connection

from comments.threads.importing import import_records_of_comments
from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.ranking import PENALTY, best_key, own_rank
from comments.threads.reading import load_thread
from comments.threads.refusals import CommentChanged, CommentRefused
from comments.threads.services import change_comment_status, vote_comment, withdraw_comment
from comments.threads.services.counting import find_lies, recount_thread
from tests.comments.threads.lifts import naive_lifts, stored_lifts
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db

migration = import_module("comments.threads.migrations.0004_lifts")


@pytest.fixture
def voters():
    return [make_user() for _ in range(6)]


def rank(up=0, down=0):
    return own_rank(up=up, down=down, imported_score=None)


def vote(comment, voters, value=1):
    for voter in voters:
        vote_comment(comment, by=Writer(voter), value=value)


def stands(comment):
    stored = Comment.objects.get(pk=comment.pk)
    assert stored.best & (2**43 - 1) == comment.pk
    return stored.best >> 43, stored.lifted_by


def test_a_reply_lifts_all_it_answers_until_somebody_stands_better_alone(voters):
    top = make_comment()
    weak = make_comment(parent=top)
    strong = make_comment(parent=weak)
    vote(top, voters[:3])
    assert (stands(top), stands(weak)) == ((rank(3), None), (rank(), None))

    vote(strong, voters)
    assert stands(strong) == (rank(6), None)
    assert stands(weak) == (rank(6) + PENALTY, strong.pk)
    assert stands(top) == (rank(3), None)  # better than with two levels' loss

    vote(top, voters[:3], -1)
    assert stands(top) == (rank(6) + 2 * PENALTY, strong.pk)
    assert find_lies(top.article_id) == []


def test_a_lift_goes_with_the_votes_that_made_it(voters):
    weak = make_comment()
    strong, other = make_comment(parent=weak), make_comment(parent=weak)
    vote(strong, voters)
    vote(other, voters[:5])
    assert stands(weak) == (rank(6) + PENALTY, strong.pk)
    vote(strong, voters, 0)
    assert stands(weak) == (rank(5) + PENALTY, other.pk)
    vote(other, voters, 0)
    assert stands(weak) == (rank(), None)


def test_of_two_equal_replies_the_older_one_lifts(voters):
    weak = make_comment()
    older, newer = make_comment(parent=weak), make_comment(parent=weak)
    vote(newer, voters)
    assert stands(weak)[1] == newer.pk
    vote(older, voters)
    assert stands(weak)[1] == older.pk


def test_out_of_sight_a_reply_lifts_nothing_and_hands_on_what_lifts_it(voters):
    top, ada = make_comment(), make_user()
    middle = make_comment(parent=top, author=ada)
    strong = make_comment(parent=middle)
    vote(middle, voters)
    vote(strong, voters)
    assert stands(top) == (rank(6) + PENALTY, middle.pk)

    for to, back in [("held", "published"), ("removed", "published")]:
        hidden = change_comment_status(Comment.objects.get(pk=middle.pk), to=to)
        # Its own votes outdo the reply's, and count for nobody now.
        assert stands(middle) == (rank(6), None)
        assert stands(top) == (rank(), None)
        change_comment_status(hidden, to=back)
        assert stands(top) == (rank(6) + PENALTY, middle.pk)

    vote(middle, voters, -1)
    withdraw_comment(middle, by=Writer(ada))
    assert stands(middle) == (rank(6) + PENALTY, strong.pk)
    assert stands(top) == (rank(6) + 2 * PENALTY, strong.pk)

    change_comment_status(Comment.objects.get(pk=strong.pk), to="removed")
    assert (stands(middle), stands(top)) == ((rank(0, 6), None), (rank(), None))
    assert find_lies(top.article_id) == []


def test_a_reply_that_nobody_voted_for_lifts_nothing(voters):
    weak = make_comment()
    vote(weak, voters, -1)
    reply = make_comment(parent=weak)
    assert stands(weak) == (rank(0, 6), None)
    vote(reply, voters[:1])
    assert stands(weak) == (rank(1) + PENALTY, reply.pk)


def test_what_is_approved_lifts_with_the_votes_it_had(voters):
    weak = make_comment()
    vote(weak, voters, -1)
    reply = make_comment(parent=weak)
    vote(reply, voters)
    held = change_comment_status(Comment.objects.get(pk=reply.pk), to="held")
    assert stands(weak) == (rank(0, 6), None)
    change_comment_status(held, to="published")
    assert stands(weak) == (rank(6) + PENALTY, held.pk)


def test_what_is_lifted_stands_higher_on_the_page(voters):
    article = make_article()
    weak, plain = make_comment(article), make_comment(article)
    vote(plain, voters[:2])

    def order():
        return [branch.comment.pk for branch in load_thread(article).branches]

    assert order() == [plain.pk, weak.pk]
    reply = make_comment(parent=weak)
    vote(reply, [*voters, *(make_user() for _ in range(30))])
    assert order() == [weak.pk, plain.pk]


def grow_at_random(seed, steps):
    """Let a conversation take its course, with enough votes to lift."""
    random, article, was_lifted = Random(seed), make_article(), False
    people = [make_user() for _ in range(5)]
    comments = [make_comment(article)]
    for _ in range(steps):
        comment = Comment.objects.get(pk=random.choice(comments).pk)
        try:
            match random.randrange(8):
                case 0 | 1:
                    new = make_comment(parent=comment, held=random.random() < 0.1)
                    comments.append(new)
                case 2 | 3 | 4 | 5 | 6:
                    # Readers like what answers better than what it answers.
                    value = random.choice([comment.depth % 2 or -1, 1, 1, -1, 0])
                    vote(comment, random.sample(people, random.randint(2, 5)), value)
                case 7:
                    to = "published" if comment.status != "published" else "removed"
                    change_comment_status(comment, to=random.choice([to, to, "held"]))
        except (CommentRefused, CommentChanged):
            pass  # it is gone, or is so already
        assert stored_lifts(article) == naive_lifts(article)
        was_lifted |= any(by for _, by in stored_lifts(article).values())
    assert was_lifted
    return article


@pytest.mark.parametrize("seed", range(4))
def test_lifts_are_what_the_rule_says_after_every_change(seed, full):
    article = grow_at_random(seed, steps=200 if full else 80)
    assert find_lies(article.pk) == []


def test_a_recount_and_the_migration_find_the_same_lifts():
    article = grow_at_random(11, steps=80)
    right = stored_lifts(article)
    comments = list(Comment.objects.filter(article=article))
    assert any(by for _, by in right.values())

    def forget():
        for comment in comments:
            comment.best, comment.lifted_by = best_key(comment.pk, comment.rank), None
        Comment.objects.bulk_update(comments, ["best", "lifted_by"])
        assert stored_lifts(article) != right

    forget()
    assert len(find_lies(article.pk)) >= 2
    recount_thread(article.pk)
    assert stored_lifts(article) == right
    forget()
    # Of a schema editor it needs no more, and SQLite opens none within a transaction.
    migration.lift_all(None, SimpleNamespace(connection=connection))
    assert stored_lifts(article) == right


def test_imported_scores_lift_as_votes_do():
    article = make_article(original_url="https://news.example/lifts")

    def record(number, parent, score, **more):
        return {
            "thread_url": "https://news.example/lifts",
            "id": f"c{number}",
            "parent_id": parent and f"c{parent}",
            "created_at": f"2026-01-0{number}T00:00:00Z",
            "body": f"Comment {number}",
            "score": score,
            **more,
        }

    records = [record(1, None, -4), record(2, 1, -2, deleted=True, body=""), record(3, 2, 40)]
    assert import_records_of_comments(records).created == 3
    lifts = stored_lifts(article)
    assert lifts == naive_lifts(article)
    strong = Comment.objects.get(record_id="c3")
    assert [lifts[pk][1] for pk in sorted(lifts)] == [strong.pk, strong.pk, None]
    # A later file brings a reply that is better still.
    assert import_records_of_comments([*records, record(4, 1, 900)]).created == 1
    assert Comment.objects.get(record_id="c1").lifted_by == Comment.objects.get(record_id="c4").pk
    assert stored_lifts(article) == naive_lifts(article)
    assert find_lies(article.pk) == []
