"""The worker does each task, and gives back what it could not finish."""

import os
import signal

import pytest
from django.core.management import call_command
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from reader.management.commands.worker import TaskWorker

done = []


@task
def note(word):
    done.append(word)


@task
def be_interrupted():
    """Ask the worker to stop while this task runs, as a supervisor would."""
    done.append("begun")
    os.kill(os.getpid(), signal.SIGTERM)
    done.append("ended")


@task
def fail():
    raise ValueError("no such thing")


@pytest.fixture(autouse=True)
def _tasks_in_the_database(settings, transactional_db):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    done.clear()


def statuses():
    return list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True))


def test_what_waits_is_done_in_order_and_once():
    note.enqueue("first")
    note.enqueue("second")

    call_command("worker", once=True)
    call_command("worker", once=True)

    assert done == ["first", "second"]
    assert statuses() == [TaskResultStatus.SUCCESSFUL] * 2


def test_a_failing_task_is_kept_with_its_traceback_and_the_next_one_runs():
    fail.enqueue()
    note.enqueue("next")

    call_command("worker", once=True)

    assert done == ["next"]
    assert statuses() == [TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL]
    assert "no such thing" in DBTaskResult.objects.earliest("enqueued_at").traceback


def test_a_task_interrupted_by_a_stop_is_offered_again():
    be_interrupted.enqueue()
    note.enqueue("for the next worker")
    worker = TaskWorker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0.01,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="under test",
    )
    before = signal.signal(signal.SIGTERM, worker.shutdown)
    try:
        worker.run_through_outages()
        worker.give_back()
    finally:
        signal.signal(signal.SIGTERM, before)

    assert done == ["begun"]
    assert statuses() == [TaskResultStatus.READY] * 2
