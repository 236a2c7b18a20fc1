"""
Reads a text as counted terms, and notes how it writes them.

A term is a word where words are parted by spaces, and a pair of neighbouring characters in Chinese,
Japanese, Korean, Thai, Lao, Khmer and Burmese, which need no dictionary that way. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from reader.stopwords import STOPWORDS, base_language

# A headline says in a few words what the text is about.
TITLE_WEIGHT = 3
LONGEST_TERM = 60
# A text is read so far; a book must not cost more than a long report.
MOST_TOKENS = 20_000
LONGEST_NAME = 5
# More capitalised words in a row are a headline inside the text.
LONGEST_CAPITAL_RUN = 6
LONGEST_RUN = 12


def _class_of(keep: Callable[[str], bool]) -> str:
    """Write the characters beyond ASCII that `keep` accepts, as the inside of a `[]`."""
    spans: list[list[int]] = []
    for code in range(0x80, 0x10000):
        if keep(chr(code)):
            if spans and spans[-1][1] == code - 1:
                spans[-1][1] = code
            else:
                spans.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in spans)


# \w leaves out combining marks, and would cut Hindi or pointed Arabic at every vowel sign.
_MARKS = _class_of(lambda c: unicodedata.category(c) in ("Mn", "Mc"))
_CAPITALS = "A-Z" + _class_of(lambda c: unicodedata.category(c) in ("Lu", "Lt"))
_HIRAGANA = "\u3041-\u3096"
_UNSPACED = (
    "\u0e01-\u0e4e\u0e80-\u0edf\u1000-\u109f\u1780-\u17d3"  # Thai, Lao, Burmese, Khmer
    f"{_HIRAGANA}\u3005-\u3007\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u1100-\u11ff\uac00-\ud7a3"
)
_WORD = re.compile(rf"[^\W_][\w{_MARKS}]*")
_UNSPACED_RUN = re.compile(rf"[{_UNSPACED}]+")
_NAME = re.compile(
    rf"[{_CAPITALS}][\w’'-]*(?:[ ](?:(?:of|the|de|del|la|al|bin|van|von|der|du|da|di)[ ])?"
    rf"[{_CAPITALS}][\w’'-]*)+"
)
_POSSESSIVE = re.compile(r"['’]s?$")
# Accents, and the vowel signs that Arabic and Hebrew may leave out; elsewhere a mark is a letter.
_OPTIONAL_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")
_ARABIC = re.compile("[\u0620-\u06ff]")
_ARABIC_LETTERS = str.maketrans({"ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ٱ": "ا"})
_ARABIC_ARTICLES = ("وال", "بال", "كال", "فال", "ولل", "ال", "لل")
# Characters that hold a Chinese sentence together; a pair with one of them says little. So do pairs
# with hiragana, which writes the grammar of Japanese.
_EMPTY_CHARACTERS = (
    "的了是在和与與及也就都而且着著被把对對从從这這那有我你他她它們们之其为為所以不没沒"
)
_EMPTY = re.compile(f"[{_EMPTY_CHARACTERS}{_HIRAGANA}]")
_SCRIPTS = {
    "ja": re.compile("[\u3041-\u30ff]"),
    "zh": re.compile("[\u3400-\u9fff]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
    "th": re.compile("[\u0e01-\u0e4e]"),
}


@lru_cache(maxsize=300_000)
def fold(word: str) -> str:
    """Reduce a word to what its spellings share: no case, no accents, no Arabic article."""
    if word.isascii():
        return word.lower()
    word = unicodedata.normalize("NFKD", word).casefold()
    word = unicodedata.normalize(
        "NFC", _OPTIONAL_MARKS.sub("", unicodedata.normalize("NFKD", word))
    )
    return _fold_arabic(word) if _ARABIC.search(word) else word


def _fold_arabic(word: str) -> str:
    word = word.translate(_ARABIC_LETTERS)
    for article in _ARABIC_ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :]
    # "And" is written onto the word; a short word would lose a letter of its own.
    return word[1:] if word.startswith("و") and len(word) >= 5 else word


_STOP = {
    language: frozenset(fold(part) for word in words for part in _WORD.findall(word))
    for language, words in STOPWORDS.items()
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as terms: how often each occurs and how it is mostly written; and the names in it."""

    language: str
    counts: dict[str, float]
    surfaces: dict[str, str]
    # The same words as they are written; one that is written in two ways is there twice.
    written: dict[str, float]
    names: list[str]
    # Every word in order, folded: what near-duplicates are recognised by.
    sequence: list[str]


