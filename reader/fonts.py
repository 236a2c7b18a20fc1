"""
The text face, cut to what pages need from the fonts of a package, as files that browsers load.

Source Serif Pro is under the SIL Open Font License with the reserved name "Source", so what is cut
from it carries a name of its own; the licence lies beside the files.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from reader.kerning import thin_kerning
from reader.static_stamp import stamp_of

FAMILY = "Foldline Serif"
# Kerning only: what else the face can do would be loaded by everybody and seen by few.
FEATURES = ["kern"]
# Family, style, full name, version, PostScript name and licence.
NAME_IDS = [1, 2, 4, 5, 6, 13]


@dataclass(frozen=True)
class Face:
    name: str
    file: str
    weight: str


@dataclass(frozen=True)
class Script:
    """A part of a face that is loaded only by pages with such characters."""

    name: str
    spans: tuple[tuple[int, int], ...]

    @property
    def unicode_range(self) -> str:
        """Spell the spans for `unicode-range`."""
        return ", ".join(
            f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}"
            for first, last in self.spans
        )


FACES = (
    Face("regular", "SourceSerifPro-Regular.ttf", "400"),
    # One file for headlines and for bold words in a text.
    Face("semibold", "SourceSerifPro-Semibold.ttf", "600 700"),
)
# What every page has; pages ask for it before the stylesheet does.
LATIN = Script(
    "latin",
    (
        (0x20, 0x7E), (0xA0, 0xA0), (0xA3, 0xA3), (0xAB, 0xAB), (0xAD, 0xAD), (0xB7, 0xB7),
        (0xBB, 0xBB), (0x2010, 0x2011), (0x2013, 0x2014), (0x2018, 0x2019), (0x201C, 0x201D),
        (0x2022, 0x2022), (0x2026, 0x2026), (0x20AC, 0x20AC),
    ),
)  # fmt: skip
SCRIPTS = (
    LATIN,
    Script(
        "latin-west",
        (
            (0xA1, 0xA2), (0xA4, 0xAA), (0xAC, 0xAC), (0xAE, 0xB6), (0xB8, 0xBA), (0xBC, 0xFF),
            (0x201A, 0x201A), (0x201E, 0x201E), (0x2032, 0x2033), (0x2039, 0x203A),
        ),
    ),
    Script(
        "latin-more",
        (
            (0x100, 0x24F), (0x2BB, 0x2DD), (0x1E00, 0x1EFF), (0x2116, 0x2122), (0x2150, 0x215F),
            (0x2190, 0x22FF),
        ),
    ),
    Script("greek", ((0x370, 0x3FF),)),
    Script("cyrillic", ((0x400, 0x52F),)),
)  # fmt: skip


def file_name(face: Face, script: Script) -> str:
    return f"fonts/serif-{face.name}-{script.name}.woff2"


FILES = {file_name(face, script): (face, script) for face in FACES for script in SCRIPTS}


def font_faces() -> str:
    """Write the @font-face rules of all files, relative to a stylesheet beside `fonts/`."""
    rules = [
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {face.weight}; '
        f"font-display: optional; "
        f'src: url("{name}") format("woff2"); unicode-range: {script.unicode_range}; }}'
        for name, (face, script) in FILES.items()
    ]
    return "\n".join(rules)


def cut(face: Face, script: Script) -> bytes:
    """Keep one script of a face, compressed as WOFF2; about a second of work."""
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    options = Options(
        layout_features=FEATURES, hinting=False, name_IDs=NAME_IDS, notdef_outline=True
    )
    with TTFont(_folder() / face.file, recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=_letters(script))
        subsetter.subset(font)
        thin_kerning(font)
        _rename(font, face)
        font.flavor = "woff2"
        packed = BytesIO()
        font.save(packed)
    return packed.getvalue()


class FontFinder(BaseFinder):
    """Offer the cut fonts and their licence; made once, and again when what makes them changes."""

    licence = "fonts/LICENSE.txt"

    def __init__(self, app_names=None, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=settings.DATA_DIR / "cut-fonts")

    def check(self, **kwargs) -> list:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs) -> str | list[str]:
        is_ours = path.startswith("fonts/") and (path == self.licence or path in FILES)
        found = [str(self._write(path))] if is_ours else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in (*FILES, self.licence):
            self._write(name)
            yield name, self.storage

    def _write(self, name: str) -> Path:
        target = Path(self.storage.path(name))
        stamp = target.with_name(f"{target.name}.{_stamp()}")
        if not stamp.exists():
            if name == self.licence:
                content = (_folder() / "LICENSE.txt").read_bytes()
            else:
                content = cut(*FILES[name])
            target.parent.mkdir(parents=True, exist_ok=True)
            # Several processes may write at once: the file appears whole.
            draft = target.with_name(f"{target.name}.{os.getpid()}")
            draft.write_bytes(content)
            draft.replace(target)
            stamp.touch()
        return target


def _folder() -> Path:
    import font_source_serif_pro  # noqa: PLC0415  (not needed by a site that is already built)

    return Path(font_source_serif_pro.font_directory)


@cache
def _stamp() -> str:
    makers = [Path(__file__), Path(__file__).with_name("kerning.py")]
    return stamp_of([*makers, settings.BASE_DIR / "requirements.txt"])[:12]


def _letters(script: Script) -> set[int]:
    return {letter for first, last in script.spans for letter in range(first, last + 1)}


def _rename(font, face: Face) -> None:
    style = face.name.title()
    names = {
        1: FAMILY, 2: style, 4: f"{FAMILY} {style}", 6: f"{FAMILY.replace(' ', '')}-{style}"
    }  # fmt: skip
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
