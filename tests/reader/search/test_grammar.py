"""What a reader typed, as a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.grammar import (
    NO_WORD,
    ONLY_UNWANTED,
    TEXT_MAX_LENGTH,
    TOKENS_MAX,
    Mark,
    Not,
    Phrase,
    parse_question,
)
from reader.search.nodes import is_bounded


def phrase(words, *, open_end=False):
    return Phrase(tuple(words.split()), open_end)


def parts(text):
    tree = parse_question(text).tree
    return list(tree.parts) if tree else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("night ferries", [phrase("night"), phrase("ferry")]),
        ('"night ferry" port', [phrase("night ferry"), phrase("port")]),
        ("“night ferry” «the port»", [phrase("night ferry"), phrase("the port")]),
        ('"night ferry', [phrase("night ferry")]),
        ("ferry -strike", [phrase("ferry"), Not(phrase("strike"))]),
        ('ferry -"on strike"', [phrase("ferry"), Not(phrase("on strike"))]),
        ("ferry - strike", [phrase("ferry"), phrase("strike")]),
        ("well-known", [phrase("well known")]),
        ("port,ferry/strike", [phrase("port"), phrase("ferry"), phrase("strike")]),
        ("24/7 1,200", [phrase("24 7"), phrase("1 200")]),
        ("ferry ferry FERRY", [phrase("ferry")]),
        ("the ferry", [phrase("ferry")]),
        ("the", [phrase("the")]),
        ('"the ferry"', [phrase("the ferry")]),
        ("渡轮服务", [phrase("渡轮"), phrase("轮服"), phrase("服务")]),
        ('"渡轮服务"', [phrase("渡轮 轮服 服务")]),
        ("轮", [phrase("轮", open_end=True)]),
        ("ferry -渡轮服务", [phrase("ferry"), Not(phrase("渡轮 轮服 服务"))]),
    ],
)
def test_words_phrases_and_minus(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ""),
        ("   ", ""),
        ("-strike", ONLY_UNWANTED),
        ("!!! ???", NO_WORD),
        ('""', NO_WORD),
        ("---", NO_WORD),
    ],
)
def test_what_cannot_be_looked_for_is_said(text, problem):
    question = parse_question(text)

    assert (question.tree, question.problem) == (None, problem)


def test_a_long_text_is_cut_and_says_so():
    question = parse_question("ferry " * 500)

    assert question.cut
    assert len(question.text) <= TEXT_MAX_LENGTH
    assert not parse_question("ferry").cut


def test_too_many_words_are_cut_and_said():
    question = parse_question(" ".join(f"w{n}" for n in range(TOKENS_MAX + 5)))

    assert question.cut
    assert len(question.wanted) == TOKENS_MAX


def test_a_text_is_named_in_one_pair_of_quotation_marks():
    assert parse_question("night ferry").quoted == "“night ferry”"
    assert parse_question('"night ferry" port').quoted == '"night ferry" port'
    assert parse_question("“night ferry”").quoted == "“night ferry”"


def test_a_mark_narrows_without_being_highlighted():
    question = parse_question("ferry")

    assert question.marked("·p1").parts == (phrase("ferry"), Mark("·p1"))
    assert question.wanted == [phrase("ferry")]


@given(st.text(max_size=400) | st.text(alphabet='"“”-−ab 渡轮,/\x00*():^', max_size=400))
def test_any_text_is_some_question(text):
    question = parse_question(text)

    assert question.tree is None or is_bounded(question.tree)
    assert question.tree or question.problem or not question.text
    assert len(question.text) <= TEXT_MAX_LENGTH
    # What is shown in the box again means the same.
    again = parse_question(question.text)
    assert (again.tree, again.problem) == (question.tree, question.problem)
