"""
Articles as JSON records, the form of imports and exports. Imports nothing of ours but `text`.

A record is what one line of a JSON Lines file says; its fields are listed in docs/operators.md.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import isfinite
from pathlib import Path
from typing import IO, Any

from reader.articles.text import UNSTORABLE

# Longer lines are refused: no article has that many bytes, a broken file may.
LINE_MAX_BYTES = 20_000_000

# Whatever is deeper says nothing of an article or a comment, and breaks what walks down into it.
NESTING_MAX = 20
NESTED = f"it is nested more than {NESTING_MAX} levels deep"
ID_MAX_LENGTH = 200
# PostgreSQL keeps no more than 2,700 bytes of a value in an index.
URL_MAX_BYTES = 2000
LANGUAGE_MAX_LENGTH = 35
# The year 1 is how some software says «no date»; near it a zone moves a day out of the calendar.
FIRST_YEAR = 1000
# The form of BCP 47; whether anybody speaks it is not ours to say.
LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")

# What the site has a place for; everything else a record says is kept beside it.
KNOWN_FIELDS = (
    "id", "url", "title", "subtitle", "publisher", "published_at", "authors", "section", "keywords",
    "lang", "body", "body_html", "licence", "source",
)  # fmt: skip

# The `source` of the invented articles that an empty site opens with.
SAMPLE_SOURCE = "sample edition"


class BadRecord(ValueError):
    """The record cannot become an article. The message says why."""


@dataclass(frozen=True)
class Line:
    number: int
    record: Any = None
    problem: str = ""


@contextmanager
def open_lines(path: str) -> Iterator[IO[bytes]]:
    """Open a file, plain or gzip, or standard input for `-`."""
    if path == "-":
        yield sys.stdin.buffer
        return
    with Path(path).open("rb") as plain:
        packed = plain.read(2) == b"\x1f\x8b"
        plain.seek(0)
        if packed:
            with gzip.open(plain) as unpacked:
                yield unpacked  # type: ignore[misc]
        else:
            yield plain


def read_lines(lines: IO[bytes]) -> Iterator[Line]:
    """Read JSON Lines one at a time; what is no JSON object comes back with its problem."""
    number = 0
    while raw := lines.readline(LINE_MAX_BYTES + 1):
        number += 1
        if len(raw) > LINE_MAX_BYTES:
            while raw and not raw.endswith(b"\n"):
                raw = lines.readline(LINE_MAX_BYTES + 1)
            yield Line(number, problem="the line is longer than 20 MB")
            continue
        if not raw.strip():
            continue
        try:
            record = json.loads(raw.decode("utf-8-sig"))
        except UnicodeDecodeError:
            yield Line(number, problem="the line is not UTF-8")
        except RecursionError:
            yield Line(number, problem=NESTED)
        except ValueError:
            yield Line(number, problem="the line is not JSON")
        else:
            if isinstance(record, dict):
                yield Line(number, record)
            else:
                yield Line(number, problem="the line is not a JSON object")


def check_storable(record: dict[str, Any], *, most: int | None = None) -> None:
    """
    Refuse what no column and no JSON of a database can hold, and more than `most` characters.

    For all that is kept as it comes. Names of fields count, too.
    """
    length = 0
    waiting: list[tuple[Any, int]] = [(record, 0)]
    while waiting:
        value, nesting = waiting.pop()
        if nesting > NESTING_MAX:
            raise BadRecord(NESTED)
        if isinstance(value, dict):
            waiting += [(part, nesting + 1) for pair in value.items() for part in pair]
        elif isinstance(value, list):
            waiting += [(part, nesting + 1) for part in value]
        elif isinstance(value, str):
            length += len(value)
            if UNSTORABLE.search(value):
                raise BadRecord("it has a character that cannot be stored")
        elif isinstance(value, float) and not isfinite(value):
            raise BadRecord("it has a number that cannot be stored")
    if most is not None and length > most:
        raise BadRecord(f"it has {length:,} characters, {most:,} at most")


def record_hash(record: dict[str, Any]) -> str:
    plain = json.dumps(record, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def id_of_address(url: str) -> str:
    """Name a record without an `id` by its address; a long one by its beginning and its hash."""
    if len(url) <= ID_MAX_LENGTH:
        return url
    mark = hashlib.sha256(url.encode()).hexdigest()
    return f"{url[: ID_MAX_LENGTH - len(mark) - 1]}#{mark}"


def text_field(record: dict[str, Any], name: str, *, most: int | None = None) -> str:
    """Read a field that holds text or nothing."""
    value = record.get(name)
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        value = str(value)
    if not isinstance(value, str):
        raise BadRecord(f"“{name}” is not text")
    if most is not None and len(value) > most:
        raise BadRecord(f"“{name}” has {len(value)} characters, {most} at most")
    return value


def list_field(record: dict[str, Any], name: str) -> list[str]:
    """Read a field that holds a list of texts or nothing; one text counts as a list of one."""
    value = record.get(name)
    if value is None:
        return []
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadRecord(f"“{name}” is not a list of texts")
    return [item.strip() for item in value if item.strip()]


def language_field(record: dict[str, Any], name: str) -> str:
    """Read a language tag or nothing; en_GB is taken for en-GB, as many systems write it."""
    tag = text_field(record, name, most=LANGUAGE_MAX_LENGTH).strip().replace("_", "-")
    if tag and not LANGUAGE_TAG.fullmatch(tag):
        raise BadRecord(f"“{name}” is not a language tag: {_shown(tag)}")
    return tag


def moment_field(record: dict[str, Any], name: str) -> tuple[datetime | None, bool]:
    """Read an ISO 8601 moment or bare date; return it with whether it is a date only."""
    value = text_field(record, name).strip()
    if not value:
        return None, False
    try:
        is_date = len(value) == 10
        if is_date:
            day = date.fromisoformat(value)
            moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        else:
            moment = datetime.fromisoformat(value)
        # Also a check: near the ends of the calendar a zone moves the moment out of it.
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadRecord(f"“{name}” is not an ISO 8601 date: {_shown(value)}") from None
    if moment.year < FIRST_YEAR:
        raise BadRecord(f"“{name}” is before the year {FIRST_YEAR}: {_shown(value)}")
    return moment, is_date


def _shown(value: str) -> str:
    """Quote what a terminal or a log can print."""
    return UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value)[:40]
