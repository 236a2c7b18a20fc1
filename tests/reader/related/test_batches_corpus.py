"""A pass batch by batch on real articles: each list is what the article by itself would get."""

import gzip
import json

import pytest

from reader.related.models import ArticleTerms, RelatedLink
from reader.related.services import relate_all
from reader.related.services.relating import LIST_SIZE
from reader.related.vicinity import look_around
from tests.factories import make_article, make_publisher
from tests.reader.related.test_services import quiet

ARTICLES, A_BATCH = 60, 25


@pytest.mark.django_db
def test_articles_looked_at_together_get_the_lists_they_get_alone(corpus, monkeypatch):
    monkeypatch.setattr("reader.related.services.surveying.MOST_AT_ONCE", 3)
    monkeypatch.setattr("reader.related.services.walking.LISTS_A_BATCH", A_BATCH)
    with gzip.open(corpus / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line, _ in zip(lines, range(ARTICLES), strict=False)]
    publishers = {
        name: make_publisher(name) for name in sorted({r["publisher"] for r in records} - {None})
    }
    for record in records:
        make_article(
            record["title"] or "",
            text=record["body"],
            publisher=publishers.get(record["publisher"]),
        )

    relate_all(say=quiet)

    found = 0
    for row in ArticleTerms.objects.with_facts():
        stored = RelatedLink.objects.filter(article=row.pk).values_list("other", "score")
        alone = {entry.article: entry.score for entry in look_around(row).chosen(LIST_SIZE)}
        assert dict(stored) == pytest.approx(alone, abs=1e-4)
        found += len(alone)
    assert found > ARTICLES
