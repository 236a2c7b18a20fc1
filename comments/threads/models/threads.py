"""What the comments under one article share."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext

from comments.threads.querysets import ThreadQuerySet
from reader.times import day_words


class Thread(models.Model):
    """
    What one article's comments share. Made with the first comment, or when comments are closed.

    Its row is the lock of the thread: every write takes it before any comment's row.
    """

    class Mode(models.TextChoices):
        DISCUSSION = "discussion", "Discussion"
        QUESTIONS = "questions", "Questions and answers"

    article = models.OneToOneField(
        "articles.Article",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",  # the news does not know about comments
    )
    last_seq = models.PositiveIntegerField(default=0)
    # The number given to the comment that was published last.
    last_arrival = models.PositiveIntegerField(default=0)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.DISCUSSION)
    is_open = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Moves with every write, so that a copy of the page can tell whether it is still true.
    version = models.PositiveBigIntegerField(default=0)
    # What the imported records say about the thread itself; an export gives it back.
    record_extra = models.JSONField(default=dict, blank=True, editable=False)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_open=True, closed_at__isnull=True)
                | Q(is_open=False, closed_at__isnull=False),
                name="threads_thread_closed_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=["discussion", "questions"]), name="threads_thread_mode_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Comments on article {self.article_id}"

    @property
    def closed_sentence(self) -> str:
        """When comments closed, for readers; empty while they are open."""
        if self.closed_at is None:
            return ""
        day, today = localtime(self.closed_at), localtime()
        return gettext("Comments closed on %(day)s. You can still read them.") % {
            "day": day_words(day, today)
        }
