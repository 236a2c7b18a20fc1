"""How a guest's comments become the comments of a person with an account."""

from __future__ import annotations

from django.db import transaction

from comments.threads.models import Comment
from comments.threads.people import hash_key
from comments.threads.rules import tell_changed, tell_claimed
from comments.threads.services.answering import refresh_answers
from comments.threads.services.locking import lock_thread, mark_changed
from comments.threads.services.voting import take_votes_back
from reader.accounts.models import User


def claim_comments(claimer: User, *, guest_key: str) -> int:
    """
    Make the comments written under a guest's key somebody's own; return how many they were.

    Whoever holds the key may; afterwards it opens nothing that stands. What is withdrawn, erased or
    removed stays a guest's. Thread by thread, so what is interrupted can be done again.
    """
    key_hash = hash_key(guest_key)
    theirs = Comment.objects.of_guest(key_hash).standing().order_by("article_id")
    threads = list(theirs.values_list("article_id", flat=True).distinct())
    return sum(_claim_in(article_id, claimer, key_hash) for article_id in threads)


@transaction.atomic
def _claim_in(article_id: int, claimer: User, key_hash: str) -> int:
    thread = lock_thread(article_id)
    theirs = Comment.objects.of_guest(key_hash).standing().filter(article_id=article_id)
    # Nobody votes on their own.
    take_votes_back(theirs, voter=claimer)
    claimed = list(theirs.values_list("pk", flat=True))
    count = theirs.update(author=claimer, guest_name="", guest_key_hash="")
    if count:
        refresh_answers(article_id)
        mark_changed(thread)
        tell_claimed(claimer, article_id)
        tell_changed(claimed)
    return count
