"""Every change to the index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.db import transaction

from reader.articles.models import Article
from reader.search.engines import current_engine
from reader.search.entries import Entry, lay_out, place_of, publisher_mark
from reader.search.models import SearchEntry

# As many texts as are held in memory at once.
BATCH_SIZE = 500


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
    """Index the articles that ought to be in the index and are not; return how many."""
    ids = list(
        Article.objects.filter(shown_from__isnull=False)
        .exclude(pk__in=SearchEntry.objects.values("article_id"))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    done = 0
    for batch in _batches(ids):
        done += _index_batch(batch)
        say(f"{done} of {len(ids)} articles indexed")
    return done


@transaction.atomic
def _index_batch(article_ids: Sequence[int]) -> int:
    articles = list(
        Article.objects.filter(pk__in=article_ids, shown_from__isnull=False)
        .order_by("pk")
        .select_for_update()
        .only("title", "standfirst", "body_text", "publisher_id", "listed_at")
    )
    entries = {article.pk: _entry(article) for article in articles}
    known = SearchEntry.objects.filter(article_id__in=article_ids)
    engine = current_engine()
    engine.remove(list(known.values_list("place", flat=True)))
    known.delete()
    engine.put(list(entries.values()))
    SearchEntry.objects.bulk_create(
        SearchEntry(article_id=pk, place=entry.place) for pk, entry in entries.items()
    )
    return len(entries)


def _entry(article: Article) -> Entry:
    return lay_out(
        place=place_of(article.pk, article.listed_at),
        title=article.title,
        standfirst=article.standfirst,
        body=article.body_text,
        marks=[publisher_mark(article.publisher_id)] if article.publisher_id else [],
    )


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), BATCH_SIZE):
        yield ids[start : start + BATCH_SIZE]
