"""Text as tokens: what is forgiven, and that nothing breaks out of a token."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.words import TOKEN_MAX_LENGTH, spots_of, tokens_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ferry", "FERRIES"),
        ("ferry’s", "ferry"),
        ("ferry's", "ferry"),
        ("café", "cafe"),
        ("cafe\u0301", "café"),
        ("naïve", "Naive"),
        ("Łódź", "lodz"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("church", "churches"),
        ("box", "boxes"),
        ("hero", "heroes"),
        ("movie", "movies"),
        ("cache", "caches"),
        ("U.S.", "US"),
        ("Ａ１", "a1"),
        ("الكتاب", "كتاب"),
        ("مدرسة", "المدرسات"),
        ("كِتَابٌ", "كتاب"),
        ("ﾊﾞｽ", "バス"),
    ],
)
def test_two_ways_of_writing_a_word_are_one_token(one, other):
    assert tokens_of(one) == tokens_of(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [("news", "new"), ("glass", "glas"), ("virus", "viru"), ("his", "hi"), ("resume", "résumés")],
)
def test_what_only_looks_like_a_plural_is_left(one, other):
    assert (tokens_of(one) == tokens_of(other)) is (one == "resume")


def test_chinese_is_read_in_pairs_and_its_last_character():
    assert tokens_of("渡轮服务 ok") == ["渡轮", "轮服", "服务", "务", "ok"]


def test_words_with_marks_inside_stay_whole():
    assert tokens_of("हिन्दी में") == ["हिन्दी", "में"]


def test_a_sign_that_unicode_takes_apart_leaves_no_punctuation():
    assert tokens_of("⑴ ½ ﷺ") == ["1", "1", "2", *tokens_of("صلى الله عليه وسلم")]


def test_places_are_those_of_the_words_in_the_text():
    text = "The ferry's captain, 渡轮服务!"

    found = [(text[spot.start : spot.end], spot.token) for spot in spots_of(text)]

    assert found == [
        ("The", "the"),
        ("ferry's", "ferry"),
        ("captain", "captain"),
        ("渡轮", "渡轮"),
        ("轮服", "轮服"),
        ("服务", "服务"),
        ("务", "务"),
    ]


@given(st.text())
def test_no_text_makes_a_token_that_an_engine_would_split(text):
    tokens = tokens_of(text)

    # ASCII beside letters and digits parts tokens in FTS5; quotation marks end them in both.
    assert all(c.isalnum() for token in tokens for c in token if c.isascii())
    assert all(0 < len(token) <= TOKEN_MAX_LENGTH for token in tokens)
    assert [spot.token for spot in spots_of(text)] == tokens
    assert all(0 <= spot.start < spot.end <= len(text) for spot in spots_of(text))


@given(st.text(alphabet="aé渡轮سً-'’. ́‌", max_size=30))
def test_folding_twice_is_folding_once(text):
    once = tokens_of(text)

    assert all(ord(c) > 0x20 for token in once for c in token)
    assert tokens_of(text) == once
