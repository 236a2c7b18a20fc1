"""A full pass while editors and readers go on: nothing waits for ever, no count is left wrong."""

from threading import Thread as Worker

import pytest
from django.db import connection

from reader.articles.models import Article
from reader.articles.services import withdraw_article
from reader.related.models import ArticleTerms, RelatedLink
from reader.related.services import relate_all, relate_articles
from tests.factories import make_article
from tests.reader.related.test_services import counted_terms, quiet, recounted_terms
from tests.reader.related.texts import ALONE, BRIDGE, FERRY

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_full_pass_and_changes_beside_it_end_with_every_count_right():
    texts = [*FERRY, *BRIDGE, *ALONE]
    articles = [
        make_article(f"{title} {copy}", text=text) for copy in range(6) for title, text in texts
    ]
    relate_all(say=quiet)
    gone, changed, problems = articles[::7], articles[3::5], []

    def run(job):
        try:
            job()
        except Exception as problem:
            problems.append(repr(problem))
        finally:
            connection.close()

    def withdraw():
        for article in gone:
            withdraw_article(article)

    def edit():
        for article in changed:
            Article.objects.filter(pk=article.pk).update(
                body_text=f"{article.body_text} A harbour master spoke.",
                revision_number=article.revision_number + 1,
            )
            relate_articles([article.pk])

    jobs = [withdraw, edit, lambda: relate_all(say=quiet), lambda: relate_all(say=quiet)]
    workers = [Worker(target=run, args=(job,)) for job in jobs]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert problems == []
    relate_articles([article.pk for article in articles])
    left = {article.pk for article in articles} - {article.pk for article in gone}
    assert set(ArticleTerms.objects.related().values_list("pk", flat=True)) == left
    assert counted_terms() == recounted_terms()
    links = RelatedLink.objects.automatic()
    assert links.exists()
    assert not links.exclude(article__in=left, other__in=left).exists()
