"""Relates all articles in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from itertools import islice

from django.db.models import Exists, OuterRef
from django.utils import timezone

from reader.articles.announcements import Progress
from reader.articles.models import Article
from reader.related.listing import Entry, Item, related_lists
from reader.related.models import ArticleTerms, RelatedLink, Survey, TermFrequency, TermPosting
from reader.related.services.relating import (
    LIST_SIZE,
    counted_terms,
    link_row,
    relate_articles,
)
from reader.related.services.writing import write_alone
from reader.related.similarity import Corpus
from reader.related.storage import TEXT_FIELDS, item_from, profile_from, read_article
from reader.related.vicinity import POSTED_TERMS

# So many articles are read or written in one transaction; on SQLite everybody else waits meanwhile.
BATCH_SIZE = 250
# Stands for the moment at which an article was related that is not there any more.
NEVER = object()
# From so many waiting articles on, one pass over all is quicker than one by one.
MANY = 100
# How rare a word is shifts as articles come in; after this growth everything is weighed anew.
OUTGROWN = 1.25


def relate_waiting(*, say: Progress) -> int:
    """Relate what is new or changed, forget what may not be seen any more; return how many."""
    hidden = list(ArticleTerms.objects.hidden().order_by("pk").values_list("pk", flat=True))
    relate_articles(hidden)
    waiting = _waiting()
    if not waiting:
        say("All articles are related already.")
        return 0
    if len(waiting) > max(MANY, TermFrequency.objects.total() // 10):
        return relate_all(say=say)
    return relate_articles(waiting, say=say)


def relate_all(*, say: Progress) -> int:
    """
    Relate every visible article to all others; return how many there are.

    Readers see the old lists until each is replaced. Texts that were read before are not read
    again, so a pass that was broken off goes on where it was. Decisions of editors are not touched.
    """
    started = timezone.now()
    _read_texts(say)
    rows = ArticleTerms.objects.visible().read_as_it_stands().with_facts().order_by("pk")
    items, loaded = [], {}
    for row in rows.iterator(BATCH_SIZE):
        items.append(item_from(row))
        loaded[row.pk] = row.related_at
    corpus = Corpus([item.profile for item in items])
    write_alone(partial(_write_frequencies, items, corpus, loaded))
    lists = related_lists(items, corpus, limit=LIST_SIZE)
    while batch := list(islice(lists, BATCH_SIZE)):
        write_alone(partial(_write_lists, items, corpus, batch, started))
        done = batch[-1][0] + 1
        if done % (4 * BATCH_SIZE) == 0 or done == len(items):
            say(f"{done} of {len(items)} articles related")
    Survey.objects.filter(pk=1).update(articles=len(items), made_at=started)
    # What changed meanwhile was related one by one, in lists that have been replaced since.
    relate_articles(_changed_since(started))
    return len(items)


def survey_is_outgrown() -> bool:
    """Whether so much came in since the last pass over all that it is time for another."""
    survey = Survey.objects.first()
    return TermFrequency.objects.total() > OUTGROWN * (survey.articles if survey else 0)


def _waiting() -> list[int]:
    done = ArticleTerms.objects.related().filter(article=OuterRef("pk"))
    return list(
        Article.objects.visible().exclude(Exists(done)).order_by("pk").values_list("pk", flat=True)
    )


def _changed_since(started: datetime) -> list[int]:
    later = ArticleTerms.objects.filter(related_at__gt=started)
    return sorted({*_waiting(), *later.values_list("pk", flat=True)})


def _read_texts(say: Progress) -> None:
    """Read what was not read yet, batch by batch, so that a pass broken off loses one batch."""
    read = ArticleTerms.objects.read_as_it_stands().filter(article=OuterRef("pk"))
    unread = Article.objects.visible().exclude(Exists(read)).order_by("pk")
    ids = list(unread.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH_SIZE):
        write_alone(partial(_read_batch, ids[start : start + BATCH_SIZE]))
        done = min(start + BATCH_SIZE, len(ids))
        if done % (4 * BATCH_SIZE) == 0 or done == len(ids):
            say(f"{done} of {len(ids)} new texts read")


def _read_batch(article_ids: Sequence[int]) -> None:
    articles = Article.objects.filter(pk__in=article_ids).only(*TEXT_FIELDS).order_by("pk")
    ArticleTerms.objects.bulk_create(
        [read_article(article) for article in articles],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=[f.name for f in ArticleTerms._meta.fields if not f.primary_key],
    )


def _write_frequencies(
    items: Sequence[Item], corpus: Corpus, loaded: dict[int, datetime | None]
) -> None:
    """Replace all counts by those of the corpus and what others changed since it was loaded."""
    TermFrequency.objects.all().delete()
    TermFrequency.objects.put(
        (term, language, articles)
        for language, frequencies in corpus.frequencies.items()
        for term, articles in frequencies.rows()
    )
    now = dict(ArticleTerms.objects.values_list("pk", "related_at"))
    ArticleTerms.objects.filter(pk__in=now.keys() - loaded.keys()).update(
        norm=None, related_at=None
    )
    changes: Counter[tuple[str, int]] = Counter()
    for item in items:
        if now.get(item.article, NEVER) != loaded[item.article]:
            changes.subtract(counted_terms(item.profile))
    changed = [pk for pk, at in now.items() if pk in loaded and at != loaded[pk]]
    for row in ArticleTerms.objects.filter(pk__in=changed):
        changes.update(counted_terms(profile_from(row)))
    TermFrequency.objects.move(changes)
    ArticleTerms.objects.set_norms(
        {item.article: float(norm) for item, norm in zip(items, corpus.norms, strict=True)}
    )


def _write_lists(
    items: Sequence[Item],
    corpus: Corpus,
    batch: Sequence[tuple[int, list[Entry]]],
    started: datetime,
) -> None:
    links = [link_row(items[place].article, entry) for place, entries in batch for entry in entries]
    places = {items[place].article: place for place, _ in batch}
    # Others may have taken articles away since the pass began.
    wanted = {*places, *(other for _, other, *_ in links)}
    there = set(ArticleTerms.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    TermPosting.objects.filter(article__in=places).delete()
    TermPosting.objects.put(
        (pk, *term)
        for pk, place in places.items()
        if pk in there
        for term in corpus.strongest_terms(place, POSTED_TERMS)
    )
    RelatedLink.objects.automatic().filter(article__in=places).delete()
    RelatedLink.objects.put_automatic(
        link for link in links if link[0] in there and link[1] in there
    )
    ArticleTerms.objects.filter(pk__in=places).not_related_since(started).update(related_at=started)
