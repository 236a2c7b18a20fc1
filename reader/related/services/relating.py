"""Relates articles one by one: an article's own list, and its place in the lists around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial

from django.db.models import Q
from django.utils import timezone

from reader.articles.announcements import Progress
from reader.articles.models import Article
from reader.related.evidence import why_of
from reader.related.listing import Entry
from reader.related.models import ArticleTerms, RelatedLink, TermPosting
from reader.related.profiles import METHOD
from reader.related.querysets import SIDEBAR_SIZE
from reader.related.selection import Candidate, choose
from reader.related.services.counting import count_change
from reader.related.services.writing import write_alone
from reader.related.storage import read_article
from reader.related.vicinity import POSTED_TERMS, Vicinity, look_around
from reader.stopwords import base_language

# More than the sidebar shows, for an editor may ban some and others may be withdrawn.
LIST_SIZE = 10
# When an article goes, at most so many lists that became too short are made anew at once.
MOST_REFILLS = 30
SAY_EVERY = 100

# article, other, score, why
LinkRow = tuple[int, int, float, str]


def relate_articles(article_ids: Iterable[int], *, say: Progress | None = None) -> int:
    """
    Make the lists fit these articles as they are now; return how many of them have one.

    New and changed articles get a list and enter the lists around them; those that readers may not
    see leave all lists. Each article is one transaction. Decisions of editors are not touched.
    """
    ids = list(dict.fromkeys(article_ids))
    related = 0
    for number, article_id in enumerate(ids, 1):
        related += relate_article(article_id) is not None
        if say and (number % SAY_EVERY == 0 or number == len(ids)):
            say(f"{number} of {len(ids)} articles related")
    return related


def relate_article(article_id: int) -> Vicinity | None:
    """Do what relate_articles() does for one; give what lies around it if readers may see it."""
    return write_alone(partial(_relate, article_id))


def link_row(article: int, entry: Entry) -> LinkRow:
    return article, entry.article, entry.score, why_of(list(entry.words))


def _relate(article_id: int) -> Vicinity | None:
    old = ArticleTerms.objects.filter(pk=article_id).first()
    article = Article.objects.visible().for_page().filter(pk=article_id).first()
    was_in = set(
        RelatedLink.objects.automatic()
        .filter(other=article_id)
        .values_list("article_id", flat=True)
    )
    if article is None:
        _forget(article_id, old)
        _refill(was_in)
        return None
    row = old if old is not None and _still_fits(old, article) else read_article(article)
    count_change(old, row)
    if row is not old:
        row.save()
    row.article = article
    vicinity = look_around(row)
    TermPosting.objects.filter(article=article_id).delete()
    TermPosting.objects.put((article_id, *term) for term in vicinity.strongest_terms(POSTED_TERMS))
    row.norm = vicinity.norm
    row.related_at = timezone.now()
    row.save(update_fields=["norm", "related_at"])
    _clear_links(article_id)
    own = [link_row(article_id, entry) for entry in vicinity.chosen(LIST_SIZE)]
    entered = _enter_lists(vicinity)
    RelatedLink.objects.put_automatic([*own, *entered])
    _refill(was_in - {page for page, *_ in entered})
    return vicinity


def _still_fits(row: ArticleTerms, article: Article) -> bool:
    return (
        row.method == METHOD
        and row.revision == article.revision_number
        and base_language(article.language)[:8] in ("", row.language)
    )


def _forget(article_id: int, old: ArticleTerms | None) -> None:
    _clear_links(article_id)
    TermPosting.objects.filter(article=article_id).delete()
    if old is not None:
        count_change(old, None)
        old.delete()


def _clear_links(article_id: int) -> None:
    links = RelatedLink.objects.automatic()
    links.filter(Q(article=article_id) | Q(other=article_id)).delete()


def _enter_lists(vicinity: Vicinity) -> list[LinkRow]:
    """
    Find the lists around that the article belongs in; take out what has to make room for it.

    A list is not made anew but has one more candidate, which comes to nearly the same.
    """
    own = vicinity.item
    offers = {each.article: each.score for each in vicinity.candidates}
    lists = _lists_to_enter(offers)
    # Asked for by itself: joined, PostgreSQL reads all articles rather than so many one by one.
    others = {other for links in lists.values() for other in links}
    publishers = dict(Article.objects.filter(pk__in=others).values_list("pk", "publisher_id"))

    def same_text(a: int, b: int) -> bool:
        # The others of a list were compared with each other when they entered it.
        return own.article in (a, b) and ({a, b} - {own.article}).pop() in vicinity.copies

    joined: list[tuple[int, set[int]]] = []
    for page, present in lists.items():
        offered = Candidate(own.article, offers[page], own.publisher)
        there = (
            Candidate(other, score, publishers.get(other)) for other, (_, score) in present.items()
        )
        ranked = sorted([offered, *there], key=lambda each: (-each.score, each.article))
        chosen = {
            each.article for each in choose(ranked, page=page, same_text=same_text, limit=LIST_SIZE)
        }
        if own.article in chosen:
            joined.append((page, {pk for other, (pk, _) in present.items() if other not in chosen}))
    vicinity.shelf.load_faces(page for page, _ in joined)
    entered: list[LinkRow] = []
    leaving: list[int] = []
    for page, replaced in joined:
        if words := vicinity.words_shared_with(page):
            entered.append(link_row(page, Entry(own.article, offers[page], words)))
            leaving += replaced
    RelatedLink.objects.filter(pk__in=leaving).delete()
    return entered


def _lists_to_enter(offers: dict[int, float]) -> dict[int, dict[int, tuple[int, float]]]:
    """Give the lists, as {article: {other: (link, score)}}, in which such a score has a place."""
    lists: dict[int, dict[int, tuple[int, float]]] = {page: {} for page in offers}
    links = RelatedLink.objects.automatic().filter(article__in=list(offers))
    for pk, article, other, score in links.values_list("pk", "article_id", "other_id", "score"):
        lists[article][other] = (pk, score or 0.0)
    return {
        page: links
        for page, links in lists.items()
        # A full list has room only for what is at least as good as its last.
        if len(links) < LIST_SIZE or offers[page] >= min(score for _, score in links.values())
    }


def _refill(articles: Iterable[int]) -> None:
    """Make those lists anew that lost an article and have fewer left than are shown."""
    ids = sorted(articles)
    left = Counter(
        RelatedLink.objects.automatic().filter(article__in=ids).values_list("article_id", flat=True)
    )
    short = [article for article in ids if left[article] < SIDEBAR_SIZE][:MOST_REFILLS]
    rows = ArticleTerms.objects.visible().counted().with_facts().filter(pk__in=short)
    for row in rows.order_by("pk"):
        RelatedLink.objects.automatic().filter(article=row.pk).delete()
        RelatedLink.objects.put_automatic(
            link_row(row.pk, entry) for entry in look_around(row).chosen(LIST_SIZE)
        )