def read_text(title: str, body: str, *, language: str = "") -> Reading:
    """
    Read an article; a word of its title counts three times.

    `language` is a BCP 47 tag; without one the script or the stop words decide.
    """
    tokens, title_tokens = tokens_of(body), tokens_of(title)
    raw = Counter(tokens)
    folded = {token: fold(token) for token in {*raw, *title_tokens}}
    sequence = [folded[token] for token in tokens]
    language = base_language(language)[:8] or guess_language(sequence)
    stop = _STOP.get(language, frozenset())
    weighed: dict[str, float] = dict(raw)
    for token in title_tokens:
        weighed[token] = weighed.get(token, 0) + TITLE_WEIGHT
    counts: dict[str, float] = {}
    written: dict[str, float] = {}
    forms: dict[str, tuple[int, str]] = {}
    for token, count in weighed.items():
        term = folded[token]
        if 1 < len(term) <= LONGEST_TERM and term not in stop and not _EMPTY.search(term):
            counts[term] = counts.get(term, 0) + count
            written[token] = count
            # A headline may be all capitals, so the text decides how a word is written.
            forms[term] = max(forms.get(term, (-1, "")), (raw[token], token))
    return Reading(
        language=language,
        counts=counts,
        surfaces={term: form for term, (_, form) in forms.items()},
        written=written,
        names=[*names_in(body, stop), *repeated_runs(f"{title}\n{body}")],
        sequence=sequence,
    )


def tokens_of(text: str) -> list[str]:
    """List the words of a text as written; a run without spaces gives its pairs of characters."""
    words = _WORD.findall(text)[:MOST_TOKENS]
    if text.isascii() or not _UNSPACED_RUN.search(text):
        return words
    tokens: list[str] = []
    for word in words:
        end = 0
        for run in _UNSPACED_RUN.finditer(word):
            tokens.extend(filter(None, [word[end : run.start()]]))
            tokens.extend(_pairs(run.group()))
            end = run.end()
        tokens.extend(filter(None, [word[end:]]))
    return tokens[:MOST_TOKENS]


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def names_in(text: str, stop: frozenset[str] = frozenset()) -> list[str]:
    """List the names of two to five words, and the shorter names inside longer ones."""
    found: dict[str, None] = {}
    for run in dict.fromkeys(_NAME.findall(text)):
        for words in _parts_of_name(run, stop):
            for size in range(2, LONGEST_NAME + 1):
                for start in range(len(words) - size + 1):
                    first, last = words[start], words[start + size - 1]
                    if first[:1].isupper() and last[:1].isupper():
                        found[" ".join(words[start : start + size])] = None
    return list(found)


def _parts_of_name(run: str, stop: frozenset[str]) -> list[list[str]]:
    """Split a run of capitalised words where one owns the next: China's | National Museum."""
    parts: list[list[str]] = [[]]
    for word in run.split(" "):
        bare = _POSSESSIVE.sub("", word)
        if parts[-1] or fold(bare) not in stop:
            parts[-1].append(bare)
        if bare != word:
            parts.append([])
    return [
        part for part in parts if sum(word[:1].isupper() for word in part) <= LONGEST_CAPITAL_RUN
    ]


def repeated_runs(text: str) -> list[str]:
    """List what a text without spaces says twice in the same three to twelve characters."""
    if text.isascii():
        return []
    found: Counter[str] = Counter()
    for run in _UNSPACED_RUN.findall(text):
        for size in range(3, LONGEST_RUN + 1):
            found.update(run[i : i + size] for i in range(len(run) - size + 1))
    repeated = {run: count for run, count in found.items() if count > 1}
    # What only ever stands inside something longer is no word of its own.
    inner = {
        part
        for run, count in repeated.items()
        for part in (run[1:], run[:-1])
        if repeated.get(part) == count
    }
    return [run for run in repeated if run not in inner and not _EMPTY.search(run)]


@lru_cache(maxsize=100_000)
def name_terms(name: str) -> frozenset[str]:
    """Give the terms that a name of names_in() or repeated_runs() consists of."""
    return frozenset(fold(token) for token in tokens_of(name))


def guess_language(sequence: list[str]) -> str:
    """Name the language by its script or its stop words; empty when neither tells."""
    sample = sequence[:2000]
    for language, script in _SCRIPTS.items():
        if sum(bool(script.search(word)) for word in sample) > 0.2 * len(sample):
            return language
    counts = Counter(sample)
    hits = {language: sum(counts[word] for word in words) for language, words in _STOP.items()}
    best = max(hits, key=lambda language: hits[language])
    return best if hits[best] >= max(2, 0.05 * len(sample)) else ""
