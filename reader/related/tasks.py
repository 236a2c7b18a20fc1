"""Work outside the request."""

from django_tasks import task

from reader.related.services import relate_all, relate_articles, survey_is_outgrown


@task()
def relate_changed(article_ids: list[int]) -> None:
    """Relate articles that changed; now and then that is the occasion to weigh all words anew."""
    relate_articles(article_ids)
    if survey_is_outgrown():
        relate_all(say=lambda _: None)
