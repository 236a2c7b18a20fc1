"""Notices are made by what happens in threads, and looked through by the person they are for."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from comments.notices.models import Inbox, Notice
from comments.threads.models import Comment
from reader.accounts.models import User

Reason = Notice.Reason


def notify_of_comment(comment: Comment, mentioned: frozenset[int]) -> None:
    """Note whom a comment concerns; listens to threads, in the transaction that publishes it."""
    reasons = dict.fromkeys(sorted(mentioned), Reason.MENTION)
    if comment.parent_id is not None:
        answered = Comment.objects.values_list("author_id", flat=True).get(pk=comment.parent_id)
        if answered is not None:
            reasons[answered] = Reason.REPLY
    if comment.author_id is not None:
        reasons.pop(comment.author_id, None)
    _store(
        Notice(person_id=person_id, comment=comment, reason=reason)
        for person_id, reason in reasons.items()
    )


def notify_claimer(claimer: User, article_id: int) -> None:
    """Note what others have answered to comments that have just become somebody's own."""
    answers = Comment.objects.answers_to(claimer, article_id).only("pk")
    _store(Notice(person=claimer, comment=answer, reason=Reason.REPLY) for answer in answers)


def forget_mentions(comment: Comment, unmentioned: frozenset[int]) -> None:
    """Take back what people whose names an edit took out have not been shown yet."""
    Notice.objects.mentions_in(comment).unseen().filter(person__in=unmentioned).delete()


def _store(notices: Iterable[Notice]) -> None:
    Notice.objects.bulk_create(notices, batch_size=200, ignore_conflicts=True)


@transaction.atomic
def look_through(person: User, *, up_to: int) -> None:
    """Note that a person was shown their notices."""
    Inbox.objects.bulk_create([Inbox(person=person)], ignore_conflicts=True)
    Inbox.objects.filter(pk=person.pk, seen__lt=up_to).update(seen=up_to)


def inbox_of(person: User) -> Inbox:
    """Give a person's inbox, or what it would be; nothing is stored for who only looks."""
    return Inbox.objects.filter(pk=person.pk).first() or Inbox(person=person)


@transaction.atomic
def renew_key(person: User) -> None:
    """Make another key for a person's feed; the ones before open nothing any more."""
    Inbox.objects.bulk_create([Inbox(person=person)], ignore_conflicts=True)
    Inbox.objects.filter(pk=person.pk).update(key_number=F("key_number") + 1)
