"""Search in PostgreSQL: a tsvector of our own tokens beside its place, under a GIN index."""

# ruff: noqa: S608  (what stands in a statement is ours; what comes from outside is a parameter)

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.db import connection

from reader.search.engines.asking import Asked, Asking, rows
from reader.search.engines.seam import (
    BEST_MAX,
    TEXT_CANDIDATES,
    TITLE_CANDIDATES,
    Lookup,
    Marking,
    Reading,
    plan,
    title_words,
    written,
)
from reader.search.engines.tsquery import Sql
from reader.search.engines.waiting import TookTooLong
from reader.search.entries import Entry
from reader.search.nodes import Not, phrases_of

# What the indexes cannot tell is read: the words of so many entries, the newest that may fit, and
# of more where those are too few. 3,000 take 25 ms or so, and finding them takes longer.
READ_MAX = 3_000
READ_MORE = 6_000
# Of what more fit than this the newest are counted and weighed, and stand for all.
COMMON_MIN = 50_000
SAMPLE_MAX = 1_000
# About how long things take, in microseconds, by which the way to the newest is chosen: to read the
# words of an entry, or to get an entry by the index.
_READING, _GETTING = 5.0, 0.5
_FIRST_OR_ALL = """
SELECT place FROM (
    WITH first AS MATERIALIZED ({first} ORDER BY {walked} DESC LIMIT %s)
    SELECT place FROM first WHERE (SELECT count(*) FROM first) = %s
    UNION ALL (
        SELECT place FROM ({everywhere} AND (SELECT count(*) FROM first) < %s
        ORDER BY {walked} DESC LIMIT %s) rest
    )
) newest"""


