"""One layer a stylesheet, one behaviour a script."""

import re

import pytest

from tests.house.tree import ROOT, shown

pytestmark = pytest.mark.once

STYLES = ROOT / "static" / "css"
SCRIPTS = ROOT / "static" / "js"
# Served by themselves, to the few pages that want them.
FILES = ROOT / "static" / "files"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
MOST_SCRIPT_LINES = 60


def style_files():
    """List the stylesheets that stand in a layer's folder."""
    return [path for path in sorted(STYLES.rglob("*.css")) if path.parent != STYLES]


def rules(path):
    return COMMENT.sub("", path.read_text("utf-8")).strip()


def test_a_stylesheet_puts_all_its_rules_into_the_layer_it_is_filed_under():
    strays = []
    for path in style_files():
        layers = re.findall(r"@layer\s+([\w.-]+)\s*\{", rules(path))
        whole = re.match(r"@layer\s+[\w.-]+\s*\{", rules(path)) and _ends_with_its_layer(path)
        if layers != [path.relative_to(STYLES).parts[0]] or not whole:
            strays.append(shown(path))
    assert strays == []


def _ends_with_its_layer(path):
    """Tell whether the first brace closes with the last one."""
    depth = 0
    text = rules(path)
    for place, letter in enumerate(text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if letter == "}" and depth == 0:
            return place == len(text) - 1
    return False


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("!important", r"!important"),
        ("an import", r"@import"),
        ("another host", r"url\(\s*['\"]?(?:https?:)?//"),
        ("an id", r"(?:^|[\s,>+~(}])#[a-zA-Z][\w-]*[^;{}]*\{"),
    ],
)
def test_stylesheets_do_without(name, pattern):
    assert [shown(path) for path in style_files() if re.search(pattern, rules(path))] == []


def test_a_script_is_short_says_its_markup_and_stands_alone():
    strays = []
    for path in [*sorted(SCRIPTS.rglob("*.js")), *sorted(FILES.glob("*.js"))]:
        text = path.read_text("utf-8")
        if len(text.splitlines()) > MOST_SCRIPT_LINES:
            strays.append(f"{shown(path)}: more than {MOST_SCRIPT_LINES} lines")
        if not text.startswith(("//", "/*")):
            strays.append(f"{shown(path)}: no word about what it does")
        if re.search(r"^\s*(?:import|export)\b", text, re.MULTILINE):
            strays.append(f"{shown(path)}: imports")
        if re.search(r"\beval\(|new Function|\.innerHTML\s*=|document\.write", text):
            strays.append(f"{shown(path)}: makes code or markup out of text")
    assert strays == []
