"""Says which articles tell of one event; reader.stories keeps them, and what editors decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.utils import timezone

from reader.articles.announcements import Progress
from reader.related.clusters import (
    LEAST_MEAN,
    NOWHERE,
    Constraints,
    Fit,
    stories_in,
    story_for,
)
from reader.related.listing import Item
from reader.related.models import ArticleTerms, TermFrequency
from reader.related.profiles import Keys
from reader.related.querysets import ArticleTermsQuerySet
from reader.related.shelf import Shelf
from reader.related.similarity import Corpus, Frequencies
from reader.related.storage import item_from
from reader.related.vicinity import Vicinity, look_around
from reader.stories.models import Placement, StoryExclusion, StoryMember
from reader.stories.services import begin_story, join_story, leave_story, place_automatic

BATCH_SIZE = 1000
# From so many new and changed articles on, one pass over all is quicker than one by one.
MANY = 100
# One by one the order of arrival shows; from so many on, or this share of all, another pass is due.
DRIFTED = 25
DRIFTED_SHARE = 50
# A pass holds all articles in memory, 21 kB each, and nobody else has the worker's time meanwhile;
# on larger sites it is for the operator to run.
MOST_AT_ONCE = 50_000
# Of what lies around one article, so much is compared with it: an event's own coverage is nearest.
MOST_STORIES = 3
MOST_MEMBERS = 20
MOST_ALONE = 5
# So many terms are asked for in one statement.
KEYS_A_STATEMENT = 5000


@dataclass(frozen=True, slots=True)
class Clustered:
    """What a pass over all did."""

    articles: int
    stories: int
    in_stories: int
    changed: int


def cluster_stories(*, say: Progress) -> Clustered:
    """
    Group all visible articles that have been read into stories, and store what changed.

    What editors placed, took out or locked stays as it is.
    """
    started = timezone.now()
    items = _load_items(say)
    groups = stories_in(items, Corpus([item.profile for item in items]), _constraints())
    say(f"{len(groups)} stories found among {len(items)} articles")
    # Texts that are still to be read, or read again, keep their place.
    changed = place_automatic(groups, looked_at={item.article for item in items})
    # What was published meanwhile was in no group.
    later = ArticleTerms.objects.visible().filter(related_at__gt=started)
    place_articles(later.order_by("pk").values_list("pk", flat=True))
    return Clustered(len(items), len(groups), sum(map(len, groups)), changed)


def cluster_waiting(*, say: Progress) -> None:
    """Put what was related since the last pass into stories: one by one, or all anew if much is."""
    total = TermFrequency.objects.total()
    waiting = _related_since_last_pass().order_by("pk")
    ids = list(waiting.values_list("pk", flat=True)[: max(MANY, total // 10) + 1])
    if len(ids) > max(MANY, total // 10):
        cluster_stories(say=say)
    else:
        say(f"{place_articles(ids)} articles changed their story")


def stories_have_drifted() -> bool:
    """Whether so much was placed one by one since the last pass that another one is due."""
    total = TermFrequency.objects.total()
    enough = max(DRIFTED, total // DRIFTED_SHARE)
    last = _last_pass()
    # One step along an index, however many there are; of those hidden since, none is left in it.
    related = ArticleTerms.objects.filter(related_at__isnull=False)
    since = related if last is None else related.filter(related_at__gt=last)
    latest = since.order_by("-related_at")[enough - 1 : enough]
    return total <= MOST_AT_ONCE and latest.exists()


def _last_pass() -> datetime | None:
    placement = Placement.objects.first()
    return placement.made_at if placement else None


def _related_since_last_pass() -> ArticleTermsQuerySet:
    last = _last_pass()
    related = ArticleTerms.objects.visible().counted()
    return related if last is None else related.filter(related_at__gt=last)


def place_articles(article_ids: Iterable[int]) -> int:
    """
    Put articles that are new or changed where they belong; return how many moved.

    Each joins the story it fits best, begins one with an article that was alone, or leaves its own.
    Those that readers may not see stay where they are until the next pass over all.
    """
    return sum(place_article(article_id) for article_id in dict.fromkeys(article_ids))


def _load_items(say: Progress) -> list[Item]:
    rows = ArticleTerms.objects.visible().read_as_it_stands().with_facts().order_by("pk")
    items = []
    # Marks and words are most of a row, and nothing here looks at them.
    for row in rows.defer("marks", "surfaces", "names").iterator(BATCH_SIZE):
        row.marks = row.surfaces = row.names = b""
        items.append(item_from(row))
        if len(items) % (10 * BATCH_SIZE) == 0:
            say(f"{len(items)} articles loaded")
    return items


def _constraints() -> Constraints:
    """Put into articles what editors decided about stories."""
    members: dict[int, list[int]] = defaultdict(list)
    excluded = list(StoryExclusion.objects.values_list("story", "article"))
    rows = StoryMember.objects.filter(story__in={story for story, _ in excluded})
    for story, article in rows.values_list("story", "article"):
        members[story].append(article)
    held: dict[int, list[int]] = defaultdict(list)
    for story, article in StoryMember.objects.filter(placed_by_editor=True).values_list(
        "story", "article"
    ):
        held[story].append(article)
    locked = StoryMember.objects.filter(story__is_locked=True)
    return Constraints(
        together=list(held.values()),
        apart=[
            (article, other)
            for story, article in excluded
            for other in members[story]
            if other != article
        ],
        locked=frozenset(locked.values_list("article", flat=True)),
    )


def place_article(article_id: int, around: Vicinity | None = None) -> bool:
    """
    Do what place_articles() does for one; tell whether it moved.

    Whoever has just looked around the article gives what is there; else this looks itself.
    """
    member = StoryMember.objects.select_related("story").filter(pk=article_id).first()
    if member is not None and (member.placed_by_editor or member.story.is_locked):
        return False
    old = member.story_id if member is not None else None
    if around is None:
        row = ArticleTerms.objects.visible().counted().with_facts().filter(pk=article_id).first()
        if row is None:
            # Readers do not see it in its story either; should it come back, it is there.
            return False
        around = look_around(row)
    surroundings = _look_for_stories(around, old)
    fit = surroundings.fit()
    if fit.story is not None:
        return fit.story != old and join_story(article_id, fit.story)
    if fit.beside is None:
        return old is not None and leave_story(article_id)
    story = begin_story([article_id, fit.beside])
    if story is None:
        return False
    # Those that were not alike enough to begin a story may well be to join it.
    for other in surroundings.alone:
        if other.article != fit.beside:
            _join_if_it_fits(other, story)
    return True


@dataclass(frozen=True, slots=True)
class Surroundings:
    """One article, and the stories and single articles it may belong to."""

    item: Item
    own_story: int | None
    stories: dict[int, list[Item]]
    alone: list[Item]
    frequencies: dict[str, Frequencies]

    def fit(self) -> Fit:
        """Say where the article belongs; it stays where it is while that still fits."""
        if self.own_story in self.stories:
            own = {self.own_story: self.stories[self.own_story]}
            stays = story_for(self.item, stories=own, alone=(), frequencies=self.frequencies)
            if stays != NOWHERE:
                return stays
        return story_for(
            self.item, stories=self.stories, alone=self.alone, frequencies=self.frequencies
        )


def _look_for_stories(vicinity: Vicinity, own_story: int | None) -> Surroundings:
    article = vicinity.item.article
    near = [each.article for each in vicinity.candidates if each.score >= LEAST_MEAN / 2]
    story_of = StoryMember.objects.of(near)
    closed = set(StoryExclusion.objects.filter(article=article).values_list("story", flat=True))
    numbers = list(dict.fromkeys(story_of[pk] for pk in near if pk in story_of))[:MOST_STORIES]
    if own_story is not None and own_story not in numbers:
        numbers.append(own_story)
    stories = _members_of([number for number in numbers if number not in closed], article)
    alone = [vicinity.others[pk] for pk in near if pk not in story_of][:MOST_ALONE]
    compared = [vicinity.item, *alone, *(item for items in stories.values() for item in items)]
    return Surroundings(vicinity.item, own_story, stories, alone, _frequencies_of(compared))


def _members_of(story_ids: Sequence[int], besides: int) -> dict[int, list[Item]]:
    """Load the latest articles of each story that is not locked."""
    open_members = StoryMember.objects.filter(story__is_locked=False).exclude(article=besides)
    chosen = {
        story: list(
            open_members.filter(story=story)
            .visible()
            .newest_first()
            .values_list("article", flat=True)[:MOST_MEMBERS]
        )
        for story in story_ids
    }
    wanted = [article for articles in chosen.values() for article in articles]
    shelf = Shelf()
    shelf.load(wanted)
    items = shelf.items(wanted)
    return {
        story: [items[article] for article in articles if article in items]
        for story, articles in chosen.items()
        if articles
    }


def _join_if_it_fits(item: Item, story: int) -> None:
    stories = _members_of([story], item.article)
    compared = [item, *(other for members in stories.values() for other in members)]
    fit = story_for(item, stories=stories, alone=(), frequencies=_frequencies_of(compared))
    if fit.story is not None:
        join_story(item.article, fit.story)


def _frequencies_of(items: Sequence[Item]) -> dict[str, Frequencies]:
    """Load how often each term of these articles occurs, in parts."""
    keys: Keys = np.unique(np.concatenate([item.profile.keys for item in items]))
    parts = [
        TermFrequency.objects.by_language(keys[start : start + KEYS_A_STATEMENT])
        for start in range(0, max(1, len(keys)), KEYS_A_STATEMENT)
    ]
    found: dict[str, Frequencies] = {}
    for language in dict.fromkeys(language for part in parts for language in part):
        some = [part[language] for part in parts if language in part]
        found[language] = Frequencies(
            some[0].total,
            np.concatenate([each.keys for each in some]),
            np.concatenate([each.articles for each in some]),
        )
    return found
