"""How the engines read what stands beside an article: by an index, never a whole table."""

import re
from datetime import timedelta

from django.db import connection
from django.test import TestCase
from django.utils import timezone

from reader.articles.models import Article
from reader.related.models import ArticleTerms, RelatedChange, RelatedLink
from reader.related.sidebar import sidebar_of
from reader.related.sidebar_sql import LOOKED_AT, STATEMENT
from reader.stories.models import Story, StoryMember
from tests.factories import make_publisher
from tests.plans import analyze, plan_of, table_scans

# With fewer rows PostgreSQL reads faster without an index, and rightly so.
ARTICLES, LINKS_EACH, STORY_SIZE = 2000, 8, 10
TABLES = ("articles_article", "related_relatedlink", "stories_storymember", "related_articleterms")
# What the statement calls them.
SHORT = ("a", "l", "m", "t", "story")


def make_site():
    """Make many articles, each with links and in a story, and statistics that know it."""
    now = timezone.now()
    publishers = [make_publisher() for _ in range(30)]
    articles = Article.objects.bulk_create(
        Article(
            title=f"A {n}", slug=f"a-{n}", status="published", publisher=publishers[n % 30],
            published_at=now - timedelta(hours=n), listed_at=now - timedelta(hours=n),
            shown_from=now - timedelta(hours=n + 1), body_text="Words. " * 200,
        )
        for n in range(ARTICLES)
    )  # fmt: skip
    RelatedLink.objects.bulk_create(
        RelatedLink(
            article=article, other=articles[(n * 7 + step) % ARTICLES], kind="automatic",
            score=step / 10, why="Both mention words",
        )
        for n, article in enumerate(articles)
        for step in range(1, LINKS_EACH + 1)
        if (n * 7 + step) % ARTICLES != n
    )  # fmt: skip
    ArticleTerms.objects.bulk_create(
        ArticleTerms(
            article=article, revision=1, method=1, keys=b"", counts=b"", marks=b"1234" * 300,
            surfaces=b"", names=b"",
        )
        for article in articles
    )  # fmt: skip
    stories = Story.objects.bulk_create(Story(slug=f"s-{n}") for n in range(ARTICLES // STORY_SIZE))
    StoryMember.objects.bulk_create(
        StoryMember(article=article, story=stories[n // STORY_SIZE], listed_at=article.listed_at)
        for n, article in enumerate(articles)
    )
    analyze()
    return articles[ARTICLES // 2]


def whole_tables(plan):
    return table_scans(plan, TABLES, called=SHORT)


def asked(page, *, gated=True):
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    return {"page": page.pk, "now": now, "gated": gated}


class PlanTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.page = make_site()

    def test_the_rule_about_scans_finds_one(self):
        for table in TABLES:
            assert whole_tables(plan_of(f"SELECT * FROM {table}")), table

    def test_the_blocks_of_a_page_read_no_whole_table(self):
        for gated in (True, False):
            plan = plan_of(STATEMENT, asked(self.page, gated=gated))

            assert whole_tables(plan) == [], plan
            assert re.search("related_relatedlink_(?:sidebar|one_)", plan), plan
            assert "stories_member_timeline" in plan, plan

    def test_a_story_of_thousands_is_read_from_its_newest_on(self):
        story = Story.objects.create(slug="long")
        StoryMember.objects.update(story=story)
        analyze("stories_storymember")

        plan = plan_of(STATEMENT, asked(self.page))

        assert whole_tables(plan) == [], plan
        told = sidebar_of(self.page).story
        assert (told.articles, told.is_counted) == (LOOKED_AT, False)
        # In the order of the index, so that it ends where enough are found.
        if connection.vendor == "sqlite":
            newest = plan.partition("MATERIALIZE newest")[2].partition("SCAN newest")[0]
            assert "USE TEMP B-TREE FOR ORDER BY" not in newest, plan
        else:
            newest = plan.partition("CTE newest")[2].partition("stories_member_timeline")[0]
            assert "Limit" in newest and "Sort" not in newest, plan
        assert "stories_member_timeline" in plan, plan

    def test_the_log_of_one_list_is_read_by_its_index(self):
        RelatedChange.objects.bulk_create(
            RelatedChange(article_id=self.page.pk - n % 500, kind="pin", before={})
            for n in range(2000)
        )
        analyze("related_relatedchange")

        for question in (
            RelatedChange.objects.about(self.page)[:30],
            RelatedChange.objects.about(self.page).standing()[:1],
        ):
            plan = plan_of(*question.query.sql_with_params())
            assert "related_relatedchange_log" in plan, plan
