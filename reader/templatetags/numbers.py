"""
Numbers in templates.

Usage::

    {% load numbers %}
    {{ hashtag.article_count|in_thousands }}
"""

from django import template

from reader.numbers import in_thousands

register = template.Library()

register.filter("in_thousands", in_thousands)
