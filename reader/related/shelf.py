"""Stored articles as far as somebody looks at them; each part is read once, many in a statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reader.related.evidence import Side, side_of
from reader.related.listing import Item
from reader.related.models import ArticleTerms
from reader.related.profiles import Shingles
from reader.related.querysets import ArticleTermsQuerySet, many
from reader.related.similarity import Floats
from reader.related.storage import MARK_FIELDS, NO_SHINGLES, PLAIN_FIELDS, plain_item, shingles_from

# How a text writes its terms, its names, and its publisher's name.
FACE_FIELDS = ("surfaces", "names", "article__publisher__name")
Face = tuple[bytes, bytes, str]
NO_FACE: Face = (b"", b"", "")


class Shelf:
    """
    Articles that were read for one piece of work; for the next they are too old.

    Most of a row is how the text runs and writes its words, and few of those whose words are
    compared come so far that somebody looks at that.
    """

    def __init__(self) -> None:
        self._items: dict[int, Item] = {}
        self._norms: dict[int, float] = {}
        self._shingles: dict[int, Shingles] = {}
        self._faces: dict[int, Face] = {}

    def load(self, ids: Iterable[int]) -> None:
        """Read what likeness rests on, as far as the articles can be seen and are counted."""
        rows = ArticleTerms.objects.visible().counted()
        for pk, norm, *fields in _rows(rows, set(ids) - self._items.keys(), "norm", *PLAIN_FIELDS):
            self._items[pk], self._norms[pk] = plain_item(pk, *fields), norm

    def load_shingles(self, ids: Iterable[int]) -> None:
        """Read what texts consist of."""
        rows = ArticleTerms.objects.all()
        for pk, *fields in _rows(rows, set(ids) - self._shingles.keys(), *MARK_FIELDS):
            self._shingles[pk] = shingles_from(*fields)

    def load_faces(self, ids: Iterable[int]) -> None:
        """Read how texts write their words."""
        rows = ArticleTerms.objects.all()
        for pk, *fields in _rows(rows, set(ids) - self._faces.keys(), *FACE_FIELDS):
            surfaces, names, publisher = fields
            self._faces[pk] = bytes(surfaces), bytes(names), publisher or ""

    def items(self, ids: Iterable[int]) -> dict[int, Item]:
        """Give those of the articles that are there, in the order of their numbers."""
        return {pk: self._items[pk] for pk in sorted(ids) if pk in self._items}

    def norms(self, ids: Sequence[int]) -> list[float]:
        return [self._norms[pk] or 1.0 for pk in ids]

    def shingles(self, pk: int) -> Shingles:
        # An article that was deleted meanwhile says nothing any more.
        return self._shingles.get(pk, NO_SHINGLES)

    def side(self, pk: int, weights: Floats) -> Side | None:
        """Give an article as one of two whose words are compared; None if it changed meanwhile."""
        surfaces, names, publisher = self._faces.get(pk, NO_FACE)
        if not surfaces:
            return None
        profile = self._items[pk].profile
        side = side_of(
            replace(profile, surfaces=surfaces, names=names), weights, publisher=publisher
        )
        return side if len(side.surfaces) == len(side.keys) else None


def _rows(rows: ArticleTermsQuerySet, ids: Iterable[int], *fields: str) -> Iterator[tuple]:
    wanted = sorted(ids)
    if not wanted:
        return iter(())
    return iter(rows.filter(pk__in=many(wanted, rows.db)).values_list("pk", *fields))
