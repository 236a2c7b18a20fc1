"""An article's words, laid out."""

from django import template
from django.utils.translation import gettext

from reader.articles.contents import Laid, lay_out
from reader.articles.models import Article

register = template.Library()


@register.simple_tag
def laid_out(article: Article) -> Laid:
    """
    Give an article's `body_html` as its page prints it, and its `parts`.

    Usage::

        {% load prose %}
        {% laid_out article as laid %}
    """
    return lay_out(
        article.body_html, word_count=article.word_count, table_words=gettext("Table {}")
    )
