"""
The conversation under an article.

A comment knows its true parent, and its place three times over: `best` and `seq` are the sort keys
that pages follow, `path` spells the whole way from the top. Each is unique within its order, so a
sort key is also the cursor of a page. A fourth number, `arrival`, says when everybody first saw it:
what is new to a reader is what arrived since.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from comments.threads.querysets import CommentQuerySet
from comments.threads.tree import MAX_DEPTH, MAX_SEQ, PATH_MAX_LENGTH, is_in_tree, nameless_label

NAME_MAX_LENGTH = 200
RECORD_ID_MAX_LENGTH = 200


class Comment(models.Model):
    class Status(models.TextChoices):
        PUBLISHED = "published", "Published"
        HELD = "held", "Waiting for a moderator"
        WITHDRAWN = "withdrawn", "Withdrawn by its author"
        REMOVED = "removed", "Removed by a moderator"

    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        related_name="+",  # the news does not know about comments
        db_index=False,  # (article, seq) serves it
    )
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        # Not PROTECT: that would also stop an article from taking its thread along.
        on_delete=models.RESTRICT,
        related_name="replies",
        db_index=False,  # (parent, in_tree, …) serves it
    )
    depth = models.PositiveSmallIntegerField(default=0)
    # The running number within the thread, never used twice.
    seq = models.PositiveIntegerField()
    # Six digits of `seq` per level from the top down to this comment; never changes.
    path = models.CharField(max_length=PATH_MAX_LENGTH)
    # Numbered when it was first published, never again: what is held has none.
    arrival = models.PositiveIntegerField(null=True, blank=True)
    # What its own votes prove, ranking.own_rank(): smaller is better.
    rank = models.PositiveIntegerField(default=0)
    # ranking.best_key() of its own rank, or of a reply that lifts it: ascending is best first, and
    # no two comments share a value.
    best = models.BigIntegerField(default=0)
    # The reply, at any depth, whose worth `best` tells; null when it is the comment's own.
    lifted_by = models.PositiveBigIntegerField(null=True, blank=True)

    # Votes of readers here; Vote holds each. Moved by services only.
    up = models.PositiveIntegerField(default=0)
    down = models.PositiveIntegerField(default=0)
    # The net score that an imported comment brought along.
    imported_score = models.IntegerField(null=True, blank=True)
    # Direct replies that stand in the tree, and published comments at any depth below.
    reply_count = models.PositiveIntegerField(default=0)
    desc_count = models.PositiveIntegerField(default=0)

    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED)
    # Drawn for everybody: published, or a placeholder that published comments hang from.
    in_tree = models.BooleanField(default=True)
    # An editor shows it to those who read only the best.
    is_picked = models.BooleanField(default=False)
    # Somebody whose answers this thread is about has replied to it.
    is_answered = models.BooleanField(default=False)

    body_src = models.TextField("text")
    body_html = models.TextField(blank=True)
    renderer_version = models.PositiveSmallIntegerField(default=0)
    revision_no = models.PositiveIntegerField(default=1)
    lang = models.CharField(max_length=35, blank=True)

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="comments",
        db_index=False,  # (author, id) serves it
    )
    guest_name = models.CharField(max_length=NAME_MAX_LENGTH, blank=True)
    # SHA-256 of the guest's key; the key itself is only in their browser.
    guest_key_hash = models.CharField(max_length=64, blank=True)

    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    # When the words of a withdrawn comment are erased; null once they are, and for all others.
    erase_at = models.DateTimeField(null=True, blank=True)
    # What it was before, while it can still be taken back.
    withdrawn_from = models.CharField(max_length=10, blank=True, default="", db_default="")

    # The `id` of the imported record, so that importing again finds this comment.
    record_id = models.CharField(  # noqa: DJ001  null, so that many may have none
        max_length=RECORD_ID_MAX_LENGTH, null=True, blank=True
    )
    # What the imported record said beyond the fields above; an export gives it back.
    record_extra = models.JSONField(default=dict, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        permissions = [("pick_comment", "Can pick comments")]
        constraints = [
            models.CheckConstraint(
                condition=Q(depth=0, parent__isnull=True)
                | Q(depth__gte=1, depth__lte=MAX_DEPTH, parent__isnull=False),
                name="threads_comment_depth_fits_parent",
            ),
            models.CheckConstraint(
                condition=Q(seq__gte=1, seq__lte=MAX_SEQ), name="threads_comment_seq_in_range"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["published", "held", "withdrawn", "removed"]),
                name="threads_comment_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(arrival__isnull=False),
                name="threads_comment_published_has_arrived",
            ),
            models.CheckConstraint(
                condition=Q(erase_at__isnull=True) | Q(status="withdrawn"),
                name="threads_comment_erased_is_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(in_tree=True, status="published")
                | Q(in_tree=True, desc_count__gt=0)
                | (Q(in_tree=False, desc_count=0) & ~Q(status="published")),
                name="threads_comment_in_tree_fits",
            ),
            # Also serves ancestors by the numbers in a path, and what came after a number.
            models.UniqueConstraint(fields=["article", "seq"], name="threads_comment_seq_unique"),
            # Also serves whole threads and branches in reading order: recounts and exports.
            models.UniqueConstraint(fields=["article", "path"], name="threads_comment_path_unique"),
            models.UniqueConstraint(
                fields=["article", "arrival"], name="threads_comment_arrival_unique"
            ),
            # Also serves imports that look for known records.
            models.UniqueConstraint(
                fields=["article", "record_id"], name="threads_comment_record_unique"
            ),
        ]
        indexes = [
            # The first comments of a thread, best first: thread_sql, sort "best".
            models.Index(
                fields=["article", "best"],
                condition=Q(depth=0, in_tree=True),
                name="threads_comment_roots_best",
            ),
            # The same by age: sorts "oldest" and "newest".
            models.Index(
                fields=["article", "seq"],
                condition=Q(depth=0, in_tree=True),
                name="threads_comment_roots_seq",
            ),
            # What came since a reader's last visit, and how many of others: thread_sql, filter
            # "new", and ReadMarkQuerySet.new_counts().
            models.Index(
                fields=["article", "arrival", "author"],
                condition=Q(status="published"),
                name="threads_comment_news",
            ),
            # What an editor picked in a thread.
            models.Index(
                fields=["article", "seq"],
                condition=Q(is_picked=True, status="published"),
                name="threads_comment_picks",
            ),
            # Questions with and without an answer: threads whose mode is "questions".
            models.Index(
                fields=["article", "is_answered", "best"],
                condition=Q(depth=0, in_tree=True),
                name="threads_comment_questions",
            ),
            # Withdrawn words that are due to be erased: CommentQuerySet.to_erase().
            models.Index(
                fields=["erase_at"],
                condition=Q(erase_at__isnull=False),
                name="threads_comment_to_erase",
            ),
            # Replies, best first. `in_tree` is a column and no condition here, for the reason in
            # thread_sql. Deleting an article looks for children by these, too.
            models.Index(fields=["parent", "in_tree", "best"], name="threads_comment_replies_best"),
            # Replies by age.
            models.Index(fields=["parent", "in_tree", "seq"], name="threads_comment_replies_seq"),
            # The moderators' queue: CommentQuerySet.waiting().
            models.Index(
                fields=["created_at", "id"],
                condition=Q(status="held"),
                name="threads_comment_waiting",
            ),
            # A writer's own held comments, shown to them in their place.
            models.Index(
                fields=["article", "id"], condition=Q(status="held"), name="threads_comment_held"
            ),
            # A person's page, and how fast they post: by_author(), by_writer().
            models.Index(fields=["author", "id"], name="threads_comment_author"),
            # How fast a guest posts: by_writer().
            models.Index(
                fields=["guest_key_hash", "id"],
                condition=~Q(guest_key_hash=""),
                name="threads_comment_guest",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.seq} by {self.author_label}"

    def get_absolute_url(self) -> str:
        return reverse("threads:comment_detail", args=[self.pk])

    @property
    def author_label(self) -> str:
        """Who wrote it, as shown; costs a query when the author is not loaded."""
        name = str(self.author) if self.author else self.guest_name
        return name or gettext(nameless_label(is_guest=bool(self.guest_key_hash)))

    @property
    def score(self) -> int:
        return self.up - self.down + (self.imported_score or 0)

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    def belongs_in_tree(self) -> bool:
        """What `in_tree` has to be."""
        return is_in_tree(is_published=self.is_published, desc_count=self.desc_count)
