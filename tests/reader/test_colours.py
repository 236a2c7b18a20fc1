"""The colours of the look can be read, on paper and on tint, by day and by night."""

import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

SOURCE = (Path(settings.BASE_DIR) / "static/css/tokens/colour.css").read_text("utf-8")
FOUND = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\);", SOURCE)
SEPIA = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", SOURCE))
THEMES = {
    "light": {name: light for name, light, _ in FOUND},
    "dark": {name: dark for name, _, dark in FOUND},
    "sepia": SEPIA,
}

WRITTEN_COLOUR = r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\("

TEXT, LONG_TEXT, EDGE = 4.5, 7.0, 3.0
LEAST = {
    "ink": LONG_TEXT,
    "ink-2": TEXT,
    "press": TEXT,
    "link": TEXT,
    "visited": TEXT,
    "ok": TEXT,
    "warn": TEXT,
    "edge": EDGE,
}


def luminance(colour):
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_ruler_is_right():
    assert round(contrast("#000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#fff"), 2) == 4.48


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "sheet", "tint"])
@pytest.mark.parametrize("name", LEAST)
def test_a_colour_stands_out_from_what_it_is_printed_on(name, ground, theme):
    colours = THEMES[theme]
    assert contrast(colours[name], colours[ground]) >= LEAST[name]


@pytest.mark.parametrize("theme", THEMES)
def test_a_button_can_be_read(theme):
    assert contrast(THEMES[theme]["paper"], THEMES[theme]["ink"]) >= LONG_TEXT


def test_every_theme_has_every_colour():
    assert THEMES["light"].keys() == THEMES["sepia"].keys()


def test_the_browser_paints_its_own_frame_in_the_colours_of_the_page():
    template = (Path(settings.BASE_DIR) / "templates/display/_colours.html").read_text("utf-8")
    painted = re.findall(r'name="theme-color" content="(#\w+)"', template)
    papers = {theme: colours["paper"] for theme, colours in THEMES.items()}
    assert painted == [papers[name] for name in ("dark", "light", "sepia", "light", "dark")]


def test_components_name_their_colours_and_never_write_them():
    folder = Path(settings.BASE_DIR) / "static/css"
    written = {
        path.name: found
        for layer in ("base", "layout", "components")
        for path in (folder / layer).glob("*.css")
        if (found := re.findall(WRITTEN_COLOUR, path.read_text("utf-8")))
    }
    assert written == {}
