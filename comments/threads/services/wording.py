"""Words as they are stored, with the HTML that is made of them."""

from __future__ import annotations

from collections.abc import Mapping

from comments.threads.mentions import mentioned_in
from comments.threads.models import Comment
from comments.threads.render import RENDERER_VERSION, render_comment
from reader.accounts.models import User
from reader.articles.models import Article
from reader.articles.subjects import pages_of_subjects

WORDS_FIELDS = ("body_src", "body_html", "renderer_version")


def set_words(comment: Comment, text: str) -> None:
    """Give a comment its words; saving them is for the caller."""
    comment.body_src = text
    comment.body_html = html_of(comment.article, text)
    comment.renderer_version = RENDERER_VERSION


def html_of(article: Article, text: str) -> str:
    """
    Render words under an article; a query more when they call somebody by name, and for hashtags.

    Mentions lead to those who are in the thread now, whatever they are called later.
    """
    markup = render_comment(text, lambda names: _addresses(article, names), pages_of_subjects)
    # On the article's own page its paragraphs are reached without loading it again.
    own = f'<a href="/articles/{article.pk}/#'
    if own not in markup:
        return markup
    return markup.replace(own, f'<a href="{article.get_absolute_url()}#')


def _addresses(article: Article, names: set[str]) -> Mapping[str, str]:
    people = Comment.objects.in_thread(article.pk).people_called(names)
    return {name: User(pk=pk, name=name).get_absolute_url() for pk, name in people}


def mentioned_by(comment: Comment) -> frozenset[int]:
    """Tell whom a comment mentions, as numbers of people; oneself does not count."""
    return mentioned_in(comment.body_html) - {comment.author_id}
