"""Near-duplicates out as JSON records."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
from django.db.models import Sum
from django.db.models.functions import Length

from reader.articles.announcements import Progress
from reader.articles.models import Article
from reader.related.duplicates import Text, candidates, parts_for, similarity_of
from reader.related.models import ArticleTerms
from reader.related.profiles import Shingles, profile_of
from reader.related.querysets import ArticleTermsQuerySet
from reader.related.services import relate_waiting
from reader.related.storage import MARK

BATCH_SIZE = 1000
PAIRS_A_BATCH = 200

Pair = tuple[int, int]


def find_copies(*, say: Progress) -> Iterator[dict[str, Any]]:
    """
    Give every pair of visible articles that say the same, as soon as it is found.

    What is compared in the end are the texts themselves, without headline and standfirst, which
    each publisher writes anew.
    """
    relate_waiting(say=say)
    visible = ArticleTerms.objects.visible().read_as_it_stands()
    parts = parts_for(_count_marks(visible))
    seen: set[Pair] = set()
    for part in range(parts):
        if parts > 1:
            say(f"Comparing part {part + 1} of {parts}")
        found = (
            pair
            for block in candidates(_texts(visible), part=part, parts=parts)
            for pair in map(tuple, block.tolist())
        )
        while batch := list(islice(found, PAIRS_A_BATCH)):
            fresh = [pair for pair in batch if pair not in seen]
            seen.update(fresh)
            yield from _compare(fresh)


def _count_marks(visible: ArticleTermsQuerySet) -> int:
    """Count the marks of all texts, from the sizes of their fields."""
    size = visible.aggregate(all=Sum(Length("marks")))["all"] or 0
    return size // MARK.itemsize


def _texts(visible: ArticleTermsQuerySet) -> Iterator[Text]:
    rows = visible.order_by("pk").values_list("pk", "marks", "marks_step")
    for article, marks, step in rows.iterator(BATCH_SIZE):
        yield Text(article, Shingles(np.frombuffer(bytes(marks), dtype=MARK), step))


def _compare(pairs: list[Pair]) -> Iterator[dict[str, Any]]:
    """Give the pairs that hold when the texts are read again, and that readers may see now."""
    articles = (
        Article.objects.visible()
        .only("record_id", "original_url", "body_text", "language")
        .in_bulk({article for pair in pairs for article in pair})
    )
    read = {
        pk: profile_of("", article.body_text, language=article.language).shingles
        for pk, article in articles.items()
    }
    for a, b in pairs:
        if a in read and b in read and (similarity := similarity_of(read[a], read[b])):
            yield {
                "a": _name(articles[a]),
                "b": _name(articles[b]),
                "similarity": round(similarity, 4),
            }


def _name(article: Article) -> dict[str, Any]:
    return {"id": article.public_id, "url": article.original_url or None}
