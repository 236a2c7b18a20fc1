"""Templates hold words and structure; looks and behaviour live in static/."""

import re

import pytest

from tests.house.tree import shown, templates

pytestmark = pytest.mark.once

COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)
FORBIDDEN = {
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>", re.IGNORECASE
    ),
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on": re.compile(r"\s(?:data-)?hx-on[:-]?", re.IGNORECASE),
    "a script in hx-vals": re.compile(r"hx-(?:vals|vars|headers)=[\"']js:", re.IGNORECASE),
    "Django's own csrf_token": re.compile(r"\{%\s*csrf_token\s*%\}"),
    # What is stored as *_html was cleaned when it was written; help texts are our own words.
    "text passed as safe": re.compile(
        r"(?<!_html)(?<!help_text)\|\s*safe\b|\{%\s*autoescape\s+off"
    ),
}
# Mails are plain text and the admin's own pages have their own parents.
PART_HEADER = re.compile(r"\{#\s\S.*\bIn: .+#\}")


def words(path):
    """Return a template without its comments."""
    return COMMENT.sub("", path.read_text("utf-8"))


def test_templates_are_free_of_scripts_styles_and_shortcuts():
    found = [
        f"{shown(path)}: {name}"
        for path in templates()
        for name, pattern in FORBIDDEN.items()
        if pattern.search(words(path))
    ]
    assert found == []


def test_a_page_that_extends_does_so_first():
    late = [
        shown(path)
        for path in templates()
        if re.search(r"\{%\s*extends\b", words(path))
        and not re.match(r"\s*\{%\s*extends\b", words(path))
    ]
    assert late == []


def test_a_part_says_in_its_first_line_what_it_is_and_needs():
    silent = [
        shown(path)
        for path in templates()
        if path.name.startswith("_")
        and not PART_HEADER.match(path.read_text("utf-8").partition("\n")[0])
    ]
    assert silent == []


def test_a_part_never_extends():
    pages = [
        shown(path)
        for path in templates()
        if path.name.startswith("_") and re.search(r"\{%\s*extends\b", words(path))
    ]
    assert pages == []
