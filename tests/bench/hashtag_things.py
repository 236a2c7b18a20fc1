"""
Whether one thing has one hashtag, however it is spelled.

A thing is what is left of its spellings without case, accents, blanks, marks and a plural ending,
and what the list below calls the same. It counts when a method names it for two articles or more,
and these articles do not all spell it alike (in each the most frequent spelling counts). It is
consistent when all these articles got the same hashtag; a hashtag does not know case nor blanks.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from reader.hashtags.naming import fold
from tests.bench.hashtag_methods import Names, Text
from tests.bench.hashtag_scores import key

READ_CHARACTERS = 4500
LONGEST = 4
SHOWN = 8
WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*(?:(?<=\.[A-Z])\.)?")
# Written for this measure, not the product's list: a line each.
SAME = """
United States, U.S., US, USA, United States of America, America
United Kingdom, U.K., UK, Britain, Great Britain
European Union, E.U., EU
United Nations, U.N., UN
United Arab Emirates, UAE, U.A.E.
North Atlantic Treaty Organization, NATO, North Atlantic Treaty Organisation
North Korea, DPRK, North Koreans
South Korea, Republic of Korea
Democratic Republic of Congo, DRC, DR Congo
Supreme Court, U.S. Supreme Court, US Supreme Court
Department of Justice, Justice Department, DOJ, U.S. Department of Justice
State Department, Department of State, U.S. State Department
Department of Homeland Security, DHS, Homeland Security
Republican Party, Republicans, GOP
Democratic Party, Democrats
Federal Bureau of Investigation, FBI, F.B.I.
Central Intelligence Agency, CIA, C.I.A.
Environmental Protection Agency, EPA
World Health Organization, WHO, World Health Organisation
International Monetary Fund, IMF
European Central Bank, ECB
World Trade Organization, WTO
Centers for Disease Control and Prevention, CDC, Centers for Disease Control
Federal Reserve, Fed, U.S. Federal Reserve
Islamic State, ISIS, ISIL, Daesh
Affordable Care Act, Obamacare, ACA
North American Free Trade Agreement, NAFTA
coronavirus, COVID-19, Covid, novel coronavirus, new coronavirus
Senate, U.S. Senate, US Senate
House of Representatives, U.S. House, US House, U.S. House of Representatives
National Rifle Association, NRA
American Civil Liberties Union, ACLU
Russia, Russians, Russian Federation
China, Chinese, People's Republic of China
Palestine, Palestinians
Myanmar, Burma
climate change, global warming
health care, healthcare
"""


ALIKE = {
    key(name): key(line.split(", ")[0])
    for line in SAME.strip().splitlines()
    for name in line.split(", ")
}


def thing_of(name: str) -> str:
    return ALIKE.get(key(name), key(name))


def consistency(found: list[Names], texts: list[Text]) -> tuple[int, int]:
    """Return how many things have one hashtag, and how many things there are."""
    named: dict[str, dict[int, str]] = defaultdict(dict)
    for place, names in enumerate(found):
        for name in names[:SHOWN]:
            named[thing_of(name)].setdefault(place, fold(name))
    named = {thing: places for thing, places in named.items() if len(places) > 1}
    in_text: dict[int, set[str]] = defaultdict(set)
    for thing, places in named.items():
        for place in places:
            in_text[place].add(thing)
    used: dict[str, set[str]] = defaultdict(set)
    for place, things in in_text.items():
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for spelling in runs(texts[place].whole[:READ_CHARACTERS]):
            thing = thing_of(spelling)
            if thing in things:
                counts[thing][spelling] += 1
        for thing, spellings in counts.items():
            used[thing].add(spellings.most_common(1)[0][0])
    wanted = [thing for thing in named if len(used[thing]) > 1]
    return sum(len(set(named[thing].values())) == 1 for thing in wanted), len(wanted)


def runs(text: str) -> Iterator[str]:
    """Yield every run of up to four words that stand side by side."""
    words = list(WORD.finditer(text))
    # A gap of one blank: no full stop, no comma between.
    near = [after.start() - before.end() == 1 for before, after in pairwise(words)]
    for start, word in enumerate(words):
        end = start
        yield word.group()
        while end < len(near) and near[end] and end - start < LONGEST - 1:
            end += 1
            yield text[word.start() : words[end].end()]
