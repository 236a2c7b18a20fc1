"""
What articles are about, in the words of the rooms above.

A room that knows registers in its `AppConfig.ready()`; this room knows none of them by name.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from reader.articles.models import Article

Namer = Callable[[Sequence[Article]], dict[int, list[str]]]

# Tells which typed words name a subject that has a page here, and its address.
Finder = Callable[[Collection[str]], Mapping[str, str]]

_namers: list[Namer] = []
_finders: list[Finder] = []


def name_subjects_by(namer: Namer) -> None:
    """Have `namer` asked for the subjects of many articles at once, by their keys."""
    if namer not in _namers:
        _namers.append(namer)


def subjects_of(articles: Sequence[Article]) -> dict[int, list[str]]:
    """Return the section and the subjects of each article; every room is asked once for all."""
    subjects = {
        article.pk: [str(article.section)] if article.section else [] for article in articles
    }
    for namer in _namers if articles else ():
        for pk, names in namer(articles).items():
            subjects[pk] += names
    return {pk: _once(names) for pk, names in subjects.items()}


def _once(names: Sequence[str]) -> list[str]:
    """Leave out what differs in case and spaces only, as a hashtag named after its section does."""
    known: dict[str, str] = {}
    for name in names:
        known.setdefault("".join(name.split()).casefold(), name)
    return list(known.values())


def find_subjects_by(finder: Finder) -> None:
    """Have `finder` asked for the pages of what people typed behind a #."""
    if finder not in _finders:
        _finders.append(finder)


def pages_of_subjects(words: Collection[str]) -> dict[str, str]:
    """Return the address of the page of each word that names a subject."""
    return {word: address for finder in _finders for word, address in finder(words).items()}
