"""How hashtags are written, and when two spellings are one."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.hashtags.naming import fold, is_name, singular, spellings, words_of, written

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.", "US"),
        ("US", "us"),
        ("São Paulo", "SaoPaulo"),
        ("Zürich", "ZURICH"),
        ("Łódź", "Lodz"),
        ("COVID-19", "Covid19"),
        ("O’Neill", "O'Neill"),
        ("AT&T", "att"),
        ("Ferry_Strike", "FerryStrike"),
        ("straße", "STRASSE"),
        ("أوكرانيا", "اوكرانيا"),
        ("القُدْس", "القدس"),
        ("ＮＡＴＯ", "NATO"),
    ],
)
def test_spellings_of_one_thing_fold_to_the_same(one, other):
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("Mars", "Mar"), ("乌克兰", "俄罗斯"), ("Київ", "Киев"), ("हिन्दी", "हनद")]
)
def test_different_things_stay_apart(one, other):
    assert fold(one) != fold(other)


def test_folding_twice_changes_nothing():
    for word in ("Ünïcödé", "İstanbul", "ﬁnance", "ǅ", "القُدْس", "हिन्दी", "x" * 300, "e-\u0301"):
        assert fold(fold(word)) == fold(word)


def test_no_character_at_all_folds_further_the_second_time():
    once = fold.__wrapped__
    characters = (chr(n) for n in range(sys.maxunicode + 1) if not 0xD800 <= n <= 0xDFFF)
    keys = {character: once(character) for character in characters}

    assert [c for c, key in keys.items() if once(key) != key] == []
    assert [keys[c] for c in "ǢǣǼǽ"] == ["ae"] * 4
    assert [keys[c] for c in "Ǿǿ"] == ["o"] * 2


@given(st.text(max_size=90))
def test_no_text_folds_further_the_second_time(text):
    assert fold(fold(text)) == fold(text)


def test_what_is_too_short_for_a_plural_stands_for_itself():
    for word in ("", "u", "us", "e"):
        assert spellings(word) == (word,)
    assert spellings("tax") == ("tax", "taxs", "taxes")


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("tariffs", "tariff"),
        ("elections", "election"),
        ("countries", "country"),
        ("taxes", "tax"),
        ("churches", "church"),
        ("crisis", "crisis"),
        ("virus", "virus"),
        ("congress", "congress"),
        ("politics", "politics"),
        ("news", "news"),
        ("us", "us"),
    ],
)
def test_a_plural_ending_comes_off_only_where_it_is_one(many, one):
    assert singular(many) == one


def test_a_thing_is_looked_for_in_the_singular_and_the_plural():
    assert set(spellings("tariffs")) >= {"tariff", "tariffs"}
    assert set(spellings("tariff")) >= {"tariff", "tariffs"}
    assert set(spellings("country")) >= {"country", "countries"}


@pytest.mark.parametrize(
    ("keyword", "name"),
    [
        ("supreme court", "SupremeCourt"),
        ("tariffs", "tariffs"),
        ("#FerryStrike", "FerryStrike"),
        ("pro-democracy protests", "ProDemocracyProtests"),
        ("women's issues", "WomensIssues"),
        ("gun control/gun rights", "GunControlGunRights"),
        ("عمال الموانئ", "عمال_الموانئ"),
        ("地铁三号线", "地铁三号线"),
    ],
)
def test_words_become_one_name(keyword, name):
    assert written(words_of(keyword)) == name


@pytest.mark.parametrize("name", ["FerryStrike", "2026Election", "हिन्दी", "عمال_الموانئ", "U2"])
def test_letters_and_digits_make_a_name(name):
    assert is_name(name)


@pytest.mark.parametrize("name", ["", "_", "2026", "Ferry Strike", "a-b", "<b>", "a/b", "a\u202eb"])
def test_anything_else_makes_none(name):
    assert not is_name(name)
