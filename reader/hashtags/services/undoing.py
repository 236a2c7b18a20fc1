"""What editors take back."""

from __future__ import annotations

from django.utils import timezone

from reader.accounts.models import User
from reader.hashtags.announcements import announce_hashtags
from reader.hashtags.models import Hashtag, HashtagChange
from reader.hashtags.services.remembering import restore
from reader.hashtags.services.rules import HashtagRefused, require_editor
from reader.hashtags.turns import alone

NAMED = 3


@alone
def undo_hashtag_change(change: HashtagChange, *, by: User | None) -> HashtagChange:
    """
    Make hashtags and their links what they were before a change, exactly.

    What happened to articles since stays: a link that an editor has decided about anew keeps that,
    and one that is gone stays gone. Refused for a change that was undone already, and while a later
    one of the same hashtags stands.
    """
    require_editor(by)
    change = HashtagChange.objects.get(pk=change.pk)
    if change.undone_at is not None:
        raise HashtagRefused("That was undone already.")
    later = list(HashtagChange.objects.after(change)[: NAMED + 1])
    if later:
        names = "; ".join(f"“{one.words}”" for one in later[:NAMED])
        more = "; and more" if len(later) > NAMED else ""
        raise HashtagRefused(f"Undo first what came later: {names}{more}.")
    known = Hashtag.objects.filter(pk__in=change.before["hashtags"]).count()
    if known < len(change.before["hashtags"]):
        raise HashtagRefused("A hashtag that this was about is gone.")
    touched = list(change.hashtags.values_list("pk", flat=True))
    restore(change)
    change.undone_at, change.undone_by = timezone.now(), by
    change.save(update_fields=["undone_at", "undone_by"])
    announce_hashtags(touched)
    return change
