"""The publisher's own keywords, written as hashtags."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reader.hashtags.extract.proper import SAME_THING
from reader.hashtags.naming import NAME_MAX_LENGTH, fold, is_name, words_of, written

KEYWORD_MAX_WORDS = 5
# Keywords that sort a site's pages rather than say what an article is about.
SAYS_NOTHING = frozenset(
    {
        *("news", "generalnews", "latestnews", "breakingnews", "latest", "headlines", "article"),
        *(
            "articles",
            "story",
            "video",
            "videos",
            "photos",
            "homepage",
            "frontpage",
            "home",
            "misc",
        ),
        *("other", "uncategorized", "uncategorised", "featured", "noticias", "actualité"),
    }
)
# Written in capitals although the article may not write them at all.
SHORT_FORMS = frozenset(
    {
        *(
            "us",
            "uk",
            "eu",
            "un",
            "lgbt",
            "lgbtq",
            "nato",
            "fbi",
            "cia",
            "nsa",
            "epa",
            "fda",
            "irs",
        ),
        *("who", "imf", "nhs", "gdp", "hiv", "ai"),
    }
)


def keyword_names(keywords: Iterable[object], text: str) -> list[str]:
    """
    Turn keywords into hashtag names, in the order given, each once.

    A word takes its capitals from the text: `fbi` becomes `FBI` where the article writes it so.
    """
    found: dict[str, str] = {}
    for keyword in keywords:
        if not isinstance(keyword, str):
            continue
        words = words_of(keyword)
        if not words or len(words) > KEYWORD_MAX_WORDS:
            continue
        name = written(_as_in_text(word, text) for word in words)
        name = SAME_THING.get(fold(name), name)
        slug = fold(name)
        if slug in SAYS_NOTHING or not is_name(name) or len(name) >= NAME_MAX_LENGTH:
            continue
        found.setdefault(slug, name)
    return list(found.values())


def _as_in_text(word: str, text: str) -> str:
    """Write a small word with the capitals that it has inside the text's sentences."""
    if not word.islower() or not word.isascii() or not word.isalpha():
        return word
    # After a small word or a comma, so that it is no sentence's beginning.
    inside = re.findall(rf"(?<=[a-z,] )(?i:{word})\b", text)
    small = inside.count(word)
    if inside and small * 2 < len(inside):
        return max(set(inside), key=lambda form: (inside.count(form), form))
    return word.upper() if word in SHORT_FORMS else word
