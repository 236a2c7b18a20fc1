"""Work outside the request."""

from django_tasks import task

from reader.related.services import relate_all, relate_articles, survey_is_outgrown
from reader.related.services.storying import (
    cluster_stories,
    place_articles,
    stories_have_drifted,
)


@task()
def relate_changed(article_ids: list[int]) -> None:
    """
    Relate articles that changed, and put them into stories.

    Now and then that is the occasion to weigh all words, and group all articles, anew.
    """
    relate_articles(article_ids)
    place_articles(article_ids)
    if survey_is_outgrown():
        relate_all(say=lambda _: None)
    if stories_have_drifted():
        cluster_stories(say=lambda _: None)
