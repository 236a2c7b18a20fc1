"""Puts articles into stories as a machine worked it out. What editors decided is left alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from django.utils import timezone

from reader.articles.models import Article
from reader.stories.matching import Plan, Standing, match_groups
from reader.stories.models import Placement, Story, StoryChange, StoryExclusion, StoryMember
from reader.stories.querysets import KEYS_A_STATEMENT
from reader.stories.services.settling import settle
from reader.stories.services.writing import alone

ROWS_A_STATEMENT = 1000


@alone
def place_automatic(
    groups: Sequence[Sequence[int]], *, looked_at: Collection[int] | None = None
) -> int:
    """
    Make the stories fit a partition of the articles looked at; return how many changed place.

    Without `looked_at` that is all. Those in no group, or alone in theirs, are in no story
    afterwards, unless readers cannot see them for now. What was not looked at stays where it is,
    and its story waits for it. A story goes on, with its address, in the group that shares most
    with it; one whose articles went to another leads there. Locked stories, what editors placed and
    what they took out stay exactly as they are.
    """
    standing = _standing(looked_at)
    plan = match_groups(_without_strangers(groups, standing), standing)
    changed = _carry_out(plan, standing)
    placed = StoryMember.objects.count()
    Placement.objects.filter(pk=1).update(articles=placed, made_at=timezone.now())
    return changed


@alone
def join_story(article_id: int, story_id: int) -> bool:
    """
    Put one article into a story, or into the one that was merged into; tell whether it is there.

    Refuses where an editor placed the article elsewhere or took it out of this story, and where
    either story is locked.
    """
    story = Story.objects.select_related("merged_into").filter(pk=story_id).first()
    if story is None:
        return False
    story = story.merged_into or story
    member = StoryMember.objects.select_related("story").filter(article=article_id).first()
    if member is not None and member.story_id == story.pk:
        return True
    if story.is_locked or not _may_move(member):
        return False
    if StoryExclusion.objects.filter(story=story, article=article_id).exists():
        return False
    return _put({article_id: story.pk}, end=[member.story_id] if member else [])


@alone
def begin_story(article_ids: Sequence[int]) -> int | None:
    """
    Make a story of articles and return its number.

    Leaves out those that an editor placed or a lock holds; without two others it does nothing and
    returns None. Nothing, too, where an editor took one of them out of a story of another.
    """
    ids = sorted(set(article_ids))
    members = StoryMember.objects.select_related("story").in_bulk(ids)
    loose = set(Article.objects.filter(pk__in=ids).values_list("pk", flat=True))
    loose -= {pk for pk, member in members.items() if not _may_move(member)}
    stories = {members[pk].story_id for pk in loose if pk in members}
    apart = StoryExclusion.objects.filter(story__in=stories, article__in=loose)
    if len(loose) < 2 or apart.exists():
        return None
    story = Story.objects.create()
    _put(dict.fromkeys(sorted(loose), story.pk), end=sorted(stories))
    return story.pk


@alone
def leave_story(article_id: int) -> bool:
    """
    Take one article out of its story; tell whether it is in none now.

    Refuses where an editor placed it or locked the story. Its place stays free: it may join again.
    """
    member = StoryMember.objects.select_related("story").filter(article=article_id).first()
    if member is None:
        return True
    if not _may_move(member):
        return False
    member.delete()
    settle([member.story_id])
    return True


def _may_move(member: StoryMember | None) -> bool:
    return member is None or not (member.placed_by_editor or member.story.is_locked)


def _put(places: dict[int, int], *, end: Sequence[int]) -> bool:
    """Move articles; the stories in `end` that are empty then lead to where they went."""
    at = dict(Article.objects.filter(pk__in=places).values_list("pk", "listed_at"))
    StoryMember.objects.filter(article__in=places).delete()
    _add_members(places, at)
    settle(places.values())
    target = next(iter(places.values()))
    left = StoryMember.objects.spans(end)
    given_up = Story.objects.filter(pk__in=[pk for pk in end if pk not in left]).untouched()
    _lead(dict.fromkeys(given_up.values_list("pk", flat=True), target))
    settle(end)
    return bool(at)


def _standing(looked_at: Collection[int] | None) -> Standing:
    rows = list(StoryMember.objects.values_list("article_id", "story_id", "placed_by_editor"))
    anchored = {article for article, _, placed in rows if placed}
    excluded = set(StoryExclusion.objects.values_list("story_id", "article_id"))
    locked = set(Story.objects.filter(is_locked=True).values_list("pk", flat=True))
    leading = Story.objects.exclude(merged_into=None).values_list("merged_into_id", flat=True)
    waiting = set(StoryMember.objects.hidden().values_list("article_id", flat=True))
    if looked_at is not None:
        waiting.update({article for article, _, _ in rows} - set(looked_at))
    return Standing(
        placed={article: story for article, story, _ in rows},
        anchored=anchored,
        locked=locked,
        marked={
            *locked,
            *(story for _, story, placed in rows if placed),
            *(story for story, _ in excluded),
            *Story.objects.exclude(title="").values_list("pk", flat=True),
            *StoryChange.stories.through.objects.values_list("story_id", flat=True),
        },
        leaned_on={pk for pk in leading if pk is not None},
        hidden=waiting,
        excluded=excluded,
    )


def _without_strangers(groups: Sequence[Sequence[int]], standing: Standing) -> list[list[int]]:
    """Leave out articles that are gone since the groups were worked out."""
    new = [pk for group in groups for pk in group if pk not in standing.placed]
    there = _listed_at(new)
    return [[pk for pk in group if pk in standing.placed or pk in there] for group in groups]


def _carry_out(plan: Plan, standing: Standing) -> int:
    begun = Story.objects.bulk_create([Story() for _ in plan.begun], batch_size=ROWS_A_STATEMENT)
    places = dict(plan.moves)
    for story, group in zip(begun, plan.begun, strict=True):
        places.update(dict.fromkeys(group, story.pk))
    going = [pk for pk in (*places, *plan.leaving) if pk in standing.placed]
    for some in _in_parts(going):
        StoryMember.objects.filter(article__in=some).delete()
    _add_members(places, _listed_at(places))
    _lead({story: heir for story, heir in plan.ended.items() if heir is not None})
    settle({*places.values(), *(standing.placed[pk] for pk in going)})
    return len(places) + len(plan.leaving)


def _lead(heirs: dict[int, int]) -> None:
    """Have empty stories lead to others."""
    by_heir: dict[int, list[int]] = defaultdict(list)
    for story, heir in heirs.items():
        by_heir[heir].append(story)
    for heir, stories in by_heir.items():
        for some in _in_parts(stories):
            Story.objects.filter(pk__in=some).update(merged_into=heir, article_count=0)


def _add_members(places: dict[int, int], listed_at: dict[int, datetime]) -> None:
    StoryMember.objects.bulk_create(
        [
            StoryMember(article_id=article, story_id=story, listed_at=listed_at[article])
            for article, story in places.items()
            if article in listed_at
        ],
        batch_size=ROWS_A_STATEMENT,
    )


def _listed_at(article_ids: Iterable[int]) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for some in _in_parts(list(article_ids)):
        found.update(Article.objects.filter(pk__in=some).values_list("pk", "listed_at"))
    return found


def _in_parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), KEYS_A_STATEMENT):
        yield ids[start : start + KEYS_A_STATEMENT]
