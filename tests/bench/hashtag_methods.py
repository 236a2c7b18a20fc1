"""
What is measured against each other: each method names what a text is about, best first.

A method takes all texts at once, since some want to know them all before they rank one.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reader.hashtags.extract import Suggestion, ranked
from reader.hashtags.naming import spellings

try:
    import yake
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer
    from summa import keywords as textrank
except ImportError as missing:
    sys.exit(f"{missing}. The others come with: pip install -r tests/bench/requirements.txt")

RANKED = 10
WORDS_MOST = 3
OURS = "ours"
# A word with a capital, and what may stand between two of them.
CAPITALISED = re.compile(r"[A-Z][\w'’.&-]*(?: (?:(?:of|the|for|and|de|al) )?[A-Z][\w'’.&-]*)*")


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    standfirst: str
    body: str
    publisher: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        return "\n\n".join(part for part in (self.title, self.standfirst, self.body) if part)


Names = list[str]


def ours(texts: list[Text]) -> Iterator[Names]:
    """
    Read texts in English without the publisher's keywords: the others get none either.

    Of singular and plural the site goes on with what it had first.
    """
    made: dict[str, str] = {}
    for text in texts:
        found = ranked(
            title=text.title,
            standfirst=text.standfirst,
            text=text.body,
            language="en",
            publisher=text.publisher,
        )
        yield [stored(one, made) for one in found[:RANKED]]


def stored(suggestion: Suggestion, made: dict[str, str]) -> str:
    forms = (suggestion.slug,) if suggestion.is_name else spellings(suggestion.slug)
    form = next((form for form in forms if form in made), suggestion.slug)
    return made.setdefault(form, suggestion.name)


def with_yake(texts: list[Text]) -> Iterator[Names]:
    extractor = yake.KeywordExtractor(lan="en", n=WORDS_MOST, top=RANKED)
    for text in texts:
        yield [phrase for phrase, _ in extractor.extract_keywords(text.whole)]


def with_textrank(texts: list[Text]) -> Iterator[Names]:
    for text in texts:
        yield textrank.keywords(text.whole, split=True)[:RANKED]


class TfIdf:
    """Weighs runs of up to three words by how rare they are among all articles of the corpus."""

    def __init__(self, background: list[Text]) -> None:
        self.vectorizer = TfidfVectorizer(
            stop_words="english", ngram_range=(1, WORDS_MOST), sublinear_tf=True, min_df=2
        )
        self.vectorizer.fit(text.whole for text in background)
        self.terms = self.vectorizer.get_feature_names_out()

    def __call__(self, texts: list[Text]) -> Iterator[Names]:
        for row in self.vectorizer.transform([text.whole for text in texts]):
            best = row.data.argsort()[::-1][:RANKED]
            yield [self.terms[row.indices[place]] for place in best]


def with_capitals(texts: list[Text]) -> Iterator[Names]:
    """Take runs of capitalised words, most frequent first, then as they come."""
    for text in texts:
        counts: Counter[str] = Counter()
        for run in CAPITALISED.findall(text.whole):
            words = [
                word.strip(".'’-").removesuffix("'s").removesuffix("’s") for word in run.split()
            ]
            while words and words[0].lower() in ENGLISH_STOP_WORDS:
                del words[0]
            if words:
                counts[" ".join(words)] += 1
        yield [name for name, _ in counts.most_common(RANKED)]


Method = Callable[[list[Text]], Iterator[Names]]


def methods(background: list[Text]) -> dict[str, Method]:
    return {
        OURS: ours,
        "YAKE": with_yake,
        "TextRank": with_textrank,
        "TF-IDF": TfIdf(background),
        "capitalised phrases": with_capitals,
    }
