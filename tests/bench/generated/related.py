"""
Articles as the related room keeps them: terms by Zipf's law, topics, events that come in bursts.

Every word has a number, so that whole batches are drawn at once; the text of an article is only
written for those that are published while somebody measures.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reader.articles.models import Article, Publisher
from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.related.meaning import SIZE as MEANING_SIZE
from reader.related.models import ArticleTerms, RelatedLink, Survey, TermFrequency, TermPosting
from reader.related.profiles import METHOD, pack_words, term_key
from reader.related.similarity import rarity, strength
from reader.related.storage import COUNT, KEY, MARK, MEANING
from reader.related.vicinity import POSTED_TERMS
from reader.stories.models import Story, StoryMember
from tests.bench.generated.storing import Sheet, Store, moment

RELATED = [ArticleTerms, TermFrequency, TermPosting, RelatedLink, Survey]
AROUND = [Story, StoryMember, Hashtag, ArticleHashtag]
TABLES = [Publisher, Article, *RELATED, *AROUND]
LANGUAGES = ("en", "es")
SPANISH_SHARE = 0.2
# Words that anybody uses, of each language; the commonest are no stop words any more.
WORDS = 400_000
COMMONEST = 25
TOPICS = 400
TOPIC_WORDS = 300
# Names and words that only the articles about one event use.
EVENT_WORDS = 6
# Articles about one event, on average; half of all events have one only, a few have hundreds.
COVERAGE = 3.0
MOST_COVERAGE = 400
DAY = 86_400
YEARS = 6
BATCH = 2_000
LINKS = 10
SECONDS_PER_WORD = 10

Ints = NDArray[np.int64]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A batch of articles as their words: `starts` says where in `words` each begins."""

    first: int
    starts: Ints
    words: Ints
    counts: NDArray[np.float32]

    def rows(self) -> Iterator[tuple[int, slice]]:
        for place, (start, stop) in enumerate(pairwise(self.starts)):
            yield self.first + place, slice(start, stop)


