"""Articles in from JSON records: batch by batch, each whole or not at all, again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from reader.articles.announcements import announce_change
from reader.articles.exporting import article_record
from reader.articles.fields import article_fields
from reader.articles.models import Article
from reader.articles.records import BadRecord, Line, record_hash
from reader.articles.services import (
    REVISED_FIELDS,
    add_revision,
    keep_revisions,
    publisher_named,
    section_named,
    settle,
)

BATCH_SIZE = 500
# Enough to see what is wrong with a file; all are counted.
PROBLEMS_KEPT = 1000

IMPORTED_FIELDS = (
    "record_hash", "publisher", "section", "title", "slug", "standfirst", "body_html", "body_text",
    "excerpt", "word_count", "authors", "language", "original_url", "keywords", "licence", "source",
    "record_extra", "status", "published_at", "published_is_date", "listed_at", "shown_from",
    "updated_at",
)  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """A line that can become an article, with article_fields()."""

    line: int
    fields: dict[str, Any]


@dataclass
class ImportResult:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.created + self.updated + self.unchanged + self.refused

    def refuse(self, number: int, problem: str) -> None:
        self.refused += 1
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(f"line {number}: {problem}")

    def add(self, written: ImportResult) -> None:
        self.created += written.created
        self.updated += written.updated
        self.unchanged += written.unchanged

    def in_words(self) -> str:
        return (
            f"{self.created} new, {self.updated} changed, {self.unchanged} unchanged, "
            f"{self.refused} refused"
        )


def import_records(
    records: Iterable[dict[str, Any]], *, say: Callable[[str], None] | None = None
) -> ImportResult:
    """Import records that are already in memory; see import_lines()."""
    return import_lines((Line(n, record) for n, record in enumerate(records, 1)), say=say)


def import_lines(
    lines: Iterable[Line],
    *,
    seen: set[str] | None = None,
    say: Callable[[str], None] | None = None,
) -> ImportResult:
    """
    Create or update one article per record; refuse bad ones and keep the rest.

    A record known by its `id` (else its `url`) updates that article only when the record itself
    changed since the last import, so an editor's changes survive the same file. A batch of 500 is
    one transaction; when the database does not take it, the offenders alone are refused.
    `role: related` belongs to the latest `role: main` before it.

    An id that came before is refused, else two records would change one article at every import.
    `seen` collects the ids; give the same set to the files of one run.
    """
    result = ImportResult()
    seen = set() if seen is None else seen
    for batch in _batches(_with_main(lines)):
        drafts = _read_batch(batch, seen, result)
        try:
            with transaction.atomic():
                result.add(_write_batch(drafts))
        except (DataError, IntegrityError):
            with transaction.atomic():
                _write_one_by_one(drafts, result)
        if say:
            say(f"{result.read} records: {result.in_words()}")
    return result


def _batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    walk = iter(lines)
    while batch := list(islice(walk, BATCH_SIZE)):
        yield batch


def _with_main(lines: Iterable[Line]) -> Iterator[Line]:
    main_id = None
    for line in lines:
        record = line.record
        if isinstance(record, dict):
            if record.get("role") == "main":
                main_id = record.get("id")
            elif record.get("role") == "related" and main_id is not None:
                record.setdefault("related_to", main_id)
        yield line


def _read_batch(batch: list[Line], seen: set[str], result: ImportResult) -> list[Draft]:
    drafts = []
    for line in batch:
        if line.problem:
            result.refuse(line.number, line.problem)
            continue
        try:
            fields = article_fields(line.record)
        except BadRecord as problem:
            result.refuse(line.number, str(problem))
            continue
        record_id = fields["record_id"]
        if record_id in seen:
            result.refuse(line.number, f"the id {record_id} came before; one id is one article")
            continue
        seen.add(record_id)
        drafts.append(Draft(line.number, fields))
    return drafts


def _write_one_by_one(drafts: list[Draft], result: ImportResult) -> None:
    for draft in drafts:
        try:
            with transaction.atomic():
                result.add(_write_batch([draft]))
        except (DataError, IntegrityError) as problem:
            sentence = str(problem).partition("\n")[0]
            result.refuse(draft.line, f"the database does not take it: {sentence}")


def _write_batch(drafts: list[Draft]) -> ImportResult:
    """Write what is new or changed; each draft is as it was afterwards, for a second try."""
    result = ImportResult()
    ids = {draft.fields["record_id"] for draft in drafts}
    known = {
        article.record_id: article
        for article in Article.objects.for_page()
        .filter(record_id__in=ids)
        .select_for_update(of=("self",))
    }
    written_here = {
        article.public_id: article
        for article in Article.objects.for_page().written_here(ids - known.keys())
    }
    publishers = _Named(publisher_named)
    sections = _Named(section_named)
    created, updated = [], []
    for draft in drafts:
        record_id, said = draft.fields["record_id"], draft.fields["record_hash"]
        article = known.get(record_id)
        if article is not None and article.record_hash == said:
            result.unchanged += 1
            continue
        # An export that comes home: the article says that already.
        home = article or written_here.get(record_id)
        if home is not None and record_hash(article_record(home)) == said:
            result.unchanged += 1
            continue
        fields = draft.fields | {
            "publisher": publishers[draft.fields["publisher"]],
            "section": sections[draft.fields["section"]],
        }
        if article is None:
            created.append(settle(Article(**fields)))
        else:
            before = [getattr(article, name) for name in REVISED_FIELDS]
            _overwrite(article, fields)
            revised = before != [getattr(article, name) for name in REVISED_FIELDS]
            updated.append((article, revised))

    Article.objects.bulk_create(created)
    keep_revisions(created, reason="Imported")
    for article, revised in updated:
        article.save(update_fields=IMPORTED_FIELDS)
        if revised:
            add_revision(article, by=None, reason="Imported again, changed")
    announce_change([a.pk for a in created] + [a.pk for a, _ in updated], bulk=True)
    result.created, result.updated = len(created), len(updated)
    return result


def _overwrite(article: Article, fields: dict[str, Any]) -> None:
    """Take over the record; an article that an editor withdrew or holds back stays so."""
    status = fields.pop("status")
    if article.status in (Article.Status.PUBLISHED, Article.Status.SCHEDULED):
        article.status = status
    for name, value in fields.items():
        setattr(article, name, value)
    article.updated_at = timezone.now()
    settle(article)


class _Named(dict[str, Any]):
    """What a name stands for, looked up once a batch; no name stands for nothing."""

    def __init__(self, find: Callable[[str], Any]) -> None:
        super().__init__({"": None})
        self._find = find

    def __missing__(self, name: str) -> Any:
        self[name] = self._find(name)
        return self[name]
