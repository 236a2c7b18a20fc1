"""What the worker tidies up."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.test import TestCase
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from reader import housekeeping


def make_result(status, *, hours_ago, workers=1):
    moment = timezone.now() - timedelta(hours=hours_ago)
    return DBTaskResult.objects.create(
        status=status,
        started_at=moment,
        finished_at=None if status == TaskResultStatus.RUNNING else moment,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="reader.housekeeping.nothing",
        worker_ids=[f"worker {number}" for number in range(workers)],
        backend_name="default",
        run_after=get_date_max(),
        exception_class_path="",
        traceback="",
    )


class TaskTests(TestCase):
    def test_a_task_lost_with_its_worker_is_offered_again(self):
        lost = make_result(TaskResultStatus.RUNNING, hours_ago=2)
        busy = make_result(TaskResultStatus.RUNNING, hours_ago=0)

        housekeeping.offer_lost_tasks_again()

        lost.refresh_from_db()
        busy.refresh_from_db()
        self.assertEqual(lost.status, TaskResultStatus.READY)
        self.assertEqual(busy.status, TaskResultStatus.RUNNING)

    def test_a_task_that_took_three_workers_along_is_given_up(self):
        deadly = make_result(TaskResultStatus.RUNNING, hours_ago=2, workers=3)

        housekeeping.offer_lost_tasks_again()

        deadly.refresh_from_db()
        self.assertEqual(deadly.status, TaskResultStatus.FAILED)
        self.assertIn("3 workers died", deadly.traceback)

    def test_results_are_forgotten_after_two_weeks(self):
        make_result(TaskResultStatus.SUCCESSFUL, hours_ago=15 * 24)
        recent = make_result(TaskResultStatus.FAILED, hours_ago=24)

        housekeeping.forget_old_task_results()

        self.assertEqual(list(DBTaskResult.objects.all()), [recent])


class SessionTests(TestCase):
    def test_expired_sessions_go_and_others_stay(self):
        now = timezone.now()
        Session.objects.create(session_key="old", expire_date=now - timedelta(days=1))
        Session.objects.create(session_key="new", expire_date=now + timedelta(days=1))

        housekeeping.clear_expired_sessions()

        keys = list(Session.objects.values_list("session_key", flat=True))
        self.assertEqual(keys, ["new"])
