"""In which language to read a text, when nobody said or the script says more."""

from __future__ import annotations

import re

from reader.stopwords import STOPWORDS, base_language

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
KANA = re.compile("[\u3040-\u30ff]")
ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
SMALL_WORD = re.compile(r"\b[^\W\d_]+\b")
GUESSED_FROM = 1500
# Elsewhere names change their endings, and what was found would be rubbish.
NAMES_KEEP_THEIR_FORM = frozenset(
    {"en", "es", "fr", "de", "it", "pt", "nl", "ca", "sv", "da", "no", "nb"}
)


def language_of(code: str, text: str) -> str:
    """Return the base language; a guess by script and small words where the code is missing."""
    language = base_language(code)
    if language and language not in ("und", "mul", "zxx"):
        return language
    start = text[:GUESSED_FROM]
    letters = len(SMALL_WORD.findall(start)) or 1
    if len(KANA.findall(start)) > 10:
        return "ja"
    if len(HAN.findall(start)) > 20:
        return "zh"
    if len(ARABIC.findall(start)) > 50:
        return "ar"
    words = [word.lower() for word in SMALL_WORD.findall(start)]
    hits = {name: sum(word in known for word in words) for name, known in STOPWORDS.items()}
    best = max(hits, key=lambda name: hits[name])
    # A third of running text is grammar; far less means a language that is not known here.
    return best if hits[best] * 8 >= letters else ""
