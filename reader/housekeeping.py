"""What the worker tidies up, whatever the site is about."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

# A task that takes longer was lost with the worker that ran it; none of ours takes a tenth of it.
LOST_AFTER = timedelta(hours=1)
# A task that took three workers along would take a fourth.
MOST_TRIES = 3
# Long enough to find out on Monday what failed on Friday.
RESULTS_KEPT = timedelta(days=14)


def clear_expired_sessions() -> None:
    SessionStore.clear_expired()


def forget_old_task_results() -> int:
    old = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - RESULTS_KEPT)
    return old.delete()[0]


def offer_lost_tasks_again() -> int:
    """Give the tasks of a worker that died another try."""
    lost = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LOST_AFTER)
    # Few at most: only what ran at the moment of a crash.
    tired = [task.pk for task in lost.only("worker_ids") if len(task.worker_ids) >= MOST_TRIES]
    lost.filter(pk__in=tired).update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path="builtins.RuntimeError",
        traceback=f"Given up: {MOST_TRIES} workers died while they ran it.\n",
    )
    return lost.exclude(pk__in=tired).update(status=TaskResultStatus.READY)