class PostgresEngine(Asking):
    def put(self, entries: Sequence[Entry]) -> None:
        vector = self.writing.vector
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self.words} (place, words)"
                " SELECT * FROM unnest(%s::bigint[], %s::text[]::tsvector[])"
                " ON CONFLICT (place) DO UPDATE SET words = excluded.words",
                [[e.place for e in entries], [vector(e) for e in entries]],
            )

    def put_marks(self, markings: Sequence[Marking]) -> None:
        # Without positions, which nothing asks of a mark that stands by itself.
        parts: list[Any] = [
            [one.place for one in markings],
            [" ".join(one.gone) for one in markings],
            [" ".join(one.new) for one in markings],
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {self.words} SET words ="
                f" ts_delete({self.words}.words, string_to_array(gone, ' '))"
                " || array_to_tsvector(string_to_array(new, ' '))"
                " FROM unnest(%s::bigint[], %s::text[], %s::text[]) marking (place, gone, new)"
                f" WHERE {self.words}.place = marking.place",
                parts,
            )

    def remove(self, places: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.words} WHERE place = ANY(%s)", [list(places)])

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {self.words} WHERE NOT EXISTS (SELECT FROM {self.tables.entries}"
                f" entry WHERE entry.place = {self.words}.place)"
            )
            cursor.execute(f"ANALYZE {self.words}")

    def newest(self, lookup: Lookup, *, before: int | None, limit: int) -> list[int]:
        asked = self.asked(lookup, before=before)
        if not asked.is_exact:
            return self._read(asked, wanted=limit).fits[:limit]
        sql, params = self._newest(asked, limit)
        return [row[0] for row in rows(f"{sql} ORDER BY place DESC", params)]

    def best(self, lookup: Lookup, *, offset: int, limit: int) -> list[int]:
        words = plan(lookup).words
        if words is None or not phrases_of(lookup.tree):
            end = min(offset + limit, BEST_MAX)
            return self.newest(lookup, before=None, limit=end)[offset:]
        sql, params = self._candidates(lookup)
        # A long text weighs less per word (1 divides by the logarithm of its length).
        score = f"ts_rank('{{{self.writing.shares}}}', words, %s::tsquery, 1)"
        found = rows(
            f"SELECT place FROM ({sql}) found JOIN {self.words} USING (place)"
            f" ORDER BY tier, {score} DESC, place DESC LIMIT %s OFFSET %s",
            [*params, written(words, self.writing.signs), limit, offset],
        )
        return [row[0] for row in found]

    def _candidates(self, lookup: Lookup) -> Sql:
        """Find what is weighed: who has all words in the title first, then the rest."""
        base, in_title = self.asked(lookup), title_words(lookup.tree)
        if in_title is None:
            sql, params = self._some(base, TEXT_CANDIDATES)
            return f"SELECT 0 AS tier, place FROM ({sql}) texts", params
        titles, params = self._some(self.asked(lookup, also=in_title), TITLE_CANDIDATES)
        without = self.asked(lookup, also=Not(in_title))
        if without.is_exact and not self._is_common(base):
            texts, some = self._newest(without, TEXT_CANDIDATES)
        else:
            texts, some = self._some(base, BEST_MAX)
        # Said once more, for GIN may overlook what is just being put into it.
        texts = (
            f"SELECT place FROM ({texts}) found WHERE place NOT IN (SELECT place FROM titles)"
            " ORDER BY place DESC LIMIT %s"
        )
        some = [*some, TEXT_CANDIDATES]
        sql = (
            f"WITH titles AS MATERIALIZED ({titles})"
            f" SELECT 0 AS tier, place FROM titles UNION ALL SELECT 1, place FROM ({texts}) texts"
        )
        return sql, [*params, *some]

    def _some(self, asked: Asked, most: int) -> Sql:
        """Ask for the newest; what took reading is asked for once, whatever it is needed for."""
        if not asked.is_exact:
            found = self._read(asked).fits
        elif self._is_common(asked):
            found = self._sample(asked)
        else:
            return self._newest(asked, most)
        return "SELECT unnest(%s::bigint[]) AS place", [found[:most]]

    def count(self, lookup: Lookup, *, most: int) -> int:
        asked = self.asked(lookup)
        if not asked.is_exact:
            return min(self.estimate(lookup), most)
        hits, params = self.hits(asked)
        sql = f"SELECT count(*) FROM (SELECT FROM {self.words} WHERE {hits} LIMIT %s) found"
        return int(rows(sql, [*params, most])[0][0])

    def tally(self, lookup: Lookup, *, most: int) -> list[tuple[int, str]]:
        sql, params = self._some(self.asked(lookup), most)
        return rows(
            f"SELECT found.place, entry.marks FROM ({sql}) found"
            f" JOIN {self.tables.entries} entry USING (place) ORDER BY found.place DESC",
            params,
        )

    def estimate(self, lookup: Lookup) -> int:
        asked = self.asked(lookup)
        return self.planned(asked) if asked.is_exact else self._read(asked).about

    def is_sample(self, lookup: Lookup) -> bool:
        asked = self.asked(lookup)
        return self._is_common(asked) if asked.is_exact else self._read(asked).is_cut

    def is_partial(self, lookup: Lookup) -> bool:
        asked = self.asked(lookup)
        return not asked.is_exact and self._read(asked).is_cut

    def _is_common(self, asked: Asked) -> bool:
        return asked.is_exact and asked.has_words and self.planned(asked) > COMMON_MIN

    def _sample(self, asked: Asked) -> list[int]:
        known, key = asked.lookup.known, ("sample", asked.tree, asked.before)
        if key not in known:
            sql, params = self._newest(asked, SAMPLE_MAX)
            known[key] = [row[0] for row in rows(f"{sql} ORDER BY place DESC", params)]
        return known[key]

    def _newest(self, asked: Asked, limit: int) -> Sql:
        """Find the newest of what the indexes can tell, in the quickest way."""
        place = self.writing.place
        hits, params = self.hits(asked)
        walked = f"{place} + 0" if asked.has_words else place
        everywhere = f"SELECT place FROM {self.words} WHERE {hits}"
        if asked.has_words:
            among = self.among(asked, limit)
            if among * _READING < self.planned(asked) * _GETTING:
                first = (
                    f"SELECT place FROM (SELECT * FROM {self.words} WHERE place >= %s"
                    f" AND place < %s ORDER BY place DESC LIMIT %s) {self.words} WHERE {hits}"
                )
                some = [asked.since, asked.before, among, *params]
                return (
                    _FIRST_OR_ALL.format(first=first, everywhere=everywhere, walked=walked),
                    [*some, limit, limit, *params, limit, limit],
                )
        sql = f"{everywhere} ORDER BY {walked} DESC LIMIT %s"
        return f"SELECT place FROM ({sql}) newest", [*params, limit]

    def _read(self, asked: Asked, *, wanted: int = 1) -> Reading:
        """
        Read the words of the newest entries that may fit, and remember what was found.

        READ_MAX of them, and once READ_MORE when fewer fit than are wanted.
        """
        known, key = asked.lookup.known, ("read", asked.tree, asked.before)
        reading = known.get(key) or self._read_below(asked, READ_MAX)
        if reading.is_cut and len(reading.fits) < wanted and not reading.is_last:
            # What was found so far is better than nothing.
            with suppress(TookTooLong):
                more = self._read_below(replace(asked, before=reading.lowest), READ_MORE)
                about = len(reading.fits) + more.about
                fits = [*reading.fits, *more.fits]
                reading = Reading(fits, more.lowest, more.is_cut, about, is_last=True)
        known[key] = reading
        return reading

    def _read_below(self, asked: Asked, most: int) -> Reading:
        """Read what may fit or, where nearly everything may, whatever comes."""
        place, sieve = self.writing.place, asked.sieve
        between = whole = self.planned(asked, with_words=False)
        passing, params, walked = "", [], place
        if sieve is not None:
            planned = min(between, self.planned(asked))
            among = round(most * between / planned)
            if sieve.has_words and among * _READING < planned * _GETTING + most * _READING:
                most = among
            else:
                passing, params, walked = f" AND {sieve.sql}", sieve.params, f"{place} + 0"
                whole = planned
        fits, checks = self.checks(asked)
        found = rows(
            "SELECT count(*), min(place),"
            f" array_agg(place ORDER BY place DESC) FILTER (WHERE {fits})"
            f" FROM (SELECT place, words FROM {self.words}"
            f" WHERE {walked} >= %s AND {walked} < %s{passing}"
            f" ORDER BY {walked} DESC LIMIT %s) {self.words}",
            [*checks, asked.since, asked.before, *params, most],
        )
        looked_at, lowest, fitting = found[0]
        number = len(fitting or [])
        is_cut = looked_at == most
        about = max(number, round(number / looked_at * whole)) if is_cut and looked_at else number
        return Reading(fitting or [], lowest or 0, is_cut, about)
