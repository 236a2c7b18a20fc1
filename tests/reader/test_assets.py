"""The stylesheet and the script that every page loads are joined from small files."""

import gzip
import io
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from rcssmin import cssmin
from rjsmin import jsmin

from reader.assets import STYLE_LAYERS, join_scripts, join_styles

STYLES = Path(settings.BASE_DIR) / "static" / "css"
SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"

pytestmark = pytest.mark.once


def found(name):
    return Path(finders.find(name)).read_text("utf-8")


def write(folder, **texts):
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_styles_are_joined_in_the_order_of_the_layers_whatever_their_names(tmp_path):
    write(
        tmp_path,
        print__a_css="print",
        components__b_css="b",
        components__a_css="a",
        tokens__z_css="tokens",
        layers_css="first",
    )

    assert join_styles(tmp_path).split() == ["first", "tokens", "a", "b", "print"]


def test_a_stylesheet_outside_the_layers_is_an_error_and_not_left_out(tmp_path):
    write(tmp_path, layers_css="first", stray__a_css="stray")

    with pytest.raises(ValueError, match=r"stray/a\.css lies outside the layers"):
        join_styles(tmp_path)


def test_two_behaviours_may_use_the_same_name(tmp_path):
    write(tmp_path, a_js="const key = 1;", b_js="const key = 2;")

    assert join_scripts(tmp_path).split("\n") == [
        '"use strict";',
        *("{", "const key = 1;", "}"),
        *("{", "const key = 2;", "}"),
        "",
    ]


def test_the_layers_are_declared_in_the_order_in_which_the_files_are_joined():
    declared = re.findall(r"@layer ([\w,]+);", found("site.css"))

    assert declared == [",".join(STYLE_LAYERS)]
    assert found("site.css").index(declared[0]) < found("site.css").index("@layer reset{")


@pytest.mark.parametrize("path", sorted(STYLES.rglob("*/*.css")), ids=lambda path: path.name)
def test_a_stylesheet_puts_all_its_rules_into_the_layer_it_lies_in(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL).strip()

    opened = text.removeprefix(f"@layer {path.parent.name} {{")
    assert opened != text
    depth = 1
    for position, letter in enumerate(opened):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth == 0:
            assert opened[position + 1 :] == ""
    assert depth == 0


def test_every_stylesheet_and_behaviour_is_in_the_bundles():
    for path in STYLES.rglob("*.css"):
        assert cssmin(path.read_text("utf-8")) in found("site.css")
    for path in SCRIPTS.rglob("*.js"):
        bundle = "early.js" if path.parent.name == "early" else "site.js"
        assert jsmin(path.read_text("utf-8")) in found(bundle)


def test_a_behaviour_is_short_and_imports_nothing():
    for path in SCRIPTS.glob("*.js"):
        text = path.read_text("utf-8")
        assert text.startswith("// "), f"{path.name} does not say what it does"
        assert len(text.splitlines()) <= 60, path.name
        assert not re.search(r"^\s*(import|export)\b", text, re.MULTILINE), path.name


def test_the_stylesheet_costs_no_more_than_twelve_kilobytes_on_the_wire():
    assert len(gzip.compress(found("site.css").encode(), 9)) <= 12 * 1024


def test_collecting_hashes_and_compresses_the_bundles_and_leaves_the_sources_out(
    settings, tmp_path
):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }

    call_command("collectstatic", verbosity=0, interactive=False, stdout=io.StringIO())

    paths = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    for bundle in ("site.css", "site.js"):
        hashed = paths[bundle]
        assert re.fullmatch(r"site\.[0-9a-f]{12}\.(css|js)", hashed)
        collected = (tmp_path / hashed).read_text("utf-8")
        assert re.sub(r"\.[0-9a-f]{12}\.woff2", ".woff2", collected) == found(bundle)
        assert gzip.decompress((tmp_path / f"{hashed}.gz").read_bytes()).decode() == collected
    assert not (tmp_path / "css").exists()
    assert not (tmp_path / "js").exists()


def test_no_rule_asks_for_what_the_house_forbids():
    css = re.sub(r"/\*.*?\*/", "", found("site.css"), flags=re.DOTALL)

    assert "!important" not in css
    assert "box-shadow" not in css
    assert not re.findall(r"(?:margin|padding|border)-(?:left|right|top|bottom)\b", css)
    # A selector by id; colours come after a colon.
    assert not re.findall(r"(?:^|[},])\s*#[\w-]+[^;{}]*\{", css)
