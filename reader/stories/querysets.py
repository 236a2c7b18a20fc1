"""Every question about stories."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connections, models
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Subquery

from reader.articles.models import Article
from reader.articles.querysets import heavy_fields_of

if TYPE_CHECKING:
    # Named in quotes below: the models import this module.
    from reader.stories.models import (  # noqa: F401
        Story,
        StoryChange,
        StoryExclusion,
        StoryMember,
    )

# So many keys go into one statement; SQLite and patience have their limits.
KEYS_A_STATEMENT = 900
# Keys of a JSON object are one condition each there, and SQLite nests a thousand of them at most.
JSON_KEYS = 500


class StoryQuerySet(models.QuerySet["Story"]):
    def current(self) -> StoryQuerySet:
        """Leave out the stories that were merged into another."""
        return self.filter(merged_into__isnull=True)

    def shown(self) -> StoryQuerySet:
        """Keep what readers may be led to: the stories with two visible articles or more."""
        visible = self._members().visible().filter(story=OuterRef("pk"))
        # A second one is looked for, not all of them counted.
        return self.filter(Exists(visible[1:2]), article_count__gt=1)

    def at(self, story_id: int) -> Story | None:
        """Load the story that an address leads to: where it was merged into, if it was."""
        story = self.select_related("merged_into").filter(pk=story_id).first()
        return story.merged_into or story if story else None

    def with_headline(self) -> StoryQuerySet:
        """Add what the headline of the earliest article that readers may see is made from."""
        earliest = self._members().visible().filter(story=OuterRef("pk")).earliest_first()
        return self.annotate(
            first_title=Subquery(earliest.values("article__title")[:1]),
            first_excerpt=Subquery(earliest.values("article__excerpt")[:1]),
        )

    def for_desk(self) -> StoryQuerySet:
        """Load what the desk lists, each story with its headline."""
        return self.with_headline().select_related("merged_into")

    def untouched(self) -> StoryQuerySet:
        """Keep those that no editor had a hand in and no other story leads to."""
        return self.filter(
            title="", is_locked=False, exclusions=None, changes=None, merged_stories=None
        ).exclude(pk__in=self._members().filter(placed_by_editor=True).values("story"))

    def put_derived(self, stories: Iterable[Story]) -> None:
        """Store what was worked out about stories from their articles."""
        connection = connections[self.db]
        moment = connection.ops.adapt_datetimefield_value
        names = ("slug", "article_count", "first_at", "last_at", "updated_at")
        fields = ", ".join(f"{name} = %s" for name in names)
        with connection.cursor() as cursor:
            # bulk_update() writes a CASE with a branch for each row; this is ten times as quick.
            cursor.executemany(
                f"UPDATE {self.model._meta.db_table} SET {fields} WHERE id = %s",  # noqa: S608
                [
                    (
                        one.slug,
                        one.article_count,
                        *(moment(getattr(one, name)) for name in names[2:]),
                        one.pk,
                    )
                    for one in stories
                ],
            )

    def _members(self) -> StoryMemberQuerySet:
        return self.model.members.rel.related_model.objects.all()  # type: ignore[attr-defined]


class StoryMemberQuerySet(models.QuerySet["StoryMember"]):
    def of(self, article_ids: Collection[int]) -> dict[int, int]:
        """Say by article which story it belongs to; those without one are left out."""
        ids, found = list(article_ids), dict[int, int]()
        for start in range(0, len(ids), KEYS_A_STATEMENT):
            rows = self.filter(article__in=ids[start : start + KEYS_A_STATEMENT])
            found.update(rows.values_list("article_id", "story_id"))
        return found

    def place_of(self, article: Article) -> StoryMember | None:
        """Load for the desk which story an article is in, and who put it there."""
        return self.select_related("made_by").filter(article=article).first()

    def visible(self) -> StoryMemberQuerySet:
        """Keep the articles that readers may see."""
        return self.filter(Exists(Article.objects.visible().filter(pk=OuterRef("article_id"))))

    def hidden(self) -> StoryMemberQuerySet:
        """Keep the articles that readers may not see."""
        return self.filter(~Exists(Article.objects.visible().filter(pk=OuterRef("article_id"))))

    def newest_first(self) -> StoryMemberQuerySet:
        return self.order_by("-listed_at", "-article_id")

    def earliest_first(self) -> StoryMemberQuerySet:
        return self.order_by("listed_at", "article_id")

    def timeline_of(self, story: Story) -> StoryMemberQuerySet:
        """
        Keep a story's visible articles, with all that a list shows of them.

        Page it by `-listed_at` and `-article_id`: that is one walk along one index.
        """
        return (
            self.visible()
            .filter(story=story)
            .select_related("article__publisher", "article__section")
            .defer(*heavy_fields_of("article"))
        )

    def just_above(self, story: Story, article: Article) -> Article | None:
        """Load the article that stands before another one of its story, the newest first."""
        newer = Q(listed_at__gt=article.listed_at) | Q(
            listed_at=article.listed_at, article__gt=article.pk
        )
        # The range is implied by the rest; the walk along the index begins there.
        above = self.timeline_of(story).filter(newer, listed_at__gte=article.listed_at)
        member = above.earliest_first().first()
        return member.article if member else None

    def told_of(self, story: Story) -> dict[str, Any] | None:
        """
        Count the articles of a story that readers may see, and their publishers.

        None when there are fewer than two articles: then nobody may know of the story.
        """
        told = (
            self.visible()
            .filter(story=story)
            .aggregate(articles=Count("pk"), publishers=Count("article__publisher", distinct=True))
        )
        return told if told["articles"] > 1 else None

    def earliest_of(self, story: Story) -> Article | None:
        """Load the article that a story is named after: the earliest that readers may see."""
        earliest = self.timeline_of(story).earliest_first().first()
        return earliest.article if earliest else None

    def for_export(self, story_ids: Collection[int]) -> StoryMemberQuerySet:
        """Load what exports name of the articles that readers may see, the earliest first."""
        return (
            self.visible()
            .filter(story__in=story_ids)
            .select_related("article")
            .only("story", "article__record_id", "article__original_url")
            .earliest_first()
        )

    def representatives(self, story_ids: Collection[int]) -> dict[int, Article]:
        """Load for each story the article it is named after; two statements."""
        earliest = self.visible().filter(story=OuterRef("story")).earliest_first()
        rows = self.filter(story__in=story_ids, article=Subquery(earliest.values("article")[:1]))
        chosen = rows.select_related("article").only("story", "article__title", "article__excerpt")
        return {row.story_id: row.article for row in chosen}

    def spans(self, story_ids: Collection[int]) -> dict[int, tuple[int, datetime, datetime]]:
        """Count by story all its articles, and say when the first and the last came."""
        rows = self.filter(story__in=story_ids).order_by().values_list("story")
        counted = rows.annotate(Count("pk"), Min("listed_at"), Max("listed_at"))
        return {story: (count, first, last) for story, count, first, last in counted}

    def for_desk(self) -> StoryMemberQuerySet:
        """Load a story's articles as an editor sees them, hidden ones too."""
        return (
            self.select_related("article__publisher", "made_by")
            .defer(*heavy_fields_of("article"))
            .newest_first()
        )