class News:
    """Says of every article, numbered from 1, when it came, what it is about, and in what words."""

    def __init__(self, count: int, *, seed: int = 1) -> None:
        self.count, self.seed = count, seed
        random = np.random.default_rng([seed, 1])
        sizes = np.minimum(MOST_COVERAGE, 0.67 + random.pareto(1.3, size=count + 1)).round()
        sizes = np.maximum(1, sizes).astype(np.int64)
        last = int(np.searchsorted(np.cumsum(sizes), count)) + 1
        self.events = last
        # Those of one event come within some days: neighbours change places.
        order = np.arange(count) + random.exponential(60, size=count)
        self.event = np.repeat(np.arange(last), sizes[:last])[:count][np.argsort(order)]
        self.topic_of = (TOPICS * random.random(last) ** 1.5).astype(np.int64)
        self.language_of = (random.random(last) < SPANISH_SHARE).astype(np.int64)
        self.publishers = min(400, 12 + count // 1000)
        self.publisher = 1 + (self.publishers * random.random(count) ** 2).astype(np.int64)
        now = int(time.time())
        self.listed = (
            now
            - YEARS * 365 * DAY
            + (YEARS * 365 * DAY * (np.arange(count) / count) ** 0.8).astype(np.int64)
        )
        ranks = 1 / (np.arange(WORDS) + COMMONEST)
        self.common = np.cumsum(ranks) / ranks.sum()
        # What a topic is about is neither common nor rare.
        self.topic_words = random.integers(300, 30_000, size=(TOPICS, TOPIC_WORDS))
        self.directions = np.random.default_rng([seed, 4]).normal(size=(TOPICS, MEANING_SIZE))
        self.size = 2 * WORDS + last * EVENT_WORDS

    def draw(self, first: int, stop: int, *, random: np.random.Generator | None = None) -> Drawn:
        """Draw the words of articles `first` to `stop`, without the last; the same every time."""
        random = random or np.random.default_rng([self.seed, 2, first])
        return self.draw_about(self.event[first - 1 : stop - 1], first, random)

    def draw_about(self, events: Ints, first: int, random: np.random.Generator) -> Drawn:
        count = len(events)
        lengths = np.clip(random.lognormal(5.55, 0.5, size=count), 40, 1500).astype(np.int64)
        rows = np.repeat(np.arange(count), lengths)
        size = len(rows)
        words = np.searchsorted(self.common, random.random(size)).clip(max=WORDS - 1)
        kind = random.random(size)
        about = kind < 0.22
        topics = self.topic_of[events][rows[about]]
        within = (TOPIC_WORDS * random.random(len(topics)) ** 2).astype(np.int64)
        words[about] = self.topic_words[topics, within]
        words += WORDS * self.language_of[events][rows]
        named = kind > 0.93
        own = random.integers(0, EVENT_WORDS, size=int(named.sum()))
        words[named] = 2 * WORDS + events[rows[named]] * EVENT_WORDS + own
        cells, counts = np.unique(rows * self.size + words, return_counts=True)
        starts = np.searchsorted(cells, np.arange(count + 1) * self.size)
        return Drawn(first, starts, cells % self.size, counts.astype(np.float32))

    def batches(self) -> Iterator[Drawn]:
        for first in range(1, self.count + 1, BATCH):
            yield self.draw(first, min(first + BATCH, self.count + 1))

    def text_about(self, event: int, random: np.random.Generator) -> tuple[str, str]:
        """Write headline and text of one more article about an event."""
        drawn = self.draw_about(np.array([event]), 0, random)
        tokens = np.repeat(drawn.words, drawn.counts.astype(np.int64))
        random.shuffle(tokens)
        words = [word_of(int(word)) for word in tokens]
        names = [word_of(2 * WORDS + event * EVENT_WORDS + n) for n in range(2)]
        sentences = [" ".join(words[n : n + 14]).capitalize() for n in range(0, len(words), 14)]
        return f"{names[0]} {names[1]} {words[0]}".title(), ". ".join(sentences)

    def meaning(self, event: int, random: np.random.Generator) -> bytes:
        """Point where the articles about a topic point, more or less."""
        points = self.directions[self.topic_of[event]] + random.normal(size=MEANING_SIZE)
        return (points / np.sqrt(points @ points)).astype(MEANING).tobytes()

    def language(self, event: int) -> str:
        return LANGUAGES[self.language_of[event]]


def word_of(number: int) -> str:
    """Spell a word's number as something that can be said."""
    letters = []
    while True:
        number, place = divmod(number, 105)
        letters.append("bcdfghjklmnprstvwxyzq"[place // 5] + "aeiou"[place % 5])
        if not number:
            return "".join(letters) + "x"


def generate(count: int, *, tell: Tell = print) -> News:
    """Fill an empty database with `count` articles that are related already."""
    started = said = time.monotonic()
    news = News(count)
    words = [word_of(number) for number in range(news.size)]
    keys = np.array([term_key.__wrapped__(word) for word in words], np.int64)
    used = np.zeros((len(LANGUAGES), news.size), np.int32)
    for drawn in news.batches():
        language = news.language_of[
            news.event[drawn.first - 1 : drawn.first - 2 + len(drawn.starts)]
        ]
        cells = np.repeat(language, np.diff(drawn.starts))
        for number in range(len(LANGUAGES)):
            used[number] += np.bincount(drawn.words[cells == number], minlength=news.size).astype(
                np.int32
            )
    totals = np.bincount(news.language_of[news.event], minlength=len(LANGUAGES))
    rare = [rarity(int(total), used[n]) for n, total in enumerate(totals)]
    tell(f"{count:,} articles drawn from {(used > 0).sum():,} terms")
    store = Store(TABLES)
    sheets = {
        Article: Sheet(
            Article, "id", "title", "slug", "excerpt", "word_count", "language", "status",
            "published_at", "listed_at", "shown_from", "created_at", "updated_at", "publisher_id",
        ),
        ArticleTerms: Sheet(
            ArticleTerms, "article_id", "revision", "method", "language", "keys", "counts", "marks",
            "surfaces", "names", "meaning", "norm", "related_at",
        ),
        TermPosting: Sheet(TermPosting, "article_id", "term", "weight"),
        RelatedLink: Sheet(RelatedLink, "id", "article_id", "other_id", "kind", "score", "why"),
    }  # fmt: skip
    with store.loading():
        store.write(
            Sheet(Publisher, "id", "name", "slug"),
            ((n, f"Paper {n}", f"paper-{n}") for n in range(1, news.publishers + 1)),
        )
        store.write(Sheet(Survey, "id", "articles", "made_at"), [(1, count, moment(time.time()))])
        frequencies = Sheet(TermFrequency, "term", "language", "articles")
        for number, language in enumerate(LANGUAGES):
            there = np.flatnonzero(used[number])
            found = zip(keys[there].tolist(), used[number][there].tolist(), strict=True)
            total = int(totals[number])
            store.write(frequencies, [(TermFrequency.ALL, language, total)])
            store.write(frequencies, ((key, language, n) for key, n in found))
        lists = _lists(news)
        random = np.random.default_rng([news.seed, 3])
        for drawn in news.batches():
            articles, terms, postings, links = [], [], [], []
            for pk, cells in drawn.rows():
                event = int(news.event[pk - 1])
                mine, number = drawn.words[cells], int(news.language_of[event])
                order = np.argsort(keys[mine])
                mine, counts = mine[order], drawn.counts[cells][order]
                weights = strength(counts) * rare[number][mine]
                norm = float(np.sqrt(weights @ weights))
                best = np.argsort(-weights, kind="stable")[:POSTED_TERMS]
                own = [words[n] for n in mine.tolist()]
                names = [words[2 * WORDS + event * EVENT_WORDS + n].title() for n in range(2)]
                at = moment(int(news.listed[pk - 1]))
                title = " ".join([*names, *own[:4]])
                marks = np.unique(random.integers(0, 2**32, int(counts.sum()), np.uint32))
                articles.append(
                    (
                        pk,
                        title,
                        "made-up",
                        " ".join(own[4:24]),
                        int(counts.sum()),
                        LANGUAGES[number],
                        "published",
                        at,
                        at,
                        at,
                        at,
                        at,
                        int(news.publisher[pk - 1]),
                    )
                )
                terms.append(
                    (
                        pk,
                        1,
                        METHOD,
                        LANGUAGES[number],
                        keys[mine].astype(KEY).tobytes(),
                        counts.astype(COUNT).tobytes(),
                        marks.astype(MARK).tobytes(),
                        pack_words(own),
                        pack_words([" ".join(names)]),
                        news.meaning(event, random),
                        norm,
                        at,
                    )
                )
                postings += [
                    (pk, key, weight)
                    for key, weight in zip(
                        keys[mine[best]].tolist(), (weights[best] / norm).tolist(), strict=True
                    )
                ]
                links += lists(pk, names)
            store.write(sheets[Article], articles)
            store.write(sheets[ArticleTerms], terms)
            store.write(sheets[TermPosting], postings)
            store.write(sheets[RelatedLink], links)
            if time.monotonic() - said > SECONDS_PER_WORD:
                said = time.monotonic()
                tell(f"{sheets[Article].count:,} articles after {said - started:.0f} s")
        store_around(store, news)
        tell(f"All rows after {time.monotonic() - started:.0f} s; indexes and references follow.")
    tell(f"{count:,} articles, {store.count:,} rows in {time.monotonic() - started:.0f} s")
    return news


def store_around(store: Store, news: News) -> None:
    """Write what the sidebar asks for besides lists: the stories of events, a hashtag a topic."""
    places = np.argsort(news.event, kind="stable")
    starts = np.searchsorted(news.event[places], np.arange(news.events + 1)).tolist()
    listed = news.listed.tolist()
    stories, members = [], []
    for event, (start, stop) in enumerate(pairwise(starts), 1):
        if stop - start > 1:
            own = sorted(places[start:stop].tolist())
            first, last = moment(listed[own[0]]), moment(listed[own[-1]])
            stories.append((event, f"event-{event}", len(own), first, last))
            members += [(place + 1, event, moment(listed[place])) for place in own]
    store.write(Sheet(Story, "id", "slug", "article_count", "first_at", "last_at"), stories)
    store.write(Sheet(StoryMember, "article_id", "story_id", "listed_at"), members)
    topic = (news.topic_of[news.event] + 1).tolist()
    used = np.bincount(topic, minlength=TOPICS + 1).tolist()
    store.write(
        Sheet(Hashtag, "id", "name", "slug", "article_count"),
        [(n, f"Topic{n}", f"topic{n}", used[n]) for n in range(1, TOPICS + 1)],
    )
    store.write(
        Sheet(
            ArticleHashtag, "article_id", "hashtag_id", "source", "place", "listed_at", "is_counted"
        ),
        (
            (pk, tag, "suggested", 1, moment(listed[pk - 1]), True)
            for pk, tag in enumerate(topic, 1)
        ),
    )


def _lists(news: News) -> Callable[[int, list[str]], list[tuple]]:
    """Give each article a list as long as the real ones: its event's, then its topic's articles."""
    places = np.argsort(news.event, kind="stable")
    starts = np.searchsorted(news.event[places], np.arange(news.events + 1))
    topic = news.topic_of[news.event] * 2 + news.language_of[news.event]
    by_topic = np.argsort(topic, kind="stable")
    rank = np.empty(news.count, np.int64)
    rank[by_topic] = np.arange(news.count)
    made = iter(range(1, news.count * LINKS + 1))

    def links(pk: int, names: list[str]) -> list[tuple]:
        event = news.event[pk - 1]
        same = places[starts[event] : starts[event + 1]][: LINKS // 2 + 1]
        near = by_topic[max(0, rank[pk - 1] - LINKS) : rank[pk - 1] + LINKS]
        others = [n for n in dict.fromkeys([*same.tolist(), *near.tolist()]) if n != pk - 1]
        return [
            (
                next(made),
                pk,
                other + 1,
                "automatic",
                0.6 / (1 + place / 4),
                f"Both mention {names[0]}",
            )
            for place, other in enumerate(others[:LINKS])
        ]

    return links
