"""Relates articles one by one: an article's own list, and its place in the lists around it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import partial

from django.db.models import Q
from django.utils import timezone

from reader.articles.announcements import Progress
from reader.articles.models import Article
from reader.related.evidence import why_of
from reader.related.listing import Entry
from reader.related.models import ArticleTerms, RelatedLink, TermFrequency, TermPosting
from reader.related.profiles import METHOD, Profile
from reader.related.querysets import SIDEBAR_SIZE
from reader.related.selection import Candidate, choose
from reader.related.services.writing import write_alone
from reader.related.storage import profile_from, read_article
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
        related += write_alone(partial(_relate, article_id))
        if say and (number % SAY_EVERY == 0 or number == len(ids)):
            say(f"{number} of {len(ids)} articles related")
    return related


def link_row(article: int, entry: Entry) -> LinkRow:
    return article, entry.article, entry.score, why_of(list(entry.words))


def _relate(article_id: int) -> bool:
    old = ArticleTerms.objects.filter(pk=article_id).first()
    article = Article.objects.visible().filter(pk=article_id).first()
    was_in = set(
        RelatedLink.objects.automatic()
        .filter(other=article_id)
        .values_list("article_id", flat=True)
    )
    if article is None:
        _forget(article_id, old)
        _refill(was_in)
        return False
    row = old if old is not None and _still_fits(old, article) else read_article(article)
    _count(old, row)
    if row is not old:
        row.save()
    vicinity = look_around(ArticleTerms.objects.with_facts().get(pk=article_id))
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
    return True


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
        _count(old, None)
        old.delete()


def _clear_links(article_id: int) -> None:
    links = RelatedLink.objects.automatic()
    links.filter(Q(article=article_id) | Q(other=article_id)).delete()


def _count(old: ArticleTerms | None, new: ArticleTerms | None) -> None:
    """Move the term frequencies from what was counted to what is there now."""
    changes: Counter[tuple[str, int]] = Counter()
    if old is not None and old.norm is not None:
        changes.subtract(counted_terms(profile_from(old)))
    if new is not None:
        changes.update(counted_terms(profile_from(new)))
    TermFrequency.objects.move(changes)


def counted_terms(profile: Profile) -> list[tuple[str, int]]:
    """List what an article adds one to, by language and term."""
    return [(profile.language, key) for key in [TermFrequency.ALL, *profile.keys.tolist()]]


def _enter_lists(vicinity: Vicinity) -> list[LinkRow]:
    """
    Find the lists around that the article belongs in; take out what has to make room for it.

    A list is not made anew but has one more candidate, which comes to nearly the same.
    """
    own = vicinity.item
    links = RelatedLink.objects.automatic().filter(article__in=list(vicinity.others))
    lists: dict[int, dict[int, tuple[int, Candidate]]] = defaultdict(dict)
    for pk, article, other, score, publisher in links.values_list(
        "pk", "article_id", "other_id", "score", "other__publisher_id"
    ):
        lists[article][other] = (pk, Candidate(other, score or 0.0, publisher))

    def same_text(a: int, b: int) -> bool:
        # The others of a list were compared with each other when they entered it.
        return own.article in (a, b) and ({a, b} - {own.article}).pop() in vicinity.copies

    entered, leaving = [], []
    for candidate in vicinity.candidates:
        page = candidate.article
        present = lists[page]
        offered = Candidate(own.article, candidate.score, own.publisher)
        ranked = sorted(
            [offered, *(link for _, link in present.values())],
            key=lambda each: (-each.score, each.article),
        )
        chosen = {
            each.article for each in choose(ranked, page=page, same_text=same_text, limit=LIST_SIZE)
        }
        if own.article in chosen and (words := vicinity.words_shared_with(page)):
            entered.append(link_row(page, Entry(own.article, candidate.score, words)))
            leaving += [pk for other, (pk, _) in present.items() if other not in chosen]
    RelatedLink.objects.filter(pk__in=leaving).delete()
    return entered


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
