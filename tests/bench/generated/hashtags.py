"""Hashtags, a few of them everywhere, and which articles have which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.hashtags.naming import fold
from tests.bench.generated.storing import Sheet, Store
from tests.bench.generated.words import place_name, skewed, voice

TABLES = [Hashtag, ArticleHashtag]
MOST = 20_000


class Hashtags:
    """Knows how many visible articles have each, which is written last."""

    def __init__(self, articles: int, random: Random) -> None:
        self.names = _names(min(MOST, 100 + articles // 20), random)
        self.counts = [0] * len(self.names)
        self.links = Sheet(
            ArticleHashtag,
            "article_id", "hashtag_id", "source", "place", "score", "listed_at", "is_counted",
        )  # fmt: skip

    def pick(self, random: Random, count: int) -> list[int]:
        """Draw different hashtags, as places in `names`."""
        size = len(self.names)
        return list(dict.fromkeys(skewed(random, size, 2.5) for _ in range(count)))

    def rows_for(
        self, article_id: int, tags: Sequence[int], listed_at: str, *, is_visible: bool
    ) -> Iterator[tuple]:
        for place, tag in enumerate(tags, 1):
            self.counts[tag] += is_visible
            yield article_id, tag + 1, "keyword", place, 1 / place, listed_at, is_visible

    def store(self, store: Store) -> None:
        sheet = Sheet(Hashtag, "id", "name", "slug", "article_count")
        rows = enumerate(zip(self.names, self.counts, strict=True), 1)
        store.write(sheet, ((pk, name, fold(name), count) for pk, (name, count) in rows))


def _names(count: int, random: Random) -> list[str]:
    words = [word for word in voice("en").words if len(word) > 4]
    names: dict[str, str] = {}
    while len(names) < count:
        name = random.choice(words) if random.random() < 0.4 else place_name(random)
        if random.random() < 0.5:
            name = f"{name.title()}{random.choice(words).title()}"
        names.setdefault(fold(name), name)
    return list(names.values())
