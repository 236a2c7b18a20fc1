"""Every change to the vocabulary: which words there are, in how many articles, and misspelt how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from reader.articles.models import Article, ArticleRevision
from reader.search.models import CountedArticle, Word
from reader.search.spelling import errors_in, keys_of
from reader.search.words import words_in

# As many texts as are held in memory at once, and as many as one turn of the worker reads.
BATCH_SIZE = 500
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

Text = tuple[str, str, str]


def note_changes(article_ids: Sequence[int], *, bulk: bool = False) -> None:
    """Have the words of articles counted, soon and apart from whoever is changing them now."""
    opens = dict(
        Article.objects.filter(pk__in=article_ids).values_list("pk", "shown_from").iterator()
    )
    now = timezone.now()
    CountedArticle.objects.bulk_create(
        [
            CountedArticle(article_id=pk, due_at=max(opens.get(pk) or now, now))
            for pk in sorted(set(article_ids))
        ],
        batch_size=ROWS_MAX,
        update_conflicts=True,
        unique_fields=["article_id"],
        update_fields=["due_at"],
    )


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
        changes = _changes(rows)
        _add(changes)
        CountedArticle.objects.bulk_create(
            rows,
            batch_size=ROWS_MAX,
            update_conflicts=True,
            unique_fields=["article_id"],
            update_fields=["revision_number", "due_at"],
        )
        _forgive_errors([word for (word, _), by in sorted(changes.items()) if by > 0])
    return len(rows)


def count_all_words(*, say: Callable[[str], None]) -> int:
    """Count what has changed, to the end; return how many articles were read."""
    done = 0
    while read := count_words():
        done += read
        say(f"Words of {done} articles counted")
    return done


def recount_words(*, say: Callable[[str], None]) -> int:
    """Forget every word and count anew; until it is done the vocabulary is small."""
    with transaction.atomic():
        _run("DELETE FROM search_misspelt")
        Word.objects.all().delete()
        CountedArticle.objects.all().delete()
        ids = list(Article.objects.filter(shown_from__isnull=False).values_list("pk", flat=True))
        note_changes(ids)
    return count_all_words(say=say)


def _changes(rows: Sequence[CountedArticle]) -> Counter[tuple[str, str]]:
    """Work out what is to be added to each word, and note in the rows what it was worked out of."""
    now = timezone.now()
    articles = {article.pk: article for article in _articles(rows)}
    kept = _kept_texts(rows, articles)
    changes = Counter[tuple[str, str]]()
    for row in rows:
        article = articles.get(row.article_id)
        opens = article.shown_from if article else None
        number = article.revision_number if article and opens and opens <= now else 0
        if number != row.revision_number:
            if number and article:
                changes.update(_words_of((article.title, article.standfirst, article.body_text)))
            if text := kept.get((row.article_id, row.revision_number)):
                changes.subtract(_words_of(text))
        row.revision_number, row.due_at = number, _again(opens, now)
    return changes


def _again(opens: datetime | None, now: datetime) -> datetime | None:
    """Return when a scheduled article is to be counted; it may have been put off meanwhile."""
    return opens if opens and opens > now else None


def _articles(rows: Sequence[CountedArticle]) -> Iterator[Article]:
    fields = ("title", "standfirst", "body_text", "revision_number", "shown_from")
    return Article.objects.filter(pk__in=[row.article_id for row in rows]).only(*fields).iterator()


def _kept_texts(
    rows: Sequence[CountedArticle], articles: dict[int, Article]
) -> dict[tuple[int, int], Text]:
    """Load the texts that were counted before, of articles that say something else by now."""
    counted = {row.article_id: row.revision_number for row in rows if row.revision_number}
    revisions = ArticleRevision.objects.filter(
        article__in=list(counted), number__in=set(counted.values())
    ).values_list("article_id", "number", "title", "standfirst", "body_text")
    return {
        (pk, number): (title, standfirst, body)
        for pk, number, title, standfirst, body in (revisions.iterator() if counted else ())
        if counted[pk] == number
    }


def _words_of(text: Text) -> set[tuple[str, str]]:
    words = {pair for part in text for pair in words_in(part)}
    return words if len(words) <= WORDS_MAX else set(sorted(words)[:WORDS_MAX])


def _add(changes: Counter[tuple[str, str]]) -> None:
    rows = [(word, token, by, 0) for (word, token), by in sorted(changes.items()) if by]
    _write(_COUNT, rows)


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
