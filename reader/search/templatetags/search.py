"""The addresses of searches and the counts of what they find, in templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from reader.search.narrowing import address_of
from reader.search.saying import count_said as _count_said

register = template.Library()


@register.simple_tag(takes_context=True)
def search_address(context: dict[str, Any], **changes: object) -> str:
    """
    Give the address of the search that is shown, changed; an empty value leaves its name out.

    Usage::

        {% load search %}
        <a href="{% search_address order="newest" after=None %}">
    """
    return address_of(context["address"], **changes)


@register.simple_tag
def count_said(count: int, is_exact: bool = True) -> SafeString | str:
    """Write a count, with ≈ before it where there are about as many."""
    return _count_said(count, is_exact)
