"""
How well a sentence stands alone, away from the ones around it. Imports nothing of ours but its
neighbours.
"""

from __future__ import annotations

import re

from reader.glance.sentences import Span
from reader.glance.terms import count_words

# Nobody reads longer ones at a glance; shorter ones are fragments.
WORDS_MOST, WORDS_FEWEST = 48, 8
LETTERS_MOST = 330
COMFORTABLE_WORDS = range(12, 41)
# What a sentence is worth that leans on others, that speaks of “me” and “you”, that is long.
LEANING, PERSONAL, UNCOMFORTABLE = 0.55, 0.6, 0.8
# Captions may stand before the first sentence and its dateline.
DATELINE_SENTENCES = 12
CREDIT_LETTERS_MOST = 150

_ENDS_WELL = re.compile(r"(?:[^.][.]|[!…。！۔।])[\"'”’»)\]」』）]*$")
_BEGINS_WELL = re.compile(r"[\"'“‘«„「『]?[^\W_]")
_BULLET = re.compile(r"[-–—•*▪·]\s+")
_PLACE = r"[A-Z][\w.'’]{1,20}(?: [A-Z][\w.'’]{0,20}){0,3}"
_DATELINE = re.compile(
    rf"(?:{_PLACE}(?:, {_PLACE}){{0,2}} ?)?"
    r"\((?:AP|AFP|BBC|Bloomberg|CNN(?: Business)?|dpa|Reuters|UPI|Xinhua)\)\s*[—–:-]{0,2}\s*"
    rf"|(?:[A-Z][A-Z.'’ -]{{2,40}}|{_PLACE}(?=,))(?:, {_PLACE}){{0,2}}\s*(?:—|–|--| -)\s*"
    r"(?=[\"“]?[A-Z])"
)
# What follows a caption: (Jens Meyer/Agency)
_CREDIT = re.compile(
    r"\([^()]{0,60}(?:/|Reuters|Getty|AP|AFP|via|[Pp]hoto|[Ii]mages?)[^()]{0,60}\)\w?\W*$"
)
# Words that point back, or go on from what was said.
_LEANING_WORDS = r"""
    he|she|it|they|this|that|these|those|his|her|their|its|such|there|here|another|both|one(?! of)
    |some(?! of| \d)|(?:in )?the (?:former|latter|others?)|(?:he|she|it|that|they)[’'](?:s|re)
    |i|we|you|my|our|your|the (?:truth|problem) is|whatever the case|either way|of course
    |but|and|so|or|nor|yet|also|however|then|instead|meanwhile|moreover|still|later|as with
    |in (?:addition|other words|doing so|fact|that|this)|for (?:example|instance)|as a result
    |by contrast|after that|at (?:the same time|that)|according to h(?:im|er)|coincidentally
    |similarly|likewise|nevertheless|nonetheless|therefore|thus|hence|furthermore|otherwise|rather
    |indeed|er|sie|es|dies\w*|aber|und|doch|il|elle|ils|mais|cela|él|ella|pero|esto|eso
"""
_LEANS = re.compile(
    rf"(?:{re.sub(chr(10) + ' *', '', _LEANING_WORDS)})\b|(?:\w+ ){{1,4}}(?:also|too)\b"
    r"|[\"'“‘«„]|وأضاف|وقال|وأوضح|وأكد|وأشار|وذكر|وتابع|غير أن|لكن|أما|كما|وهو|وهي|ومع"
    r"|[他她它这此该其为也但而]|因此|另外|同时|不过|然而",
    re.IGNORECASE,
)
_IS_PERSONAL = re.compile(r"\b(?:I|me|my|[Ww]e|[Oo]ur|us|[Yy]ou|[Yy]our)\b")


def opening_end(text: str, number: int, span: Span) -> int:
    """Return where a sentence begins behind its bullet, or behind place and date of the report."""
    start, end = span
    if bullet := _BULLET.match(text, start, end):
        start = bullet.end()
    if number < DATELINE_SENTENCES and (dateline := _DATELINE.match(text, start, end)):
        start = dateline.end()
    return start


def is_credit(text: str, span: Span) -> bool:
    """Tell whether this is only the credit of a picture; the sentence before is its caption."""
    start, end = span
    if text[start] != "(" or end - start > CREDIT_LETTERS_MOST:
        return False
    return _CREDIT.match(text, start, end) is not None


def stands(sentence: str, *, is_first: bool = False) -> float:
    """Judge from its form how well a sentence stands alone: 1 well, 0 not at all."""
    if len(sentence) > LETTERS_MOST or not _ENDS_WELL.search(sentence, len(sentence) - 8):
        return 0
    words = count_words(sentence)
    if not WORDS_FEWEST <= words <= WORDS_MOST or not _BEGINS_WELL.match(sentence):
        return 0
    standing = 1.0
    if words not in COMFORTABLE_WORDS:
        standing *= UNCOMFORTABLE
    # The first one has nothing to lean on.
    if _LEANS.match(sentence) and not (is_first and sentence[0].isalnum()):
        standing *= LEANING
    if _IS_PERSONAL.search(sentence):
        standing *= PERSONAL
    return standing


def is_prose(sentence: str) -> bool:
    """Tell words from tables, scores and shouting."""
    letters = sum(map(str.isalpha, sentence))
    capitals = sum(map(str.isupper, sentence))
    return letters >= 0.65 * len(sentence) and capitals <= 0.3 * letters