class StoryExclusionQuerySet(models.QuerySet["StoryExclusion"]):
    def for_desk(self) -> StoryExclusionQuerySet:
        return (
            self.select_related("article__publisher", "made_by")
            .defer(*heavy_fields_of("article"))
            .order_by("-made_at", "-pk")
        )


class StoryChangeQuerySet(models.QuerySet["StoryChange"]):
    def of_story(self, story: Story) -> StoryChangeQuerySet:
        return self.filter(stories=story)

    def for_desk(self) -> StoryChangeQuerySet:
        """Load what the desk tells of changes, the newest first, without what was before."""
        return self.select_related("made_by", "undone_by").defer("before").order_by("-pk")

    def standing(self) -> StoryChangeQuerySet:
        """Leave out what was undone."""
        return self.filter(undone_at__isnull=True)

    def has_later_than(self, change: StoryChange) -> bool:
        """Tell whether one that stands is about one of its stories, or of its articles."""
        later = self.standing().filter(pk__gt=change.pk)
        if later.filter(stories__in=change.stories.values("pk")).exists():
            return True
        articles = list(change.before["members"])
        return any(
            later.filter(before__members__has_any_keys=articles[n : n + JSON_KEYS]).exists()
            for n in range(0, len(articles), JSON_KEYS)
        )
