"""How busy a hashtag was, drawn and in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from reader.hashtags.sparkline import DAY, MONTH, WEEK, Bar, Chart
from reader.times import day_words

register = template.Library()

# In the units of the drawing.
HEIGHT, BAR_WIDTH, GAP = 40, 6, 2
# A bar with anything in it can be seen.
LEAST_HEIGHT = 2


@dataclass(frozen=True, slots=True)
class Rectangle:
    x: int
    y: int
    height: int


@register.inclusion_tag("hashtags/_activity.html")
def activity(chart: Chart) -> dict[str, Any]:
    """
    Draw a chart as bars, with a caption and each number in words.

    Usage::

        {% load activity %}
        {% activity chart %}
    """
    most = chart.busiest.count
    bars = []
    for place, bar in enumerate(chart.bars):
        if bar.count:
            height = max(LEAST_HEIGHT, round(bar.count / most * HEIGHT))
            bars.append(Rectangle(place * (BAR_WIDTH + GAP), HEIGHT - height, height))
    return {
        "bars": bars,
        "bar_width": BAR_WIDTH,
        "width": len(chart.bars) * (BAR_WIDTH + GAP) - GAP,
        "height": HEIGHT,
        "caption": _caption(chart),
        "numbers": "; ".join(
            f"{_words(bar, chart.unit)}: {bar.count}" for bar in chart.bars if bar.count
        ),
    }


@register.simple_tag
def day_in_words(day: date) -> str:
    """Print a day: «3 October», and the year where it is not this one."""
    return day_words(day, timezone.localdate())


def _caption(chart: Chart) -> str:
    busiest, total = chart.busiest, chart.total
    if not chart.is_current:
        span = gettext("%(first)s to %(last)s") % {
            "first": _words(chart.bars[0], chart.unit),
            "last": _words(Bar(chart.last, 0), MONTH if chart.unit == MONTH else DAY),
        }
        words = ngettext("%(n)d article, %(span)s", "%(n)d articles, %(span)s", total)
    else:
        span = ""
        words = {
            DAY: ngettext(
                "%(n)d article in the past 30 days", "%(n)d articles in the past 30 days", total
            ),
            WEEK: ngettext(
                "%(n)d article in the past 26 weeks", "%(n)d articles in the past 26 weeks", total
            ),
            MONTH: ngettext(
                "%(n)d article in the past 3 years", "%(n)d articles in the past 3 years", total
            ),
        }[chart.unit]
    most = {
        DAY: gettext("most on %(when)s: %(n)d"),
        WEEK: gettext("most in the week from %(when)s: %(n)d"),
        MONTH: gettext("most in %(when)s: %(n)d"),
    }[chart.unit]
    said = most % {"when": _words(busiest, chart.unit), "n": busiest.count}
    return f"{words % {'n': total, 'span': span}} · {said}"


def _words(bar: Bar, unit: str) -> str:
    if unit == MONTH:
        return str(date_format(bar.first, "YEAR_MONTH_FORMAT"))
    return day_words(bar.first, timezone.localdate())
