"""Work outside the request."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
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
# Grouping as many articles as the worker groups takes minutes.
LONGEST_RUN = timedelta(hours=1)


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
    """Whether one is to come or at work. One that never ended was killed, and would be for ever."""
    at_work = Q(status=TaskResultStatus.RUNNING, started_at__gt=timezone.now() - LONGEST_RUN)
    return (
        DBTaskResult.objects.filter(task_path=pass_over_all.module_path)
        .filter(Q(status=TaskResultStatus.READY) | at_work)
        .exists()
    )
