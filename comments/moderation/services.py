"""Reports of readers and decisions of moderators. A comment's status is changed by its own room."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext

from comments.moderation.models import ModerationAction, Report
from comments.threads.models import Comment, Footprint
from comments.threads.people import Writer
from comments.threads.senders import Sender
from comments.threads.services import (
    KEPT_SECONDS,
    CommentRefused,
    change_comment_status,
    leave_footprint,
    lock_comment,
    report_wait,
    set_picked,
)
from reader.accounts.models import User
from reader.accounts.names import UNSHOWABLE
from reader.numbers import in_thousands

Kind = ModerationAction.Kind
Status = Comment.Status

NOTE_MAX_LENGTH = 1000
POSSIBLE_FROM = {
    Kind.APPROVE: {Status.HELD, Status.PUBLISHED},
    Kind.HOLD: {Status.PUBLISHED},
    Kind.REMOVE: {Status.HELD, Status.PUBLISHED},
    Kind.RESTORE: {Status.REMOVED},
}
DONE_WORDS = {
    Kind.APPROVE: "approved",
    Kind.HOLD: "held back",
    Kind.REMOVE: "removed",
    Kind.RESTORE: "restored",
}
STATUS_WORDS = {
    Status.PUBLISHED: "public",
    Status.HELD: "waiting for a moderator",
    Status.WITHDRAWN: "withdrawn by its author",
    Status.REMOVED: "removed",
}


class ReportRefused(Exception):
    """The report cannot be taken. The message is for the reader who made it."""

    def __init__(self, message: str, code: str, *, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        # Seconds until the same would be accepted, where waiting helps.
        self.retry_after = retry_after


class DecisionRefused(Exception):
    """The decision is not possible any more. The message tells the moderator what came before."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


@transaction.atomic
def report_comment(
    comment: Comment, *, by: Writer, reason: str, note: str = "", sender: Sender | None = None
) -> Report:
    """
    Ask the moderators to look at a comment; whoever asks again gets their open report back.

    A guest whose key is new is the same by `sender`, for a minute. Whoever has answered a comment
    is a party to it and reports it only as illegal. Raise ReportRefused.
    """
    note = UNSHOWABLE.sub("", note.replace("\r\n", "\n")).strip()
    if len(note) > NOTE_MAX_LENGTH:
        words = gettext("A note has %(most)s characters at most.")
        raise ReportRefused(words % {"most": in_thousands(NOTE_MAX_LENGTH)}, "note")
    if by.user_id is None and not by.key_hash:
        raise ValueError("a report needs a person or a guest's key")
    _, current = lock_comment(comment)
    if by.wrote(current):
        raise ReportRefused(
            gettext("This is your own comment. You can edit or withdraw it."), "own"
        )
    if not current.is_published:
        raise ReportRefused(gettext("This comment is no longer shown."), "gone")
    now = timezone.now()
    open_report = _open_report(current, by, sender, now)
    if open_report is not None:
        return open_report
    has_answered = Comment.objects.by_writer(by).filter(parent=current).exists()
    if has_answered and reason != Report.Reason.ILLEGAL:
        raise ReportRefused(
            gettext("You have answered this comment, so somebody else has to report it."),
            "answered",
        )
    if by.user_id is None:
        wait, sentence = report_wait(sender, now)
        if wait:
            raise ReportRefused(sentence, "too_fast", retry_after=wait)
    report = Report(
        comment=current,
        reporter=by.user,
        guest_key_hash="" if by.user_id is not None else by.key_hash,
        reason=reason,
        note=note,
        revision_no=current.revision_no,
        created_at=now,
    )
    report.clean_fields(exclude=["comment", "reporter"])
    report.save()
    if by.user_id is None and sender is not None:
        leave_footprint(Footprint.Act.REPORT, current, sender, now)
    return report


def is_on_record(comment: Comment) -> bool:
    """Tell whether somebody reported the comment or a moderator decided about it, ever."""
    reported = Report.objects.about(comment).exists()
    return reported or ModerationAction.objects.about(comment).exists()


def _open_report(
    comment: Comment, writer: Writer, sender: Sender | None, now: datetime
) -> Report | None:
    """Find the report that this reader has made already and nobody has decided."""
    waiting = Report.objects.about(comment).unresolved()
    mine = waiting.made_by(writer).first()
    if mine is not None or writer.user_id is not None:
        return mine
    footprints = Footprint.objects.of_reports().of_stranger(sender)
    return waiting.left_by(footprints.since(now - timedelta(seconds=KEPT_SECONDS))).first()


def refuse_reporters(parent: Comment, writer: Writer) -> None:
    """Nobody both asks for a comment's removal and argues with it; a rule for replies."""
    if Report.objects.about(parent).made_by(writer).unresolved().exists():
        raise CommentRefused(
            gettext(
                "You have reported this comment. A moderator will look at it; "
                "please do not answer it."
            ),
            "reported",
        )


