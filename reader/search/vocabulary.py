"""Every change to the vocabulary: which words there are, in how many articles, and misspelt how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from reader.articles.models import Article, ArticleRevision
from reader.search.models import CountedArticle, Word
from reader.search.spelling import errors_in, keys_of
from reader.search.words import words_in

# As many texts as are held in memory at once, and counted in one transaction: whoever changes one
# of these articles waits for it.
BATCH_SIZE = 100
# As many batches as one turn of the worker counts.
BATCHES_A_TURN = 5
# As many articles as are noted at once.
NOTED_AT_ONCE = 2_000
# Nobody's text has more; of a dictionary this many are counted.
WORDS_MAX = 5_000
# In how many articles a word must be for one error in it to be forgiven, and for two. What only one
# article has is mostly a mistake itself.
FORGIVEN_FROM = {1: 2, 2: 5}
# SQLite takes 32,766 parameters in a statement.
ROWS_MAX = 5_000

_COUNT = """
INSERT INTO search_word (word, token, article_count, errors_forgiven) VALUES {rows}
ON CONFLICT (word) DO UPDATE SET article_count = search_word.article_count + excluded.article_count
"""
_MISSPELL = "INSERT INTO search_misspelt (key, word_id) VALUES {rows} ON CONFLICT DO NOTHING"
_SPELL = "DELETE FROM search_misspelt WHERE (key, word_id) IN (VALUES {rows})"

Text = tuple[str, str, str]


def note_changes(article_ids: Sequence[int], *, bulk: bool = False) -> None:
    """
    Have the words of articles counted, soon and apart from whoever is changing them now.

    What is closed may be deleted next, with all it ever said; so its words are kept to be counted
    out. The caller holds the rows of the articles.
    """
    ids = sorted(set(article_ids))
    now = timezone.now()
    CountedArticle.objects.bulk_create(
        [CountedArticle(article_id=pk, due_at=now) for pk in ids],
        batch_size=ROWS_MAX,
        update_conflicts=True,
        unique_fields=["article_id"],
        update_fields=["due_at"],
    )
    # Nobody counts them now: the rows above are held until all of this is written.
    for start in range(0, len(ids), BATCH_SIZE):
        _keep_words(ids[start : start + BATCH_SIZE])


def _keep_words(article_ids: Sequence[int]) -> None:
    rows = list(CountedArticle.objects.of_closed(article_ids))
    for (pk, _), text in (_kept_texts(rows) if rows else {}).items():
        words = "\n".join(f"{word} {token}" for word, token in sorted(_words_of(text)))
        CountedArticle.objects.filter(pk=pk).update(words=words)


def count_words() -> int:
    """
    Count the words of articles that changed, one batch of them; return how many articles were read.

    Any number of workers may do it at the same time: each takes its own articles, and all touch
    words in the order of the alphabet.
    """
    if not CountedArticle.objects.due().exists():
        return 0  # the worker asks every few seconds; a transaction would lock SQLite each time
    with transaction.atomic():
        rows = list(CountedArticle.objects.due().select_for_update(skip_locked=True)[:BATCH_SIZE])
        articles = {article.pk: article for article in _articles(rows)}
        changes = _changes(rows, articles)
        _add(changes)
        CountedArticle.objects.bulk_create(
            rows,
            batch_size=ROWS_MAX,
            update_conflicts=True,
            unique_fields=["article_id"],
            update_fields=["revision_number", "due_at", "words"],
        )
        if gone := [row.pk for row in rows if row.pk not in articles]:
            CountedArticle.objects.filter(pk__in=gone).delete()
        _forget([word for (word, _), by in sorted(changes.items()) if by < 0])
        _forgive_errors([word for (word, _), by in sorted(changes.items()) if by > 0])
    return len(rows)


def count_some_words() -> int:
    """Count a few batches: a turn of the worker."""
    done = 0
    for _ in range(BATCHES_A_TURN):
        read = count_words()
        done += read
        if read < BATCH_SIZE:
            break
    return done


def count_all_words(*, say: Callable[[str], None]) -> int:
    """Count what has changed, to the end; return how many articles were read."""
    done = 0
    while read := count_words():
        done += read
        say(f"Words of {done} articles counted")
    return done


def count_missing_words(*, say: Callable[[str], None]) -> int:
    """Count what has changed and what was never counted; return how many articles were read."""
    last = 0
    while ids := list(CountedArticle.objects.articles_without(after=last)[:NOTED_AT_ONCE]):
        last = ids[-1]
        with transaction.atomic():
            # Nobody counts out what was never counted in, so their rows need not be held.
            CountedArticle.objects.bulk_create(
                [CountedArticle(article_id=pk, due_at=timezone.now()) for pk in ids],
                ignore_conflicts=True,
            )
    return count_all_words(say=say)


def recount_words(*, say: Callable[[str], None]) -> int:
    """
    Forget every word and count anew; until it is done the vocabulary is small.

    Stopped halfway, count_missing_words() goes on.
    """
    # Who counts meanwhile holds rows of the first table before any of the others.
    tables = [CountedArticle._meta.db_table, Word._meta.db_table, "search_misspelt"]
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables))
    return count_missing_words(say=say)


def _changes(
    rows: Sequence[CountedArticle], articles: Mapping[int, Article]
) -> Counter[tuple[str, str]]:
    """Work out what is to be added to each word, and note in the rows what it was worked out of."""
    now = timezone.now()
    kept = _kept_texts(_otherwise(rows, articles, now))
    changes = Counter[tuple[str, str]]()
    for row in rows:
        article = articles.get(row.article_id)
        opens = article.shown_from if article else None
        number = _number(article, now)
        if number != row.revision_number:
            if number and article:
                changes.update(_words_of((article.title, article.standfirst, article.body_text)))
            if text := kept.get((row.article_id, row.revision_number)):
                changes.subtract(_words_of(text))
            else:
                changes.subtract(_words_kept(row))
        row.revision_number, row.due_at, row.words = number, _again(opens, now), ""
    return changes


def _number(article: Article | None, now: datetime) -> int:
    """Return which revision of an article readers may see, 0 for none."""
    opens = article.shown_from if article else None
    return article.revision_number if article and opens and opens <= now else 0


def _again(opens: datetime | None, now: datetime) -> datetime | None:
    """Return when a scheduled article is to be counted; it may have been put off meanwhile."""
    return opens if opens and opens > now else None


def _articles(rows: Sequence[CountedArticle]) -> Iterator[Article]:
    fields = ("title", "standfirst", "body_text", "revision_number", "shown_from")
    return Article.objects.filter(pk__in=[row.article_id for row in rows]).only(*fields).iterator()


def _otherwise(
    rows: Sequence[CountedArticle], articles: Mapping[int, Article], now: datetime
) -> list[CountedArticle]:
    """Keep what was counted and says something else by now, or nothing to readers."""
    return [
        row
        for row in rows
        if row.revision_number and row.revision_number != _number(articles.get(row.article_id), now)
    ]


def _kept_texts(rows: Sequence[CountedArticle]) -> dict[tuple[int, int], Text]:
    """Load the texts that were counted."""
    counted = {row.article_id: row.revision_number for row in rows}
    revisions = ArticleRevision.objects.filter(
        article__in=list(counted), number__in=set(counted.values())
    ).values_list("article_id", "number", "title", "standfirst", "body_text")
    return {
        (pk, number): (title, standfirst, body)
        for pk, number, title, standfirst, body in (revisions.iterator() if counted else ())
        if counted[pk] == number
    }


def _words_kept(row: CountedArticle) -> set[tuple[str, str]]:
    pairs = (line.partition(" ") for line in row.words.splitlines())
    return {(word, token) for word, _, token in pairs}


def _words_of(text: Text) -> set[tuple[str, str]]:
    words = {pair for part in text for pair in words_in(part)}
    return words if len(words) <= WORDS_MAX else set(sorted(words)[:WORDS_MAX])


def _add(changes: Counter[tuple[str, str]]) -> None:
    rows = [(word, token, by, 0) for (word, token), by in sorted(changes.items()) if by]
    _write(_COUNT, rows)


def _forget(words: Sequence[str]) -> None:
    """Take out those words that no article has any more, and what leads to them."""
    for start in range(0, len(words), ROWS_MAX):
        gone = list(Word.objects.unused().filter(word__in=words[start : start + ROWS_MAX]))
        keys = [
            (key, word.pk)
            for word in gone
            if word.errors_forgiven
            for key in keys_of(word.word, min(word.errors_forgiven, errors_in(word.word)))
        ]
        _write(_SPELL, keys)
        if gone:
            Word.objects.filter(pk__in=[word.pk for word in gone]).delete()


def _forgive_errors(words: Sequence[str]) -> None:
    """Lead misspellings to those words that are common enough by now."""
    for start in range(0, len(words), ROWS_MAX):
        some = Word.objects.filter(word__in=words[start : start + ROWS_MAX])
        found = list(some.ready_for_errors(FORGIVEN_FROM))
        keys = []
        for word in found:
            word.errors_forgiven = 2 if word.article_count >= FORGIVEN_FROM[2] else 1
            errors = min(word.errors_forgiven, errors_in(word.word))
            keys += [(key, word.pk) for key in sorted(keys_of(word.word, errors))]
        _write(_MISSPELL, keys)
        for errors in FORGIVEN_FROM:
            numbers = [word.pk for word in found if word.errors_forgiven == errors]
            Word.objects.filter(pk__in=numbers).update(errors_forgiven=errors)


def _write(sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    for start in range(0, len(rows), ROWS_MAX):
        some = rows[start : start + ROWS_MAX]
        places = ", ".join([f"({', '.join(['%s'] * len(some[0]))})"] * len(some))
        _run(sql.format(rows=places), [value for row in some for value in row])


def _run(sql: str, params: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
