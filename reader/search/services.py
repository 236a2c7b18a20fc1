"""Every change to the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from reader.articles.models import Article
from reader.hashtags.models import ArticleHashtag
from reader.hashtags.querysets import MEANT
from reader.search.engines import Marking, current_engine
from reader.search.entries import (
    LAYOUT,
    Entry,
    author_marks,
    hashtag_mark,
    is_hashtag,
    language_marks,
    lay_out,
    place_of,
    publisher_mark,
    section_mark,
)
from reader.search.models import SearchEntry

# As many texts as are held in memory at once.
BATCH_SIZE = 500
READ = (
    "title", "standfirst", "body_text", "publisher_id", "section_id", "language", "authors",
    "listed_at", "shown_from",
)  # fmt: skip
# Links that stand now, or behind another until a merge of hashtags is taken back.
STANDING = ("shown", "doubled")


def index_articles(article_ids: Sequence[int], *, bulk: bool = False) -> int:
    """
    Make the index fit the articles as they are now; return how many of them are in it.

    Drafts, withdrawn and deleted ones leave it; scheduled ones enter, and the gate hides them until
    their moment. Locks the articles, so that a text read before an edit is not written after it.
    """
    return sum(_index_batch(ids) for ids in _batches(article_ids))


def rebuild_index(*, say: Callable[[str], None]) -> int:
    """Index every article anew, batch by batch, while readers search; return how many are in it."""
    ids = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    done = 0
    for number, batch in enumerate(_batches(ids), 1):
        done += _index_batch(batch)
        say(f"{min(number * BATCH_SIZE, len(ids))} of {len(ids)} articles read")
    with transaction.atomic():
        SearchEntry.objects.exclude(article_id__in=Article.objects.values("pk")).delete()
        current_engine().tidy()
    return done


def index_missing_articles(*, say: Callable[[str], None]) -> int:
    """
    Index the articles that ought to be in the index and are not; return how many.

    What an older version of the site laid out in another way counts as missing.
    """
    ids = list(
        Article.objects.filter(shown_from__isnull=False)
        .exclude(pk__in=SearchEntry.objects.filter(layout=LAYOUT).values("article_id"))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    done = 0
    for batch in _batches(ids):
        done += _index_batch(batch)
        say(f"{done} of {len(ids)} articles indexed")
    return done


def index_hashtags(article_ids: Sequence[int]) -> int:
    """
    Make the index fit the hashtags of articles; return of how many it did not.

    Articles that are not in the index are left alone.
    """
    return sum(_index_hashtags(ids) for ids in _batches(article_ids))


@transaction.atomic
def _index_hashtags(article_ids: Sequence[int]) -> int:
    stale = [entry.article_id for entry, _ in _marked_otherwise(article_ids)]
    if not stale:
        return 0
    # As whoever lays out a whole entry has them: what that read before is not written afterwards.
    articles = Article.objects.filter(pk__in=stale).order_by("pk")
    list(articles.select_for_update().values_list("pk"))
    changed = _marked_otherwise(stale)
    current_engine().put_marks([marking for _, marking in changed])
    SearchEntry.objects.bulk_update([entry for entry, _ in changed], ["marks"])
    return len(changed)


def _marked_otherwise(article_ids: Sequence[int]) -> list[tuple[SearchEntry, Marking]]:
    """Give the entries that do not fit the hashtags, with fitting marks, and what is to be done."""
    hashtags = _hashtags_of(article_ids)
    changed = []
    for entry in SearchEntry.objects.filter(article_id__in=article_ids).order_by("pk"):
        known, right = entry.marks.split(), hashtags[entry.article_id]
        gone = [mark for mark in known if is_hashtag(mark) and mark not in right]
        new = [mark for mark in right if mark not in known]
        if gone or new:
            entry.marks = " ".join([*(mark for mark in known if mark not in gone), *new])
            changed.append((entry, Marking(entry.place, gone, new)))
    return changed


@transaction.atomic
def _index_batch(article_ids: Sequence[int]) -> int:
    articles = list(
        Article.objects.filter(pk__in=article_ids, shown_from__isnull=False)
        .order_by("pk")
        .select_for_update()
        .only(*READ)
    )
    hashtags = _hashtags_of(article_ids)
    facts = {article.pk: [*_facts(article), *hashtags[article.pk]] for article in articles}
    entries = {article.pk: _entry(article, facts[article.pk]) for article in articles}
    known = SearchEntry.objects.filter(article_id__in=article_ids)
    rows = list(known.values_list("article_id", "found_at", "place"))
    found = {article_id: found_at for article_id, found_at, _ in rows}
    now = timezone.now()
    engine = current_engine()
    engine.remove([place for _, _, place in rows])
    known.delete()
    engine.put(list(entries.values()))
    SearchEntry.objects.bulk_create(
        SearchEntry(
            article_id=article.pk,
            place=entries[article.pk].place,
            marks=" ".join(facts[article.pk]),
            layout=LAYOUT,
            found_at=_first_found(article, found.get(article.pk, now), now),
        )
        for article in articles
    )
    return len(entries)


def _first_found(article: Article, before: datetime | None, now: datetime) -> datetime | None:
    """Keep since when readers find it; what has yet to open opens then."""
    if article.shown_from and article.shown_from > now:
        return article.shown_from
    return before if before is None else min(before, now)


def _facts(article: Article) -> list[str]:
    """Mark what matches are counted by."""
    marks = [publisher_mark(article.publisher_id)] if article.publisher_id else []
    marks += [section_mark(article.section_id)] if article.section_id else []
    return [*marks, *language_marks(article.language)[:1]]


def _entry(article: Article, facts: Sequence[str]) -> Entry:
    authors = article.authors if isinstance(article.authors, list) else []
    return lay_out(
        place=place_of(article.pk, article.listed_at),
        texts=(article.title, article.standfirst, article.body_text),
        marks=[
            *facts,
            *language_marks(article.language)[1:],
            *author_marks([name for name in authors if isinstance(name, str)]),
        ],
    )


def _hashtags_of(article_ids: Sequence[int]) -> dict[int, list[str]]:
    """
    Mark the hashtags of articles as they were given.

    A hashtag that has become an alias keeps its links and so its mark; who asks for what it means
    asks for both. So merging hashtags and taking that back changes nothing here.
    """
    marks: dict[int, list[str]] = defaultdict(list)
    links = ArticleHashtag.objects.filter(article__in=article_ids, state__in=STANDING)
    rows = list(links.order_by("pk").values_list("article_id", "hashtag_id", MEANT, "state"))
    shown = {(article_id, meant) for article_id, _, meant, state in rows if state == "shown"}
    for article_id, hashtag_id, meant, _ in rows:
        # What stands behind another stands and falls with it.
        if (article_id, meant) in shown:
            marks[article_id].append(hashtag_mark(hashtag_id))
    return marks


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), BATCH_SIZE):
        yield ids[start : start + BATCH_SIZE]
