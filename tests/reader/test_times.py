"""Moments in words."""

from datetime import UTC, datetime, timedelta

import pytest

from reader.times import exact_words, machine_form, relative_words

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=14), "14 hours ago"),
        (timedelta(hours=15), "yesterday 23:30"),
        (timedelta(days=1), "yesterday 14:30"),
        (timedelta(days=2), "21 November"),
        (timedelta(days=365), "23 November 2025"),
    ],
)
def test_a_moment_is_told_by_its_age(age, words):
    assert relative_words(NOW - age, now=NOW) == words


def test_shortly_after_midnight_the_evening_is_still_told_in_hours():
    midnight = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)

    assert relative_words(midnight - timedelta(hours=2), now=midnight) == "2 hours ago"


def test_a_moment_ahead_is_told_as_a_date():
    assert relative_words(NOW + timedelta(days=3), now=NOW) == "26 November"


def test_a_bare_date_never_claims_an_hour():
    day = datetime(2026, 11, 23, tzinfo=UTC)

    assert relative_words(day, now=NOW, is_date=True) == "today"
    assert relative_words(day - timedelta(days=1), now=NOW, is_date=True) == "yesterday"
    assert relative_words(day - timedelta(days=9), now=NOW, is_date=True) == "14 November"
    assert exact_words(day, is_date=True) == "Monday, 23 November 2026"
    assert machine_form(day, is_date=True) == "2026-11-23"


def test_the_exact_form_says_day_time_and_zone():
    assert exact_words(NOW) == "Monday, 23 November 2026, 14:30 UTC"
    assert machine_form(NOW) == "2026-11-23T14:30:00+00:00"
