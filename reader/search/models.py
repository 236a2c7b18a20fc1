"""Where each article stands in the index; the words are in a table of the engine's own kind."""

from django.db import models


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
