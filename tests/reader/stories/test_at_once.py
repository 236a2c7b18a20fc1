"""Two writers at the same moment never mix."""

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from reader.articles.models import Article
from reader.articles.services import delete_articles, edit_article
from reader.stories.models import Story, StoryMember
from reader.stories.services import (
    begin_story,
    join_story,
    merge_stories,
    place_automatic,
    split_story,
)
from tests.at_once import at_once
from tests.factories import make_article, make_user
from tests.reader.stories import stories_now
from tests.reader.stories.test_survival import broken

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_joins_a_story_while_it_is_merged_is_in_the_one_it_was_merged_into():
    for _ in range(6):
        ids = [make_article().pk for _ in range(8)]
        first, second = Story.objects.filter(pk__in=[begin_story(ids[:2]), begin_story(ids[2:4])])
        late = ids[4:]

        problems = at_once(
            [
                lambda story=first, into=second: merge_stories(story, into=into, by=None),
                *(lambda pk=pk, to=first.pk: join_story(pk, to) for pk in late),
            ]
        )

        assert problems == []
        assert StoryMember.objects.of(ids) == dict.fromkeys(ids, second.pk)
        assert broken() == []


def test_an_editors_split_and_a_recomputation_leave_the_split():
    ids = [make_article().pk for _ in range(10)]
    story = Story.objects.get(pk=begin_story(ids[:6]))

    problems = at_once(
        [
            lambda: split_story(story, article_ids=ids[:3], by=None),
            lambda: place_automatic([ids]),
            lambda: place_automatic([ids]),
        ]
    )

    assert problems == []
    apart = next(group for group in stories_now() if ids[0] in group)
    assert apart.isdisjoint(ids[3:6])
    assert broken() == []


def test_articles_that_change_and_go_meanwhile_break_nothing():
    articles = [make_article(f"Number {n}", hours_ago=90 - n) for n in range(24)]
    ids = [article.pk for article in articles]
    gone, changed = articles[::4], articles[1::4]

    def edit():
        for article in changed:
            edit_article(article, title=f"{article.title} again", by=None)

    def recompute():
        for size in (4, 6, 8, 4):
            place_automatic([ids[n : n + size] for n in range(0, 24, size)])

    problems = at_once([recompute, edit, lambda: delete_articles(gone), recompute])

    assert problems == []
    left = set(Article.objects.values_list("pk", flat=True))
    assert left == set(ids) - {article.pk for article in gone}
    place_automatic([ids[n : n + 8] for n in range(0, 24, 8)])
    assert broken() == []
    assert set().union(*stories_now()) == left
    for story in Story.objects.filter(article_count__gt=0):
        assert story.slug == StoryMember.objects.earliest_of(story).slug


def test_an_editor_waits_for_whoever_is_in_the_way_and_all_is_done(client):
    articles = [make_article() for _ in range(4)]
    ids = [article.pk for article in articles]
    story = Story.objects.get(pk=begin_story(ids))
    client.force_login(make_user(is_staff=True, is_superuser=True))
    in_the_way = []

    def once(execute, sql, params, many, context):
        if "stories_storyexclusion" in sql and sql.startswith("INSERT") and not in_the_way:
            in_the_way.append(sql)
            raise OperationalError("somebody is in the way")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(once):
        answer = client.post(
            reverse("admin:stories_story_change", args=[story.pk]),
            {"do": "take_out", "articles": ids[:2]},
        )

    assert (answer.status_code, len(in_the_way)) == (303, 1)
    assert stories_now() == [set(ids[2:])]
