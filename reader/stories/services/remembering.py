"""
Keeps what stories were like before an editor's change, so that undoing it restores exactly that.

Kept are the stories' own fields, all they exclude, and the places of the articles concerned. What
the machine did meanwhile with other articles stays.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from reader.accounts.models import User
from reader.articles.models import Article
from reader.stories.models import Story, StoryExclusion, StoryMember

STORY_FIELDS = ("title", "is_locked", "merged_into_id")
DECISION_FIELDS = ("made_by_id", "made_at", "reason")
MEMBER_FIELDS = ("story_id", "placed_by_editor", *DECISION_FIELDS)


def remember(*, stories: Collection[int], articles: Collection[int] = ()) -> dict[str, Any]:
    """Write down how these stories and the places of these articles are now."""
    members = StoryMember.objects.in_bulk(list(articles))
    exclusions = StoryExclusion.objects.filter(story__in=stories).order_by("story", "article")
    return {
        "stories": {
            str(story.pk): _fields(story, STORY_FIELDS)
            for story in Story.objects.filter(pk__in=stories)
        },
        "members": {
            str(pk): _fields(members[pk], MEMBER_FIELDS) if pk in members else None
            for pk in articles
        },
        "exclusions": [
            _fields(row, ("story_id", "article_id", *DECISION_FIELDS)) for row in exclusions
        ],
    }


def restore(before: dict[str, Any], *, begun: Collection[int] = ()) -> set[int]:
    """
    Make it as it was; return the stories that are to be settled.

    A story that the change began ends again: it leads to the one it came from, and so do articles
    that have joined it since. One that came from nowhere keeps those.
    """
    stories = {int(pk): fields for pk, fields in before["stories"].items()}
    touched = set(stories)
    for pk, fields in stories.items():
        if pk not in begun:
            Story.objects.filter(pk=pk).update(**fields)
    touched |= _restore_members({int(pk): row for pk, row in before["members"].items()})
    _restore_exclusions(before["exclusions"], stories)
    origin = next((pk for pk in stories if pk not in begun), None)
    if begun and origin is not None:
        _lead_back(begun, origin)
    return touched


def _lead_back(begun: Collection[int], origin: int) -> None:
    later = StoryMember.objects.filter(story__in=begun)
    later.filter(article__in=StoryExclusion.objects.filter(story=origin).values("article")).delete()
    later.update(story=origin)
    # What led to it leads on: one step is all that an address follows.
    Story.objects.filter(merged_into__in=begun).update(merged_into=origin)
    Story.objects.filter(pk__in=begun).update(merged_into=origin, title="", article_count=0)


def _restore_members(rows: dict[int, dict[str, Any] | None]) -> set[int]:
    now = StoryMember.objects.filter(article__in=rows)
    touched = set(now.values_list("story_id", flat=True))
    now.delete()
    listed_at = dict(Article.objects.filter(pk__in=rows).values_list("pk", "listed_at"))
    members = [
        StoryMember(article_id=pk, listed_at=listed_at[pk], **_typed(row))
        for pk, row in rows.items()
        if row is not None and pk in listed_at
    ]
    StoryMember.objects.bulk_create(_with_known_people(members))
    return touched.union(member.story_id for member in members)


def _restore_exclusions(rows: list[dict[str, Any]], stories: Collection[int]) -> None:
    StoryExclusion.objects.filter(story__in=stories).delete()
    wanted = {row["article_id"] for row in rows}
    there = set(Article.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    kept = [StoryExclusion(**_typed(row)) for row in rows if row["article_id"] in there]
    StoryExclusion.objects.bulk_create(_with_known_people(kept))


def _with_known_people(rows: list[Any]) -> list[Any]:
    """Forget who decided something where that account is gone."""
    named = {row.made_by_id for row in rows}
    known = set(User.objects.filter(pk__in=named - {None}).values_list("pk", flat=True))
    for row in rows:
        if row.made_by_id not in known:
            row.made_by_id = None
    return rows


def _fields(row: Any, names: Collection[str]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "made_at": datetime.fromisoformat(row["made_at"])}
