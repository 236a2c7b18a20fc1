"""Makes what is known of a story fit its articles: its address, its span, and its end."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from reader.articles.models import Article, slug_for
from reader.stories.models import Story, StoryMember
from reader.stories.services.writing import alone

BATCH_SIZE = 500


@alone
def settle_stories(story_ids: Iterable[int]) -> None:
    """Work out anew what follows from the articles of stories; remove the ones nobody misses."""
    settle(story_ids)


def settle(story_ids: Iterable[int]) -> None:
    """Do what settle_stories() does; the caller holds the lock."""
    ids = iter(sorted(set(story_ids)))
    while batch := list(islice(ids, BATCH_SIZE)):
        spans = StoryMember.objects.spans(batch)
        named_after = StoryMember.objects.representatives(batch)
        changed = []
        for story in Story.objects.filter(pk__in=batch):
            before = _derived(story)
            count, first, last = spans.get(story.pk, (0, story.first_at, story.last_at))
            story.article_count, story.first_at, story.last_at = count, first, last
            first_told = named_after.get(story.pk)
            headline = first_told.headline if first_told else ""
            if count or story.title:
                story.slug = slug_for(story.title or headline, "story")
            if _derived(story) != before:
                story.updated_at = timezone.now()
                changed.append(story)
        Story.objects.put_derived(changed)
        empty = Story.objects.filter(pk__in=batch, article_count=0).current().untouched()
        Story.objects.filter(pk__in=list(empty.values_list("pk", flat=True))).delete()


def note_places(article_ids: Iterable[int]) -> list[int]:
    """Give the members the places their articles have now; return their stories."""
    members = StoryMember.objects.filter(article__in=list(article_ids))
    story_ids = sorted(set(members.values_list("story", flat=True)))
    if story_ids:
        now = Article.objects.filter(pk=OuterRef("article_id")).values("listed_at")
        members.update(listed_at=Subquery(now))
    return story_ids


def _derived(story: Story) -> tuple[object, ...]:
    return story.slug, story.article_count, story.first_at, story.last_at
