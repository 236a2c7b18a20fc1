"""Many people at one moment, each with a connection of their own."""

from threading import Barrier
from threading import Thread as Worker

from django.db import connection


def at_once(jobs):
    """Run the jobs in a thread each, let go at the same moment; return what went wrong."""
    start, problems = Barrier(len(jobs)), []

    def run(job):
        try:
            start.wait(timeout=60)
            job()
        except Exception as problem:
            problems.append(repr(problem))
        finally:
            connection.close()

    workers = [Worker(target=run, args=(job,)) for job in jobs]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return problems
