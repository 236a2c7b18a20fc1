"""Every surface that leads from one real article to another, as readers get it."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from reader.articles import services as articles
from reader.articles.importing import import_records
from reader.articles.models import Article
from reader.related.exporting import export_lists
from reader.related.models import ArticleTerms
from reader.related.selection import is_same_text
from reader.related.services import relate_all
from reader.related.sidebar import sidebar_of
from reader.related.storage import profile_from
from reader.stories.exporting import export_stories
from tests.reader.related.test_corpus import read
from tests.reader.related.test_services import quiet

ARTICLES = 120


def texts():
    return {row.pk: profile_from(row).shingles for row in ArticleTerms.objects.iterator()}


def hide(numbers):
    """Withdraw, unpublish and embargo by turns, and relate nothing again."""
    later = timezone.now() + timedelta(days=9)
    for n, article in enumerate(Article.objects.filter(pk__in=numbers)):
        if n % 3 == 0:
            articles.withdraw_article(article)
        elif n % 3 == 1:
            articles.unpublish_article(article)
        else:
            articles.publish_article(article, embargo_until=later)


@pytest.mark.django_db
def test_nothing_hidden_nothing_twice_and_no_third_of_a_publisher_beside_any_article(corpus, full):
    records = read(corpus / "articles.jsonl.gz")[: None if full else ARTICLES]
    import_records(records)
    relate_all(say=quiet)
    numbers = list(Article.objects.visible().order_by("pk").values_list("pk", flat=True))
    hidden = set(numbers[::10])
    hide(hidden)
    shingles, shown = texts(), 0

    for page in Article.objects.visible().filter(pk__in=numbers):
        found = [item.other for item in sidebar_of(page).items]
        publishers = Counter(other.publisher_id for other in found if other.publisher_id)
        both = [shingles[pk] for pk in (page.pk, *(other.pk for other in found)) if pk in shingles]
        assert hidden.isdisjoint(other.pk for other in found)
        assert max(publishers.values(), default=0) <= 2
        assert not any(is_same_text(a, b) for n, a in enumerate(both) for b in both[:n])
        assert all(item.why_shown for item in sidebar_of(page).items)
        shown += len(found)
    assert shown > len(records)

    secret = set(Article.objects.filter(pk__in=hidden).values_list("record_id", flat=True))
    for line in export_lists(top=5):
        assert secret.isdisjoint([line["id"], *(item["id"] for item in line["related"])])
    for story in export_stories():
        assert secret.isdisjoint(item["id"] for item in story["articles"])
