"""How a comment comes into a thread, and what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from comments.threads.models import Comment, Footprint, Thread
from comments.threads.people import Writer
from comments.threads.senders import Sender
from comments.threads.services import (
    CommentRefused,
    close_thread,
    forget_footprints,
    open_thread,
    post_comment,
    withdraw_comment,
)
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db


def comment_count(article):
    return type(article).objects.get(pk=article.pk).comment_count


def refusal_of(call, *args, **kwargs):
    with pytest.raises(CommentRefused) as caught:
        call(*args, **kwargs)
    return str(caught.value), caught.value.code


def test_the_first_comment_opens_the_thread():
    article = make_article()
    ada = make_user("Ada")

    posted = post_comment(article, text="First *words*.\r\nMore.", author=ada)

    comment = Comment.objects.get()
    assert posted == (comment, True)
    assert (comment.author, comment.body_src) == (ada, "First *words*.\nMore.")
    assert comment.body_html == "<p>First <em>words</em>.<br>\nMore.</p>"
    assert (comment.seq, comment.depth, comment.path) == (1, 0, "000001")
    assert comment.in_tree
    assert comment.best % 2**43 == comment.pk
    assert posted.comment.best == comment.best
    assert comment_count(article) == 1
    assert Thread.objects.get(pk=article.pk).version == 1


def test_a_reply_knows_its_parent_and_is_counted_by_all_above():
    root = make_comment()
    reply = make_comment(parent=root)
    below = make_comment(parent=reply)

    assert (below.depth, below.path, below.seq) == (2, "000001000002000003", 3)
    root.refresh_from_db()
    reply.refresh_from_db()
    assert (root.reply_count, root.desc_count) == (1, 2)
    assert (reply.reply_count, reply.desc_count) == (1, 1)
    assert comment_count(root.article) == 3


def test_the_same_words_again_within_a_minute_are_the_first_comment():
    article, ada = make_article(), make_user()
    first = post_comment(article, text="Twice?", author=ada)

    again = post_comment(article, text="Twice?", author=ada)

    assert again == (first.comment, False)
    assert comment_count(article) == 1


def test_the_same_words_elsewhere_by_another_or_later_are_a_comment_of_their_own():
    article, ada, bo = make_article(), make_user(), make_user()
    first = post_comment(article, text="So it is.", author=ada).comment
    assert post_comment(article, text="So it is.", author=bo).is_new
    assert post_comment(article, text="So it is.", author=ada, parent=first).is_new
    assert post_comment(make_article(), text="So it is.", author=ada).is_new
    Comment.objects.update(created_at=timezone.now() - timedelta(seconds=61))
    assert post_comment(article, text="So it is.", author=ada).is_new


def test_a_guests_second_click_is_known_by_where_it_comes_from_until_the_key_arrives():
    article = make_article()
    kim, lee = Sender("office", "kim's browser"), Sender("office", "lee's browser")
    hello = {"text": "Hello.", "guest_name": "Kim"}
    first = post_comment(article, **hello, guest_key="one", sender=kim)
    again = post_comment(article, **hello, guest_key="two", sender=kim)
    other = post_comment(article, **hello, guest_key="three", sender=lee)
    renamed = post_comment(article, text="Hello.", guest_key="one", sender=Sender("office"))
    assert [again.is_new, other.is_new, renamed.is_new] == [False, True, False]
    assert again.comment == renamed.comment == first.comment
    assert Writer(guest_key="one").wrote(again.comment)
    assert not Writer(guest_key="two").wrote(again.comment)


def test_two_guests_of_whom_nothing_else_is_known_are_two():
    article = make_article()
    for key in ("one", "two", "", ""):
        assert post_comment(article, text="Thank you", guest_key=key).is_new
    assert post_comment(article, text="Thank you", guest_key="six", sender=Sender("office")).is_new
    assert post_comment(article, text="Thank you", guest_key="nine", sender=Sender("office")).is_new


def test_where_a_guest_came_from_is_forgotten_after_a_minute():
    article, kim = make_article(), Sender("office", "kim's browser")
    post_comment(article, text="Hello.", guest_key="one", sender=kim)
    assert forget_footprints() == 0
    Comment.objects.update(created_at=timezone.now() - timedelta(seconds=61))
    Footprint.objects.update(at=timezone.now() - timedelta(seconds=61))

    assert post_comment(article, text="Hello.", guest_key="two", sender=kim).is_new

    assert forget_footprints() == 1
    assert Footprint.objects.count() == 1


def test_only_guests_leave_footprints():
    post_comment(make_article(), text="Hello.", author=make_user(), sender=Sender("office"))
    assert not Footprint.objects.exists()


def test_withdrawn_words_may_be_said_again():
    article, ada = make_article(), make_user()
    first = post_comment(article, text="Hm.", author=ada).comment
    withdraw_comment(first, by=Writer(ada))
    assert post_comment(article, text="Hm.", author=ada).is_new


UNSHOWABLE = "There is a character in it that cannot be shown. Please take it out."


@pytest.mark.parametrize(
    ("text", "sentence", "code"),
    [
        ("", "Write a few words first.", "empty"),
        (" \n\t\u200b\u2060", "Write a few words first.", "empty"),
        ("x" * 4001, "That is 1 character over 4,000. Could you shorten it?", "too_long"),
        ("x" * 4212, "That is 212 characters over 4,000. Could you shorten it?", "too_long"),
        ("x" * 10**6, "That is 996,000 characters over 4,000. Could you shorten it?", "too_long"),
        ("nul\x00", UNSHOWABLE, "characters"),
        ("half \ud83d", UNSHOWABLE, "characters"),
        ("bell\x07", UNSHOWABLE, "characters"),
    ],
)
def test_words_that_cannot_be_kept_are_refused_with_a_sentence(text, sentence, code):
    assert refusal_of(post_comment, make_article(), text=text) == (sentence, code)
    assert not Comment.objects.exists()


def test_four_thousand_characters_with_line_breaks_from_a_form_fit():
    text = ("x" * 99 + "\r\n") * 40
    assert len(make_comment(text=text).body_src) == 4000


def test_text_in_any_script_is_kept_as_typed():
    text = "  مرحبا \u202eعالم\u202c\n\n\t你好 👩‍👩‍👧 e\u0301 \u00a0 end  "
    assert Comment.objects.get(pk=make_comment(text=text).pk).body_src == text


def test_a_guests_name_is_one_line_without_marks_that_turn_the_text():
    comment = make_comment(guest_name="  \u202eAda\n  Byron\u2066 ", guest_key="k")
    assert comment.guest_name == comment.author_label == "Ada Byron"
    assert make_comment(guest_name="\u200b", guest_key="k").author_label == "Guest"
    assert refusal_of(make_comment, guest_name="x" * 61) == (
        "A name has 60 characters at most.",
        "name",
    )


def test_who_is_signed_in_writes_under_their_own_name():
    comment = make_comment(author=make_user("Ada"), guest_name="Not Ada", guest_key="k")
    assert (comment.author_label, comment.guest_name, comment.guest_key_hash) == ("Ada", "", "")


def test_a_closed_thread_says_when_it_closed(settings):
    settings.TIME_ZONE = "UTC"
    article = make_article()
    close_thread(article)
    Thread.objects.update(closed_at=timezone.now().replace(month=1, day=3))
    sentence = "Comments closed on 3 January. You can still read them."
    assert refusal_of(post_comment, article, text="Late.") == (sentence, "closed")
    Thread.objects.update(closed_at=timezone.now().replace(year=2020, month=1, day=3))
    assert "3 January 2020" in refusal_of(post_comment, article, text="Late.")[0]
    open_thread(article)
    assert post_comment(article, text="In time.").is_new


def test_only_what_stands_can_be_answered():
    ada = make_user()
    article = make_article()
    withdrawn = make_comment(article, author=ada)
    withdraw_comment(withdrawn, by=Writer(ada))
    held = make_comment(article, held=True)
    elsewhere = make_comment()
    for parent in (withdrawn, held, elsewhere):
        refused = refusal_of(post_comment, article, text="But", parent=parent)
        assert refused == ("This comment can no longer be answered.", "gone")


def test_sixty_levels_and_no_more():
    comment = make_comment()
    for _ in range(59):
        comment = make_comment(parent=comment)
    assert (comment.depth, len(comment.path)) == (59, 360)
    sentence, code = refusal_of(make_comment, parent=comment)
    assert code == "too_deep"
    assert sentence == (
        "This exchange is 60 replies deep, and that is as deep as it goes. "
        "Please answer a comment further up."
    )


def test_the_sixth_comment_within_a_minute_has_to_wait(settings):
    settings.RATE_LIMITS = True
    article, ada = make_article(), make_user()
    for number in range(5):
        make_comment(article, author=ada, text=f"Number {number}")
    Comment.objects.update(created_at=timezone.now() - timedelta(seconds=20))
    with pytest.raises(CommentRefused) as caught:
        make_comment(article, author=ada)
    assert str(caught.value) == "You can post again in 40 seconds."
    assert (caught.value.code, caught.value.retry_after) == ("too_fast", 40)
    make_comment(article, author=make_user())
    Comment.objects.update(created_at=timezone.now() - timedelta(seconds=61))
    make_comment(article, author=ada)


def test_guests_have_the_same_pace_by_their_key(settings):
    settings.RATE_LIMITS = True
    article = make_article()
    for _ in range(5):
        make_comment(article, guest_key="kim")
    assert refusal_of(make_comment, article, guest_key="kim")[1] == "too_fast"
    make_comment(article, guest_key="lee")


def test_a_guest_without_a_key_has_the_same_pace(settings):
    settings.RATE_LIMITS = True
    article, kim = make_article(), Sender("office", "kim's browser")
    for number in range(5):
        make_comment(article, guest_key=f"new {number}", sender=kim)
    Footprint.objects.update(at=timezone.now() - timedelta(seconds=20))

    with pytest.raises(CommentRefused) as caught:
        make_comment(article, guest_key="new 6", sender=kim)

    assert str(caught.value) == "You can post again in 40 seconds."
    assert (caught.value.code, caught.value.retry_after) == ("too_fast", 40)
    make_comment(article, guest_key="new 6", sender=Sender("office", "lee's browser"))


def test_all_guests_behind_one_address_together_have_a_pace_four_times_that(settings):
    settings.RATE_LIMITS = True
    article = make_article()
    for number in range(20):
        make_comment(
            article, guest_key=f"key {number}", sender=Sender("office", str(number) * (number % 2))
        )
    Footprint.objects.update(at=timezone.now() - timedelta(seconds=59))

    refused = refusal_of(make_comment, article, guest_key="late", sender=Sender("office"))

    assert refused == ("You can post again in 1 second.", "too_fast")
    make_comment(article, guest_key="late", sender=Sender("home"))
    make_comment(article, author=make_user(), sender=Sender("office"))
    Footprint.objects.update(at=timezone.now() - timedelta(seconds=61))
    make_comment(article, guest_key="late", sender=Sender("office"))


def test_without_limits_nobody_waits():
    article = make_article()
    for number in range(21):
        make_comment(article, guest_key=f"key {number}", sender=Sender("office", "one"))
    assert Comment.objects.count() == 21


def test_where_guests_are_off_only_people_with_an_account_post(settings):
    settings.COMMENT_GUESTS = "off"
    article = make_article()
    assert refusal_of(make_comment, article) == ("Log in to comment.", "guests_off")
    assert make_comment(article, author=make_user()).is_published


def test_where_guests_are_held_their_comments_wait_uncounted(settings):
    settings.COMMENT_GUESTS = "held"
    article = make_article()
    comment = make_comment(article)
    assert (comment.status, comment.in_tree, comment_count(article)) == ("held", False, 0)
    assert make_comment(article, author=make_user()).is_published


def test_the_database_itself_refuses_a_wrong_place():
    root = make_comment()
    wrong = [
        {"depth": 1, "parent": None},
        {"depth": 0, "parent": root},
        {"depth": 60, "parent": root},
        {"seq": 1},
        {"seq": 0},
        {"seq": 1_000_000},
        {"path": root.path},
        {"status": "lost"},
        {"in_tree": False},
        {"arrival": 1},
        {"arrival": None},
        {"erase_at": timezone.now()},
    ]
    for number, fields in enumerate(wrong, 2):
        right = {
            "article": root.article,
            "seq": number,
            "path": f"{number:06d}",
            "arrival": number,
            "body_src": "x",
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.create(**(right | fields))


def test_an_article_takes_its_thread_along():
    root = make_comment(author=make_user())
    make_comment(parent=root)
    kept = make_comment()
    root.article.delete()
    assert list(Comment.objects.all()) == [kept]
