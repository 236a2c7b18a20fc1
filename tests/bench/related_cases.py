"""What tests.bench.related_scale measures."""

from __future__ import annotations

import contextlib
import re
import resource
import time
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management import call_command
from django.db import connection
from django.template import Context, Template
from django.utils import timezone

from reader.articles.models import Article
from reader.articles.services import settle, withdraw_article
from reader.related.models import RelatedLink, Survey
from reader.related.services import relate_all
from reader.related.services.walking import Unfinished
from reader.related.tasks import relate_changed
from reader.stories.models import Placement, StoryMember
from tests.bench.generated.related import News, generate
from tests.bench.measuring import Taken, at, timed_cursors

# New articles are about one of so many latest events.
LATELY = 2_000
WARM_UP = 5
# A plan may read these as a whole: they are small on every site, or made by the statement itself.
SMALL = ("stories_placement", "related_survey", "articles_section", "articles_publisher")
POSTGRESQL_SCAN = re.compile(r"Seq Scan on (\w+)")
SQLITE_SCAN = re.compile(r"SCAN (\w+)(?! USING (?:COVERING )?INDEX)")
HEAD = (
    "| what | times | statements | p50 | p95 | p99 | most | in the database p50 | work p50 |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def fill(size: int) -> list[str]:
    call_command("migrate", verbosity=0)
    if not Article.objects.exists():
        generate(size, tell=say)
    # As after a pass, so that none becomes due while somebody measures.
    Placement.objects.update_or_create(pk=1, defaults={"made_at": timezone.now()})
    return []


def write(size: int, *, rounds: int, target_ms: int, target_mib: int) -> list[str]:
    """Publish, correct and withdraw articles one by one: all that the worker does then."""
    step = relate_changed.func
    news, random = News(size), np.random.default_rng()
    fresh = [_new_article(news, random) for _ in range(WARM_UP)]
    step(fresh)
    published, corrected, withdrawn = Taken(), Taken(), Taken()
    fresh = []
    with timed_cursors():
        for _ in range(rounds):
            fresh.append(_new_article(news, random))
            published.add(lambda: step(fresh[-1:]))
        for pk in fresh:
            article = Article.objects.get(pk=pk)
            _, article.body_text = news.text_about(int(news.event[-1]), random)
            article.revision_number += 1
            article.save(update_fields=["body_text", "revision_number"])
            corrected.add(lambda pk=pk: step([pk]))
        for pk in fresh:
            withdraw_article(Article.objects.get(pk=pk))
            withdrawn.add(lambda pk=pk: step([pk]))
    say(f"\n**{connection.vendor}**, {size:,} articles; milliseconds\n\n{HEAD}")
    for name, taken in (
        ("a new article", published),
        ("a corrected one", corrected),
        ("a withdrawn one", withdrawn),
    ):
        say(_row(name, taken))
    memory = _memory_mib()
    placed = StoryMember.objects.filter(article__in=fresh).count()
    say(f"\nMemory: {_told(memory)}. Put into a story: {placed} of {len(fresh)}.")
    links = RelatedLink.objects.filter(article__in=fresh) | RelatedLink.objects.filter(
        other__in=fresh
    )
    missed = []
    if links.exists():
        missed.append("a withdrawn article stands in a list")
    for name, taken in (("new", published), ("withdrawn", withdrawn)):
        if at(taken.totals, 0.5) > target_ms:
            missed.append(f"a {name} article takes {at(taken.totals, 0.5):.0f} ms, not {target_ms}")
    if sum(memory.values()) > target_mib:
        missed.append(f"memory is {_told(memory)}")
    return missed


def look(size: int, rounds: int, *, target_ms: float) -> list[str]:
    """Draw what stands beside articles all over the site, most of them old."""
    random = np.random.default_rng(5)
    template = Template("{% load related %}{% related article %}")
    # In half of them readers are: the latest.
    half, lately = rounds // 2, max(1, size - 5_000)
    ids = [*random.integers(1, size, half), *random.integers(lately, size, half)]
    taken, whole, plans = Taken(), set(), set()
    articles = [Article.objects.for_page().get(pk=int(pk)) for pk in ids]
    template.render(Context({"article": articles[0]}))
    statements = 0
    with timed_cursors():
        for article in articles:
            asked = taken.add(lambda a=article: template.render(Context({"article": a})))
            links = RelatedLink.objects.filter(article=article).shown()
            if links.exists():
                statements = max(statements, len(asked))
            for sql, params in asked:
                if len(plans) < 50:
                    plans.add(sql)
                    whole |= set(_whole_tables(sql, params))
    say(f"\n{HEAD}\n{_row('beside an article', taken)}")
    say(f"\nReading a whole table: {', '.join(sorted(whole)) or 'nothing'}.")
    missed = [f"the sidebar reads all of {table}" for table in sorted(whole)]
    if statements > 1:
        missed.append(f"the sidebar takes {statements} statements")
    for share in (0.5, 0.95):
        if at(taken.in_database, share) > target_ms:
            missed.append(f"the sidebar asks {at(taken.in_database, share):.1f} ms at {share:.0%}")
    return missed


def rebuild(seconds: float, *, target_mib: int) -> list[str]:
    """Take the pass over all some way; say how far it came and what of memory it took."""
    reached: dict[str, tuple[int, float]] = {}
    rates: dict[str, float] = {}

    def hear(words: str) -> None:
        found = re.match(r"(\d+) of (\d+) .* (\w+)$", words)
        if not found:
            return
        done, what, now = int(found[1]), found[3], time.monotonic()
        first, since = reached.setdefault(what, (done, now))
        if now - since > 1:
            rates[what] = (done - first) / (now - since)

    start, count = time.monotonic(), None
    with contextlib.suppress(Unfinished):
        count = relate_all(say=hear, anew=True, seconds=seconds)
    took = time.monotonic() - start
    survey = Survey.objects.get()
    memory = _memory_mib()
    ended = f"all {count:,} done" if count else f"broken off at step {survey.step}"
    told = ", ".join(f"{what} {rate:,.0f} a second" for what, rate in rates.items())
    say(f"\nPass over all: {took:.0f} s, {ended}; {told}; memory: {_told(memory)}.")
    if sum(memory.values()) > target_mib:
        return [f"memory is {_told(memory)}"]
    return []


def _new_article(news: News, random: np.random.Generator) -> int:
    event = int(news.event[-1 - int(random.integers(0, min(LATELY, news.count)))])
    title, text = news.text_about(event, random)
    now = timezone.now()
    article = Article(
        title=title,
        body_text=text,
        language=news.language(event),
        publisher_id=int(random.integers(1, news.publishers + 1)),
        status="published",
        published_at=now,
    )
    settle(article)
    article.save()
    return article.pk


def _row(name: str, taken: Taken) -> str:
    figures = [at(taken.totals, share) for share in (0.5, 0.95, 0.99, 1)]
    figures += [at(taken.in_database, 0.5), at(taken.works, 0.5)]
    cells = " | ".join(f"{figure:.1f}" for figure in figures)
    return f"| {name} | {len(taken.totals)} | {taken.statements} | {cells} |"


def _whole_tables(sql: str, params: Any) -> list[str]:
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(f"{'EXPLAIN QUERY PLAN' if is_sqlite else 'EXPLAIN'} {sql}", params)
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    tables = set(connection.introspection.table_names()) - {*SMALL}
    found = (SQLITE_SCAN if is_sqlite else POSTGRESQL_SCAN).findall(plan)
    return [table for table in found if table in tables]


def _memory_mib() -> dict[str, float]:
    """Give the most memory that this process, and its part of PostgreSQL, ever held."""
    memory = {"Python": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    if connection.vendor == "postgresql" and connection.connection is not None:
        status = Path(f"/proc/{connection.connection.info.backend_pid}/status")
        if status.exists():
            # Shared buffers belong to the whole server.
            own = re.search(r"RssAnon:\s+(\d+)", status.read_text())
            memory["PostgreSQL"] = int(own[1]) / 1024 if own else 0
    return memory


def _told(memory: dict[str, float]) -> str:
    return ", ".join(f"{name} {mib:.0f} MiB" for name, mib in memory.items())


def say(words: str) -> None:
    print(words, flush=True)
