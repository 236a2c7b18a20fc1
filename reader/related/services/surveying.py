"""Relates all articles: in one pass where they fit into memory, else through the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from time import monotonic

from django.db.models import Exists, OuterRef

from reader.articles.announcements import Progress
from reader.articles.models import Article
from reader.related.listing import Entry, Item, related_lists
from reader.related.meaning import load_space
from reader.related.models import ArticleTerms, RelatedLink, Survey, TermFrequency, TermPosting
from reader.related.services.counting import counted_terms
from reader.related.services.relating import LIST_SIZE, link_row, relate_articles
from reader.related.services.walking import LIST, MEND, READ, Unfinished, Walk, stop_in_time
from reader.related.services.writing import (
    begin_survey,
    current_survey,
    end_survey,
    move_survey,
    write_alone,
)
from reader.related.similarity import Corpus
from reader.related.storage import TEXT_FIELDS, item_from, profile_from, read_article
from reader.related.vicinity import POSTED_TERMS

# So many articles are read or written in one transaction; on SQLite everybody else waits meanwhile.
BATCH_SIZE = 250
# Up to so many are compared all with all, which is exact; the time it takes grows with their
# square, and memory with their words. docs/results/2026-11-23-related-scale.md has figures.
MOST_AT_ONCE = 20_000
# Stands for the moment at which an article was related that is not there any more.
NEVER = object()
# From so many waiting articles on, one pass over all is quicker than one by one.
MANY = 100
# How rare a word is shifts as articles come in; after this growth everything is weighed anew.
OUTGROWN = 1.25


def relate_waiting(*, say: Progress) -> int:
    """Relate what is new or changed, forget what may not be seen any more; return how many."""
    _forget_hidden()
    waiting = _waiting()
    if not waiting:
        say("All articles are related already.")
        return 0
    if len(waiting) > max(MANY, TermFrequency.objects.total() // 10):
        return relate_all(say=say)
    return relate_articles(waiting, say=say)


def relate_all(*, say: Progress, anew: bool = False, seconds: float | None = None) -> int:
    """
    Relate every visible article to all others; return how many there are.

    Readers see the old lists until each is replaced. What was broken off goes on where it was,
    unless `anew`. After some `seconds` it breaks itself off by Unfinished, where that loses
    nothing. Decisions of editors are not touched.
    """
    survey = begin_survey(anew=anew)
    if anew and load_space():
        # What was read while the vectors were broken, or not there, is read with them.
        write_alone(ArticleTerms.objects.without_meaning().read_again)
    if survey.step != READ or survey.reached:
        say(f"Going on with what was begun at {survey.begun_at:%Y-%m-%d %H:%M} UTC.")
    until = None if seconds is None else monotonic() + seconds
    _forget_hidden()
    survey = _read_texts(survey, say, until)
    ready = ArticleTerms.objects.visible().read_as_it_stands()
    count = ready.count()
    if count > MOST_AT_ONCE:
        Walk(survey, say, until).go()
        later = _waiting()
    else:
        _relate_at_once(survey, say)
        # What changed meanwhile was related one by one, in lists that have been replaced since.
        later = _changed_since(survey.begun_at)
    relate_articles(later)
    end_survey(survey, articles=count)
    return count


def go_on_relating(*, seconds: float) -> bool:
    """Relate all, or go on with that, for about so long; tell whether it is done."""
    try:
        relate_all(say=lambda _: None, seconds=seconds)
    except Unfinished:
        return False
    return True


def survey_is_outgrown() -> bool:
    """Whether so much came in since the last pass over all that it is time for another."""
    return TermFrequency.objects.total() > OUTGROWN * current_survey().articles


def _relate_at_once(survey: Survey, say: Progress) -> None:
    started = survey.begun_at
    rows = ArticleTerms.objects.visible().read_as_it_stands().with_facts().order_by("pk")
    items, loaded = [], {}
    for row in rows.iterator(BATCH_SIZE):
        items.append(item_from(row))
        loaded[row.pk] = row.related_at
    corpus = Corpus([item.profile for item in items])
    write_alone(partial(_write_frequencies, items, corpus, loaded))
    lists = related_lists(items, corpus, limit=LIST_SIZE)
    while batch := list(islice(lists, BATCH_SIZE)):
        survey = write_alone(partial(_write_lists, survey, items, corpus, batch))
        if survey.begun_at != started:
            return
        done = batch[-1][0] + 1
        if done % (4 * BATCH_SIZE) == 0 or done == len(items):
            say(f"{done} of {len(items)} articles related")


def _forget_hidden() -> None:
    relate_articles(ArticleTerms.objects.hidden().order_by("pk").values_list("pk", flat=True))


def _waiting() -> list[int]:
    done = ArticleTerms.objects.related().filter(article=OuterRef("pk"))
    return list(
        Article.objects.visible().exclude(Exists(done)).order_by("pk").values_list("pk", flat=True)
    )


def _changed_since(started: datetime | None) -> list[int]:
    later = ArticleTerms.objects.filter(related_at__gt=started)
    return sorted({*_waiting(), *later.values_list("pk", flat=True)})


def _read_texts(survey: Survey, say: Progress, until: float | None) -> Survey:
    """Read what was not read yet, batch by batch, so that a pass broken off loses one batch."""
    read = ArticleTerms.objects.read_as_it_stands().filter(article=OuterRef("pk"))
    unread = Article.objects.visible().exclude(Exists(read)).order_by("pk")
    ids = list(unread.values_list("pk", flat=True))
    if len(ids) * 10 > ArticleTerms.objects.count():
        # So much is new, or the method is, that what was done of this pass is worth nothing.
        survey = _go_to(survey, READ)
    for start in range(0, len(ids), BATCH_SIZE):
        batch = ids[start : start + BATCH_SIZE]
        articles = Article.objects.filter(pk__in=batch).only(*TEXT_FIELDS).order_by("pk")
        write_alone(partial(_keep_read, [read_article(article) for article in articles]))
        done = start + len(batch)
        if done % (4 * BATCH_SIZE) == 0 or done == len(ids):
            say(f"{done} of {len(ids)} new texts read")
        if done < len(ids):
            stop_in_time(until)
    return _go_to(survey, MEND) if survey.step == READ else survey


def _go_to(survey: Survey, step: int) -> Survey:
    def go() -> Survey:
        move_survey(survey, step=step, reached=0)
        return current_survey()

    return write_alone(go)


def _keep_read(rows: Sequence[ArticleTerms]) -> None:
    """Store what was read, unless somebody else did so meanwhile or the article is gone."""
    ids = [row.pk for row in rows]
    there = set(Article.objects.filter(pk__in=ids).values_list("pk", flat=True))
    known = ArticleTerms.objects.filter(pk__in=ids)
    there -= set(known.read_as_it_stands().values_list("pk", flat=True))
    changes: Counter[tuple[str, int]] = Counter()
    for old in known.counted().filter(pk__in=there):
        changes.subtract(counted_terms(profile_from(old)))
    TermFrequency.objects.move(changes)
    ArticleTerms.objects.bulk_create(
        [row for row in rows if row.pk in there],
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
    survey: Survey,
    items: Sequence[Item],
    corpus: Corpus,
    batch: Sequence[tuple[int, list[Entry]]],
) -> Survey:
    """Write lists that the pass has not come to before; return how far it is now."""
    started, last = survey.begun_at, items[batch[-1][0]].article
    survey = current_survey()
    if survey.begun_at != started:
        return survey
    batch = [each for each in batch if not _is_done(survey, items[each[0]].article)]
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
    if batch:
        move_survey(survey, step=LIST, reached=last)
    return current_survey()


def _is_done(survey: Survey, article: int) -> bool:
    return survey.step == LIST and article <= survey.reached
