"""The news: publishers, sections, articles and their revisions."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator, slugify

from reader.articles.querysets import (
    ArticleQuerySet,
    PublisherQuerySet,
    RevisionQuerySet,
    SectionQuerySet,
)
from reader.articles.records import (
    LANGUAGE_MAX_LENGTH,
    LANGUAGE_TAG,
    SAMPLE_SOURCE,
    URL_MAX_BYTES,
)

SLUG_MAX_LENGTH = 80
WORDS_PER_MINUTE = 220


def validate_language(tag: str) -> None:
    if not LANGUAGE_TAG.fullmatch(tag):
        raise ValidationError("Write a language tag, for example en, ar or zh-Hans.")


def validate_address(url: str) -> None:
    if len(url.encode()) > URL_MAX_BYTES:
        raise ValidationError(f"An address has {URL_MAX_BYTES:,} bytes at most.")


class Publisher(models.Model):
    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=SLUG_MAX_LENGTH, allow_unicode=True, unique=True)
    homepage = models.URLField(max_length=500, blank=True)
    description = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PublisherQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:publisher_detail", args=[self.slug])


class Section(models.Model):
    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=SLUG_MAX_LENGTH, allow_unicode=True, unique=True)
    # Sections with a place stand in the masthead, in this order; the rest only have a page.
    place = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = SectionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:section_detail", args=[self.slug])


class Article(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        SCHEDULED = "scheduled", "Scheduled"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    # The `id` of the imported record, so that importing again finds this article.
    record_id = models.CharField(max_length=200, null=True, blank=True, unique=True)
    publisher = models.ForeignKey(
        Publisher, null=True, blank=True, on_delete=models.PROTECT, related_name="articles"
    )
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="articles"
    )
    title = models.CharField(max_length=500, blank=True)
    slug = models.SlugField(max_length=SLUG_MAX_LENGTH, allow_unicode=True, db_index=False)
    standfirst = models.TextField(blank=True)
    # Safe HTML, made by reader.articles.text; the page prints it as it stands.
    body_html = models.TextField(blank=True)
    # The same words without markup, paragraphs parted by a blank line. Offsets count in this.
    body_text = models.TextField(blank=True)
    # At most 150 characters of standfirst or text, so that lists need not load the text.
    excerpt = models.CharField(max_length=200, blank=True, editable=False)
    word_count = models.PositiveIntegerField(default=0, editable=False)
    authors = models.JSONField(default=list, blank=True)
    # BCP 47; empty when nobody said.
    language = models.CharField(
        max_length=LANGUAGE_MAX_LENGTH, blank=True, validators=[validate_language]
    )
    original_url = models.URLField(
        max_length=URL_MAX_BYTES, blank=True, validators=[validate_address]
    )
    # The publisher's own keywords; hashtags are made from them.
    keywords = models.JSONField(default=list, blank=True)
    licence = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=200, blank=True)
    # The record as it last came, hashed: an import leaves alone what has not changed since.
    record_hash = models.CharField(max_length=64, blank=True, editable=False)
    # What else the imported record said; kept so that an export gives it back.
    record_extra = models.JSONField(default=dict, blank=True, editable=False)

    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    # The publisher gave a date without a time of day.
    published_is_date = models.BooleanField(default=False)
    embargo_until = models.DateTimeField(null=True, blank=True)
    # The place in every list: `published_at`, or when the article came to the site.
    listed_at = models.DateTimeField(default=timezone.now, editable=False)
    # The gate: readers see the article from this moment on, never when it is null.
    shown_from = models.DateTimeField(null=True, editable=False)

    # Comments that a reader can reach; moved by services.adjust_comment_count().
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    revision_number = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        permissions = [
            ("publish_article", "Can publish, schedule and withdraw articles, and edit any"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "scheduled", "published", "withdrawn"]),
                name="articles_article_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"], shown_from__isnull=True)
                | Q(status__in=["scheduled", "published"], shown_from__isnull=False),
                name="articles_article_gate_fits_status",
            ),
            models.CheckConstraint(
                condition=Q(embargo_until__isnull=True)
                | Q(shown_from__isnull=True)
                | Q(shown_from__gte=F("embargo_until")),
                name="articles_article_gate_keeps_embargo",
            ),
        ]
        indexes = [
            # The river, feeds and sitemap: newest_first().
            models.Index(fields=["-listed_at", "-id"], name="articles_article_newest"),
            # A publisher's page: the same order within one.
            models.Index(
                fields=["publisher", "-listed_at", "-id"], name="articles_article_by_publisher"
            ),
            # A section's page: the same.
            models.Index(
                fields=["section", "-listed_at", "-id"], name="articles_article_by_section"
            ),
            # The front page's most discussed: most_discussed().
            models.Index(
                fields=["-comment_count", "-listed_at", "-id"],
                name="articles_article_discussed",
            ),
            # The worker's look at what falls due: due().
            models.Index(fields=["status", "shown_from"], name="articles_article_due"),
            # What is hidden, and its date, without reading a row: waiting(), closed().
            models.Index(fields=["shown_from", "listed_at", "id"], name="articles_article_hidden"),
            # Imports that know an article by its address.
            models.Index(fields=["original_url"], name="articles_article_original"),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return reverse("articles:article_detail", args=[self.pk, self.slug])

    @property
    def is_sample(self) -> bool:
        return self.source == SAMPLE_SOURCE

    @property
    def headline(self) -> str:
        """The title, or the first words of a text that came without one."""
        return self.title or Truncator(self.excerpt).words(12) or "Untitled"

    @property
    def public_id(self) -> str:
        """The number of the imported record, else our own: what exports call the article."""
        return self.record_id or str(self.pk)

    @property
    def reading_minutes(self) -> int:
        return max(1, round(self.word_count / WORDS_PER_MINUTE))

    @property
    def is_visible(self) -> bool:
        """Whether readers may see it now; ArticleQuerySet.visible() is the same in SQL."""
        return self.shown_from is not None and self.shown_from <= timezone.now()


class ArticleRevision(models.Model):
    """What an article said at one moment; number 1 is how it first came."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=500, blank=True)
    standfirst = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    body_text = models.TextField(blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=300, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [
            # Also serves the list of an article's revisions.
            models.UniqueConstraint(
                fields=["article", "number"], name="articles_articlerevision_number_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number}"


def slug_for(text: str, fallback: str = "article") -> str:
    """Make the readable end of an address; letters of every script are kept."""
    return slugify(text, allow_unicode=True)[:SLUG_MAX_LENGTH].strip("-_") or fallback
