"""
Kerning as far as it is seen: fewer pairs, in coarser steps, for a smaller file.

A face of this kind kerns thousands of pairs by a hair. Pairs below LEAST are left out (at the size
of the running text less than half a pixel), and so are those of signs that stand in no word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

# Thousandths of the type size.
LEAST = 20
STEP = 10
SIGNS_OF_TEXT = set(".,:;!?-'\"‘’“”«»–—…()")
PAIRS = 2


def thin_kerning(font: TTFont) -> None:
    """Replace the kerning of a face by its pairs that are seen; needs a face that is cut."""
    from fontTools.otlLib.builder import buildPairPosGlyphs, buildValue  # noqa: PLC0415

    lookups = [each for each in font["GPOS"].table.LookupList.Lookup if each.LookupType == PAIRS]
    for lookup in lookups:
        seen = {
            pair: (buildValue({"XAdvance": round(value / STEP) * STEP}), None)
            for pair, value in _pairs(lookup, _letters_of_text(font))
            if abs(value) >= LEAST
        }
        lookup.SubTable = buildPairPosGlyphs(seen, font.getReverseGlyphMap())
        lookup.SubTableCount = len(lookup.SubTable)


def _letters_of_text(font: TTFont) -> list[str]:
    letters = font.getBestCmap().items()
    return [name for code, name in letters if chr(code).isalnum() or chr(code) in SIGNS_OF_TEXT]


def _pairs(lookup: Any, names: list[str]) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield each pair of glyphs with its kerning; the first subtable that knows it decides."""
    for left in names:
        for right in names:
            values = (_value(table, left, right) for table in lookup.SubTable)
            value = next((value for value in values if value is not None), 0)
            yield (left, right), value


def _value(table: Any, left: str, right: str) -> int | None:
    if left not in table.Coverage.glyphs:
        return None
    if table.Format == 1:
        records = table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord
        found = [each.Value1 for each in records if each.SecondGlyph == right]
        return found[0].XAdvance if found else None
    first = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)]
    value = first.Class2Record[table.ClassDef2.classDefs.get(right, 0)].Value1
    return value.XAdvance if value else 0
