"""
How long a search takes: finding, counting and facets, for a mix of questions on a generated site.

    python -m tests.bench.generate --articles 100000 --comments 1000 --search --database-url …
    python -m tests.bench.search --database-url …

The questions are drawn from the site itself: words by how many articles have them, phrases as they
stand in articles, and the names of its publishers, hashtags and authors. The same site and seed
give the same questions. Prints a table for docs/results/. With --fuzz it asks the pages and feeds
whatever comes to a bad typist's mind, and says what failed and what took over a second.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

ROUNDS = 3
SAMPLE = 3_000
# The share of the sampled articles that have a word.
RARE, MIDDLING, COMMON = (0.0003, 0.002), (0.01, 0.05), (0.2, 0.7)


def main(arguments: list[str]) -> int:
    wanted = read(arguments)
    if wanted.database_url:
        os.environ["DATABASE_URL"] = wanted.database_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reader.settings")

    import django  # noqa: PLC0415  (which database is known only now)

    django.setup()
    from django.db import connection  # noqa: PLC0415  (needs the setup)

    from reader.articles.models import Article  # noqa: PLC0415  (needs the setup)
    from tests.bench.measuring import timed_cursors  # noqa: PLC0415  (needs the setup)

    mix = Mix(Random(wanted.seed))
    print(f"{Article.objects.count():,} articles, {connection.vendor}, seed {wanted.seed}\n")
    if wanted.fuzz:
        from tests.bench.search_fuzz import fuzz  # noqa: PLC0415  (needs the setup)

        return min(1, fuzz(mix, count=wanted.fuzz, seed=wanted.seed))
    with timed_cursors():
        return measure(mix, each=wanted.each)


def measure(mix: "Mix", *, each: int) -> int:
    from tests.bench.measuring import HEADINGS, Taken, at  # noqa: PLC0415  (needs the setup)

    print(f"| questions | {' | '.join(['found', *HEADINGS])} |")
    print(f"| --- {'| ---: ' * (len(HEADINGS) + 1)}|")
    every = Taken()
    slowest: list[tuple[float, str]] = []
    for name, make in mix.kinds():
        taken, counts = Taken(), []
        for _ in range(each):
            ask, words = make()
            counts.append(ask().found.count)  # warms, as the second reader finds it
            taken.add(ask, rounds=ROUNDS)
            slowest.append((taken.totals[-1], f"{name}: {words}"))
        for mine, all_of in (
            (taken.totals, every.totals),
            (taken.in_database, every.in_database),
            (taken.works, every.works),
        ):
            all_of += mine
        every.statements = max(every.statements, taken.statements)
        row = [name, f"{min(counts):,}–{max(counts):,}", *taken.row()]
        print(f"| {' | '.join(row)} |", flush=True)
    print(f"| {' | '.join(['**all**', '', *every.row()])} |")
    print(
        f"\n95 % took no more than {at(every.totals, 0.95):.0f} ms by the clock,"
        f" {at(every.works, 0.95):.0f} of work, {at(every.in_database, 0.95):.0f} in the database."
    )
    print("\nThe slowest:\n")
    for milliseconds, words in sorted(slowest, reverse=True)[:10]:
        print(f"- {milliseconds:.1f} ms: `{words}`")
    return 0


class Mix:
    """Draws questions from what the site has."""

    def __init__(self, random: Random) -> None:
        from reader.articles.models import Article, Publisher  # noqa: PLC0415  (needs the setup)
        from reader.hashtags.models import Hashtag  # noqa: PLC0415  (needs the setup)

        self.random = random
        newest = Article.objects.visible().order_by("-pk").values_list("pk", flat=True).first() or 1
        numbers = {random.randint(1, newest) for _ in range(SAMPLE)}
        rows = Article.objects.visible().filter(pk__in=numbers, language="en").order_by("pk")
        self.articles = list(rows.values_list("body_text", "title", "authors"))
        self.publishers = list(Publisher.objects.order_by("pk").values_list("slug", flat=True)[:40])
        busiest = Hashtag.objects.order_by("-article_count", "pk").values_list("slug", flat=True)
        self.hashtags = list(busiest[:200])
        seen = Counter[str]()
        for body, title, _ in self.articles:
            seen.update({word.strip(".,?!:“”").lower() for word in f"{title} {body}".split()})
        some = len(self.articles)
        self.words = {
            name: sorted(
                word
                for word, count in seen.items()
                if low <= count / some <= high and word.isalpha() and len(word) > 2
            )
            for name, (low, high) in {
                "rare": RARE, "middling": MIDDLING, "common": COMMON,
            }.items()
        }  # fmt: skip

    def kinds(self) -> Iterator[tuple[str, Callable]]:
        a = self.word
        yield "a rare word", lambda: self.ask(a("rare"))
        yield "a middling word", lambda: self.ask(a("middling"))
        yield "a common word", lambda: self.ask(a("common"))
        yield "a common word, newest first", lambda: self.ask(a("common"), order="newest")
        yield "two middling words", lambda: self.ask(f"{a('middling')} {a('middling')}")
        yield "a common and a rare word", lambda: self.ask(f"{a('common')} {a('rare')}")
        yield "two common words", lambda: self.ask(f"{a('common')} {a('common')}")
        yield "a phrase of two words", lambda: self.ask(f'"{self.passage(2)}"')
        yield "a phrase of four words", lambda: self.ask(f'"{self.passage(4)}"')
        yield "OR", lambda: self.ask(f"{a('middling')} OR {a('rare')} OR {a('middling')}")
        yield "without a word", lambda: self.ask(f"{a('middling')} -{a('common')}")
        yield (
            "OR in parentheses, without",
            lambda: self.ask(f"({a('common')} OR {a('middling')}) -{a('middling')}"),
        )
        yield "in:headline", lambda: self.ask(f"in:headline {a('middling')}")
        yield "hashtag:", lambda: self.ask(f"hashtag:{self.one(self.hashtags)}")
        yield (
            "hashtag: and a word",
            lambda: self.ask(f"{a('common')} hashtag:{self.one(self.hashtags)}"),
        )
        yield "author:", lambda: self.ask(f'author:"{self.one(self.articles)[2][0]}"')
        yield (
            "a word and a publisher",
            lambda: self.ask(a("common"), publisher=self.one(self.publishers)),
        )
        yield (
            "a word, a language, a month",
            lambda: self.ask(a("common"), lang="en", since="2025-03-01", until="2025-03-31"),
        )
        yield "a word and a year", lambda: self.ask(f"{a('common')} after:2024 before:2025")
        yield "a language alone", lambda: self.ask("", lang=self.one(["en", "es", "ar"]))
        yield "a publisher alone", lambda: self.ask("", publisher=self.one(self.publishers))
        yield "a misspelt word", lambda: self.ask(self.misspelt())

    def ask(self, words: str, **filters: str) -> tuple[Callable, str]:
        from reader.search.correcting import find_meant  # noqa: PLC0415  (needs the setup)
        from reader.search.forms import FilterForm  # noqa: PLC0415  (needs the setup)
        from reader.search.grammar import parse_question  # noqa: PLC0415  (needs the setup)

        def find() -> object:
            form = FilterForm(filters)
            return find_meant(
                parse_question(words),
                exactly=False,
                within=form.within,
                order=form.chosen_order,
                with_facets=True,
            )

        return find, " ".join([words, *(f"{name}={value}" for name, value in filters.items())])

    def one(self, things: list) -> object:
        return self.random.choice(things)

    def word(self, kind: str) -> str:
        return self.random.choice(self.words[kind])

    def passage(self, length: int) -> str:
        words = self.random.choice(self.articles)[0].split()
        start = self.random.randrange(max(1, len(words) - length))
        return " ".join(words[start : start + length]).replace('"', "")

    def misspelt(self) -> str:
        word = self.random.choice([word for word in self.words["middling"] if len(word) > 5])
        place = self.random.randrange(1, len(word) - 1)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.search",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--each", type=int, default=20, help="questions of each kind")
    parser.add_argument("--fuzz", type=int, default=0, help="ask so many fuzzed questions instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database-url", help="else DATABASE_URL of the environment")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
