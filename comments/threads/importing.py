"""Reply trees in from JSON records: thread by thread, each whole or not at all, again and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from comments.threads.models import Comment, Thread
from comments.threads.numbers import reserve_numbers
from comments.threads.ranking import best_key
from comments.threads.records import (
    Draft,
    own_id,
    past_moment,
    read_comment,
    read_thread,
    thread_says,
    unsaid,
)
from comments.threads.render import RENDERER_VERSION, render_comment
from comments.threads.services.counting import recount_thread
from comments.threads.services.locking import lock_thread, mark_changed
from comments.threads.tree import LEVELS, MAX_DEPTH, MAX_SEQ, Counted, path_below, recount
from reader.articles.importing import import_records
from reader.articles.models import Article
from reader.articles.querysets import HEAVY_FIELDS
from reader.articles.records import BadRecord, Line, text_field
from reader.articles.services import adjust_comment_count

BATCH_SIZE = 500
RECORDS_PER_WORD = 1000
# Enough to see what is wrong with a file; all are counted.
PROBLEMS_KEPT = 1000
NUMBER_DIGITS = 18


@dataclass
class ImportResult:
    created: int = 0
    known: int = 0
    refused: int = 0
    articles: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.created + self.known + self.refused

    def refuse(self, line: int, problem: str) -> None:
        self.refused += 1
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(f"line {line}: {problem}")

    def in_words(self) -> str:
        words = f"{self.created} new, {self.known} known already, {self.refused} refused"
        if self.articles:
            words += f"; {self.articles} new article{'' if self.articles == 1 else 's'}"
        return words


@dataclass
class Tree:
    """What a file says of one thread, in a row."""

    # The thread's own fields, as the first record has them.
    said: dict[str, Any]
    drafts: list[Draft] = field(default_factory=list)


class Place(NamedTuple):
    pk: int
    depth: int
    path: str


def import_records_of_comments(
    records: Iterable[dict[str, Any]], *, say: Callable[[str], None] | None = None
) -> ImportResult:
    """Import records that are already in memory; see import_lines()."""
    return import_lines((Line(n, record) for n, record in enumerate(records, 1)), say=say)


def import_lines(
    lines: Iterable[Line], *, say: Callable[[str], None] | None = None
) -> ImportResult:
    """
    Store one comment per record; refuse bad ones and keep the rest.

    Records of one thread stand in a row; they are held in memory and stored in one transaction. A
    comment known by its `id` stays as it is, since people here may have voted on it, answered or
    removed it. A thread under no article makes one, with its title and address.
    """
    result, spoken = ImportResult(), 0
    for tree in _trees(lines, result):
        import_tree(tree, result)
        if say and result.read - spoken >= RECORDS_PER_WORD:
            spoken = result.read
            say(f"{result.read} records: {result.in_words()}")
    return result


def _trees(lines: Iterable[Line], result: ImportResult) -> Iterator[Tree]:
    tree, name = None, None
    for line in lines:
        if line.problem:
            result.refuse(line.number, line.problem)
            continue
        try:
            draft = read_comment(line.number, line.record)
            said = read_thread(line.record)
        except BadRecord as problem:
            result.refuse(line.number, str(problem))
            continue
        new_name = (said.get("thread_id"), said.get("thread_url"))
        if tree is None or name != new_name:
            if tree is not None:
                yield tree
            tree, name = Tree(said), new_name
        draft.extra |= unsaid(said, tree.said)
        tree.drafts.append(draft)
    if tree is not None:
        yield tree


def import_tree(tree: Tree, result: ImportResult) -> None:
    """Store what is new of a thread; nothing is written or locked when nothing is."""
    drafts = _without_twins(tree.drafts, result)
    article = find_article(tree.said)
    known = _known(article.pk, drafts) if article else {}
    # Rendered before the thread is locked: a large one takes a while.
    markup = {id: render_comment(draft.body) for id, draft in drafts.items() if id not in known}
    if not markup:
        result.known += len(drafts)
        return
    try:
        with transaction.atomic():
            made = article is None
            article = article or _make_article(tree)
            stored = _store(article, tree.said, drafts, markup, result)
            if made and not stored:
                transaction.set_rollback(True)  # no article without a comment
            result.articles += made and stored
    except BadRecord as problem:
        for draft in drafts.values():
            result.refuse(draft.line, str(problem))


def _without_twins(drafts: list[Draft], result: ImportResult) -> dict[str, Draft]:
    kept: dict[str, Draft] = {}
    for draft in drafts:
        if draft.id in kept:
            result.refuse(draft.line, f"the id {draft.id} stands twice in its thread")
        else:
            kept[draft.id] = draft
    return kept


def find_article(said: dict[str, Any]) -> Article | None:
    """
    Find the article a thread belongs to: by address, else by the `id` of its record.

    Without an address it may also be one that was written here, known by its number and headline.
    """
    url = text_field(said, "thread_url").strip()
    name = text_field(said, "thread_id").strip()
    same = Q(pk__in=[])
    if url:
        same |= Q(original_url=url)
    if name:
        same |= Q(record_id=name)
    if not url and name.isascii() and name.isdecimal() and len(name) <= NUMBER_DIGITS:
        same |= Q(pk=name, record_id=None, title=said.get("thread_title") or "")
    found = Article.objects.filter(same).defer(*HEAVY_FIELDS).order_by("pk")
    return max(
        found,
        key=lambda article: (url != "" and article.original_url == url, article.public_id == name),
        default=None,
    )


def _make_article(tree: Tree) -> Article:
    said = tree.said
    record = {
        "id": text_field(said, "thread_id").strip() or None,
        "url": said.get("thread_url"),
        "title": said.get("thread_title"),
        "published_at": said.get("thread_created_at"),
        "lang": tree.drafts[0].lang or None,
    }
    made = import_records([record])
    if made.problems:
        raise BadRecord(f"its thread cannot be an article: {made.problems[0].partition(': ')[2]}")
    article = find_article(said)
    if article is None:
        raise BadRecord("its thread cannot be an article")
    return article


def _known(article_id: int, drafts: dict[str, Draft]) -> dict[str, Place]:
    """
    Tell where the comments of a thread stand, by what an export calls them.

    One that was posted here goes by its number; a record of that name is the same comment only when
    it was written at the same moment.
    """
    known, own = {}, []
    rows = Comment.objects.in_thread(article_id).values_list(
        "record_id", "created_at", "pk", "depth", "path"
    )
    for record_id, created_at, *place in rows:
        if record_id is None:
            own.append((created_at, Place(*place)))
        else:
            known[record_id] = Place(*place)
    taken = set(known)
    for created_at, at in own:
        name = own_id(at.pk, taken)
        if name not in drafts or drafts[name].created_at == created_at:
            known[name] = at
    return known


def _store(
    article: Article,
    said: dict[str, Any],
    drafts: dict[str, Draft],
    markup: dict[str, str],
    result: ImportResult,
) -> bool:
    """Write what is new of a thread; return whether anything was."""
    thread = lock_thread(article.pk)
    known = _known(article.pk, drafts)
    new = _placed(drafts, known, thread.last_seq, result)
    result.known += sum(id in known for id in drafts)
    if not new:
        return False
    changes = _keep_what_was_said(thread, article, said, [draft for draft, _, _ in new])
    counted = [
        Counted(place.pk, parent.pk if parent else None, draft.status == "published")
        for draft, place, parent in reversed(new)
    ]
    counts = {count.pk: count for count in recount(counted)}
    first_seq = thread.last_seq + 1
    for start in range(0, len(new), BATCH_SIZE):
        batch = enumerate(new[start : start + BATCH_SIZE], first_seq + start)
        Comment.objects.bulk_create(
            _comment(article, seq, draft, place, parent, counts[place.pk], markup)
            for seq, (draft, place, parent) in batch
        )
    if known:
        recount_thread(article.pk)
    else:
        adjust_comment_count(article.pk, by=sum(count.is_published for count in counted))
    mark_changed(thread, last_seq=thread.last_seq + len(new), **changes)
    result.created += len(new)
    return True


def _comment(
    article: Article,
    seq: int,
    draft: Draft,
    place: Place,
    parent: Place | None,
    counts: Counted,
    markup: dict[str, str],
) -> Comment:
    return Comment(
        pk=place.pk,
        article=article,
        parent_id=parent.pk if parent else None,
        depth=place.depth,
        seq=seq,
        path=place.path,
        best=best_key(place.pk, up=0, down=0, imported_score=draft.score),
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
    drafts: dict[str, Draft], known: dict[str, Place], last_seq: int, result: ImportResult
) -> list[tuple[Draft, Place, Place | None]]:
    """Give every new comment its place below its parent; refuse those that can have none."""
    new = [draft for id, draft in drafts.items() if id not in known]
    ordered, circling = in_order(new, known)
    for draft in circling:
        result.refuse(draft.line, "what it answers goes round in a circle")
    numbers = reserve_numbers(len(ordered))
    places, placed, seq = dict(known), [], last_seq
    for draft, pk in zip(ordered, numbers, strict=True):
        parent = places.get(draft.parent_id) if draft.parent_id is not None else None
        if draft.parent_id is not None and parent is None:
            result.refuse(draft.line, f"its parent {draft.parent_id} is not in its thread")
        elif parent and parent.depth >= MAX_DEPTH:
            result.refuse(draft.line, f"it stands below the last of {LEVELS} levels")
        elif seq >= MAX_SEQ:
            result.refuse(draft.line, "its thread is full")
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
