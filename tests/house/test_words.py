"""Every word that readers see can be said in every language, and is."""

import re
from functools import cache
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from reader.extraction import words_of
from reader.languages import LANGUAGES, SOURCE, catalogues
from tests.house.tree import ROOT, shown, templates

pytestmark = pytest.mark.once

PERCENT = re.compile(r"%(?:\((\w+)\))?[sd]")
TAG = re.compile(r"<[^>]+>")
# Arabic: none, one, two, a few (3–10), many (11–99), and the rest.
FORMS = {"es": 2, "ar": 6}
# A form that says «one comment» or «two comments» needs no figure; it is what is counted.
COUNTED = {"n", "over", "score"}

TEMPLATE_SYNTAX = re.compile(
    r"\{#.*?#\}|\{%-?\s*comment\b.*?endcomment\s*%\}"
    r"|\{%\s*blocktranslate\b.*?endblocktranslate\s*%\}|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)
SPOKEN_ATTRIBUTES = re.compile(
    r'\s(?:aria-label|title|placeholder|alt|data-failed|data-passage|data-done|data-stale)="([^"]*)"'
)
NO_WORDS = re.compile(r"<(script|style|svg|code)\b.*?</\1>", re.DOTALL)
LETTERS = re.compile(r"[^\W\d_]{2,}")
# For those who work on the site; the desk's own pages, and the pages that show parts to them.
IN_ENGLISH = {"templates/about/style.html", "templates/admin"}


@cache
def marked():
    return words_of(ROOT)


@cache
def catalogue(language):
    with (SOURCE / language / "LC_MESSAGES" / "django.po").open("rb") as lines:
        return read_po(lines)


def key(message):
    return message.id if isinstance(message.id, str) else message.id[0], message.context


def strings(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


def placeholders(text):
    named = [name or "%" for name in PERCENT.findall(text)]
    braced = [f"{{{name}}}" for _, name, _, _ in Formatter().parse(text) if name is not None]
    return sorted(named + braced)


def languages():
    return [code for code, _ in LANGUAGES[1:]]


def test_there_is_a_catalogue_for_every_language_but_the_first():
    found = {path.relative_to(SOURCE).parts[0] for path in catalogues()}

    assert found == set(languages()) == set(FORMS)


def test_the_marked_words_are_found_in_templates_letters_and_code():
    found = {key(message)[0] for message in marked()}

    assert {"No comments yet", "Write a few words first.", "Choose a new password"} <= found
    assert len(found) > 400


@pytest.mark.parametrize("language", languages())
def test_everything_marked_is_translated_and_nothing_else(language):
    wanted = {key(message) for message in marked() if message.id}
    there = {key(message): message for message in catalogue(language) if message.id}
    missing = [words for words in wanted if words not in there or not all(strings(there[words]))]

    assert missing == []
    assert set(there) - wanted == set()
    assert [key(message) for message in there.values() if message.fuzzy] == []


@pytest.mark.parametrize("language", languages())
def test_every_form_of_the_plural_is_there(language):
    assert catalogue(language).num_plurals == FORMS[language]
    counted = [message for message in catalogue(language) if isinstance(message.id, tuple)]

    assert len(counted) > 10
    assert [m.id for m in counted if len(strings(m)) != FORMS[language]] == []


@pytest.mark.parametrize("language", languages())
def test_a_translation_has_the_facts_and_the_markup_of_what_it_translates(language):
    wrong = []
    for message in catalogue(language):
        ids = [message.id] if isinstance(message.id, str) else message.id
        facts, markup = set(placeholders(ids[-1])), sorted(TAG.findall(ids[-1]))
        for said in strings(message) if message.id else []:
            found = set(placeholders(said))
            is_counted = len(ids) > 1 and facts - found <= COUNTED
            if (found != facts and not (is_counted and found <= facts)) or sorted(
                TAG.findall(said)
            ) != markup:
                wrong.append(said)

    assert wrong == []


def bare_words(source):
    """Yield what a template says in words that no translation can reach."""
    said = TEMPLATE_SYNTAX.sub(" ", source)
    yield from (text for text in SPOKEN_ATTRIBUTES.findall(said) if LETTERS.search(text))
    text = re.sub(r"<[^>]*>", "\n", NO_WORDS.sub("\n", said))
    for entity in ("&amp;", "&gt;", "&lt;", "&nbsp;"):
        text = text.replace(entity, " ")
    yield from (line.strip() for line in text.splitlines() if LETTERS.search(line))


def test_no_page_says_anything_that_cannot_be_translated():
    letters = sorted((ROOT / "templates").rglob("*.txt"))
    bare = {
        shown(path): found
        for path in [*templates(), *letters]
        if not any(shown(path).startswith(place) for place in IN_ENGLISH)
        and (found := list(bare_words(path.read_text("utf-8"))))
    }

    assert bare == {}


@pytest.mark.parametrize(
    "source",
    [
        "<p>Bare words</p>",
        '<nav aria-label="Site">',
        "{% if a %}Bare{% endif %}",
        "<p>{{ count }} comment{{ count|pluralize }}</p>",
    ],
)
def test_the_rule_about_words_finds_bare_ones(source):
    assert list(bare_words(source)) != []
