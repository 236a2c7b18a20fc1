"""Relates all articles in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from reader.articles.announcements import Progress
from reader.articles.models import Article
from reader.related.listing import Entry, Item, related_lists
from reader.related.models import ArticleTerms, RelatedLink, Survey, TermFrequency, TermPosting
from reader.related.services.relating import (
    LIST_SIZE,
    link_row,
    lock_lists,
    relate_articles,
)
from reader.related.similarity import Corpus
from reader.related.storage import TEXT_FIELDS, item_from, read_article
from reader.related.vicinity import POSTED_TERMS

# So many articles are read or written in one transaction.
BATCH_SIZE = 500
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
    rows = ArticleTerms.objects.visible().read_as_it_stands().with_facts()
    items = [item_from(row) for row in rows.order_by("pk").iterator(BATCH_SIZE)]
    corpus = Corpus([item.profile for item in items])
    _write_frequencies(corpus, counted={item.article for item in items})
    lists = related_lists(items, corpus, limit=LIST_SIZE)
    while batch := list(islice(lists, BATCH_SIZE)):
        _write_lists(items, corpus, batch, started)
        done = batch[-1][0] + 1
        say(f"{done} of {len(items)} articles related")
    with transaction.atomic():
        survey = lock_lists()
        survey.articles = len(items)
        survey.made_at = started
        survey.save()
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
        articles = Article.objects.filter(pk__in=ids[start : start + BATCH_SIZE])
        ArticleTerms.objects.bulk_create(
            [read_article(article) for article in articles.only(*TEXT_FIELDS).order_by("pk")],
            update_conflicts=True,
            unique_fields=["article"],
            update_fields=[f.name for f in ArticleTerms._meta.fields if not f.primary_key],
        )
        say(f"{min(start + BATCH_SIZE, len(ids))} of {len(ids)} new texts read")


@transaction.atomic
def _write_frequencies(corpus: Corpus, *, counted: set[int]) -> None:
    lock_lists()
    TermFrequency.objects.all().delete()
    TermFrequency.objects.put(
        (term, language, articles)
        for language, frequencies in corpus.frequencies.items()
        for term, articles in frequencies.rows()
    )
    known = set(ArticleTerms.objects.values_list("pk", flat=True))
    strays = ArticleTerms.objects.filter(pk__in=known - counted)
    strays.update(norm=None, related_at=None)


@transaction.atomic
def _write_lists(
    items: Sequence[Item],
    corpus: Corpus,
    batch: Sequence[tuple[int, list[Entry]]],
    started: datetime,
) -> None:
    lock_lists()
    places = {items[place].article: place for place, _ in batch}
    # Another writer may have been here since the pass began; an article may be gone.
    there = dict(ArticleTerms.objects.filter(pk__in=places).values_list("pk", "related_at"))
    ArticleTerms.objects.set_related(
        {
            pk: float(corpus.norms[places[pk]])
            for pk, related_at in there.items()
            if related_at is None or related_at <= started
        },
        at=started,
    )
    TermPosting.objects.filter(article__in=places).delete()
    TermPosting.objects.put(
        (pk, *term) for pk in there for term in corpus.strongest_terms(places[pk], POSTED_TERMS)
    )
    links = [
        link_row(items[place].article, entry)
        for place, entries in batch
        for entry in entries
        if items[place].article in there
    ]
    others = Article.objects.filter(pk__in={other for _, other, *_ in links})
    known = set(others.values_list("pk", flat=True))
    RelatedLink.objects.automatic().filter(article__in=places).delete()
    RelatedLink.objects.put_automatic(link for link in links if link[1] in known)
