"""Moments in templates."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reader.times import exact_words, machine_form, relative_words

register = template.Library()


@register.simple_tag
def moment(value: datetime | None, is_date: bool = False) -> SafeString | str:
    """
    Print a moment in relative words, its exact form in the tooltip.

    Usage::

        {% load times %}
        {% moment article.published_at article.published_is_date %}
    """
    if value is None:
        return _("date unknown")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        machine_form(value, is_date=is_date),
        exact_words(value, is_date=is_date),
        relative_words(value, now=timezone.now(), is_date=is_date),
    )
