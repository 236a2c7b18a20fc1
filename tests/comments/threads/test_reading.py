"""Thread pages: what a viewer gets, in which order, and at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.reading import load_history, load_permalink, load_replies, load_thread
from comments.threads.services import (
    change_comment_status,
    close_thread,
    edit_comment,
    vote_comment,
    withdraw_comment,
)
from reader.articles.services import withdraw_article
from reader.keyset import BadCursor
from tests.factories import make_article, make_comment, make_older, make_thread, make_user

pytestmark = pytest.mark.django_db


def words(branches):
    """Say which comments a page shows, by their numbers: [1, [2, [3]], 4]."""
    shown = []
    for branch in branches:
        shown.append(branch.comment.seq)
        if branch.replies:
            shown.append(words(branch.replies))
    return shown


def row_of(article, comment, **viewer):
    page = load_thread(article, **viewer)
    found = [b.comment for b in walk(page.branches) if b.comment.pk == comment.pk]
    return found[0] if found else None


def walk(branches):
    for branch in branches:
        yield branch
        yield from walk(branch.replies)


def count_queries(call, *args, **kwargs):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        call(*args, **kwargs)
    return len(queries)


def test_a_thread_nobody_has_written_in_is_empty_and_open():
    page = load_thread(make_article())
    assert (page.branches, page.next_cursor, page.count) == ([], None, 0)
    assert (page.is_open, page.closed_sentence, page.sort) == (True, "", "best")


def test_replies_hang_below_what_they_answer():
    article = make_article()
    first = make_comment(article)
    second = make_comment(article)
    answer = make_comment(parent=first)
    make_comment(parent=answer)
    make_comment(parent=second)
    assert words(load_thread(article).branches) == [1, [3, [4]], 2, [5]]
    assert load_thread(article).count == 5


def test_the_three_orders():
    article = make_article()
    first, second, _ = (make_comment(article) for _ in range(3))
    replies = [make_comment(parent=second) for _ in range(2)]
    vote_comment(second, by=Writer(make_user()), value=1)
    vote_comment(first, by=Writer(make_user()), value=-1)
    vote_comment(replies[1], by=Writer(make_user()), value=1)
    assert words(load_thread(article).branches) == [2, [5, 4], 3, 1]
    assert words(load_thread(article, sort="oldest").branches) == [1, 2, [4, 5], 3]
    assert words(load_thread(article, sort="newest").branches) == [3, 2, [4, 5], 1]
    with pytest.raises(KeyError):
        load_thread(article, sort="worst")


@pytest.mark.parametrize("sort", ["best", "newest", "oldest"])
def test_following_next_shows_each_first_comment_once(sort):
    article = make_article()
    for number in range(45):
        comment = make_comment(article)
        if number % 3 == 0:
            vote_comment(comment, by=Writer(make_user()), value=1 if number % 2 else -1)
    pages, after = [], None
    while True:
        page = load_thread(article, sort=sort, after=after)
        pages.append([branch.comment.seq for branch in page.branches])
        after = page.next_cursor
        if after is None:
            break
    assert [len(seqs) for seqs in pages] == [20, 20, 5]
    shown = [seq for seqs in pages for seq in seqs]
    assert sorted(shown) == list(range(1, 46))
    if sort != "best":
        assert shown == sorted(shown, reverse=sort == "newest")


@pytest.mark.parametrize("sort", ["best", "oldest"])
def test_three_replies_are_shown_and_the_rest_can_be_followed(sort):
    article = make_article()
    root = make_comment(article)
    for _ in range(30):
        make_comment(parent=root)
    branch = load_thread(article, sort=sort).branches[0]
    assert words(branch.replies) == [2, 3, 4]
    assert branch.more_count == 27
    more = load_replies(root, sort=sort, after=branch.more_cursor)
    rest = load_replies(root, sort=sort, after=more.next_cursor)
    assert words(more.branches) == list(range(5, 25))
    assert words(rest.branches) == list(range(25, 32))
    assert (rest.next_cursor, more.count) == (None, 31)


def test_as_many_levels_are_loaded_as_are_drawn_and_the_next_can_be_followed():
    article = make_article()
    comment = make_comment(article)
    for _ in range(7):
        comment = make_comment(parent=comment)
    deepest = list(walk(load_thread(article).branches))[-1]
    assert (deepest.comment.depth, deepest.comment.drawn_depth) == (3, 3)
    assert (deepest.more_count, deepest.more_cursor) == (1, "0")
    parent = Comment.objects.get(pk=deepest.comment.pk)
    assert words(load_replies(parent, after="0").branches) == [5, [6, [7, [8]]]]


def test_a_bushy_thread_is_cut_by_whole_levels_and_nothing_is_lost():
    article = make_article()
    # 20 with three replies each, and 60, 180, 60 with three replies each. Two each of the 60 are
    # loaded, and 19 on the fourth level would fit.
    answers = [None] * 20 + [n // 3 + 1 for n in range(60 + 180 + 180)]
    make_thread(article, answers)
    page = load_thread(article)
    shown = list(walk(page.branches))
    assert len(shown) == 20 + 60 + 120
    for branch in shown:
        assert len(branch.replies) + branch.more_count == branch.comment.reply_count
    cut = [branch for branch in shown if branch.more_count and branch.comment.depth == 2]
    assert {branch.more_cursor for branch in cut} == {"0"}
    assert sum(branch.more_count for branch in cut) == 120
    stubs = [branch for branch in shown if branch.more_count and branch.comment.depth == 1]
    assert [branch.more_count for branch in stubs] == [1] * 60
    assert "0" not in {branch.more_cursor for branch in stubs}


@pytest.mark.parametrize("cursor", ["x", "-1", "1.5", "9" * 19, "1" * 20, "٣", " 1", "1\n"])
def test_a_cursor_that_is_not_ours_is_named_so(cursor):
    with pytest.raises(BadCursor):
        load_thread(make_article(), after=cursor)


def test_a_row_knows_its_author_and_whom_it_answers():
    article = make_article()
    ada = make_user("Ada")
    root = make_comment(article, author=ada, text="*Yes*")
    named = make_comment(parent=root, guest_name="Kim", guest_key="k")
    unnamed = make_comment(parent=named, guest_key="k")

    row = row_of(article, root)
    assert (row.author_label, row.author_url) == ("Ada", ada.get_absolute_url())
    assert (row.parent_author_label, row.is_guest) == ("", False)
    assert row.body_html == "<p><em>Yes</em></p>"
    assert row.created_at == root.created_at
    assert row.created_at.tzinfo is not None
    row = row_of(article, named)
    assert (row.author_label, row.author_url, row.is_guest) == ("Kim", None, True)
    assert (row.parent_author_label, row.parent_id) == ("Ada", root.pk)
    row = row_of(article, unnamed)
    assert (row.author_label, row.parent_author_label) == ("Guest", "Kim")


def test_who_is_not_known_is_not_called_a_guest():
    article = make_article()
    comment = make_comment(article, author=make_user("Ada"))
    Comment.objects.filter(pk=comment.pk).update(author=None)

    row = row_of(article, comment)

    assert (row.author_label, row.is_guest) == ("Author unknown", False)


def test_who_closed_their_account_is_named_without_a_page():
    gone, ada = make_user("Gone"), make_user("Ada")
    comment = make_comment(author=gone)
    reply = make_comment(parent=comment, author=ada)
    gone.is_active = False
    gone.save(update_fields=["is_active"])

    rows = [row_of(comment.article, row) for row in (comment, reply)]

    assert [(row.author_label, row.author_url) for row in rows] == [
        ("Gone", None),
        ("Ada", ada.get_absolute_url()),
    ]
    assert rows[1].parent_author_label == "Gone"


def test_what_a_viewer_may_do():
    article = make_article()
    ada, bo = make_user(), make_user()
    comment = make_comment(article, author=ada)
    vote_comment(comment, by=Writer(bo), value=1)

    def may(**viewer):
        row = row_of(article, comment, **viewer)
        return row.is_mine, row.can_edit, row.can_withdraw, row.can_vote, row.can_reply

    assert may() == (False, False, False, False, True)
    assert may(viewer=ada) == (True, True, True, False, True)
    assert may(viewer=bo) == (False, False, False, True, True)
    assert [row_of(article, comment, viewer=v).viewer_vote for v in (ada, bo)] == [0, 1]
    close_thread(article)
    assert may(viewer=ada) == (True, False, True, False, False)
    assert may(viewer=bo) == (False, False, False, False, False)
    page = load_thread(article)
    assert not page.is_open
    assert page.closed_sentence.startswith("Comments closed on ")


def test_a_guest_is_known_by_the_key_and_nobody_by_none():
    article = make_article()
    kept = make_comment(article, guest_key="kim")
    keyless = make_comment(article)
    assert row_of(article, kept, guest_key="kim").can_edit
    assert not row_of(article, kept, guest_key="lee").is_mine
    assert not row_of(article, keyless, guest_key="").is_mine
    assert row_of(article, kept, viewer=make_user(), guest_key="kim").is_mine


def test_where_guests_are_off_only_people_can_reply(settings):
    settings.COMMENT_GUESTS = "off"
    article = make_article()
    comment = make_comment(article, author=make_user())
    assert not row_of(article, comment).can_reply
    assert row_of(article, comment, viewer=make_user()).can_reply


def test_what_is_gone_leaves_a_placeholder_for_its_replies_and_says_nothing():
    article = make_article()
    ada = make_user("Ada")
    root = make_comment(article, author=ada, text="A secret.")
    reply = make_comment(parent=root)
    alone = make_comment(article, author=ada)
    withdraw_comment(root, by=Writer(ada))
    withdraw_comment(alone, by=Writer(ada))

    page = load_thread(article, viewer=make_user())
    assert words(page.branches) == [1, [2]]
    assert page.count == 1
    row = page.branches[0].comment
    assert (row.is_placeholder, row.body_html, row.author_id) == (True, "", None)
    assert (row.author_label, row.author_url) == ("Withdrawn comment", None)
    assert row.placeholder_text == "This comment was withdrawn by its author."
    assert not any([row.can_edit, row.can_withdraw, row.can_vote, row.can_reply])
    answer = row_of(article, reply)
    assert answer.parent_author_label == "a withdrawn comment"
    removed = change_comment_status(reply, to="removed")
    assert load_thread(article).branches == []
    make_comment(article)
    change_comment_status(removed, to="published")
    assert words(load_thread(article).branches) == [1, [2], 4]


def test_a_held_comment_is_seen_by_its_author_alone_in_its_place():
    article = make_article()
    ada = make_user("Ada")
    root = make_comment(article)
    make_comment(article, author=ada, held=True)
    make_comment(article)
    mine = make_comment(parent=root, author=ada, held=True)
    make_comment(parent=root)

    assert words(load_thread(article).branches) == [1, [5], 3]
    assert words(load_thread(article, viewer=make_user()).branches) == [1, [5], 3]
    page = load_thread(article, viewer=ada)
    assert words(page.branches) == [1, [4, 5], 2, 3]
    assert (page.count, page.branches[0].more_count) == (3, 0)
    row = row_of(article, mine, viewer=ada)
    assert (row.held_for_viewer, row.is_placeholder) == (True, False)
    assert row.body_html.startswith("<p>Comment")
    assert (row.can_edit, row.can_withdraw, row.can_vote, row.can_reply) == (
        True, True, False, False,
    )  # fmt: skip
    assert load_permalink(mine.pk, viewer=ada).branch.comment.pk == mine.pk
    with pytest.raises(Comment.DoesNotExist):
        load_permalink(mine.pk)


def test_a_guest_sees_their_own_held_comment_by_key():
    article = make_article()
    make_comment(article, guest_key="kim", held=True)
    assert words(load_thread(article, guest_key="kim").branches) == [1]
    assert load_thread(article, guest_key="lee").branches == []


def test_a_held_comment_with_replies_is_a_placeholder_to_others():
    article = make_article()
    ada = make_user()
    root = make_comment(article, author=ada, text="Wait.")
    make_comment(parent=root)
    change_comment_status(root, to="held")
    row = row_of(article, root)
    assert row.placeholder_text == "This comment is waiting for a moderator."
    assert (row.body_html, row.author_label) == ("", "Held comment")
    assert row_of(article, root, viewer=ada).body_html == "<p>Wait.</p>"


def test_a_permalink_brings_what_it_answers_and_its_branch():
    article = make_article()
    root = make_comment(article, guest_name="Kim")
    make_comment(article)
    middle = make_comment(parent=root)
    make_comment(parent=root)
    target = make_comment(parent=middle)
    make_comment(parent=target)

    permalink = load_permalink(target.pk)
    assert permalink.article == article
    assert [row.pk for row in permalink.ancestors] == [root.pk, middle.pk]
    assert words([permalink.branch]) == [5, [6]]
    assert permalink.ancestors[1].parent_author_label == "Kim"


def test_a_permalink_leads_nowhere_when_nobody_may_read():
    comment = make_comment()
    withdraw_article(comment.article)
    with pytest.raises(Comment.DoesNotExist):
        load_permalink(comment.pk)
    ada = make_user()
    withdrawn = make_comment(author=ada)
    withdraw_comment(withdrawn, by=Writer(ada))
    for pk, viewer in ((withdrawn.pk, make_user()), (withdrawn.pk, None), (10**17, ada)):
        with pytest.raises(Comment.DoesNotExist):
            load_permalink(pk, viewer=viewer)


def test_a_history_tells_every_version():
    ada = make_user()
    comment = make_older(make_comment(author=ada, text="One."))
    posted_at = comment.created_at
    edit_comment(comment, text="Two.", by=Writer(ada))
    comment = edit_comment(comment, text="*Three.*", by=Writer(ada))

    history = load_history(comment.pk)
    assert [(r.number, r.body_src, r.is_current) for r in history] == [
        (1, "One.", False),
        (2, "Two.", False),
        (3, "*Three.*", True),
    ]
    assert [history[0].written_at, history[2].written_at] == [posted_at, comment.edited_at]
    assert history[2].body_html == "<p><em>Three.</em></p>"
    withdraw_comment(comment, by=Writer(ada))
    with pytest.raises(Comment.DoesNotExist):
        load_history(comment.pk)


def test_the_number_of_statements_does_not_grow():
    article, ada = make_article(), make_user()
    assert count_queries(load_thread, article, viewer=ada) == 1
    root = make_comment(article, author=ada)
    for number in range(25):
        make_comment(article, author=make_user())
        make_comment(parent=root, author=make_user(), held=number % 2 == 0)
    assert count_queries(load_thread, article) == 1
    assert count_queries(load_thread, article, viewer=ada, guest_key="k") == 1
    assert count_queries(load_thread, article, sort="newest", after="9") == 1
    assert count_queries(load_replies, root, viewer=ada) == 1
    deep = root
    for _ in range(9):
        deep = make_comment(parent=deep)
    assert count_queries(load_permalink, root.pk) == count_queries(load_permalink, deep.pk) == 2


def test_templates_read_a_page_without_a_query():
    article = make_article()
    make_comment(parent=make_comment(article, author=make_user()), author=make_user())
    page = load_thread(article)
    with CaptureQueriesContext(connection) as queries:
        for branch in walk(page.branches):
            for name in type(branch.comment).__slots__:
                str(getattr(branch.comment, name))
    assert len(queries) == 0


def test_a_page_stays_true_in_the_years_before_and_after():
    article = make_article()
    comment = make_comment(article)
    old = timezone.now().replace(year=1999, microsecond=0)
    Comment.objects.update(created_at=old)
    assert row_of(article, comment).created_at == old
