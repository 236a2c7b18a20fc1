"""Hashtags, which article has which, and what editors changed about them."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from reader.articles.models import Article
from reader.hashtags.naming import KEY_MAX_LENGTH, NAME_MAX_LENGTH, is_name
from reader.hashtags.outcomes import Outcome
from reader.hashtags.querysets import (
    ArticleHashtagQuerySet,
    HashtagChangeQuerySet,
    HashtagDayQuerySet,
    HashtagQuerySet,
)

REASON_MAX_LENGTH = 200
WORDS_MAX_LENGTH = 500


def validate_name(name: str) -> None:
    if not is_name(name):
        raise ValidationError(
            "Write letters and digits only, without spaces: FerryStrike, 2026Election."
        )


class Hashtag(models.Model):
    """One subject; an alias is another spelling or name of it, and its articles count there."""

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
    # The keys of its aliases that have links of their own: a merge moves none of them.
    gathers = models.JSONField(default=list, blank=True, editable=False)
    # Readers know of it from this moment on: then the first of its articles opened, or will open.
    # Kept by knowing.py; past it stays until what made it known is undone. Of an alias it is about
    # its own name: one that was typed is known at once, one that was merged only if it was known.
    known_from = models.DateTimeField(null=True, editable=False)
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

    @property
    def is_known(self) -> bool:
        """Whether readers know of it; of an alias, once they know of what it means."""
        return self.known_from is not None and self.known_from <= timezone.now()

    @property
    def meant(self) -> Hashtag:
        """What it stands for: itself, unless it is an alias."""
        return self.alias_of or self

    @property
    def link_ids(self) -> list[int]:
        """The hashtags under which its links are stored: itself first, then aliases with links."""
        return [self.pk, *self.gathers]


class HashtagAddress(models.Model):
    """An address that worked once and that no hashtag has now; it leads on for ever."""

    slug = models.CharField(max_length=KEY_MAX_LENGTH, unique=True)
    hashtag = models.ForeignKey(Hashtag, on_delete=models.CASCADE, related_name="former_addresses")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.slug


class ArticleHashtag(models.Model):
    """That an article has a hashtag, or that an editor said it has not."""

    class Source(models.TextChoices):
        KEYWORD = "keyword", "Publisher's keyword"
        SUGGESTED = "suggested", "Found in the text"
        EDITOR = "editor", "Editor"

    class State(models.TextChoices):
        SHOWN = "shown", "Shown"
        WAITING = "waiting", "Waiting for an editor"
        REJECTED = "rejected", "Rejected"
        # A merge left it behind another link of the article that means the same.
        DOUBLED = "doubled", "Stands behind another"

    # No index of its own: the constraint's begins with it.
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="hashtag_links", db_index=False
    )
    # Under which it was given; that may be an alias by now, and then counts as what it means.
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
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
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
                condition=Q(state="shown")
                | Q(state__in=["waiting", "rejected", "doubled"], is_counted=False),
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
            # The desk's list of what waits: waiting().
            models.Index(
                fields=["-listed_at", "-article", "place"],
                condition=Q(state="waiting"),
                name="hashtags_articlehashtag_wait",
            ),
            # Somebody's account goes; most links nobody decided about.
            models.Index(
                fields=["decided_by"],
                condition=Q(decided_by__isnull=False),
                name="hashtags_articlehashtag_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hashtag} ({self.get_state_display().lower()})"


class Suggestion(ArticleHashtag):
    """What waits for an editor: the desk's list of it."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "suggestion"
        verbose_name_plural = "suggestions to review"


class HashtagChange(models.Model):
    """What an editor changed, and what it was like before: enough to undo it exactly."""

    class Kind(models.TextChoices):
        MERGED = "merged", "Merged"
        ALIASED = "aliased", "Alias"
        RENAMED = "renamed", "Renamed"
        SPLIT = "split", "Split"
        BLOCKED = "blocked", "Blocked"
        UNBLOCKED = "unblocked", "Unblocked"

    kind = models.CharField(max_length=9, choices=Kind)
    # All it touched; it can be undone while no later change of one of them stands.
    hashtags = models.ManyToManyField(Hashtag, related_name="changes")
    # One sentence about what was done.
    words = models.CharField(max_length=WORDS_MAX_LENGTH)
    reason = models.CharField(max_length=REASON_MAX_LENGTH, blank=True)
    # Hashtags as they were; see services.remembering. Links are in LinkBefore.
    before = models.JSONField(default=dict, blank=True)
    # What it moved: outcomes.Outcome.
    counts = models.JSONField(default=dict, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = HashtagChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["merged", "aliased", "renamed", "split", "blocked", "unblocked"]
                ),
                name="hashtags_hashtagchange_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def outcome(self) -> Outcome:
        return Outcome(**self.counts)


class LinkBefore(models.Model):
    """
    A link as it was before a change, or one that the change made.

    Written and read by the hundred thousand, so it refers to nothing: what is gone stays gone.
    """

    change = models.ForeignKey(
        HashtagChange, on_delete=models.CASCADE, related_name="links_before", db_constraint=False
    )
    link_id = models.BigIntegerField()
    existed = models.BooleanField(default=True)
    # The state the change gave it; whoever has given it another since has the last word.
    became = models.CharField(max_length=8)
    source = models.CharField(max_length=9)
    state = models.CharField(max_length=8)
    place = models.PositiveSmallIntegerField()
    score = models.FloatField()
    is_counted = models.BooleanField()
    decided_by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            # A rejection of what stands behind another: services.tagging.
            models.Index(fields=["link_id"], name="hashtags_linkbefore_link"),
        ]

    def __str__(self) -> str:
        return f"Link {self.link_id} before change {self.change_id}"


class HashtagDay(models.Model):
    """How many visible articles a hashtag has of one day, those under its aliases included."""

    hashtag = models.ForeignKey(Hashtag, on_delete=models.CASCADE, related_name="days")
    # Of Article.listed_at, in the time zone of the site.
    day = models.DateField()
    # Not positive by a constraint: rows are moved by so many, and what falls to nothing is deleted.
    article_count = models.IntegerField()

    objects = HashtagDayQuerySet.as_manager()

    class Meta:
        constraints = [
            # Also serves the page of a hashtag: its days in order.
            models.UniqueConstraint(fields=["hashtag", "day"], name="hashtags_hashtagday_once"),
        ]
        indexes = [
            # What is trending: between() for all hashtags.
            models.Index(fields=["day"], name="hashtags_hashtagday_day"),
        ]

    def __str__(self) -> str:
        return f"{self.hashtag_id} on {self.day}: {self.article_count}"
