"""Publishers, sections and articles; several articles tell of one event."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from reader.articles.models import Article, ArticleRevision, Publisher, Section, slug_for
from reader.articles.text import excerpt_of
from tests.bench.generated.hashtags import Hashtags
from tests.bench.generated.storing import Sheet, Store, moment
from tests.bench.generated.words import Voice, person_name, pick_language, place_name, skewed, voice

TABLES = [Publisher, Section, Article, ArticleRevision]
SECTIONS = (
    "World", "Politics", "Business", "Science", "Health", "Culture", "Sport", "Technology",
    "Climate", "Opinion", "Travel", "Local",
)  # fmt: skip
PAPERS = ("Post", "News", "Times", "Herald")
PUBLISHED, DRAFT, SCHEDULED, WITHDRAWN = "published", "draft", "scheduled", "withdrawn"
# Articles per event, on average; those of one event are near each other in time.
COVERAGE = 6
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Event:
    """What several articles tell of: where, who, and under which hashtags."""

    names: list[str]
    words: list[str]
    tags: list[int]


@dataclass(frozen=True, slots=True)
class Told:
    """What the rooms above need to know of an article."""

    pk: int
    voice: Voice
    status: str
    listed: int
    publisher: int | None


class Articles:
    def __init__(self, count: int, hashtags: Hashtags, *, seed: int, since: int, until: int):
        self.count, self.hashtags, self.seed = count, hashtags, seed
        self.since, self.until = since, until
        self.publishers = min(400, 12 + count // 1000)
        self.event = lru_cache(4096)(self._event)
        words = (
            "id", "title", "slug", "standfirst", "body_html", "body_text", "excerpt", "word_count",
            "authors", "language", "original_url", "keywords", "status", "published_at",
            "listed_at", "shown_from", "created_at", "updated_at", "publisher_id", "section_id",
            "comment_count",
        )  # fmt: skip
        self.sheet = Sheet(Article, *words)
        self.revisions = Sheet(
            ArticleRevision,
            "article_id", "number", "title", "standfirst", "body_html", "body_text", "made_at",
        )  # fmt: skip

    def store_places(self, store: Store, random: Random) -> None:
        """Write the publishers and sections, numbered from 1."""
        names: dict[str, None] = {}
        while len(names) < self.publishers:
            names[f"{place_name(random)} {random.choice(PAPERS)}"] = None
        publishers = ((pk, name, slug_for(name)) for pk, name in enumerate(names, 1))
        store.write(Sheet(Publisher, "id", "name", "slug"), publishers)
        sections = enumerate(SECTIONS, 1)
        rows = ((pk, name, slug_for(name), pk if pk < 9 else None) for pk, name in sections)
        store.write(Sheet(Section, "id", "name", "slug", "place"), rows)

    def told(self, pk: int) -> Told:
        """Say of article `pk` what does not depend on its words; the same at every call."""
        random = Random(f"{self.seed} article {pk}")
        draw, share = random.random(), (pk - 1 + random.random()) / self.count
        # More in the later years, as sites grow.
        listed = self.since + int((self.until - self.since) * share**0.8)
        status = PUBLISHED
        if draw < 0.03 and pk < self.count:
            status = DRAFT if draw < 0.01 else WITHDRAWN if draw < 0.02 else SCHEDULED
        if status == SCHEDULED:
            listed = self.until + DAY + int(random.random() * 300 * DAY)
        publisher = None if draw > 0.98 else 1 + skewed(random, self.publishers)
        return Told(pk, voice(pick_language(random)), status, listed, publisher)

    def store(
        self,
        store: Store,
        window: Sequence[tuple[Told, int]],
        comment_counts: dict[int, int],
        *,
        with_revisions: bool,
    ) -> None:
        links: list[tuple] = []
        revisions: list[tuple] = []
        rows = []
        for told, _ in window:
            row = self._row(told, comment_counts.get(told.pk, 0), links)
            rows.append(row)
            if with_revisions:
                pk, title, _, standfirst, html, text, *_ = row
                revisions.append((pk, 1, title, standfirst, html, text, moment(told.listed)))
        store.write(self.sheet, rows)
        store.write(self.revisions, revisions)
        store.write(self.hashtags.links, links)

    def _row(self, told: Told, comment_count: int, links: list[tuple]) -> tuple:
        random = Random(f"{self.seed} text {told.pk}")
        event = self.event(self._event_of(told.pk, random))
        title = self._title(told, event, random)
        standfirst = told.voice.sentence(random) if random.random() < 0.7 else ""
        text = "\n\n".join(self._paragraphs(told, event, random))
        html = "<p>" + text.replace("\n\n", "</p>\n<p>") + "</p>"
        excerpt = excerpt_of(standfirst or text)
        listed_at = moment(told.listed)
        is_shown = told.status in (PUBLISHED, SCHEDULED)
        links += self.hashtags.rows_for(
            told.pk, event.tags, listed_at, is_visible=told.status == PUBLISHED
        )
        return (
            told.pk,
            title,
            slug_for(title or excerpt),
            standfirst,
            html,
            text,
            excerpt,
            len(text.split()),
            json.dumps([person_name(random)]),
            told.voice.tag,
            f"https://publisher{told.publisher or 0}.example/{told.pk}",
            json.dumps([self.hashtags.names[tag] for tag in event.tags], ensure_ascii=False),
            told.status,
            listed_at if random.random() < 0.99 else None,
            listed_at,
            listed_at if is_shown else None,
            listed_at if told.status != SCHEDULED else moment(self.until),
            listed_at if told.status != SCHEDULED else moment(self.until),
            told.publisher,
            None if random.random() < 0.02 else 1 + skewed(random, len(SECTIONS)),
            comment_count,
        )

    def _event_of(self, pk: int, random: Random) -> int:
        """Say which event an article tells of; half of them are told by one article only."""
        if random.random() < 0.5:
            return -pk
        return pk // (COVERAGE * 4) * 2 + int(random.random() * 2)

    def _event(self, number: int) -> Event:
        random = Random(f"{self.seed} event {number}")
        names = [place_name(random), place_name(random), person_name(random)]
        english = voice("en").words
        words = [english[skewed(random, len(english), 0.7)] for _ in range(8)]
        return Event(names, words, self.hashtags.pick(random, 1 + int(random.random() * 5)))

    def _title(self, told: Told, event: Event, random: Random) -> str:
        if random.random() < 0.01:
            return ""
        words = told.voice.words
        some = [words[skewed(random, len(words))] for _ in range(3 + int(random.random() * 5))]
        return f"{event.names[int(random.random() * 2)]} {' '.join(some)} {event.words[0]}"

    def _paragraphs(self, told: Told, event: Event, random: Random) -> Iterator[str]:
        """Every paragraph names somebody or something of the event."""
        count = min(60, max(2, int(random.lognormvariate(2.3, 0.5))))
        for _ in range(count):
            about = event.names[int(random.random() * 3)]
            what = event.words[int(random.random() * 8)]
            passage = told.voice.passage(random, 1 + int(random.random() * 4))
            yield f"{about}, {what}: {passage}"
