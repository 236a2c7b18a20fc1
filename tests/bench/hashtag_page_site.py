"""The site that tests.bench.hashtag_page measures, and how it reads its pages."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.utils import timezone

from reader.accounts.models import User
from reader.articles.models import Article
from reader.articles.services import create_article, publisher_named
from reader.following.services import follow_hashtag
from reader.hashtags import services
from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.hashtags.rivers import FIELDS
from reader.keyset import _write_cursor
from tests.bench.measuring import Taken, at, timed_cursors

ROUNDS = 5
# A third more have other hashtags only.
OTHERS, OTHER_HASHTAGS, PUBLISHERS, MERGED, FOLLOWED = 3, 3_000, 40, 12, 30
# Every article is seven minutes younger than the one before.
MINUTES = 7
LATER = {
    "postgresql": "listed_at + g * interval '7 minutes'",
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', listed_at, '+' || (g * 7) || ' minutes')",
}
LINKS = """
    INSERT INTO hashtags_articlehashtag
        (article_id, hashtag_id, source, state, place, score, listed_at, is_counted)
    SELECT id, {hashtag}, 'suggested', 'shown', {place}, 0.5, listed_at, {true}
    FROM articles_article WHERE {which}
    ON CONFLICT DO NOTHING
"""


class Site:
    def __init__(self, *, articles: int) -> None:
        self.articles = articles
        self.client = Client(headers={"host": "localhost"})

    def fill(self) -> None:
        count = self.articles * 4 // 3
        publishers = [publisher_named(f"Publisher {n}").pk for n in range(PUBLISHERS)]
        first = create_article(
            title="Number", body_html="<p>Words.</p>", status=Article.Status.PUBLISHED,
            published_at=timezone.now() - timedelta(minutes=MINUTES * (count + 1)),
        )  # fmt: skip
        first.hashtag_links.all().delete()
        own = {"id", "slug", "listed_at", "publisher_id", "record_id", "record_hash"}
        names = ", ".join(
            field.column for field in Article._meta.local_concrete_fields if field.column not in own
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO articles_article ({names}, slug, listed_at, publisher_id, record_id,"
                " record_hash)"
                " WITH RECURSIVE numbers (g) AS"
                " (SELECT 2 UNION ALL SELECT g + 1 FROM numbers WHERE g < %s)"
                f" SELECT {names}, 'n' || g, {LATER[connection.vendor]},"
                f" {publishers[0]} + g %% {PUBLISHERS}, record_id, record_hash"
                " FROM articles_article, numbers WHERE id = %s",
                [count, first.pk],
            )
            large = services.create_hashtag(name="Large", by=None)
            others = [Hashtag(name=f"Other{n}", slug=f"other{n}") for n in range(OTHER_HASHTAGS)]
            start = min(one.pk for one in Hashtag.objects.bulk_create(others))
            self._link(cursor, str(large.pk), 1, f"id % 4 <> 0 AND id <> {first.pk}")
            for number, step in enumerate((7, 31, 101)[:OTHERS]):
                # A few are busy and most are not.
                which = f"{start} + (id * {step} % {OTHER_HASHTAGS}) * (id % 97) / 97"
                self._link(cursor, which, number + 2, "id > 0")
            services.recount_hashtags()
            cursor.execute("ANALYZE")

    def _link(self, cursor, hashtag: str, place: int, which: str) -> None:
        true = "TRUE" if connection.vendor == "postgresql" else "1"
        cursor.execute(LINKS.format(hashtag=hashtag, place=place, which=which, true=true))

    def first_page(self, name: str = "first page of the hashtag") -> float:
        return self._read(name, ["/hashtags/large/"])

    def pages(self, name: str, count: int) -> float:
        """Read pages all over the river; the last of them is its last."""
        links = ArticleHashtag.objects.filter(hashtag__slug="large", state="shown").newest_first()
        total = links.count()
        places = [*range(0, total - 31, total // count), total - 31]
        cursors = [_write_cursor(links[place], FIELDS) for place in places]
        return self._read(name, [f"/hashtags/large/?after={cursor}" for cursor in cursors])

    def merge_others(self) -> None:
        large = Hashtag.objects.get(slug="large")
        for other in Hashtag.objects.canonical().exclude(pk=large.pk).busiest_first()[:MERGED]:
            services.merge_hashtags(other, Hashtag.objects.get(pk=large.pk), by=None)

    def index(self) -> float:
        return self._read("/hashtags/ with what is trending", ["/hashtags/"])

    def following(self) -> float:
        person = User.objects.create_user("reader@mail.example", "a long password", name="Reader")
        for hashtag in Hashtag.objects.shown().busiest_first()[:FOLLOWED]:
            follow_hashtag(hashtag, by=person)
        self.client.force_login(person)
        return self._read(f"/following/ of {FOLLOWED} hashtags", ["/following/"])

    def _read(self, name: str, addresses: list[str]) -> float:
        taken = Taken()
        self.client.get("/")  # warms what the masthead remembers
        with timed_cursors():
            for address in addresses:
                taken.add(lambda address=address: self._get(address), ROUNDS)
        worst = at(taken.in_database, 1)
        print(
            f"| {name} | {len(addresses)} | {taken.statements} |"
            f" {at(taken.in_database, 0.5):.1f} | {worst:.1f} |",
            flush=True,
        )
        return worst

    def _get(self, address: str) -> None:
        response = self.client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answers {response.status_code}")
