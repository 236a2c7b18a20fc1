"""Which bars tell most about how busy something was. Imports nothing of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAY, WEEK, MONTH = "day", "week", "month"
# How many bars each has, the finest first.
WINDOWS = {DAY: 30, WEEK: 26, MONTH: 36}
# Fewer bars with something in them show no course of things.
TELLING_BARS = 3
LEAST_BARS = 2
# No window reaches back further.
DAYS_NEEDED = 31 * (WINDOWS[MONTH] + 1)


@dataclass(frozen=True, slots=True)
class Bar:
    first: date
    count: int


@dataclass(frozen=True, slots=True)
class Chart:
    unit: str
    bars: list[Bar]
    last: date
    # Whether its last bar is that of today.
    is_current: bool

    @property
    def total(self) -> int:
        return sum(bar.count for bar in self.bars)

    @property
    def busiest(self) -> Bar:
        """The latest of those with the most."""
        return max(self.bars, key=lambda bar: (bar.count, bar.first))


def choose_chart(counts: Mapping[date, int], *, today: date) -> Chart | None:
    """
    Choose the finest bars up to today that show a course of things, else those up to the last day.

    None where only a single bar would have anything in it.
    """
    if not counts:
        return None
    newest = max(counts)
    charts = [
        Chart(unit, _bars(counts, unit, last), last, is_current=last == today)
        for last in dict.fromkeys((today, newest))
        for unit in WINDOWS
    ]
    for least in (TELLING_BARS, LEAST_BARS):
        for chart in charts:
            if sum(bar.count > 0 for bar in chart.bars) >= least:
                return chart
    return None


def _bars(counts: Mapping[date, int], unit: str, last: date) -> list[Bar]:
    starts = _starts(unit, last)
    amounts = dict.fromkeys(starts, 0)
    for day, count in counts.items():
        if starts[0] <= day <= last:
            amounts[_start_of(day, unit, last)] += count
    return [Bar(start, amounts[start]) for start in starts]


def _starts(unit: str, last: date) -> list[date]:
    count = WINDOWS[unit]
    if unit == MONTH:
        months = last.year * 12 + last.month - 1
        return [date(n // 12, n % 12 + 1, 1) for n in range(months - count + 1, months + 1)]
    step = 7 if unit == WEEK else 1
    return [last - timedelta(days=n * step + step - 1) for n in range(count - 1, -1, -1)]


def _start_of(day: date, unit: str, last: date) -> date:
    if unit == MONTH:
        return day.replace(day=1)
    if unit == WEEK:
        return last - timedelta(days=(last - day).days // 7 * 7 + 6)
    return day
