"""Hashtags, and which article has which."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from reader.articles.models import Article
from reader.hashtags.naming import KEY_MAX_LENGTH, NAME_MAX_LENGTH, is_name
from reader.hashtags.querysets import ArticleHashtagQuerySet, HashtagQuerySet


def validate_name(name: str) -> None:
    if not is_name(name):
        raise ValidationError(
            "Write letters and digits only, without spaces: FerryStrike, 2026Election."
        )


class Hashtag(models.Model):
    """One subject; an alias is another spelling or name of it and has no articles of its own."""

    # As shown behind the #: FerryStrike.
    name = models.CharField(max_length=NAME_MAX_LENGTH, validators=[validate_name])
    # The name folded, so that all its spellings are one; also the end of its address.
    slug = models.CharField(max_length=KEY_MAX_LENGTH, unique=True, editable=False)
    # Services keep this one level deep: what an alias means is no alias.
    alias_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="aliases"
    )
    description = models.TextField(blank=True)
    # A blocked hashtag is nowhere to be seen and never suggested; its articles are kept.
    is_blocked = models.BooleanField("blocked", default=False)
    # Visible articles that have it; moved by the services.
    article_count = models.PositiveIntegerField("articles", default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = HashtagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(alias_of__isnull=True) | ~Q(alias_of=F("id")),
                name="hashtags_hashtag_alias_of_another",
            ),
            models.CheckConstraint(
                condition=Q(alias_of__isnull=True) | Q(article_count=0),
                name="hashtags_hashtag_alias_has_no_articles",
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="hashtags_hashtag_slug_not_empty"),
        ]
        indexes = [
            # The index page: busiest_first().
            models.Index(fields=["-article_count", "slug"], name="hashtags_hashtag_busiest"),
        ]

    def __str__(self) -> str:
        return f"#{self.name}"

    def get_absolute_url(self) -> str:
        return reverse("hashtags:hashtag_detail", args=[self.slug])


class ArticleHashtag(models.Model):
    """That an article has a hashtag, or that an editor said it has not."""

    class Source(models.TextChoices):
        KEYWORD = "keyword", "Publisher's keyword"
        SUGGESTED = "suggested", "Found in the text"
        EDITOR = "editor", "Editor"

    class State(models.TextChoices):
        SHOWN = "shown", "Shown"
        REJECTED = "rejected", "Rejected"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="hashtag_links")
    hashtag = models.ForeignKey(Hashtag, on_delete=models.CASCADE, related_name="article_links")
    source = models.CharField(max_length=9, choices=Source)
    state = models.CharField(max_length=8, choices=State, default=State.SHOWN)
    # What an editor adds stands first, at place 0; what is worked out follows from 1 on.
    place = models.PositiveSmallIntegerField(default=0)
    score = models.FloatField(default=1)
    # The article's, so that the river of a hashtag is one walk along one index.
    listed_at = models.DateTimeField()
    # Whether Hashtag.article_count has this row in it.
    is_counted = models.BooleanField(default=False, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ArticleHashtagQuerySet.as_manager()

    class Meta:
        constraints = [
            # Also serves the hashtags of an article: for_articles().
            models.UniqueConstraint(
                fields=["article", "hashtag"], name="hashtags_articlehashtag_once"
            ),
            models.CheckConstraint(
                condition=Q(source__in=["keyword", "suggested", "editor"]),
                name="hashtags_articlehashtag_source_known",
            ),
            models.CheckConstraint(
                condition=Q(state="shown") | Q(state="rejected", is_counted=False),
                name="hashtags_articlehashtag_state_known",
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1),
                name="hashtags_articlehashtag_score_in_range",
            ),
        ]
        indexes = [
            # A hashtag's page and feed: river_of(), newest first from any place on.
            models.Index(
                fields=["hashtag", "-listed_at", "-article"],
                condition=Q(state="shown"),
                name="hashtags_articlehashtag_river",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hashtag} ({self.get_state_display().lower()})"
