"""Related articles out as JSON records: what readers get, best first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from reader.articles.models import Article
from reader.related.evidence import why_of
from reader.related.listing import Entry, related_lists
from reader.related.models import ArticleTerms, RelatedLink
from reader.related.services.relating import LIST_SIZE
from reader.related.similarity import Corpus, dot, likeness, meanings_of
from reader.related.storage import item_from
from reader.related.telling import why_alike
from reader.related.vicinity import look_around

CHUNK_SIZE = 200


def export_lists(*, top: int) -> Iterator[dict[str, Any]]:
    """
    Give each visible article's list, `top` at most; oldest article first.

    Lists longer than what is stored are worked out anew, in memory, by the same rules.
    """
    longer = _longer_lists(top) if top > LIST_SIZE else {}
    articles = Article.objects.visible().order_by("pk").only("record_id", "original_url")
    walk = articles.iterator(chunk_size=CHUNK_SIZE)
    while chunk := list(islice(walk, CHUNK_SIZE)):
        lists: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for link in RelatedLink.objects.for_export(chunk):
            if link.kind == RelatedLink.Kind.PINNED or link.article_id not in longer:
                lists[link.article_id].append(_entry(link.other, _score_of(link), link.why_shown))
        for article_id, other, entry in _further(chunk, longer):
            lists[article_id].append(
                _entry(other, entry.score, why_of(list(entry.words)) or why_alike())
            )
        for article in chunk:
            yield {**_name(article), "related": lists[article.pk][:top]}


def _name(article: Article) -> dict[str, Any]:
    return {"id": article.public_id, "url": article.original_url or None}


def _entry(other: Article, score: float, why: str) -> dict[str, Any]:
    return {**_name(other), "score": round(score, 4), "why": why}


def _score_of(link: RelatedLink) -> float:
    """Take the stored score, or measure a pair that an editor put together."""
    if link.score is not None:
        return link.score
    rows = ArticleTerms.objects.counted().with_facts().in_bulk([link.article_id, link.other_id])
    if len(rows) < 2:
        return 0.0
    here, there = look_around(rows[link.article_id]), look_around(rows[link.other_id])
    meanings = meanings_of([here.item.profile, there.item.profile])
    score = likeness(
        np.array(dot(here.item.profile.keys, here.weights, there.item.profile.keys, there.weights)),
        np.array(meanings[0] @ meanings[1]),
        np.array(here.item.day - there.item.day),
    )
    return float(score)


def _longer_lists(top: int) -> dict[int, list[Entry]]:
    rows = ArticleTerms.objects.visible().read_as_it_stands().with_facts().order_by("pk")
    items = [item_from(row) for row in rows]
    lists = related_lists(items, Corpus([item.profile for item in items]), limit=top)
    return {items[place].article: entries for place, entries in lists}


def _further(
    articles: list[Article], longer: dict[int, list[Entry]]
) -> Iterator[tuple[int, Article, Entry]]:
    """Give what is not decided of the longer lists, where both articles are still visible."""
    wanted = {entry.article for article in articles for entry in longer.get(article.pk, [])}
    others = Article.objects.visible().only("record_id", "original_url").in_bulk(wanted)
    decided = set(
        RelatedLink.objects.decided()
        .in_force()
        .filter(article__in=articles)
        .values_list("article_id", "other_id")
    )
    for article in articles:
        for entry in longer.get(article.pk, []):
            if entry.article in others and (article.pk, entry.article) not in decided:
                yield article.pk, others[entry.article], entry
