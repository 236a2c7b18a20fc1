"""Where each comment stands in the index, and who is called what."""

from django.conf import settings
from django.db import models

from comments.finding.querysets import CommentEntryQuerySet, NameWordQuerySet
from reader.search.words import TOKEN_MAX_LENGTH


class CommentEntry(models.Model):
    """A comment that everybody may read, unless its article is hidden."""

    comment = models.OneToOneField(
        "threads.Comment",
        primary_key=True,
        # The row outlives its comment until the index is told; it knows where the words are.
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    # See entries.place_of(); the row of that number in `comment_words` has the words.
    place = models.BigIntegerField(unique=True)
    # A number and no foreign key, for the same reason.
    article_id = models.BigIntegerField()
    # Publisher, section and language of the article: what matches are counted by.
    marks = models.TextField(default="")
    # How it was laid out; see laying_out.LAYOUT.
    layout = models.PositiveSmallIntegerField(default=0)

    objects = CommentEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "comment entries"
        indexes = [
            # What stands under hidden articles, and under those that changed: of_articles().
            models.Index(fields=["article_id", "marks"], name="finding_commententry_article"),
        ]

    def __str__(self) -> str:
        return f"Comment {self.comment_id}"


class NameWord(models.Model):
    """
    A word of a person's name, as the index writes words.

    Comments are marked with the person's number, so another name costs nothing but these rows.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # (person, number) serves it
    )
    # Where in the name it stands, from 0.
    number = models.PositiveSmallIntegerField()
    token = models.CharField(max_length=TOKEN_MAX_LENGTH)

    objects = NameWordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "number"], name="finding_nameword_number_unique"
            ),
        ]
        indexes = [
            # Who has a word in the name: called().
            models.Index(fields=["token", "person"], name="finding_nameword_token"),
        ]

    def __str__(self) -> str:
        return self.token
