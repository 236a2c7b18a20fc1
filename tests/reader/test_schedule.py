"""What recurs goes on recurring, whatever happens to one of its jobs."""

import logging
from threading import Event, Thread

import pytest
from django.db import OperationalError, connections

from reader import schedule
from reader.schedule import Job, every, jobs, keep_schedule, run_job
from tests.factories import make_article


def test_the_worker_publishes_what_is_due(transactional_db):
    article = make_article(status="scheduled", hours_ago=1)
    job = next(job for job in schedule.jobs() if job.name == "publish what is due")

    run_job(job)

    article.refresh_from_db()
    assert (article.status, job.seconds, job.trouble) == ("published", 2, "")


@pytest.fixture(autouse=True)
def _no_job_of_the_tests_stays():
    yield
    schedule._jobs.pop("a job of the tests", None)


@pytest.fixture
def kept():
    """Keep a schedule in a thread until the test ends: `kept(job, job)`."""
    stop = Event()
    threads = []

    def keep(*wanted):
        threads.append(Thread(target=keep_schedule, args=(wanted, stop)))
        threads[-1].start()
        return stop

    yield keep
    stop.set()
    for thread in threads:
        thread.join(5)
        assert not thread.is_alive()


def test_a_job_is_done_at_the_start_and_then_again(kept):
    done = []
    third = Event()

    def work():
        done.append(1)
        if len(done) == 3:
            third.set()

    kept(Job(0.01, "count", work))

    assert third.wait(5)


def test_a_job_that_fails_stops_neither_itself_nor_the_others(kept, caplog):
    tries, recovered, other = [], Event(), Event()

    def work():
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("the moon is wrong")
        recovered.set()

    kept(Job(0.01, "moody", work), Job(0.01, "steady", other.set))

    assert recovered.wait(5)
    assert other.wait(5)
    assert "moody failed, will try again: RuntimeError: the moon is wrong" in caplog.text


def test_an_outage_is_one_line_in_the_log_and_its_end_another(caplog, transactional_db):
    caplog.set_level(logging.WARNING)
    answers = iter([OperationalError("gone away"), OperationalError("gone away"), None, None])

    def work():
        if answer := next(answers):
            raise answer

    job = Job(2, "publish", work)
    for _ in range(4):
        run_job(job)

    assert [record.getMessage() for record in caplog.records] == [
        "publish failed, will try again: database: gone away",
        "publish works again",
    ]


def test_a_stop_is_heard_while_every_job_rests(kept):
    rested = Event()
    stop = kept(Job(3600, "daily", rested.set))
    assert rested.wait(5)

    stop.set()  # the fixture waits for the thread, and fails when it goes on


def test_a_job_leaves_no_connection_open_when_the_schedule_ends(kept, db):
    seen = []
    looked = Event()

    def work():
        connections["default"].ensure_connection()
        seen.append(connections["default"])
        looked.set()

    stop = kept(Job(3600, "look", work))
    assert looked.wait(5)
    stop.set()
    for _ in range(500):
        if seen[0].connection is None:
            break
        Event().wait(0.01)

    assert seen[0].connection is None


def test_the_same_name_cannot_mean_two_jobs():
    def work():
        pass

    every(60, "a job of the tests", work)
    every(60, "a job of the tests", work)

    with pytest.raises(ValueError, match="Two jobs are called 'a job of the tests'"):
        every(30, "a job of the tests", work)
    assert [job.seconds for job in jobs() if job.name == "a job of the tests"] == [60]
