"""What may be meant by the words that somebody is typing: asked of indexes by beginnings only."""

# ruff: noqa: S608  (what stands in a statement is ours; what comes from outside is a parameter)

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import CharField, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import slugify

from reader.articles.models import Article, Publisher
from reader.hashtags.models import Hashtag
from reader.hashtags.naming import fold
from reader.search.engines import TookTooLong, current_engine, patience
from reader.search.entries import article_at
from reader.search.finding import lookup_of
from reader.search.grammar import parse_question
from reader.search.models import Word
from reader.search.narrowing import address_of
from reader.search.nodes import All, Any, Node, Phrase
from reader.search.paging import BEST
from reader.search.querysets import begins_with
from reader.search.resolving import resolve
from reader.search.words import folded

TEXT_MAX_LENGTH = 80
# No filter says more.
GIVEN_MAX_LENGTH = 200
# A single letter begins half of everything.
BEGINNING_MIN_LENGTH = 2
WORDS_MAX, HASHTAGS_MAX, PUBLISHERS_MAX, HEADLINES_MAX = 4, 4, 2, 4
# Nobody waits for them.
HEADLINES_SECONDS = 0.3
# Words that a headline may have for the one that is begun.
COMPLETIONS_MAX = 8
# The names of publishers begin so as often as not.
ARTICLES = ("", "the-", "el-", "la-", "le-", "die-", "der-")

Row = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    url: str
    count: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    words: Sequence[Suggestion] = ()
    hashtags: Sequence[Suggestion] = ()
    publishers: Sequence[Suggestion] = ()
    headlines: Sequence[Suggestion] = ()

    @property
    def count(self) -> int:
        return sum(map(len, (self.words, self.hashtags, self.publishers, self.headlines)))


def suggest_for(text: str, given: Mapping[str, str] | None = None) -> Suggestions:
    """
    Suggest how to go on typing, and where to go instead, in three statements.

    The words go on within what is `given` beside them in the form, read by the page they lead to.
    """
    kept = {name: value for name, value in (given or {}).items() if len(value) <= GIVEN_MAX_LENGTH}
    if kept.get("order") == BEST:
        del kept["order"]  # a search without it has the same results, and one address
    text = " ".join(text[:TEXT_MAX_LENGTH].replace("\0", " ").split())
    head, _, last = text.rpartition(" ")
    beginning = folded(last)
    if len(fold(text)) < BEGINNING_MIN_LENGTH or '"' in text or ":" in text:
        return Suggestions()
    rows = list(_rows(text, beginning))
    words = [(name, token) for kind, name, token, _ in rows if kind == "word"]
    return Suggestions(
        words=[
            Suggestion(whole, address_of(kept, q=whole, after=None, exact=None))
            for word, _ in words[:WORDS_MAX]
            if (whole := f"{head} {word}".strip()) != text.lower()
        ],
        hashtags=[
            Suggestion(f"#{name}", reverse("hashtags:hashtag_detail", args=[slug]), count)
            for kind, name, slug, count in rows
            if kind == "hashtag"
        ],
        publishers=[
            Suggestion(name, reverse("articles:publisher_detail", args=[slug]))
            for kind, name, slug, _ in rows
            if kind == "publisher"
        ],
        headlines=list(_headlines(text, head, [token for _, token in words])),
    )


def _rows(text: str, beginning: str) -> Iterator[Row]:
    """Ask for words, hashtags and publishers in one statement, each by its own index."""
    slug = slugify(text, allow_unicode=True)
    publishers = Q()
    for article in ARTICLES:
        publishers |= begins_with("slug", f"{article}{slug}")
    parts: list[QuerySet] = []
    if len(beginning) >= BEGINNING_MIN_LENGTH:
        words = Word.objects.shared().beginning(beginning)
        parts.append(_as_rows(words, "word", "word", "token", "article_count")[:COMPLETIONS_MAX])
    hashtags = Hashtag.objects.shown().filter(begins_with("slug", fold(text))).busiest_first()
    parts.append(_as_rows(hashtags, "hashtag", "name", "slug", "article_count")[:HASHTAGS_MAX])
    if slug:
        found = Publisher.objects.known().filter(publishers).by_name()
        parts.append(_as_rows(found, "publisher", "name", "slug", None)[:PUBLISHERS_MAX])
    # Written out, for Django gives SQLite no union of parts that end somewhere.
    statements = [part.query.sql_with_params() for part in parts]
    sql = " UNION ALL ".join(
        f"SELECT * FROM ({sql}) part{n}" for n, (sql, _) in enumerate(statements)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _, params in statements for value in params])
        yield from cursor.fetchall()


def _as_rows(rows: QuerySet, kind: str, name: str, key: str, count: str | None) -> QuerySet:
    return rows.annotate(
        kind_=Cast(Value(kind), CharField(max_length=9)),
        name_=Cast(F(name), CharField(max_length=200)),
        key_=Cast(F(key), CharField(max_length=200)),
        count_=Cast(F(count) if count else Value(0), IntegerField()),
    ).values_list("kind_", "name_", "key_", "count_")


def _headlines(text: str, head: str, tokens: Sequence[str]) -> Iterator[Suggestion]:
    """Find the newest headlines that have the words typed and one that the last may become."""
    whole = head if tokens else text
    question = resolve(parse_question(f"in:headline {whole}" if whole else ""))
    parts: list[Node] = list(question.tree.parts) if question.tree else []
    if tokens:
        choices = [Phrase((token,), fields=("headline",)) for token in dict.fromkeys(tokens)]
        parts.append(choices[0] if len(choices) == 1 else Any(tuple(choices)))
    if not parts:
        return
    lookup = lookup_of(All(tuple(parts)), None)
    try:
        with patience(HEADLINES_SECONDS):
            places = current_engine().newest(lookup, before=None, limit=HEADLINES_MAX)
    except TookTooLong:
        return
    numbers = [article_at(place) for place in places]
    articles = Article.objects.visible().only("title", "slug", "language").in_bulk(numbers)
    for number in numbers:
        if article := articles.get(number):
            yield Suggestion(article.title, article.get_absolute_url(), None, article.language)
