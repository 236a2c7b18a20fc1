"""Stories: one event as several publishers tell it, and what editors decided about them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from reader.articles.models import SLUG_MAX_LENGTH, Article, slug_for
from reader.stories.querysets import (
    StoryChangeQuerySet,
    StoryExclusionQuerySet,
    StoryMemberQuerySet,
    StoryQuerySet,
)

TITLE_MAX_LENGTH = 200
REASON_MAX_LENGTH = 200


class Story(models.Model):
    """One event; it lives on while articles come and go. Readers see it from two articles on."""

    # An editor's own words; blank shows the headline of the earliest article.
    title = models.CharField(max_length=TITLE_MAX_LENGTH, blank=True)
    # By these words the desk finds it. Pages are addressed by current_slug(), not by this, which
    # may still have words of a headline that readers may not see any more.
    slug = models.SlugField(
        max_length=SLUG_MAX_LENGTH, allow_unicode=True, blank=True, db_index=False, editable=False
    )
    # Only editors put articles into a locked story, or take them out.
    is_locked = models.BooleanField("locked", default=False)
    # Its address leads there. Services keep this one level deep.
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.RESTRICT,
        related_name="merged_stories",
    )
    # Of all its articles, whether readers may see them or not; moved by the services. What readers
    # are told is asked of the gate. A story without articles keeps the moments it had.
    article_count = models.PositiveIntegerField("articles", default=0, editable=False)
    first_at = models.DateTimeField("first", default=timezone.now, editable=False)
    last_at = models.DateTimeField("latest", default=timezone.now, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    # Brought along by with_headline() only; None where readers may see no article.
    first_title: str | None
    first_excerpt: str | None

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="stories_story_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(article_count=0),
                name="stories_story_merged_has_no_articles",
            ),
            models.CheckConstraint(
                condition=Q(first_at__lte=F("last_at")), name="stories_story_first_before_last"
            ),
        ]
        indexes = [
            # The desk's list, the latest first.
            models.Index(fields=["-last_at", "-id"], name="stories_story_latest"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("stories:story_detail", args=[self.pk, self.current_slug()])

    def current_slug(self) -> str:
        """
        The end of its address: its title, or the earliest headline that readers may see.

        Asks for that one, unless with_headline() brought it along.
        """
        return slug_for(self.title or self._headline(), "story")

    def _headline(self) -> str:
        if not hasattr(self, "first_title"):
            earliest = StoryMember.objects.earliest_of(self)
            return earliest.headline if earliest else ""
        if self.first_title is None:
            return ""
        return Article(title=self.first_title, excerpt=self.first_excerpt or "").headline

    @property
    def name(self) -> str:
        """What the desk calls it: its title, else a headline as far as one is at hand."""
        headline = getattr(self, "first_title", "") or self.slug.replace("-", " ").capitalize()
        return self.title or (headline if self.article_count else "") or f"Story {self.pk}"


class StoryMember(models.Model):
    """That an article belongs to a story; it belongs to one at most."""

    article = models.OneToOneField(
        "articles.Article",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="story_membership",
    )
    # No index of its own: the timeline's begins with it.
    story = models.ForeignKey(
        Story, on_delete=models.RESTRICT, related_name="members", db_index=False
    )
    # The article's, so that the timeline of a story is one walk along one index.
    listed_at = models.DateTimeField()
    # No recomputation touches what an editor placed.
    placed_by_editor = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=REASON_MAX_LENGTH, blank=True)

    objects = StoryMemberQuerySet.as_manager()

    class Meta:
        indexes = [
            # A story's page, feed and export: timeline_of(), from any place on.
            models.Index(
                fields=["story", "-listed_at", "-article"], name="stories_member_timeline"
            ),
        ]

    def __str__(self) -> str:
        return f"Article {self.article_id} in story {self.story_id}"


class StoryExclusion(models.Model):
    """That an editor took an article out of a story; no recomputation puts it back."""

    # No index of its own: the constraint's begins with it.
    story = models.ForeignKey(
        Story, on_delete=models.RESTRICT, related_name="exclusions", db_index=False
    )
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=REASON_MAX_LENGTH, blank=True)

    objects = StoryExclusionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story", "article"], name="stories_storyexclusion_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Article {self.article_id} not in story {self.story_id}"


class StoryChange(models.Model):
    """What an editor changed, and what it was like before: enough to undo it exactly."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", "Renamed"
        LOCKED = "locked", "Locked"
        UNLOCKED = "unlocked", "Unlocked"
        MERGED = "merged", "Merged"
        SPLIT = "split", "Split"
        MOVED = "moved", "Article moved"

    kind = models.CharField(max_length=8, choices=Kind)
    # The stories it touched; the last change of each can be undone.
    stories = models.ManyToManyField(Story, related_name="changes")
    # One sentence about what was done.
    words = models.CharField(max_length=500)
    reason = models.CharField(max_length=REASON_MAX_LENGTH, blank=True)
    # Rows as they were; see services.remembering.
    before = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = StoryChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["renamed", "locked", "unlocked", "merged", "split", "moved"]),
                name="stories_storychange_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Placement(models.Model):
    """
    The last time that all articles were put into stories; there is one row.

    Whoever changes stories locks it first, so that two writers never mix.
    """

    articles = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.articles} articles"
