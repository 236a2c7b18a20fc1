"""What several views load, and how they answer when it is not there."""

from contextlib import contextmanager

from django.http import Http404

from comments.threads.guests import writer_of
from comments.threads.models import Comment
from comments.threads.reading import load_permalink
from reader.articles.models import Article
from reader.keyset import BadCursor


def find_place(request, comment_id):
    """Load a comment this reader may see, with what it answers and what answers it, or say 404."""
    try:
        writer = writer_of(request)
        return load_permalink(comment_id, viewer=writer.user, guest_key=writer.guest_key)
    except Comment.DoesNotExist as error:
        raise Http404("This comment is not here.") from error


@contextmanager
def still_there():
    """What is deleted between two looks at it is not here; for views, as a decorator."""
    try:
        yield
    except (Article.DoesNotExist, Comment.DoesNotExist) as error:
        raise Http404("This is not here any more.") from error


@contextmanager
def read_on():
    try:
        yield
    except BadCursor as error:
        raise Http404("There is no such page.") from error
