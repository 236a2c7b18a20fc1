"""Whatever a machine works out, and however often: what editors decided is still there."""

import pytest
from django.db.models import Count, F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.stories.models import Story, StoryChange, StoryExclusion, StoryMember
from reader.stories.services import (
    begin_story,
    lock_story,
    merge_stories,
    move_article,
    place_automatic,
    rename_story,
    split_story,
    undo_story_change,
)
from tests.factories import make_article, make_user

ARTICLES = 16


def decided():
    """Every row that carries an editor's decision, and what is in locked stories."""
    exclusions = StoryExclusion.objects.order_by("pk")
    members = StoryMember.objects.order_by("pk")
    stories = Story.objects.order_by("pk")
    return {
        "placed": list(members.filter(placed_by_editor=True).values()),
        "locked": list(members.filter(story__is_locked=True).values()),
        "excluded": list(exclusions.values()),
        "marks": list(
            stories.filter(changes__isnull=False)
            .distinct()
            .values("pk", "title", "is_locked", "merged_into")
        ),
        "changes": list(StoryChange.objects.order_by("pk").values()),
    }


def broken():
    """Whatever should never be: wrong counts, articles in merged stories, long chains."""
    counted = Story.objects.annotate(recount=Count("members"))
    excluded = set(StoryExclusion.objects.values_list("story", "article"))
    return [
        *counted.exclude(article_count=F("recount")),
        *StoryMember.objects.filter(story__merged_into__isnull=False),
        *Story.objects.filter(merged_into__merged_into__isnull=False),
        *counted.untouched().current().filter(recount__lt=2),
        *(excluded & set(StoryMember.objects.values_list("story", "article"))),
    ]


@pytest.mark.django_db
def test_no_number_of_recomputations_changes_what_editors_decided(full):
    editor = make_user("Ed", is_superuser=True)
    articles = [make_article(hours_ago=40 - n) for n in range(ARTICLES)]
    ids = [article.pk for article in articles]
    one, two, three, four = (
        Story.objects.get(pk=begin_story(ids[start : start + 4])) for start in range(0, 16, 4)
    )
    told = {"by": editor, "reason": "Because it is so"}
    rename_story(one, title="The flood", **told)
    lock_story(two, **told)
    split_story(three, article_ids=ids[8:10], **told)
    merge_stories(four, into=three, **told)
    move_article(articles[0], story=None, **told)
    move_article(articles[1], story=three, **told)
    undo_story_change(move_article(articles[12], story=one, **told), by=editor)
    before = decided()
    assert [len(rows) for rows in before.values()] == [9, 4, 6, 5, 7]

    marks = st.lists(st.integers(0, 6), min_size=ARTICLES, max_size=ARTICLES)

    @settings(
        max_examples=10_000 if full else 300,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(marks)
    def recompute(marks):
        groups = [[pk for pk, mark in zip(ids, marks, strict=True) if mark == n] for n in range(7)]
        place_automatic(groups)
        assert decided() == before
        assert broken() == []

    recompute()
