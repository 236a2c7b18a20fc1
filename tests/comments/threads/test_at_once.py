"""Many people at one moment: nothing lost, nothing twice, no error, every count right."""

import pytest

from comments.moderation.services import DecisionRefused, remove_comment
from comments.threads.models import Comment, Thread, Vote
from comments.threads.people import Writer
from comments.threads.refusals import CommentRefused
from comments.threads.services import post_comment, vote_comment
from comments.threads.services.counting import find_lies
from tests.at_once import at_once
from tests.factories import make_article, make_comment, make_moderator, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_writers_post_a_thousand_comments_on_one_thread(full):
    article = make_article()
    people = [make_user() for _ in range(20)]
    each = 50 if full else 15

    def writer(number):
        def write():
            latest = None
            for count in range(each):
                latest = post_comment(
                    article,
                    text=f"Writer {number}, comment {count}",
                    author=people[number],
                    parent=latest if count % 3 else None,
                ).comment

        return write

    assert at_once([writer(number) for number in range(20)]) == []

    comments = Comment.objects.filter(article=article)
    total = 20 * each
    assert sorted(comments.values_list("seq", flat=True)) == list(range(1, total + 1))
    assert len(set(comments.values_list("body_src", flat=True))) == total
    assert len(set(comments.values_list("best", flat=True))) == total
    article.refresh_from_db()
    assert article.comment_count == total
    assert find_lies(article.pk) == []
    thread = Thread.objects.get(pk=article.pk)
    assert (thread.last_seq, thread.version) == (total, total)


def test_a_double_click_by_ten_fingers_is_one_comment():
    article, ada = make_article(), make_user()
    jobs = [lambda: post_comment(article, text="Once.", author=ada)] * 10
    assert at_once(jobs) == []
    assert Comment.objects.get().body_src == "Once."


def test_votes_cast_at_once_are_all_counted():
    comment = make_comment()
    voters = [make_user() for _ in range(24)]
    jobs = [
        lambda voter=voter, value=value: [
            vote_comment(comment, by=Writer(voter), value=value) for _ in range(2)
        ]
        for voter, value in zip(voters, [1, 1, -1] * 8, strict=True)
    ]
    assert at_once(jobs) == []
    stored = Comment.objects.get()
    assert (stored.up, stored.down, Vote.objects.count()) == (16, 8, 24)
    assert find_lies(comment.article_id) == []


def test_a_reply_and_a_removal_at_once_leave_a_placeholder_or_a_refusal():
    moderator = make_moderator()
    for round_number in range(6):
        parent = make_comment()

        def reply(parent=parent, text=f"Reply {round_number}"):
            try:
                post_comment(parent.article, text=text, parent=parent)
            except CommentRefused as refusal:
                assert refusal.code == "gone"

        def remove(parent=parent):
            remove_comment(parent, moderator=moderator, reason="Spam")

        assert at_once([reply, remove]) == []
        assert find_lies(parent.article_id) == []
        replies = Comment.objects.filter(parent=parent).count()
        assert Comment.objects.get(pk=parent.pk).in_tree == bool(replies)


def test_of_two_moderators_one_decides_and_the_other_is_told_who_did():
    moderators = [make_moderator("Ana"), make_moderator("Ben")]
    for _ in range(5):
        comment, told = make_comment(), []

        def decide(moderator, comment=comment, told=told):
            try:
                remove_comment(comment, moderator=moderator, reason="Off topic")
            except DecisionRefused as refusal:
                told.append((moderator.name, str(refusal)))

        assert at_once([lambda m=m, decide=decide: decide(m) for m in moderators]) == []
        ((loser, sentence),) = told
        winner = {"Ana": "Ben", "Ben": "Ana"}[loser]
        assert sentence.startswith(f"Already removed by {winner} ")
        assert sentence.endswith(": Off topic")
