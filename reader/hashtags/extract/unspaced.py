"""
Chinese, Japanese and Arabic: no capitals to go by, so only what comes again and again.

Too little rather than rubbish: a text that repeats nothing gets nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise

from reader.hashtags.extract.candidates import Candidate
from reader.hashtags.naming import fold, written
from reader.stopwords import STOPWORDS

LANGUAGES = frozenset({"zh", "yue", "ja", "ar", "fa", "ur"})
HAN_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
JAPANESE_RUN = re.compile("[\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff]{2,}")
ARABIC_WORD = re.compile(
    "[\u0621-\u064a\u066e-\u06d3\u0610-\u061a\u064b-\u065f\u0670]+|[^\\s\\w]|\n"
)
# Characters of grammar, number and time: no word worth following begins or ends with one, and none
# of the first kind stands inside.
GRAMMAR = frozenset(
    "的了是在和与及也不就都而但被把将从对为这那我你他她它们着说称并或于以其之吗呢吧很更最还又则該該說這們與對從將為並於還則"
)
EDGES = GRAMMAR | frozenset(
    "年月日时個个位名次件项些种第一二三四五六七八九十百千万亿两多少上下中内外前后大小有要会能可到来去出让使已曾正再只"
    "等每各某没無无得过後萬億兩時內來過沒會讓種項"
)
# Names that begin with such a character nevertheless.
BEGINNINGS = frozenset(
    {
        *("中国", "中國", "中央", "中东", "中東", "上海", "上证", "上證"),
        *("大学", "大學", "大选", "大選", "以色", "前线"),
    }
)
LONGEST = 6
AR_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "و", "ب", "ل")


def reads(language: str) -> bool:
    return language in LANGUAGES


def candidates(text: str, language: str) -> list[Candidate]:
    if language in ("ar", "fa", "ur"):
        return _arabic(text)
    if language == "ja":
        return _japanese(text)
    return _chinese(text)


def grams(title: str) -> set[str]:
    """Fold every stretch of a headline that may be a word or a phrase."""
    found = {
        run[start:end]
        for run in HAN_RUN.findall(title)
        for start in range(len(run))
        for end in range(start + 2, min(start + LONGEST, len(run)) + 1)
    }
    words = [_bare(word) for word in ARABIC_WORD.findall(title)]
    found.update(fold(word) for word in words)
    found.update(fold(a + b) for a, b in pairwise(words))
    found.update(fold(run) for run in JAPANESE_RUN.findall(title))
    return found


def _chinese(text: str) -> list[Candidate]:
    """Count stretches of two to six characters that keep their form among changing neighbours."""
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    left: dict[str, set[str]] = defaultdict(set)
    right: dict[str, set[str]] = defaultdict(set)
    for match in HAN_RUN.finditer(text):
        run, offset = match.group(), match.start()
        for start in range(len(run)):
            if run[start] in EDGES and run[start : start + 2] not in BEGINNINGS:
                continue
            for end in range(start + 1, min(start + LONGEST, len(run)) + 1):
                if run[end - 1] in GRAMMAR:
                    break
                if end - start < 2 or run[end - 1] in EDGES:
                    continue
                gram = run[start:end]
                counts[gram] += 1
                first.setdefault(gram, offset + start)
                # The edge of a run is a neighbour of its own each time.
                left[gram].add(run[start - 1] if start else f"^{offset}")
                right[gram].add(run[end] if end < len(run) else f"${offset + end}")
    free = {
        gram: count
        for gram, count in counts.items()
        if count >= 2 and len(left[gram]) >= 2 and len(right[gram]) >= 2
    }
    # Of stretches that overlap, the one that explains more wins.
    kept: list[str] = []
    for gram in sorted(free, key=lambda g: (-free[g] * (len(g) - 0.5), first[g])):
        if not any(
            (gram in other and free[gram] < 1.6 * free[other])
            or (other in gram)
            or _overlap(gram, other)
            for other in kept
        ):
            kept.append(gram)
    # Two characters make a word or half of one; three that come again are a thing.
    return [
        Candidate(gram, gram, free[gram], first[gram], 2, is_name=len(gram) > 2, sure=free[gram])
        for gram in kept
        if len(gram) > 2 or free[gram] > 2
    ]


def _overlap(one: str, other: str) -> bool:
    """Whether one ends as the other begins, by two characters or more: parts of one phrase."""
    return any(
        one.endswith(other[:size]) or other.endswith(one[:size])
        for size in range(2, min(len(one), len(other)))
    )


def _japanese(text: str) -> list[Candidate]:
    """Count runs of characters and katakana; hiragana, which is grammar, parts them."""
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for match in JAPANESE_RUN.finditer(text):
        run = match.group()
        if len(run) <= 2 * LONGEST and not (run[0] in EDGES or run[-1] in EDGES):
            counts[run] += 1
            first.setdefault(run, match.start())
    return [
        Candidate(fold(run), run, count, first[run], 2, is_name=len(run) > 2, sure=count)
        for run, count in counts.items()
        if count >= 2
    ]


def _arabic(text: str) -> list[Candidate]:
    """Count pairs of words, and single words with the article, that come again."""
    stopwords = STOPWORDS["ar"]
    found: dict[str, Candidate] = {}
    shapes: dict[str, Counter[str]] = defaultdict(Counter)
    previous = ""
    for match in ARABIC_WORD.finditer(text):
        word = match.group()
        if not word[0].isalpha() or word in stopwords or len(word) < 3:
            previous = ""
            continue
        bare = _bare(word)
        for words in [(bare,), (previous, bare)] if previous else [(bare,)]:
            name = written(words)
            slug = fold(name)
            candidate = found.get(slug)
            if candidate is None:
                candidate = found[slug] = Candidate(slug, name, 0, match.start(), len(words), False)
            candidate.count += 1
            candidate.sure += 1
            shapes[slug][name] += 1
        previous = bare
    for slug, candidate in found.items():
        candidate.name = shapes[slug].most_common(1)[0][0]
    repeated = [c for c in found.values() if c.count > 1 and len(c.slug) > 4]
    pairs: list[Candidate] = []
    said: set[str] = set()
    for pair in sorted(repeated, key=lambda c: (-c.count, c.first)):
        spoken = set(pair.name.split("_"))
        # Of pairs that share a word, the more frequent says it.
        if pair.words > 1 and said.isdisjoint(spoken):
            pairs.append(pair)
            said |= spoken
    return pairs + [
        c
        for c in repeated
        if c.words == 1 and not any(c.slug in p.slug and c.count < 2 * p.count for p in pairs)
    ]


def _bare(word: str) -> str:
    """Take «and», «by», «for» off a word's beginning, and keep the article."""
    for prefix in AR_PREFIXES[:4]:
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            return f"ال{word[len(prefix) :]}"
    if word.startswith("لل") and len(word) > 4:
        return f"ال{word[2:]}"
    if word.startswith("و") and len(word) > 4:
        return word[1:]
    return word
