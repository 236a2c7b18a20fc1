"""
The languages of the interface, and their catalogues.

A language is a line here, a catalogue below reader/locale and, where dates are written in another
way, a module below reader/formats; docs/translators.md tells the rest. Catalogues are text; gettext
reads the compiled form, which is made below DATA_DIR.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

# The code, and the name as its readers write it. The first is for whoever asks for none of them.
LANGUAGES = [
    ("en-gb", "English"),
    ("es", "Español"),
    ("ar", "العربية"),
]
SOURCE = Path(__file__).resolve().parent / "locale"
CATALOGUE = Path("LC_MESSAGES", "django.po")


def marked(words: str) -> str:
    """Mark words in a module that knows no Django; whoever shows them translates them."""
    return words


def catalogues() -> list[Path]:
    """List the catalogues there are; English needs none."""
    return sorted(SOURCE.glob(f"*/{CATALOGUE}"))


def compile_catalogues(target: Path) -> None:
    """Write below `target` what gettext reads; a site that runs meanwhile never sees half of it."""
    # Costs a tenth of a second, which only the start after a change has to pay.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    for path in catalogues():
        with path.open("rb") as lines:
            catalogue = read_po(lines)
        made = BytesIO()
        write_mo(made, catalogue)
        place = (target / path.relative_to(SOURCE)).with_suffix(".mo")
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_suffix(".new")
        beside.write_bytes(made.getvalue())
        beside.replace(place)
