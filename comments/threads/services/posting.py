"""How a comment comes into a thread."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from comments.threads.models import Comment, Footprint, Thread
from comments.threads.people import Writer
from comments.threads.ranking import best_key, own_rank
from comments.threads.refusals import CommentRefused
from comments.threads.rules import check_reply, tell_changed, tell_published
from comments.threads.senders import Sender
from comments.threads.services.closing import check_open
from comments.threads.services.counting import move_counts
from comments.threads.services.footprints import leave_footprint
from comments.threads.services.locking import lock_thread, mark_changed, read_thread
from comments.threads.services.pacing import check_comment_pace
from comments.threads.services.wording import mentioned_by, set_words
from comments.threads.tree import LEVELS, MAX_DEPTH, MAX_SEQ, path_below
from comments.threads.typed import checked_name, checked_text
from reader.accounts.models import User
from reader.articles.models import Article

Status = Comment.Status

# The same words by the same person this soon are a second click, not a second comment.
TWIN_SECONDS = 60
# How far back to look for them: no thread gets more comments in that time.
TWIN_WINDOW = 1000


class PostedComment(NamedTuple):
    comment: Comment
    # False when the same words had just been posted and this is that comment.
    is_new: bool


def post_comment(
    article: Article,
    *,
    text: str,
    parent: Comment | None = None,
    author: User | None = None,
    guest_name: str = "",
    guest_key: str = "",
    sender: Sender | None = None,
    held: bool = False,
) -> PostedComment:
    """
    Put a comment under an article, as a reply when `parent` is given.

    Posting the same words again within a minute returns the first comment. A guest whose key is new
    is the same by `sender`; the comment then stays with the key it came with, so it may be held and
    not be for them to see. What is held is seen by its author alone until a moderator approves it.
    Raise CommentRefused.
    """
    draft, writer = _drafted(
        article,
        text=text,
        author=author,
        guest_name=guest_name,
        guest_key=guest_key,
        held=held,
    )
    with transaction.atomic():
        thread = lock_thread(article.pk)
        draft.created_at = timezone.now()
        twin = _find_twin(draft, parent, thread, sender)
        if twin is not None:
            return PostedComment(twin, is_new=False)
        _admit(draft, parent, writer, thread, sender)
        _insert(draft, thread)
        if author is None and sender is not None:
            leave_footprint(Footprint.Act.COMMENT, draft, sender, draft.created_at)
    return PostedComment(draft, is_new=True)


def preview_comment(
    article: Article,
    *,
    text: str,
    parent: Comment | None = None,
    author: User | None = None,
    guest_name: str = "",
    guest_key: str = "",
    sender: Sender | None = None,
) -> str:
    """Render words as posting them would show them; store nothing. Raise what posting would."""
    draft, writer = _drafted(
        article, text=text, author=author, guest_name=guest_name, guest_key=guest_key
    )
    draft.created_at = timezone.now()
    _admit(draft, parent, writer, read_thread(article.pk), sender)
    return draft.body_html


def _drafted(
    article: Article,
    *,
    text: str,
    author: User | None,
    guest_name: str,
    guest_key: str,
    held: bool = False,
) -> tuple[Comment, Writer]:
    """Make what may become a comment of what was typed; refuse what never can."""
    text = checked_text(text)
    name = checked_name(guest_name) if author is None else ""
    if author is None and settings.COMMENT_GUESTS == "off":
        raise CommentRefused(gettext("Log in to comment."), "guests_off")
    held = held or (author is None and settings.COMMENT_GUESTS == "held")
    writer = Writer(author, guest_key if author is None else None)
    rank = own_rank(up=0, down=0, imported_score=None)
    draft = Comment(
        article=article,
        author=author,
        guest_name=name,
        guest_key_hash=writer.key_hash,
        status=Status.HELD if held else Status.PUBLISHED,
        rank=rank,
        best=best_key(0, rank),
    )
    set_words(draft, text)
    return draft, writer


def _admit(
    draft: Comment,
    parent: Comment | None,
    writer: Writer,
    thread: Thread,
    sender: Sender | None,
) -> None:
    """Refuse what the thread does not take now, else hang the draft below what it answers."""
    check_open(thread)
    check_comment_pace(writer, sender, draft.created_at)
    if parent is not None:
        _hang_below(draft, parent, writer)
    if thread.last_seq >= MAX_SEQ:
        raise CommentRefused(gettext("This thread is full."), "closed")


def _find_twin(
    draft: Comment, parent: Comment | None, thread: Thread, sender: Sender | None
) -> Comment | None:
    """Find what the same person has just posted with the same words in the same place."""
    since = draft.created_at - timedelta(seconds=TWIN_SECONDS)
    beside = Comment.objects.in_place(draft.article_id, below=parent.pk if parent else None)
    twins = beside.standing().filter(
        # No bound below 0, which Django leaves out: SQLite would look through the whole thread.
        seq__gt=max(0, thread.last_seq - TWIN_WINDOW),
        created_at__gte=since,
        author=draft.author,
        body_src=draft.body_src,
    )
    if draft.author is None:
        # The second click of a first comment comes before the key does.
        footprints = Footprint.objects.of_comments().of_stranger(sender).since(since)
        twins = twins.by_guest(draft.guest_key_hash, footprints)
    return twins.order_by("-seq").first()


def _hang_below(draft: Comment, parent: Comment, writer: Writer) -> None:
    """Make the draft a reply to the parent as it is now; the caller holds the thread."""
    current = Comment.objects.filter(pk=parent.pk, article_id=draft.article_id).first()
    if current is None or not current.is_published:
        raise CommentRefused(gettext("This comment can no longer be answered."), "gone")
    if current.depth >= MAX_DEPTH:
        raise CommentRefused(
            gettext(
                "This exchange is %(levels)d replies deep, and that is as deep as it goes. "
                "Please answer a comment further up."
            )
            % {"levels": LEVELS},
            "too_deep",
        )
    check_reply(current, writer)
    draft.parent = current
    draft.depth = current.depth + 1


def _insert(draft: Comment, thread: Thread) -> None:
    """Give the draft its place and store it; the caller holds the thread."""
    draft.seq = thread.last_seq + 1
    draft.path = path_below(draft.parent.path if draft.parent else "", draft.seq)
    draft.in_tree = draft.belongs_in_tree()
    if draft.is_published:
        draft.arrival = thread.last_arrival + 1
    draft.clean_fields(exclude=["article", "parent", "author"])
    draft.save(force_insert=True)
    # The sort key ends in the id, which only the insert gives.
    Comment.objects.filter(pk=draft.pk).update(best=F("best") + draft.pk)
    draft.best += draft.pk
    if draft.is_published:
        move_counts(draft, by=1, was_in_tree=False)
    mark_changed(thread, last_seq=draft.seq, last_arrival=draft.arrival or thread.last_arrival)
    if draft.is_published:
        tell_published(draft, mentioned_by(draft))
        tell_changed([draft.pk], new=draft)
