"""Which article leads to which, why, and the numbers this was worked out from."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from reader.related.evidence import WHY_MAX_LENGTH
from reader.related.querysets import (
    ArticleTermsQuerySet,
    RelatedChangeQuerySet,
    RelatedLinkQuerySet,
    TermFrequencyQuerySet,
    TermPostingQuerySet,
)
from reader.related.telling import why_alike, why_in_words, why_of_pin


class RelatedLink(models.Model):
    """
    One article in the list of another. The way back is a link of its own.

    What was worked out and what an editor decided are two rows: recomputing never touches a
    decision, and when a decision ends, what was worked out appears again.
    """

    class Kind(models.TextChoices):
        AUTOMATIC = "automatic", "Worked out"
        PINNED = "pinned", "Pinned"
        BANNED = "banned", "Banned"

    # No index of its own: the sidebar's begins with it.
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="related_links", db_index=False
    )
    # Its index finds the lists that a changed article stands in.
    other = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    # Likeness between 0 and 1; null for a decision, which needs none.
    score = models.FloatField(null=True, blank=True)
    # The evidence of an automatic link, a sentence about words that stand in both articles.
    why = models.CharField(max_length=WHY_MAX_LENGTH, blank=True)
    # Pins stand in this order, before everything automatic.
    slot = models.PositiveSmallIntegerField(null=True, blank=True)
    # The editor's own words; readers see those of a pin.
    reason = models.CharField(max_length=WHY_MAX_LENGTH, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    # A decision holds until then; null is for good.
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = RelatedLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(article=F("other")), name="related_relatedlink_never_itself"
            ),
            models.CheckConstraint(
                condition=Q(kind="automatic", score__range=(0, 1), expires_at__isnull=True)
                | Q(kind__in=["pinned", "banned"]),
                name="related_relatedlink_automatic_has_score",
            ),
            # Also finds the decision about a pair, and what a decision covers in the sidebar.
            models.UniqueConstraint(
                fields=["article", "other"],
                condition=Q(kind__in=["pinned", "banned"]),
                name="related_relatedlink_one_decision",
            ),
            models.UniqueConstraint(
                fields=["article", "other"],
                condition=Q(kind="automatic"),
                name="related_relatedlink_one_automatic",
            ),
        ]
        indexes = [
            # The sidebar and the lists to be refreshed: for_sidebar(), automatic().
            models.Index(fields=["article", "kind", "-score"], name="related_relatedlink_sidebar"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.article_id} → {self.other_id}"

    @property
    def why_shown(self) -> str:
        """The line under the title that says why it stands there."""
        if self.kind == self.Kind.PINNED:
            return why_of_pin(self.reason)
        words = why_in_words(self.why)
        return words or (why_alike() if self.kind == self.Kind.AUTOMATIC else "")

    @property
    def is_in_force(self) -> bool:
        return self.expires_at is None or self.expires_at > timezone.now()


class RelatedChange(models.Model):
    """
    One decision about an article's list: who made it, when, why, and what stood there before.

    `before` holds the decisions it replaced, row by row, so that undo puts back exactly those.
    """

    class Kind(models.TextChoices):
        PIN = "pin", "Pinned"
        BAN = "ban", "Banned"
        CLEAR = "clear", "Left to the machine"
        MOVE = "move", "Moved"

    # The page whose list it is. No index of its own: the log's begins with it.
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    # The log outlives the article that was decided about, and the account of who decided.
    other = models.ForeignKey(
        "articles.Article", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=5, choices=Kind)
    # In the editor's own words; for a move, where to.
    reason = models.CharField(max_length=WHY_MAX_LENGTH, blank=True)
    # What was decided about each pair it touched; null where there was nothing.
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = RelatedChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["pin", "ban", "clear", "move"]),
                name="related_relatedchange_kind_known",
            ),
        ]
        indexes = [
            # The log of one article, and the last change in it: about().
            models.Index(fields=["article", "-id"], name="related_relatedchange_log"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.article_id} → {self.other_id}"

    @property
    def words(self) -> str:
        """What was done, to which article."""
        about = self.other.headline if self.other else "an article that is gone"
        return f"{self.get_kind_display().lower()} {about}"


class ArticleTerms(models.Model):
    """An article as numbers; see profiles.Profile. Only articles that readers may see have one."""

    article = models.OneToOneField(
        "articles.Article", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    # What it was made from: another revision or another method, and the text is read again.
    revision = models.PositiveIntegerField()
    method = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8, blank=True)
    # Little-endian arrays: 64-bit term numbers, 32-bit counts, 32-bit shingle marks.
    keys = models.BinaryField()
    counts = models.BinaryField()
    marks = models.BinaryField()
    marks_step = models.PositiveIntegerField(default=1)
    # Words packed by profiles.pack_words(); `surfaces` go along with `keys`.
    surfaces = models.BinaryField()
    names = models.BinaryField()
    # Little-endian 16-bit numbers: where its words point; empty when that is not known.
    meaning = models.BinaryField(default=b"")
    # The length of its weights when it was last related; null while no TermFrequency counts it.
    norm = models.FloatField(null=True)
    # Null while the article waits to be related (again).
    related_at = models.DateTimeField(null=True)

    objects = ArticleTermsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "article terms"
        indexes = [
            # What was related since the last pass over all: not_related_since() and storying.
            models.Index(fields=["related_at"], name="related_articleterms_lately"),
        ]

    def __str__(self) -> str:
        return f"Terms of article {self.article_id}"


class TermPosting(models.Model):
    """One of the terms that tell most about an article: the index in which candidates are found."""

    pk = models.CompositePrimaryKey("article_id", "term")
    # No index of its own: the primary key begins with it.
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    term = models.BigIntegerField()
    weight = models.FloatField()

    objects = TermPostingQuerySet.as_manager()

    class Meta:
        indexes = [
            # The articles that share a term, without a look at the table: candidates().
            models.Index(
                fields=["term", "article", "weight"], name="related_termposting_candidates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} in article {self.article_id}"


class TermFrequency(models.Model):
    """In how many articles of a language a term occurs; the term ALL counts the articles."""

    ALL = 0

    pk = models.CompositePrimaryKey("term", "language")
    term = models.BigIntegerField()
    language = models.CharField(max_length=8, blank=True)
    articles = models.IntegerField()

    objects = TermFrequencyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "term frequencies"

    def __str__(self) -> str:
        return f"{self.term} ({self.language}): {self.articles}"


class Survey(models.Model):
    """
    The last pass over all articles, and how far the next one has come; there is one row.

    Whoever writes automatic links locks it first, so that two writers never mix their lists.
    """

    articles = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    # The pass under way or broken off; null when there is none.
    begun_at = models.DateTimeField(null=True)
    step = models.PositiveSmallIntegerField(default=0)
    # Of this step, all articles up to this key are done.
    reached = models.BigIntegerField(default=0)
    # Grows whenever somebody writes: what was worked out at another turn may be out of date.
    turn = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.articles} articles"
