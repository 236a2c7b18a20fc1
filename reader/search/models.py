"""Where each article stands in the index; the words are in a table of the engine's own kind."""

from django.db import models

from reader.search.querysets import CountedArticleQuerySet, WordQuerySet
from reader.search.words import SPELLED_MAX_LENGTH


class SearchEntry(models.Model):
    article = models.OneToOneField(
        "articles.Article",
        primary_key=True,
        # The row outlives its article until the index is told; it knows where the words are.
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    # See entries.place_of(); the row of that number in `search_words` has the words.
    place = models.BigIntegerField(unique=True)
    # Publisher, section, language and hashtags, as entries.py marks them: what is counted by.
    marks = models.TextField(db_default="", default="")
    # How it was laid out; see entries.LAYOUT.
    layout = models.PositiveSmallIntegerField(db_default=0, default=0)

    class Meta:
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return f"Article {self.article_id}"


class Word(models.Model):
    """A word as articles write it, without case and accents, and how many of them have it."""

    word = models.CharField(max_length=SPELLED_MAX_LENGTH, unique=True)
    # What the index knows it as; see words.py.
    token = models.CharField(max_length=SPELLED_MAX_LENGTH)
    # Of articles that readers may see; follows them within a pass of vocabulary.count_words().
    article_count = models.IntegerField(default=0)
    # How many wrong letters `search_misspelt` leads here with, in a word as long as that needs.
    errors_forgiven = models.PositiveSmallIntegerField(default=0)

    objects = WordQuerySet.as_manager()

    class Meta:
        indexes = [
            # Whether a word is known in another form: known_as().
            models.Index(fields=["token"], name="search_word_token"),
        ]

    def __str__(self) -> str:
        return self.word


class CountedArticle(models.Model):
    """Which revision of an article the words were counted in, and when it is to be done again."""

    # No foreign key: the row outlives its article until the words are counted again.
    article_id = models.BigIntegerField(primary_key=True)
    # 0 when its words are not in the counts.
    revision_number = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)

    objects = CountedArticleQuerySet.as_manager()

    class Meta:
        indexes = [
            # What a pass takes up: due().
            models.Index(
                fields=["due_at"],
                condition=models.Q(due_at__isnull=False),
                name="search_countedarticle_due",
            ),
        ]

    def __str__(self) -> str:
        return f"Article {self.article_id}"
