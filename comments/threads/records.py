"""
Comments as JSON records, the form of imports and exports.

A record is one comment with what it says of its thread; its fields are listed in docs/operators.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from comments.threads.render import RENDERED_MAX_LENGTH
from reader.accounts.names import TURNING_MARKS, UNSHOWABLE, is_visible
from reader.articles.records import (
    BadRecord,
    check_storable,
    language_field,
    moment_field,
    text_field,
)

# What a record says of the thread; the same in all of a thread's records.
THREAD_FIELDS = (
    "thread_id", "thread_title", "thread_url", "thread_created_at", "thread_closed_at",
)  # fmt: skip
# The order in which an export names what a comment says of itself.
COMMENT_FIELDS = (
    "id", "parent_id", "depth", "author", "is_op", "created_at", "edited_at", "score", "body",
    "deleted", "removed", "lang", "licence", "source",
)  # fmt: skip
# What still holds of a comment that was hidden after it came; the rest may tell who wrote it.
PLACE_FIELDS = {"id", "parent_id", "depth", "created_at", "lang", "licence", "source"}

RECORD_ID_MAX_LENGTH = 200
AUTHOR_MAX_LENGTH = 200
# All words of a record together, names of fields included.
RECORD_MAX_LENGTH = 100_000
SCORE_MAX = 2**31 - 1


@dataclass(slots=True, kw_only=True)
class Draft:
    """A record that can become a comment, once its thread and its parent are known."""

    line: int
    id: str
    parent_id: str | None
    author: str
    created_at: datetime
    edited_at: datetime | None
    score: int | None
    body: str
    status: str
    lang: str
    # What the fields above do not give back.
    extra: dict[str, Any] = field(default_factory=dict)
    said_depth: Any = None


def read_thread(record: dict[str, Any]) -> dict[str, Any]:
    """Pick what a record says of its thread, as it says it; raise BadRecord."""
    said = {name: record[name] for name in THREAD_FIELDS if name in record}
    name = text_field(said, "thread_id", most=RECORD_ID_MAX_LENGTH).strip()
    if not name and not text_field(said, "thread_url").strip():
        raise BadRecord("it has neither “thread_id” nor “thread_url”")
    text_field(said, "thread_title")
    for name in ("thread_created_at", "thread_closed_at"):
        past_moment(said, name)
    return said


def read_comment(line: int, record: dict[str, Any]) -> Draft:
    """Read what a record says of the comment itself; raise BadRecord."""
    check_storable(record, most=RECORD_MAX_LENGTH)
    record_id = text_field(record, "id", most=RECORD_ID_MAX_LENGTH)
    if not record_id.strip():
        raise BadRecord("it has no “id”")
    deleted = record.get("deleted") or False
    if not isinstance(deleted, bool):
        raise BadRecord("“deleted” is neither true nor false")
    body = text_field(record, "body", most=RENDERED_MAX_LENGTH)
    if not deleted and not is_visible(body):
        raise BadRecord("it has no “body”")
    created_at = past_moment(record, "created_at")
    if created_at is None:
        raise BadRecord("it has no “created_at”")
    status = "published"
    if deleted:
        status = "removed" if record.get("removed") is True else "withdrawn"
    draft = Draft(
        line=line,
        id=record_id,
        parent_id=text_field(record, "parent_id", most=RECORD_ID_MAX_LENGTH) or None,
        author="" if deleted else shown_name(text_field(record, "author", most=AUTHOR_MAX_LENGTH)),
        created_at=created_at,
        edited_at=None if deleted else past_moment(record, "edited_at"),
        score=_score(record),
        body="" if deleted else body,
        status=status,
        lang=language_field(record, "lang"),
        said_depth=record.get("depth"),
    )
    own = comment_says(
        record_id=draft.id,
        parent_id=draft.parent_id,
        depth=None,
        author=draft.author,
        created_at=draft.created_at,
        edited_at=draft.edited_at,
        score=draft.score,
        body=draft.body,
        status=draft.status,
        lang=draft.lang,
    )
    beside = {name: v for name, v in record.items() if name not in (*THREAD_FIELDS, "depth")}
    draft.extra = unsaid(beside, own)
    return draft


def comment_says(
    *,
    record_id: str,
    parent_id: str | None,
    depth: int | None,
    author: str,
    created_at: datetime,
    edited_at: datetime | None,
    score: int | None,
    body: str,
    status: str,
    lang: str,
) -> dict[str, Any]:
    """Say what a comment holds in the fields of a record; of hidden ones only the place."""
    says: dict[str, Any] = {
        "id": record_id,
        "parent_id": parent_id,
        "depth": depth,
        "author": author or None,
        "created_at": moment_text(created_at),
        "score": score,
        "body": body,
        "deleted": False,
        "lang": lang or None,
    }
    if status != "published":
        says |= {"author": None, "body": "", "deleted": True}
    elif edited_at is not None:
        says["edited_at"] = moment_text(edited_at)
    if status in ("removed", "held"):
        says["removed"] = True
    return says


def thread_says(
    *,
    public_id: str,
    title: str,
    url: str,
    created_at: datetime | None,
    closed_at: datetime | None,
) -> dict[str, Any]:
    says = {
        "thread_id": public_id,
        "thread_title": title or None,
        "thread_url": url or None,
        "thread_created_at": moment_text(created_at) if created_at else None,
    }
    if closed_at is not None:
        says["thread_closed_at"] = moment_text(closed_at)
    return says


def unsaid(record: dict[str, Any], says: dict[str, Any]) -> dict[str, Any]:
    """Give what a record says and `says` does not, or says in another way (17 is not "17")."""
    return {
        name: value
        for name, value in record.items()
        if name not in says or type(says[name]) is not type(value) or says[name] != value
    }


def own_id(pk: int, taken: set[str]) -> str:
    """Name a comment that was posted here: its number, unless an imported one has that name."""
    name = str(pk)
    while name in taken:
        name += "+"
    return name


def moment_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def past_moment(record: dict[str, Any], name: str) -> datetime | None:
    moment, _ = moment_field(record, name)
    if moment is not None and moment > timezone.now():
        raise BadRecord(f"“{name}” lies ahead: {str(record[name])[:40]}")
    return moment


def shown_name(said: str) -> str:
    """Set a name on one line, without what cannot be seen or turns the words around it."""
    name = " ".join(TURNING_MARKS.sub("", UNSHOWABLE.sub(" ", said)).split())
    return name if is_visible(name) else ""


def _score(record: dict[str, Any]) -> int | None:
    score = record.get("score")
    if score is not None and (not isinstance(score, int) or isinstance(score, bool)):
        raise BadRecord("“score” is not a whole number")
    if score is not None and abs(score) > SCORE_MAX:
        raise BadRecord(f"“score” is beyond {SCORE_MAX:,}")
    return score
