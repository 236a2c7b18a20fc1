"""An editor decides about two articles while both are deleted at the desk."""

from time import sleep

import pytest
from django.db import connection

from reader.articles.models import Article
from reader.articles.services import delete_articles
from reader.related.models import RelatedChange, RelatedLink
from reader.related.services import RelatedRefused, pin_related
from tests.at_once import at_once
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db(transaction=True)

# The decision stands still between its locks and its rows; the deletion begins meanwhile.
DELETION_AFTER, ROWS_AFTER = 0.2, 0.6


@pytest.mark.parametrize("page_is_older", [True, False])
def test_who_decides_and_who_deletes_do_not_wait_for_each_other(page_is_older):
    older, newer = make_article(), make_article()
    page, other = (older, newer) if page_is_older else (newer, older)
    editor = make_user()

    def slowly(execute, sql, *rest):
        if sql.startswith("INSERT"):
            sleep(ROWS_AFTER)
        return execute(sql, *rest)

    def decide():
        with connection.execute_wrapper(slowly):
            pin_related(page, other, by=editor, reason="Goes on here")

    def delete():
        sleep(DELETION_AFTER)
        delete_articles([older, newer])

    assert at_once([decide, delete]) == []

    assert not Article.objects.exists()
    assert not RelatedLink.objects.exists()
    assert not RelatedChange.objects.exists()


def test_a_decision_about_an_article_that_is_gone_is_refused():
    page, other = make_article(), make_article()
    gone = Article.objects.get(pk=other.pk)
    delete_articles([other])

    with pytest.raises(RelatedRefused, match="deleted"):
        pin_related(page, gone, by=make_user())

    assert not RelatedLink.objects.exists()
