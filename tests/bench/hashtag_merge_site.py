"""The site that tests.bench.hashtag_merge measures: made by the database itself, in a minute."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from reader.articles.models import Article
from reader.articles.services import create_article
from reader.hashtags import services
from reader.hashtags.models import ArticleHashtag, Hashtag, HashtagChange
from reader.hashtags.rivers import FIELDS, river_page
from reader.hashtags.services import Choice, Outcome
from reader.keyset import _write_cursor
from tests.bench.measuring import Taken, at, timed_cursors

PAGE_SIZE = 30
LINKS = """
    INSERT INTO hashtags_articlehashtag
        (article_id, hashtag_id, source, state, place, score, listed_at, is_counted)
    SELECT id, %s, 'suggested', 'shown', 1, 0.5, listed_at, TRUE
    FROM articles_article WHERE id > %s AND id <= %s
"""
CHECKSUM = "SELECT COUNT(*), SUM(hashtextextended(one::text, 0)::numeric) FROM {table} one"


class Site:
    """
    A hashtag with many links, and one with a fifth as many; a tenth of the many have both.

    `small` further ones have some thousand each.
    """

    def __init__(self, *, links: int, small: int, small_links: int) -> None:
        self.links, self.small, self.small_links = links, small, small_links

    def fill(self) -> None:
        first = create_article(
            title="Number", body_html="<p>Words.</p>", status=Article.Status.PUBLISHED,
            published_at=timezone.now() - timedelta(days=4000),
        )  # fmt: skip
        first.hashtag_links.all().delete()
        count = self.links + self.links // 10
        own = {"id", "slug", "listed_at", "record_id", "record_hash"}
        columns = [
            field.column for field in Article._meta.local_concrete_fields if field.column not in own
        ]
        names = ", ".join(columns)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO articles_article ({names}, slug, listed_at, record_id, record_hash)"
                f" SELECT {names}, 'n' || g, listed_at + g * interval '1 minute', record_id,"
                " record_hash FROM articles_article, generate_series(2, %s) g WHERE id = %s",
                [count, first.pk],
            )
            every = [services.create_hashtag(name=name, by=None) for name in self.names()]
            large, other, *rest = every
            start = first.pk - 1
            cursor.execute(LINKS, [large.pk, start, start + self.links])
            tenth = self.links // 10
            cursor.execute(LINKS, [other.pk, start + self.links - tenth, start + count])
            for number, hashtag in enumerate(rest):
                place = start + number * self.small_links * 3
                cursor.execute(LINKS, [hashtag.pk, place, place + self.small_links])
            services.recount_hashtags()
            cursor.execute("ANALYZE")

    def names(self) -> list[str]:
        return ["Large", "Other", *(f"Small{number}" for number in range(self.small))]

    def hashtag(self, name: str) -> Hashtag:
        return Hashtag.objects.get(name=name)

    def changes(
        self,
    ) -> Iterator[tuple[str, Callable[[], Outcome], Callable[[], HashtagChange]]]:
        large, other = self.hashtag("Large"), self.hashtag("Other")
        yield (
            "merge",
            lambda: services.plan_merge(large, other),
            lambda: services.merge_hashtags(large, other, by=None),
        )
        yield (
            "merge the other way",
            lambda: services.plan_merge(other, large),
            lambda: services.merge_hashtags(other, large, by=None),
        )
        newest = ArticleHashtag.objects.filter(hashtag=large).newest_first()
        choice = Choice(since=newest[self.links // 50].listed_at)
        yield (
            "split",
            lambda: services.plan_split(large, choice, into="Part"),
            lambda: services.split_hashtag(large, choice, into="Part", by=None),
        )

    def undo(self, change: HashtagChange) -> None:
        services.undo_hashtag_change(change, by=None)

    def merge_small(self) -> None:
        other = self.hashtag("Other")
        for name in self.names():
            if name != "Other":
                services.merge_hashtags(self.hashtag(name), other, by=None)

    def checksums(self) -> list[Any]:
        with connection.cursor() as cursor:
            found = []
            for table in ("hashtags_hashtag", "hashtags_articlehashtag"):
                cursor.execute(CHECKSUM.format(table=table))
                found.append(cursor.fetchone())
            return found

    def wrong(self, when: str) -> list[str]:
        wrong = services.wrong_counts()
        return [f"{when}: wrong counts {wrong}"] if wrong else []

    def read_river(self, when: str, *, pages: int, target_ms: float) -> list[str]:
        """Read pages all over the river, the first and the last among them."""
        hashtag = self.hashtag("Other")
        stored = ArticleHashtag.objects.filter(hashtag__in=hashtag.link_ids, state="shown")
        ordered = list(
            stored.newest_first().only("listed_at", "article_id")[:: hashtag.article_count // pages]
        )
        cursors = [None, *(_write_cursor(link, FIELDS) for link in ordered)]
        taken = Taken()
        with timed_cursors():
            for cursor in cursors:
                taken.add(lambda c=cursor: river_page(hashtag, after=c, size=PAGE_SIZE), 5)
        worst, middle = at(taken.in_database, 1), at(taken.in_database, 0.5)
        print(
            f"| river {when}: {hashtag.article_count:,} articles under {len(hashtag.link_ids)}"
            f" hashtags, {len(cursors)} pages, {taken.statements} statements |"
            f" {middle:.1f} ms, at most {worst:.1f} ms |",
            flush=True,
        )
        return [f"the river takes {worst:.1f} ms {when}"] if worst > target_ms else []
