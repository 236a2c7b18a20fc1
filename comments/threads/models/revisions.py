"""What comments said before."""

from django.db import models

from comments.threads.models.comments import Comment


class CommentRevision(models.Model):
    """
    What a comment said before it was edited; number 1 is how it first stood.

    The words that stand now are in the comment alone.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    body_src = models.TextField()
    body_html = models.TextField(blank=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Also serves the list of a comment's revisions.
            models.UniqueConstraint(
                fields=["comment", "number"], name="threads_commentrevision_number_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number}"
