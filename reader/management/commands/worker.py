"""Run the tasks that the site hands over, and whatever recurs, until told to stop."""

import logging
import signal
import time
from argparse import ArgumentParser
from threading import Event, Thread
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, connection, connections
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from reader.schedule import jobs, keep_schedule

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
OUTAGE_SECONDS = 2.0
# How long a recurring job may still run after a stop; its transaction is rolled back then.
LAST_JOB_SECONDS = 1.0


class TaskWorker(Worker):
    """django-tasks-db's worker, which besides gives back the task that it could not finish."""

    unfinished_id = None

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        self.running = False
        raise SystemExit(0)

    def run_task(self, db_task_result: DBTaskResult) -> None:
        self.unfinished_id = db_task_result.pk
        super().run_task(db_task_result)
        if self.running:
            self.unfinished_id = None

    def give_back(self) -> None:
        """Offer an interrupted task again. Tasks may run twice and must bear it."""
        if self.unfinished_id is not None:
            DBTaskResult.objects.filter(pk=self.unfinished_id).update(
                status=TaskResultStatus.READY, finished_at=None
            )
            self.unfinished_id = None

    def run_through_outages(self) -> None:
        """Work until stopped; a database that goes away is waited for."""
        in_outage = False
        while self.running:
            try:
                connection.ensure_connection()
                self.give_back()
                if in_outage:
                    logger.warning("the database answers again")
                    in_outage = False
                self.run()
            except (DatabaseError, InterfaceError) as error:
                if not in_outage:
                    logger.error("waiting for the database: %s", str(error).partition("\n")[0])
                    in_outage = True
                connections.close_all()
                time.sleep(OUTAGE_SECONDS)


class Command(BaseCommand):
    help = "Run background tasks and recurring jobs until stopped; several workers may run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="run the tasks that wait now, then end"
        )

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        worker = TaskWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=LOOK_SECONDS,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        if once:
            worker.run()
            return
        for signal_number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signal_number, worker.shutdown)
        stop = Event()
        schedule = Thread(target=keep_schedule, args=(jobs(), stop), name="schedule", daemon=True)
        schedule.start()
        try:
            worker.run_through_outages()
        finally:
            stop.set()
            worker.give_back()
            schedule.join(LAST_JOB_SECONDS)
