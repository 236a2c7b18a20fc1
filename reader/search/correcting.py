"""What a reader probably meant, asked of the vocabulary and of the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice, pairwise, product, takewhile
from time import monotonic
from typing import Any, Protocol

from reader.search.engines import TookTooLong, current_engine, patience
from reader.search.finding import BEST, COUNT_MAX, Found, find_articles, lookup_of
from reader.search.grammar import ITEM, NOISE, Question, parse_question
from reader.search.models import Word
from reader.search.nodes import QUOTES, Node
from reader.search.resolving import resolve
from reader.search.spelling import Candidate, best_halves, halves_of, keys_asked, ranked
from reader.search.words import is_bigram_script, spots_of, words_in

# So few results that something else may have been meant.
FEW = 3
# Nobody mistypes more of the words of one question; a pasted text is no question.
WORDS_MAX = 12
# Of each word so many neighbours are tried, and so many questions altogether.
NEIGHBOURS_MAX = 8
TRIES_MAX = 10
# Of further words only the likeliest neighbour is tried, lest there be thousands of combinations.
CHOICES_MAX = 3
# All questions together; whoever waits for results does not wait longer for what else was meant.
SECONDS_MAX = 0.2
# What is offered beside few results has that many times more.
MANY_TIMES = 5


@dataclass(frozen=True)
class Better:
    question: Question
    # COUNT_MAX and one stand for more.
    count: int
    # A word was left out, none being spelled otherwise.
    is_shorter: bool = False

    @property
    def count_said(self) -> str:
        return f"{COUNT_MAX}+" if self.count > COUNT_MAX else str(self.count)


@dataclass(frozen=True, slots=True)
class Typed:
    """A word of a question, and where it stands."""

    start: int
    end: int
    # As it would stand in the vocabulary; empty when it has no spelling.
    word: str
    token: str
    is_noise: bool = False


@dataclass
class Known:
    """What the vocabulary knows about the words of a question."""

    counts: dict[str, int] = field(default_factory=dict)
    of_token: Counter[str] = field(default_factory=Counter)
    tokens: dict[str, str] = field(default_factory=dict)

    def count(self, typed: Typed) -> int:
        return self.of_token[typed.token]

    def neighbours(self, typed: Typed, *, known: int = 0) -> list[str]:
        others = (
            Candidate(word, count)
            for word, count in self.counts.items()
            if self.tokens[word] != typed.token and count > 1
        )
        found = [near.word for near in ranked(typed.word, others, known=known)]
        # Singular and plural find the same.
        once = {self.tokens[word]: word for word in reversed(found)}
        return [word for word in found if once[self.tokens[word]] == word][:NEIGHBOURS_MAX]


@dataclass(frozen=True)
class Meant:
    """What was found, and what the reader is told about the words that were typed."""

    # What the results are of.
    asked: Question
    found: Found
    better: Better | None = None

    @property
    def is_instead(self) -> bool:
        """Nothing has what was typed, so these are the results of `better`."""
        return self.better is not None and self.asked is self.better.question


def find_meant(
    question: Question,
    *,
    exactly: bool,
    within: Sequence[Node] = (),
    order: str = BEST,
    after: int | None = None,
    with_facets: bool = False,
) -> Meant:
    """
    Find the articles that fit, or, where there are none, those for what was probably meant.

    `exactly` takes the reader at their word, and only offers what else may have been meant.
    """
    options: dict[str, Any] = {
        "within": within,
        "order": order,
        "after": after,
        "with_facets": with_facets,
    }
    found = find_articles(question, **options)
    better = None if found.is_too_long else _better_in_time(question, found.count, within)
    if better and not found.count and not exactly:
        instead = find_articles(better.question, **options)
        if not instead.is_too_long:
            return Meant(better.question, instead, better)
    return Meant(question, found, better)


def _better_in_time(question: Question, found: int, within: Sequence[Node]) -> Better | None:
    try:
        with patience(SECONDS_MAX):
            count = partial(count_articles, within=within)
            return better_spelling(question, found=found, count=count)
    except TookTooLong:
        return None


class Count(Protocol):
    def __call__(self, question: Question, *, most: int) -> int: ...


def better_spelling(
    question: Question, *, found: int, count: Count, clock: Callable[[], float] = monotonic
) -> Better | None:
    """
    Find the question that was probably meant and has more results than were `found`.

    Only plain words are spelled otherwise: phrases in quotation marks, operators and what is to be
    left out mean what they say. Asks the vocabulary once, and `count` for a few questions at most,
    none of which begins after SECONDS_MAX.
    """
    end = clock() + SECONDS_MAX
    typed = list(loose_words(question.text))[:WORDS_MAX]
    spelled = [one for one in typed if one.word]
    if question.tree is None or not typed or found > FEW:
        return None
    known = _known(spelled) if spelled else Known()
    tries = _rarer(spelled, known) if found else _likely(spelled, known)
    others = [
        other
        for changes in islice(tries, TRIES_MAX)
        if (other := parse_question(_changed(question.text, changes))).tree
        and other.tree != question.tree
    ]

    def in_time(questions: Iterable[Question]) -> Iterator[Question]:
        return takewhile(lambda _: clock() < end, questions)

    # Words that stand in one headline were likelier meant together.
    for other in in_time([] if found else others):
        headlines = parse_question(f"in:headline {other.text}")
        if headlines.tree and count(headlines, most=1):
            return Better(other, count(other, most=COUNT_MAX + 1))
    for other in in_time(others):
        if (more := count(other, most=COUNT_MAX + 1)) > found * MANY_TIMES:
            return Better(other, more)
    shorter = [] if found else _shorter(typed, known)
    for other in in_time(parse_question(_changed(question.text, each)) for each in shorter):
        if other.tree and (more := count(other, most=COUNT_MAX + 1)):
            return Better(other, more, is_shorter=True)
    return None


def count_articles(
    question: Question, *, within: Sequence[Node] = (), most: int = COUNT_MAX + 1
) -> int:
    """Count what find_articles() would find, no further than `most`."""
    question = resolve(question.narrowed(within))
    if question.tree is None:
        return 0
    lookup = lookup_of(question.tree)
    return current_engine().count(lookup, most=most)


def loose_words(text: str) -> Iterator[Typed]:
    """Find the words that may be spelled otherwise without changing what the rest asks for."""
    unwanted = depth = 0
    for item in ITEM.finditer(text.translate(QUOTES)):
        if item["open"]:
            depth += 1
            unwanted = unwanted or (depth if item["minus"] else 0)
        elif item["close"]:
            unwanted = 0 if unwanted == depth else unwanted
            depth -= depth > 0
        elif item["plain"] and item["plain"] != "OR" and not (item["minus"] or unwanted):
            yield from _words_in(text, item.start("plain"), item.end("plain"))


def _words_in(text: str, start: int, end: int) -> Iterator[Typed]:
    for spot in spots_of(text[start:end]):
        if is_bigram_script(spot.token):
            continue
        a, b = start + spot.start, start + spot.end
        written = list(words_in(text[a:b]))
        word = written[0][0] if len(written) == 1 else ""
        yield Typed(a, b, word, spot.token, spot.token in NOISE)


Change = tuple[tuple[Typed, ...], str]


def _known(typed: Sequence[Typed]) -> Known:
    keys = {key for one in typed for key in keys_asked(one.word)}
    halves = {half for one in typed for pair in halves_of(one.word) for half in pair}
    joins = {a.word + b.word for a, b in pairwise(typed)}
    known = Known()
    rows = Word.objects.near(keys=keys, tokens={one.token for one in typed}, words=halves | joins)
    for word, token, count in rows.values_list("word", "token", "article_count"):
        if count > 0:
            known.counts[word] = count
            known.tokens[word] = token
            known.of_token[token] += count
    return known


def _likely(typed: Sequence[Typed], known: Known) -> Iterator[list[Change]]:
    """Yield what may have been meant where nothing has what was typed, the likeliest first."""
    strange = [one for one in typed if not known.count(one)]
    for a, b in pairwise(typed):
        joined = a.word + b.word
        if known.counts.get(joined, 0) > 1 and _are_next(a, b):
            yield [((a, b), joined)]
    if strange:
        choices = [[((one,), text) for text in _others(one, known)] for one in strange]
        # Where nothing is like a word, it is left out.
        gone: list[Change] = [
            ((one,), "") for one, options in zip(strange, choices, strict=True) if not options
        ]
        spelled = [list(enumerate(options)) for options in choices if options]
        combinations = product(
            *spelled[:CHOICES_MAX], *(options[:1] for options in spelled[CHOICES_MAX:])
        )
        for chosen in sorted(combinations, key=lambda chosen: sum(place for place, _ in chosen)):
            yield [*(change for _, change in chosen), *gone]
        return
    # Each word is known, only no article has all: one of them was meant to be another.
    rarest = sorted((one for one in typed if not one.is_noise), key=known.count)
    for place in range(NEIGHBOURS_MAX):
        for one in rarest:
            others = known.neighbours(one)
            if len(others) > place:
                yield [((one,), others[place])]


def _shorter(typed: Sequence[Typed], known: Known) -> Iterator[list[Change]]:
    """Yield which word may be left out, the strangest first, when enough remain."""
    words = [one for one in typed if not one.is_noise]
    strange = [one for one in words if one.word and not known.count(one)]
    if strange and len(strange) < len(words):
        yield [((one,), "") for one in strange]
    if len(words) > 2:
        for one in sorted(words, key=known.count)[:TRIES_MAX]:
            yield [((one,), "")]


def _rarer(typed: Sequence[Typed], known: Known) -> Iterator[list[Change]]:
    """Yield what is far commoner than what was typed."""
    for one in typed:
        if not one.is_noise:
            for text in known.neighbours(one, known=known.count(one))[:1]:
                yield [((one,), text)]


def _others(one: Typed, known: Known) -> list[str]:
    halves = best_halves(one.word, known.counts)
    return [*known.neighbours(one), *([halves] if halves else [])]


def _are_next(a: Typed, b: Typed) -> bool:
    return b.start - a.end == 1


def _changed(text: str, changes: Sequence[Change]) -> str:
    for words, instead in sorted(changes, key=lambda change: -change[0][0].start):
        text = f"{text[: words[0].start]}{instead}{text[words[-1].end :]}"
    return " ".join(text.split())
