"""Moments in words: exact enough to be true, short enough to read in passing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Younger than this it is told in hours, even when midnight lies between.
HOURS_UNTIL_YESTERDAY = 6


def relative_words(moment: datetime, *, now: datetime, is_date: bool = False) -> str:
    """
    Tell a moment as a reader would: «5 minutes ago», «yesterday 14:05», «3 October 2025».

    Both moments are aware; words follow the current time zone. `is_date`: only the day is known.
    """
    # A date without a time is the publisher's day, not an instant: no zone may move it.
    local = moment if is_date else timezone.localtime(moment)
    today = timezone.localtime(now).date()
    age = now - moment
    days = (today - local.date()).days
    if is_date and days in (0, 1):
        return _("today") if days == 0 else _("yesterday")
    if not is_date and timedelta(0) <= age:
        minutes = int(age.total_seconds() // 60)
        if minutes < 1:
            return _("now")
        if minutes < 60:
            return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
        hours = minutes // 60
        if days == 0 or hours < HOURS_UNTIL_YESTERDAY:
            return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
        if days == 1:
            return _("yesterday %(time)s") % {"time": formats.date_format(local, "TIME_FORMAT")}
    return day_words(local, today)


def day_words(day: date, today: date) -> str:
    """Tell a day: «3 October», and the year where it is not this one."""
    is_this_year = day.year == today.year
    return formats.date_format(day, "MONTH_DAY_FORMAT" if is_this_year else "DATE_FORMAT")


def exact_words(moment: datetime, *, is_date: bool = False) -> str:
    """Tell the full date, with the time of day and zone where they are known."""
    local = moment if is_date else timezone.localtime(moment)
    words = {
        "weekday": formats.date_format(local, "l"),
        "day": formats.date_format(local, "DATE_FORMAT"),
    }
    if is_date:
        return _("%(weekday)s, %(day)s") % words
    words["time"] = formats.date_format(local, "TIME_FORMAT")
    words["zone"] = formats.date_format(local, "T")
    return _("%(weekday)s, %(day)s, %(time)s %(zone)s") % words


def machine_form(moment: datetime, *, is_date: bool = False) -> str:
    """Give the `datetime` attribute: a bare date stays one."""
    return moment.date().isoformat() if is_date else moment.isoformat(timespec="seconds")
