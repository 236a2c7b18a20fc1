"""Work outside the request."""

from django_tasks import TaskResultStatus, task
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from reader.related.services import go_on_relating, relate_article, survey_is_outgrown
from reader.related.services.storying import (
    cluster_stories,
    place_article,
    stories_have_drifted,
)

# A pass over a large site takes hours; after so long others have their turn.
TURN_SECONDS = 60
# Grouping cannot be parted: what is waiting already goes first.
AFTER_ALL_OTHERS = -100


@task()
def relate_changed(article_ids: list[int]) -> None:
    """
    Relate articles that changed, and put them into stories.

    Now and then that is the occasion to weigh all words, and group all articles, anew.
    """
    for article_id in dict.fromkeys(article_ids):
        if around := relate_article(article_id):
            place_article(article_id, around)
    if survey_is_outgrown() and not _is_waiting(relate_everything):
        relate_everything.enqueue()
    if stories_have_drifted() and not _is_waiting(cluster_everything):
        cluster_everything.enqueue()


@task()
def relate_everything() -> None:
    """Relate all articles anew, turn by turn."""
    if not go_on_relating(seconds=TURN_SECONDS):
        relate_everything.enqueue()


@task(priority=AFTER_ALL_OTHERS)
def cluster_everything() -> None:
    """Group all articles into stories anew, unless that was done while this waited."""
    if stories_have_drifted():
        cluster_stories(say=lambda _: None)


def _is_waiting(pass_over_all: Task) -> bool:
    open_tasks = [TaskResultStatus.READY, TaskResultStatus.RUNNING]
    return DBTaskResult.objects.filter(
        task_path=pass_over_all.module_path, status__in=open_tasks
    ).exists()
