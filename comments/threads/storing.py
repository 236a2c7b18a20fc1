"""Many comments of one thread stored at once, each in its place, with every count true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from itertools import count
from typing import Any, NamedTuple

from comments.threads.counts import Counted, recount
from comments.threads.models import Comment, Thread
from comments.threads.numbers import reserve_numbers
from comments.threads.ranking import own_rank
from comments.threads.records import Draft, own_id, past_moment, thread_says, unsaid
from comments.threads.render import RENDERER_VERSION, render_comment
from comments.threads.rules import tell_changed
from comments.threads.services.counting import recount_thread
from comments.threads.services.locking import lock_thread, mark_changed
from comments.threads.tree import LEVELS, MAX_DEPTH, MAX_SEQ, path_below
from reader.articles.models import Article
from reader.articles.services import adjust_comment_count

BATCH_SIZE = 500

# Called with the line of a record and what is wrong with it.
Refuse = Callable[[int, str], None]


class Place(NamedTuple):
    pk: int
    depth: int
    path: str


def known_places(article_id: int, drafts: dict[str, Draft]) -> dict[str, Place]:
    """
    Tell where the comments of a thread stand, by what an export calls them.

    One that was posted here goes by its number; a record of that name is the same comment only when
    it was written at the same moment.
    """
    known: dict[str, Place] = {}
    own: list[tuple[datetime, Place]] = []
    rows = Comment.objects.in_thread(article_id).values_list(
        "record_id", "created_at", "pk", "depth", "path"
    )
    for record_id, created_at, pk, depth, path in rows:
        if record_id is None:
            own.append((created_at, Place(pk, depth, path)))
        else:
            known[record_id] = Place(pk, depth, path)
    taken = set(known)
    for created_at, at in own:
        name = own_id(at.pk, taken)
        if name not in drafts or drafts[name].created_at == created_at:
            known[name] = at
    return known


def store_drafts(
    article: Article,
    said: dict[str, Any],
    drafts: dict[str, Draft],
    markup: dict[str, str],
    *,
    refuse: Refuse,
) -> int:
    """
    Write what is new of a thread, counts and all, and return how many that were.

    Needs a transaction. `refuse` hears which records can have no place in the thread.
    """
    thread = lock_thread(article.pk)
    known = known_places(article.pk, drafts)
    new = _placed(drafts, known, thread.last_seq, refuse)
    if not new:
        return 0
    changes = _keep_what_was_said(thread, article, said, [draft for draft, _, _ in new])
    counted = [
        Counted(
            place.pk,
            parent.pk if parent else None,
            draft.status == "published",
            rank=own_rank(up=0, down=0, imported_score=draft.score),
        )
        for draft, place, parent in reversed(new)
    ]
    counts = {each.pk: each for each in recount(counted)}
    first_seq = thread.last_seq + 1
    arrivals = count(thread.last_arrival + 1)
    for start in range(0, len(new), BATCH_SIZE):
        batch = enumerate(new[start : start + BATCH_SIZE], first_seq + start)
        Comment.objects.bulk_create(
            _comment(article, seq, draft, place, parent, counts[place.pk], arrivals, markup)
            for seq, (draft, place, parent) in batch
        )
    if known:
        recount_thread(article.pk)
    else:
        adjust_comment_count(article.pk, by=sum(each.is_published for each in counted))
    mark_changed(
        thread, last_seq=thread.last_seq + len(new), last_arrival=next(arrivals) - 1, **changes
    )
    tell_changed([place.pk for draft, place, _ in new if draft.status == "published"])
    return len(new)


def _comment(
    article: Article,
    seq: int,
    draft: Draft,
    place: Place,
    parent: Place | None,
    counts: Counted,
    arrivals: Iterator[int],
    markup: dict[str, str],
) -> Comment:
    return Comment(
        pk=place.pk,
        article=article,
        parent_id=parent.pk if parent else None,
        depth=place.depth,
        seq=seq,
        path=place.path,
        arrival=next(arrivals) if draft.status == "published" else None,
        rank=counts.rank,
        best=counts.best,
        lifted_by=counts.lifted_by,
        imported_score=draft.score,
        reply_count=counts.reply_count,
        desc_count=counts.desc_count,
        in_tree=counts.in_tree,
        status=draft.status,
        body_src=draft.body,
        body_html=markup[draft.id] if draft.id in markup else render_comment(draft.body),
        renderer_version=RENDERER_VERSION,
        lang=draft.lang,
        guest_name=draft.author,
        created_at=draft.created_at,
        edited_at=draft.edited_at,
        record_id=draft.id,
        record_extra=draft.extra,
    )


def _placed(
    drafts: dict[str, Draft], known: dict[str, Place], last_seq: int, refuse: Refuse
) -> list[tuple[Draft, Place, Place | None]]:
    """Give every new comment its place below its parent; refuse those that can have none."""
    new = [draft for id, draft in drafts.items() if id not in known]
    ordered, circling = in_order(new, known)
    for draft in circling:
        refuse(draft.line, "what it answers goes round in a circle")
    numbers = reserve_numbers(len(ordered))
    places, placed, seq = dict(known), [], last_seq
    for draft, pk in zip(ordered, numbers, strict=True):
        parent = places.get(draft.parent_id) if draft.parent_id is not None else None
        if draft.parent_id is not None and parent is None:
            refuse(draft.line, f"its parent {draft.parent_id} is not in its thread")
        elif parent and parent.depth >= MAX_DEPTH:
            refuse(draft.line, f"it stands below the last of {LEVELS} levels")
        elif seq >= MAX_SEQ:
            refuse(draft.line, "its thread is full")
        else:
            seq += 1
            path = path_below(parent.path if parent else "", seq)
            place = Place(pk, parent.depth + 1 if parent else 0, path)
            places[draft.id] = place
            placed.append((draft, place, parent))
            if draft.said_depth is not None and unsaid(
                {"depth": draft.said_depth}, {"depth": place.depth}
            ):
                draft.extra["depth"] = draft.said_depth
    return placed


def in_order(drafts: list[Draft], known: Collection[str]) -> tuple[list[Draft], list[Draft]]:
    """
    Put parents before what answers them, else keep the order; return apart what goes in circles.

    What answers a comment that is nowhere counts as having no parent.
    """
    unplaced = {draft.id for draft in drafts} - set(known)
    ordered: list[Draft] = []
    waiting: defaultdict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.parent_id in unplaced:
            waiting[draft.parent_id or ""].append(draft)
            continue
        ready = [draft]
        while ready:
            following = ready.pop()
            ordered.append(following)
            unplaced.discard(following.id)
            ready += reversed(waiting.pop(following.id, []))
    circling = [draft for draft in drafts if draft.id in unplaced]
    return ordered, circling


def _keep_what_was_said(
    thread: Thread, article: Article, said: dict[str, Any], drafts: list[Draft]
) -> dict[str, Any]:
    """
    Keep what records say of the thread and the article does not; return what the thread's row gets.

    The first records to come speak for the thread, others only for themselves.
    """
    changes: dict[str, Any] = {}
    closed_at = past_moment(said, "thread_closed_at")
    first = not Comment.objects.filter(article=article, record_id__isnull=False).exists()
    if first and closed_at is not None and thread.is_open:
        changes = {"is_open": False, "closed_at": closed_at}
    says = thread_says(
        public_id=article.public_id,
        title=article.title,
        url=article.original_url,
        created_at=article.published_at,
        closed_at=closed_at if changes else thread.closed_at,
    )
    if first:
        changes["record_extra"] = unsaid(said, says)
        return changes
    beside = unsaid(said, says | thread.record_extra)
    if beside:
        for draft in drafts:
            draft.extra = beside | draft.extra
    return changes