def approve_comment(
    comment: Comment,
    *,
    moderator: User,
    reason: str = "",
    revision_no: int | None = None,
    after_action: int | None = None,
) -> Comment:
    """Publish a held comment, or let a reported one stand; either way its reports are answered."""
    to = Status.PUBLISHED
    return _decide(comment, Kind.APPROVE, to, moderator, reason, revision_no, after_action)


def hold_comment(
    comment: Comment,
    *,
    moderator: User,
    reason: str = "",
    revision_no: int | None = None,
    after_action: int | None = None,
) -> Comment:
    """Take a comment out of sight until somebody decides; its reports stay open."""
    to = Status.HELD
    return _decide(comment, Kind.HOLD, to, moderator, reason, revision_no, after_action)


def remove_comment(
    comment: Comment,
    *,
    moderator: User,
    reason: str,
    revision_no: int | None = None,
    after_action: int | None = None,
) -> Comment:
    """Take a comment off the page; replies stay below a placeholder."""
    to = Status.REMOVED
    return _decide(comment, Kind.REMOVE, to, moderator, reason, revision_no, after_action)


def restore_comment(
    comment: Comment,
    *,
    moderator: User,
    reason: str = "",
    revision_no: int | None = None,
    after_action: int | None = None,
) -> Comment:
    """Put a removed comment back where it stood."""
    to = Status.PUBLISHED
    return _decide(comment, Kind.RESTORE, to, moderator, reason, revision_no, after_action)


@transaction.atomic
def pick_comment(comment: Comment, *, by: User, is_picked: bool = True) -> Comment:
    """Pick a public comment out for readers, or no longer, and log it. Raise CommentRefused."""
    if not by.has_perm("threads.pick_comment"):
        raise PermissionDenied
    current, is_news = set_picked(comment, is_picked=is_picked)
    if is_news:
        ModerationAction.objects.create(
            comment=current,
            moderator=by,
            kind=Kind.PICK if is_picked else Kind.UNPICK,
            revision_no=current.revision_no,
        )
    return current


@transaction.atomic
def _decide(
    comment: Comment,
    kind: str,
    to: str,
    moderator: User,
    reason: str,
    revision_no: int | None,
    after_action: int | None,
) -> Comment:
    """
    Change the comment, write the decision and answer the reports: all of it or nothing.

    The decision counts only for what the moderator saw: the status of the instance given, and where
    they are given, its revision and the latest decision (`after_action`).
    """
    if not moderator.has_perm("moderation.moderate"):
        raise PermissionDenied
    reason = reason.strip()
    if kind == Kind.REMOVE and not reason:
        raise DecisionRefused("Say why it is removed.", "reason")
    _, current = lock_comment(comment)
    latest = ModerationAction.objects.about(current).on_standing().first()
    is_news = after_action is not None and after_action != (latest.pk if latest else 0)
    if is_news or current.status != comment.status or current.status not in POSSIBLE_FROM[kind]:  # type: ignore[index]
        raise DecisionRefused(_what_came_before(current, latest), "decided")
    if revision_no not in (None, current.revision_no):
        raise DecisionRefused(_edited_since(current), "edited")
    if to == Status.PUBLISHED and not current.body_src:
        raise DecisionRefused("Its words never came here: it was imported as deleted.", "wordless")
    if current.status != to:
        current = change_comment_status(current, to=to)
    action = ModerationAction(
        comment=current,
        moderator=moderator,
        kind=kind,
        reason=reason,
        revision_no=current.revision_no,
    )
    action.clean_fields(exclude=["comment", "moderator"])
    action.save()
    if kind != Kind.HOLD:
        Report.objects.about(current).filter(resolved_by=None).update(resolved_by=action)
    return current


def _what_came_before(comment: Comment, latest: ModerationAction | None) -> str:
    """Say who decided, when and why; or what the comment has become without a moderator."""
    if latest is None or comment.status == Status.WITHDRAWN:
        return f"This comment is {STATUS_WORDS[Status(comment.status)]}."
    who = str(latest.moderator) if latest.moderator else "somebody who has left"
    words = f"Already {DONE_WORDS[Kind(latest.kind)]} by {who} {_ago(latest)}"
    return f"{words}: {latest.reason}" if latest.reason else f"{words}."


def _edited_since(comment: Comment) -> str:
    return f"Its author has edited it since you read it (it is version {comment.revision_no} now)."


def _ago(action: ModerationAction) -> str:
    seconds = int((timezone.now() - action.at).total_seconds())
    if seconds < 60:
        return "just now" if seconds < 2 else f"{seconds} seconds ago"
    return f"{timesince(action.at, depth=1)} ago"
