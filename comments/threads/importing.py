"""Reply trees in from JSON records: thread by thread, each whole or not at all, again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from comments.threads.records import Draft, read_comment, read_thread, unsaid
from comments.threads.render import render_comment
from comments.threads.storing import known_places, store_drafts
from reader.articles.importing import import_records
from reader.articles.models import Article
from reader.articles.querysets import HEAVY_FIELDS
from reader.articles.records import BadRecord, Line, text_field

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
    known = known_places(article.pk, drafts) if article else {}
    # Rendered before the thread is locked: a large one takes a while.
    markup = {id: render_comment(draft.body) for id, draft in drafts.items() if id not in known}
    if not markup:
        result.known += len(drafts)
        return
    try:
        with transaction.atomic():
            made = article is None
            article = article or _make_article(tree)
            refused = result.refused
            created = store_drafts(article, tree.said, drafts, markup, refuse=result.refuse)
            if made and not created:
                transaction.set_rollback(True)  # no article without a comment
            result.created += created
            result.known += len(drafts) - created - (result.refused - refused)
            result.articles += made and created > 0
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
