"""
Where the sentences of a text begin and end. Imports nothing of ours.

Reads scripts with and without spaces between sentences; where a full stop may belong to a short
form ("Sen.", "U.S.", "J.") the next word decides. The time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Start and end in code points, so that text[start:end] is the sentence.
Span = tuple[int, int]

# The marks of scripts that put no space after a sentence.
_WIDE = "。！？｡"
_MARK = re.compile(rf"[{_WIDE}]+[.!?…{_WIDE}]*|[.!?…؟۔।]+")
# What closes a quotation or a bracket still belongs to the sentence; so do footnotes.
_CLOSERS = re.compile(r"[\"'”’»)\]」』）】》〉]{0,8}(?:\[\w{1,3}\]){0,8}")
_GAP = re.compile(r"\s*[\"'“‘«„(\[—–-]{0,3}\s?")
_WORD = re.compile(r"[^\W_]{1,24}")
# Chinese names the speaker right after the quotation: “……。”他说。
_SPEAKER = re.compile(r"[^，。！？：；、“”\s]{0,12}?(?:说|道|表示|称|指出|问|补充|解释|回忆|认为)")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# These never end a sentence.
_TITLES = _words("""
    mr mrs ms mx dr prof gen sen sens rep reps gov govs lt col sgt capt cmdr cdr adm maj brig rev
    hon ste pres supt det insp cpl pvt pfc spc messrs mme mlle vs cf ca approx e.g i.e sra srta dra
    z.b bzw d.h u.a
""")
# These do not when a number follows: No. 10, Dec. 3.
_BEFORE_NUMBER = _words(
    "no nos nr núm jan feb mar apr jun jul aug sep sept oct nov dec fig art sec vol p pp ch"
)
# These may end one; then the next word tells.
_SHORT_FORMS = _words(
    "inc co corp ltd llc plc bros jr sr dept ave blvd rd st etc al v ph.d m.d est mt ft"
)
_NAMES_WITH_MARKS = frozenset({"yahoo", "jeopardy"})
# What a sentence begins with and a name does not.
_STARTERS = _words("""
    a according after all also although an and another any are as asked at because before both but
    by can did do does during each earlier even every few first for from further had has have he her
    here his how however i if in instead is it its last later many meanwhile more most much my
    nearly neither nevertheless no nobody none nor not nothing now of officials on once one only or
    other others our over people police several she should since so some still such than that the
    their then there these they this those though three through thus to today two under unlike until
    was we were what when where whether which while who why will with within without yet you your
    der die das ein eine er sie es wir in im am und aber el la los las un una en y pero le les il
    elle ils nous et mais
""")
# German writes ordinals with a full stop: am 3. Oktober.
_AFTER_ORDINAL = _words("""
    januar februar märz april mai juni juli august september oktober november dezember jahrhundert
""")


def split_sentences(text: str) -> list[Span]:
    """
    Find each sentence, without the white space around it, in order.

    No sentence crosses a paragraph break. A single line break ends a sentence too, unless the
    paragraph looks as if its lines were broken to fit a width.
    """
    return [span for start, end in _stretches(text) for span in _split(text, start, end)]


def _stretches(text: str) -> Iterator[Span]:
    """Yield the lines, those of a wrapped paragraph as one."""
    paragraph: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if line.isspace():
            yield from _joined(text, paragraph)
            paragraph = []
        else:
            paragraph.append((start, end))
        start = end
    yield from _joined(text, paragraph)


def _joined(text: str, lines: list[Span]) -> list[Span]:
    if len(lines) < 2:
        return lines
    full = [text[start:end].rstrip() for start, end in lines[:-1]]
    broken = sum(not _MARK.search(line, max(0, len(line) - 3)) for line in full)
    if broken * 2 >= len(full) and all(40 <= len(line) <= 120 for line in full):
        return [(lines[0][0], lines[-1][1])]
    return lines


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    for mark in _MARK.finditer(text, start, end):
        if mark.start() < start:
            continue
        closed = _CLOSERS.match(text, mark.end(), end)
        after = closed.end() if closed else mark.end()
        wide = text[mark.start()] in _WIDE
        ends = _ends_wide if wide else _ends
        if ends(text, start, mark.start(), mark.end(), after, end):
            if not wide and after < end and not text[after].isspace():
                after = _place_of_glued_end(text, start, mark.end(), after)
            yield from _trimmed(text, start, after)
            start = after
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if start < end:
        yield start, end


def _ends_wide(text: str, start: int, mark: int, mark_end: int, after: int, end: int) -> bool:
    return after == mark_end or not _SPEAKER.match(text, after, end)


def _ends(text: str, start: int, mark: int, mark_end: int, after: int, end: int) -> bool:
    """Tell whether a mark ends a sentence, together with what closes behind it until `after`."""
    if after == end:
        return True
    if not text[after].isspace():
        return _is_glued_end(text, mark, mark_end, after, end)
    gap = _GAP.match(text, after, end)
    following = gap.end() if gap else after
    if following < end and text[following].islower():
        return False
    if mark_end - mark > 1:
        return True
    before = text[max(start, mark - 24) : mark].rsplit(None, 1)
    token = before[-1].lstrip("\"'“‘«„([—–-").lower() if before else ""
    if text[mark] != ".":
        return token not in _NAMES_WITH_MARKS
    if text[mark - 1].isspace():
        # ". . ." is one mark, "the end ." has a space too many.
        return bool(token) and token[-1] not in ".!?…"
    word = _WORD.match(text, following, end)
    return _ends_after(token, word.group().lower() if word else "", opens=len(before) == 1)


def _ends_after(token: str, next_word: str, *, opens: bool) -> bool:
    """Tell whether a full stop after `token` ends a sentence that `next_word` follows."""
    if not token or token in _TITLES:
        return False
    if token in _BEFORE_NUMBER and next_word[:1].isdigit():
        return False
    if token.isdigit():
        # "1. Officials…" numbers a list; "3. Oktober" is a day.
        return not (opens and len(token) <= 2) and next_word not in _AFTER_ORDINAL
    is_short = token in _SHORT_FORMS or len(token) == 1 or "." in token[:-1]
    # An initial, in scripts that have initials: "J." but not "口".
    if is_short and token[:1].lower() != token[:1].upper():
        return next_word in _STARTERS
    return True


def _is_glued_end(text: str, mark: int, mark_end: int, after: int, end: int) -> bool:
    """Tell whether a sentence ends although no space follows, as careless copies have it."""
    before = text[max(0, mark - 2) : mark]
    if len(before) < 2 or not before.islower() or not before.isalpha():
        return False
    if text[after] in "-–" and text[after + 1 : after + 2] == " ":
        return True
    opened = after + (text[after] in '“"')
    word = text[opened : min(opened + 2, end)]
    return len(word) == 2 and word[0].isupper() and word[1].islower()


def _place_of_glued_end(text: str, start: int, mark_end: int, after: int) -> int:
    """Give a straight quotation mark between two sentences to the one it belongs to."""
    if after == mark_end + 1 and text[mark_end] == '"':
        is_closing = text.count('"', start, mark_end) % 2
        return after if is_closing else mark_end
    return after
