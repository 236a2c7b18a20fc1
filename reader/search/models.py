"""Where each article stands in the index, how words are spelled, and what people search again."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from reader.search.querysets import (
    CountedArticleQuerySet,
    SavedSearchQuerySet,
    SearchEntryQuerySet,
    WordQuerySet,
)
from reader.search.words import SPELLED_MAX_LENGTH

# Room for the longest words and filters, in any script, as an address writes them.
QUERY_MAX_LENGTH = 8_000
NAME_MAX_LENGTH = 600


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
    # When readers could first find it here; null before that was noted.
    found_at = models.DateTimeField(null=True)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "search entries"
        indexes = [
            # What came since somebody last looked, and where: found_after(), lowest_places().
            models.Index(
                fields=["found_at", "place"],
                condition=models.Q(found_at__isnull=False),
                name="search_searchentry_found",
            ),
        ]

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
    # What is to be counted out once the article is gone: a word and its token a line.
    words = models.TextField(default="", db_default="")

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


class SavedSearch(models.Model):
    """A search that somebody comes back to."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    # What follows the `?` of its address, as addresses.py writes it.
    query = models.TextField(max_length=QUERY_MAX_LENGTH)
    # Stands for `query` where it has to be unique: an index takes no text as long as that.
    key = models.CharField(max_length=64, editable=False)
    name = models.CharField(max_length=NAME_MAX_LENGTH)
    created_at = models.DateTimeField(default=timezone.now)
    # What can be found since then is new to them.
    looked_at = models.DateTimeField(default=timezone.now)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "saved searches"
        constraints = [
            # Saved twice is saved once; also serves of().
            models.UniqueConstraint(fields=["person", "key"], name="search_savedsearch_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("search:saved_search", args=[self.pk])
