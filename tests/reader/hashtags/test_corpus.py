"""Over real articles: everything has hashtags, few and well-formed, and the export fits."""

import gzip
import json
from itertools import islice

import pytest

from reader.articles.importing import import_lines
from reader.articles.records import open_lines, read_lines
from reader.hashtags import services
from reader.hashtags.exporting import export_hashtags
from reader.hashtags.extract import SHOWN_MOST, choose, ranked
from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.hashtags.naming import is_name

pytestmark = pytest.mark.once


def records(corpus, count):
    with gzip.open(corpus / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in islice(lines, 0, None, 7700 // count)]


def suggestions(record):
    return choose(
        ranked(
            title=record["title"] or "",
            standfirst=record["subtitle"] or "",
            text=record["body"],
            keywords=record["keywords"],
            language=record["lang"],
            publisher=record["publisher"] or "",
        )
    )


def test_real_articles_get_a_few_well_formed_hashtags_each(corpus, full):
    chosen = [suggestions(record) for record in records(corpus, 3850 if full else 400)]

    for one in chosen:
        assert len(one) <= SHOWN_MOST
        assert all(is_name(each.name) and 0 < each.score <= 1 for each in one)
        assert len({each.slug for each in one}) == len(one)
    enough = sum(len(one) >= 3 for one in chosen)
    assert enough >= 0.9 * len(chosen)


def test_keywords_of_real_publishers_are_all_there(corpus):
    for record in records(corpus, 400):
        wanted = [word for word in record["keywords"] if word != "general news"]
        assert sum(one.is_keyword for one in suggestions(record)) == len(wanted)


@pytest.mark.django_db
def test_the_captured_article_has_its_subjects(corpus):
    with open_lines(str(corpus / "seed_article.jsonl")) as lines:
        import_lines(read_lines(lines))

    main = next(record for record in export_hashtags(top=10) if record["id"] == "seed-0")
    names = [one["name"] for one in main["hashtags"]]
    assert names[:3] == ["AmnestyInternational", "Ukraine", "Russia"]
    assert "HumanRights" in names
    shown = ArticleHashtag.objects.filter(article__record_id="seed-0").count()
    assert 3 <= shown <= SHOWN_MOST
    # The related articles are about the same, so these hashtags lead somewhere.
    assert Hashtag.objects.get(name="Ukraine").article_count == 4
    assert Hashtag.objects.get(name="Russia").article_count >= 3
    assert services.wrong_counts() == {}
