"""
What recurs. Rooms say in `AppConfig.ready()` what is to happen how often; the worker sees to it.

Jobs run one after another in one thread, and where several workers run, each of them runs every
job: a job is quick, may come too often, and hands long work to a task.
"""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Event

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

logger = logging.getLogger(__name__)

Work = Callable[[], object]

# How long a stop may go unnoticed, and the shortest span between two looks at the clock.
LONGEST_NAP_SECONDS = 1.0


@dataclass
class Job:
    seconds: float
    name: str
    work: Work
    next_at: float = field(default=0.0, compare=False)
    # The last trouble, so that an outage is one line in the log and not one every two seconds.
    trouble: str = field(default="", compare=False)


_jobs: dict[str, Job] = {}


def every(seconds: float, name: str, work: Work) -> None:
    """Have `work` done when a worker starts and then every so many seconds."""
    job = Job(seconds, name, work)
    if _jobs.setdefault(name, job) != job:
        raise ValueError(f"Two jobs are called {name!r}.")


def jobs() -> list[Job]:
    """Return a fresh copy of every job, due at once."""
    return [Job(job.seconds, job.name, job.work) for job in _jobs.values()]


def keep_schedule(jobs: Iterable[Job], stop: Event) -> None:
    """Run jobs when they are due until `stop` is set. No failure of a job ends it."""
    jobs = list(jobs)
    try:
        while not stop.is_set():
            now = time.monotonic()
            for job in jobs:
                if job.next_at <= now and not stop.is_set():
                    run_job(job)
                    job.next_at = time.monotonic() + job.seconds
            soonest = min((job.next_at for job in jobs), default=now + LONGEST_NAP_SECONDS)
            stop.wait(min(max(soonest - time.monotonic(), 0.01), LONGEST_NAP_SECONDS))
    finally:
        connections.close_all()


def run_job(job: Job) -> None:
    close_old_connections()
    try:
        job.work()
    except (DatabaseError, InterfaceError) as error:
        # The connection may be half dead; the next run begins with a new one.
        connections.close_all()
        _report(job, f"database: {str(error).strip().splitlines()[0]}")
    except Exception as error:
        _report(job, f"{type(error).__name__}: {error}", with_traceback=True)
    else:
        if job.trouble:
            logger.warning("%s works again", job.name)
            job.trouble = ""
    finally:
        close_old_connections()


def _report(job: Job, trouble: str, *, with_traceback: bool = False) -> None:
    if trouble != job.trouble:
        logger.error("%s failed, will try again: %s", job.name, trouble, exc_info=with_traceback)
        job.trouble = trouble
