"""Who somebody is in a conversation, beside a reader like others: granted at the desk."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from comments.badges.querysets import MODERATING_ROLES, BadgeQuerySet

WORDS_MAX_LENGTH = 60


class Badge(models.Model):
    """
    One person's badge, shown beside their name.

    It holds under one article, under all of one publisher, or everywhere when it names neither.
    """

    class Kind(models.TextChoices):
        AUTHOR = "author", pgettext_lazy("badge", "Author of the article")
        EXPERT = "expert", pgettext_lazy("badge", "Expert")
        STAFF = "staff", pgettext_lazy("badge", "Staff of the publisher")
        MODERATOR = "moderator", pgettext_lazy("badge", "Moderator")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="badges"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    article = models.ForeignKey(
        "articles.Article",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",  # the news does not know about comments
    )
    publisher = models.ForeignKey(
        "articles.Publisher",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",  # the news does not know about comments
    )
    # What an expert is an expert of, say.
    words = models.CharField(max_length=WORDS_MAX_LENGTH, blank=True)
    # The grant outlives the account of who gave it.
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now)

    objects = BadgeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="author", article__isnull=False, publisher__isnull=True)
                | Q(kind="expert", publisher__isnull=True)
                | Q(kind="staff", article__isnull=True, publisher__isnull=False)
                | Q(kind="moderator", article__isnull=True, publisher__isnull=True),
                name="badges_badge_scope_fits_kind",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "article"],
                condition=Q(article__isnull=False),
                name="badges_badge_once_per_article",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "publisher"],
                condition=Q(publisher__isnull=False),
                name="badges_badge_once_per_publisher",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(article__isnull=True, publisher__isnull=True),
                name="badges_badge_once_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.words or self.get_kind_display()}"

    def clean(self) -> None:
        """Say in words what the constraints above forbid. For the desk, so in English."""
        super().clean()
        wanted, unwanted = SCOPES.get(self.kind, ({}, {}))
        wrong = {field: words for field, words in wanted.items() if not self._has(field)}
        wrong |= {field: words for field, words in unwanted.items() if self._has(field)}
        if self.person_id and not wrong:
            if self.kind == self.Kind.MODERATOR and not self._person_moderates():
                wrong["person"] = "Only who has the role of a moderator can have this badge."
            elif type(self).objects.twins_of(self).exists():
                wrong["kind"] = "This person has that badge there already."
        if wrong:
            raise ValidationError(wrong)

    def _has(self, field: str) -> bool:
        return getattr(self, f"{field}_id") is not None

    def _person_moderates(self) -> bool:
        return self.person.groups.filter(name__in=MODERATING_ROLES).exists()


# What each kind needs to name, and what it must not.
SCOPES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    Badge.Kind.AUTHOR: (
        {"article": "Name the article that the person wrote."},
        {"publisher": "An author is named for an article, not for a publisher."},
    ),
    Badge.Kind.EXPERT: ({}, {"publisher": "An expert is named for an article, or everywhere."}),
    Badge.Kind.STAFF: (
        {"publisher": "Name the publisher that the person works for."},
        {"article": "Staff is named for a publisher, not for an article."},
    ),
    Badge.Kind.MODERATOR: (
        {},
        {
            "article": "A moderator is one everywhere.",
            "publisher": "A moderator is one everywhere.",
        },
    ),
}
