"""Pages by key: every row once, whatever ties and newcomers."""

import json
from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest
from django.test import TestCase
from django.utils import timezone

from reader.articles.models import Article
from reader.keyset import PARTS_A_STATEMENT, BadCursor, keyset_page, merged_keys
from tests.factories import make_article, make_section


class KeysetPageTests(TestCase):
    def walk(self, size):
        seen, after = [], None
        while True:
            page = keyset_page(Article.objects.all(), after=after, size=size)
            seen.append([article.pk for article in page.items])
            if page.next_cursor is None:
                return seen
            after = page.next_cursor

    def test_rows_of_one_moment_are_neither_lost_nor_repeated(self):
        moment = timezone.now() - timedelta(hours=1)
        pks = [make_article(published_at=moment).pk for _ in range(7)]

        pages = self.walk(3)

        assert [len(page) for page in pages] == [3, 3, 1]
        assert sum(pages, []) == sorted(pks, reverse=True)

    def test_walks_under_more_keys_than_one_statement_takes_are_merged_in_order(self):
        articles = [make_article(hours_ago=hours, section=make_section()) for hours in (3, 1, 2)]
        unknown = [10_000 + n for n in range(PARTS_A_STATEMENT)]
        sections = [each.section_id for each in articles]

        found = merged_keys(
            Article.objects.all(),
            under=("section", [sections[0], *unknown, *sections[1:], *unknown, *unknown]),
            after=None,
            fields=("-listed_at", "-id"),
            count=2,
        )

        assert found == [articles[1].pk, articles[2].pk]

    def test_a_newcomer_moves_nothing_on_the_pages_that_follow(self):
        for hours in range(1, 5):
            make_article(hours_ago=hours)
        first = keyset_page(Article.objects.all(), after=None, size=2)
        make_article(hours_ago=0)

        second = keyset_page(Article.objects.all(), after=first.next_cursor, size=2)

        shown = [a.pk for a in first.items + second.items]
        assert len(set(shown)) == 4
        assert second.next_cursor is None

    def test_the_last_full_page_has_no_next(self):
        make_article()
        make_article()

        assert keyset_page(Article.objects.all(), after=None, size=2).next_cursor is None

    def test_an_address_we_never_made_is_named_as_such(self):
        crafted = (
            [1, 2],
            ["2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00+00:00"],
            ["0001-01-01T00:00:00+14:00", 2],
        )
        cursors = [urlsafe_b64encode(json.dumps(each).encode()).decode() for each in crafted]
        for cursor in (
            *("x", "W10", "é", "bnVsbA", "WyIyMDI2IiwgImEiXQ", "A" * 5000, "W1tdLFtdXQ"),
            *cursors,
        ):
            with self.subTest(cursor=cursor), pytest.raises(BadCursor):
                keyset_page(Article.objects.all(), after=cursor)
