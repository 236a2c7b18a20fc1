"""Every change to publishers, sections and articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from reader.accounts.models import User
from reader.articles.announcements import announce_change, announce_deletion
from reader.articles.models import Article, ArticleRevision, Publisher, Section, slug_for
from reader.articles.text import count_words, excerpt_of, safe_html, storable, text_from_html

Status = Article.Status

# What a revision keeps; a change of anything else needs no new one.
REVISED_FIELDS = ("title", "standfirst", "body_html", "body_text")
EDITABLE_FIELDS = (
    *REVISED_FIELDS,
    "publisher",
    "section",
    "authors",
    "language",
    "original_url",
    "keywords",
)
# What /articles/<id>/ already leads to.
TAKEN_SLUGS = {"comments"}
DERIVED_FIELDS = ("slug", "excerpt", "word_count", "listed_at", "shown_from", "updated_at")


class ArticleRefused(Exception):
    """A rule of the desk forbids the change. The message is for the editor."""


def settle(article: Article) -> Article:
    """
    Work out what follows from an article's own fields: slug, excerpt, place in lists, gate.

    Saves nothing. The gate opens at the publication or the end of the embargo, whichever is later.
    """
    article.excerpt = excerpt_of(article.standfirst or article.body_text)
    article.word_count = count_words(article.body_text)
    article.slug = slug_for(article.headline)
    if article.slug in TAKEN_SLUGS:
        article.slug = f"{article.slug}-article"
    article.listed_at = article.published_at or article.created_at
    if article.status in (Status.DRAFT, Status.WITHDRAWN):
        article.shown_from = None
    else:
        moments = [article.listed_at, article.embargo_until]
        article.shown_from = max(moment for moment in moments if moment)
    return article


def create_article(
    *, by: User | None = None, body_html: str = "", status: str = Status.DRAFT, **fields: Any
) -> Article:
    """Write a new article, a draft unless `status` says otherwise; its first revision with it."""
    article = Article(body_html=body_html, status=status, **fields)
    with transaction.atomic():
        _set_body(article, body_html, fields.get("body_text"))
        if status == Status.PUBLISHED and article.published_at is None:
            article.published_at = timezone.now()
        settle(article).full_clean()
        article.save()
        keep_revisions([article], by=by)
        announce_change([article.pk])
    return article


def edit_article(article: Article, *, by: User | None, reason: str = "", **fields: Any) -> Article:
    """
    Change what an article says or belongs to; a change of its words makes a revision.

    Locks the row, so that two editors cannot both make revision 7. Returns the article as stored.
    """
    unknown = set(fields) - set(EDITABLE_FIELDS)
    if unknown:
        raise TypeError(f"edit_article() cannot change {', '.join(sorted(unknown))}")
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=article.pk)
        before = [getattr(article, name) for name in REVISED_FIELDS]
        for name, value in fields.items():
            setattr(article, name, value)
        if "body_html" in fields:
            _set_body(article, fields["body_html"], None)
        article.updated_at = timezone.now()
        settle(article).full_clean()
        article.save(update_fields=[*EDITABLE_FIELDS, *DERIVED_FIELDS])
        if before != [getattr(article, name) for name in REVISED_FIELDS]:
            add_revision(article, by=by, reason=reason)
        announce_change([article.pk])
    return article


def publish_article(
    article: Article, *, at: datetime | None = None, embargo_until: datetime | None = None
) -> Article:
    """
    Show the article to readers, now or from `at` on, never before the embargo ends.

    A moment in the past is kept as the date of publication; without one an article that was already
    dated keeps its date.
    """
    now = timezone.now()
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=article.pk)
        article.published_at = at or article.published_at or now
        article.embargo_until = embargo_until
        article.status = Status.PUBLISHED
        settle(article)
        if article.shown_from is not None and article.shown_from > now:
            article.status = Status.SCHEDULED
        _save_gate(article)
    return article


def withdraw_article(article: Article) -> Article:
    """Take the article from every surface; its address then says that it was withdrawn."""
    return _close_gate(article, Status.WITHDRAWN)


def unpublish_article(article: Article) -> Article:
    """Make it a draft again."""
    return _close_gate(article, Status.DRAFT)


@transaction.atomic
def delete_articles(articles: Iterable[Article]) -> int:
    """
    Delete articles with all that hangs from them, comments included; return how many.

    They leave the surfaces first: the rooms above count them out while their own rows are there.
    """
    wanted = Article.objects.filter(pk__in=[article.pk for article in articles])
    announce_deletion(sorted(wanted.values_list("pk", flat=True)))
    ids = list(wanted.select_for_update().order_by("pk").values_list("pk", flat=True))
    doomed = Article.objects.filter(pk__in=ids)
    doomed.update(status=Status.DRAFT, shown_from=None)
    announce_change(ids)
    doomed.delete()
    return len(ids)


def publish_due_articles() -> int:
    """
    Mark scheduled articles whose moment has come as published; return how many.

    Readers see them from that moment without this: the gate is a time. What follows a publication
    (relating, indexing) happens here, once, because the rows are claimed under lock.
    """
    if not Article.objects.due().exists():
        return 0  # the worker asks every two seconds; a transaction would lock SQLite each time
    with transaction.atomic():
        due = Article.objects.due().select_for_update(skip_locked=True, of=("self",))
        ids = list(due.order_by("pk").values_list("pk", flat=True)[:500])
        if ids:
            Article.objects.filter(pk__in=ids).update(status=Status.PUBLISHED)
            announce_change(ids)
    return len(ids)


def adjust_comment_count(article_id: int, *, by: int) -> None:
    """Move the number of reachable comments; call it in the transaction that moves the comments."""
    if by:
        Article.objects.filter(pk=article_id).update(comment_count=F("comment_count") + by)


def publisher_named(name: str) -> Publisher:
    """Find a publisher by name or make it."""
    name = " ".join(name.split())[:200]
    found = Publisher.objects.filter(name=name).first()
    return found or Publisher.objects.create(
        name=name, slug=_free_slug(Publisher.objects, name, "publisher")
    )


def section_named(name: str) -> Section:
    """Find a section by name, whatever its case and punctuation, or make it."""
    name = " ".join(name.replace("_", " ").split())[:100]
    slug = slug_for(name, "section")
    found = Section.objects.filter(slug=slug).first()
    shown = name[:1].upper() + name[1:] if name.islower() else name
    return found or Section.objects.create(name=shown, slug=slug)


def save_named(named: Publisher | Section) -> None:
    """Add a publisher or a section, or change all of one but its address, which is for good."""
    names = {field.name for field in named._meta.concrete_fields if not field.primary_key}
    named.full_clean()
    named.save(update_fields=None if named.pk is None else names - {"slug"})


def remove_unused_publishers_and_sections(
    *, publishers: Iterable[int], sections: Iterable[int]
) -> tuple[int, int]:
    """Delete those of the given ones that have no article left; return how many of each."""
    _, gone = Publisher.objects.filter(pk__in=publishers, articles=None).delete()
    _, gone_sections = Section.objects.filter(pk__in=sections, articles=None).delete()
    return gone.get("articles.Publisher", 0), gone_sections.get("articles.Section", 0)


def keep_revisions(
    articles: Iterable[Article], *, by: User | None = None, reason: str = ""
) -> None:
    """Keep what each article says now, under its current revision number."""
    ArticleRevision.objects.bulk_create(
        ArticleRevision(
            article=article,
            number=article.revision_number,
            made_by=by,
            reason=reason,
            **{name: getattr(article, name) for name in REVISED_FIELDS},
        )
        for article in articles
    )


def add_revision(article: Article, *, by: User | None, reason: str = "") -> None:
    """Count the revision up and keep it; the caller holds the article's row."""
    article.revision_number += 1
    article.save(update_fields=["revision_number"])
    keep_revisions([article], by=by, reason=reason)


def _set_body(article: Article, body_html: str, body_text: str | None) -> None:
    article.body_html = safe_html(storable(body_html))
    article.body_text = storable(body_text or text_from_html(article.body_html))


def _close_gate(article: Article, status: str) -> Article:
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=article.pk)
        article.status = status
        _save_gate(settle(article))
    return article


def _save_gate(article: Article) -> None:
    article.updated_at = timezone.now()
    article.save(update_fields=["status", "published_at", "embargo_until", *DERIVED_FIELDS])
    announce_change([article.pk])


def _free_slug(manager: Any, name: str, fallback: str) -> str:
    """Find a slug nobody has; names that differ in punctuation only get a number."""
    slug = slug_for(name, fallback)
    taken: Sequence[str] = list(
        manager.filter(slug__startswith=slug).values_list("slug", flat=True)
    )
    number, free = 2, slug
    while free in taken:
        free = f"{slug[:70]}-{number}"
        number += 1
    return free
