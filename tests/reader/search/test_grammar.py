"""What a reader typed, as a question."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.grammar import (
    NO_DATE,
    NO_LANGUAGE,
    NO_WORD,
    ONE_SIDE_UNWANTED,
    ONLY_UNWANTED,
    TEXT_MAX_LENGTH,
    TOKENS_MAX,
    Mark,
    Not,
    Phrase,
    parse_question,
)
from reader.search.nodes import All, Any, Asked, Note, Period, is_bounded


def phrase(words, *, open_end=False, fields=()):
    return Phrase(tuple(words.split()), open_end, fields)


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


FERRY, TRAIN, STRIKE = (phrase(word) for word in ("ferry", "train", "strike"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # OR joins its neighbours before they are joined with the rest.
        ("ferry OR train strike", [Any((FERRY, TRAIN)), STRIKE]),
        ("ferry OR train OR strike", [Any((FERRY, TRAIN, STRIKE))]),
        ("(ferry strike) OR train", [Any((All((FERRY, STRIKE)), TRAIN))]),
        ('"night ferry" OR train', [Any((phrase("night ferry"), TRAIN))]),
        ("ferry or train", [FERRY, TRAIN]),
        ("OR ferry OR", [FERRY]),
        ("OR", [phrase("or")]),
        ("ferry AND train", [FERRY, TRAIN]),
        ("the OR ferry", [Any((phrase("the"), FERRY))]),
        ("port,ferry OR train", [Any((All((phrase("port"), FERRY)), TRAIN))]),
        ("ferry -(train strike)", [FERRY, Not(All((TRAIN, STRIKE)))]),
        ("ferry -(train OR strike)", [FERRY, Not(Any((TRAIN, STRIKE)))]),
        ("ferry -(-train)", [FERRY, TRAIN]),
        ("ferry (train OR -strike)", [FERRY, Any((TRAIN, Not(STRIKE)))]),
        ("（ferry OR train）strike", [Any((FERRY, TRAIN)), STRIKE]),
        # Parentheses without a partner, or around nothing.
        ("(ferry", [FERRY]),
        ("ferry) train", [FERRY, TRAIN]),
        ("() ferry ()", [FERRY]),
        ("(the) ferry", [FERRY]),
        (f"{'(' * 120}ferry{')' * 110} train", [FERRY, TRAIN]),
        # Operators.
        ("publisher:gazette ferry", [Asked("publisher", "gazette"), FERRY]),
        ('Publisher:"The Gazette"', [Asked("publisher", "The Gazette")]),
        ("publisher：gazette", [Asked("publisher", "gazette")]),
        ("hashtag:#FerryStrike", [Asked("hashtag", "#FerryStrike")]),
        ("-in:sport ferry", [FERRY, Not(Asked("section", "sport"))]),
        ('author:"Ada Quill"', [Mark("·aada ·aquill")]),
        ("lang:en_GB", [Mark("·len·gb")]),
        ("after:2026 before:2026-11", [Period(date(2026, 1, 1)), Period(end=date(2026, 11, 1))]),
        ("after:2026-11-23 OR ferry", [Any((Period(date(2026, 11, 23)), FERRY))]),
        ("in:headline ferry", [phrase("ferry", fields=("headline",))]),
        ("ferry in:Title", [phrase("ferry", fields=("headline",))]),
        ("(in:text ferry) train", [phrase("ferry", fields=("text",)), TRAIN]),
        (
            "in:headline ferry OR (in:standfirst train)",
            [
                Any(
                    (
                        phrase("ferry", fields=("headline",)),
                        phrase("train", fields=("standfirst",)),
                    )
                )
            ],
        ),
        ("in:text in:headline ferry", [phrase("ferry", fields=("headline", "text"))]),
        ("-in:headline ferry", [phrase("ferry", fields=("standfirst", "text"))]),
        # No operators.
        ("back:slash", [phrase("back"), phrase("slash")]),
        ("author: ferry", [phrase("author"), FERRY]),
        ('author:"" ferry', [phrase("author"), FERRY]),
        ("in:headline", [phrase("in headline")]),
    ],
)
def test_or_parentheses_and_operators(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "sentence", "value"),
    [
        ("ferry after:yesterday", NO_DATE, "yesterday"),
        ("ferry before:2026-02-30", NO_DATE, "2026-02-30"),
        ("ferry after:0000", NO_DATE, "0000"),
        ("ferry lang:klingon!", NO_LANGUAGE, "klingon!"),
    ],
)
def test_a_value_that_means_nothing_is_left_out_and_said(text, sentence, value):
    question = parse_question(text)

    assert list(question.tree.parts) == [FERRY]
    assert question.notes == (Note(sentence, value),)


def test_operators_count_as_words_of_which_there_are_only_so_many():
    question = parse_question(" ".join(f"in:{n}" for n in range(TOKENS_MAX + 1)))

    assert question.cut
    assert len(question.tree.parts) == TOKENS_MAX


def test_what_is_wanted_is_marked_wherever_it_stands_and_what_is_not_is_not():
    question = parse_question("in:headline ferry (train OR -strike) -port publisher:gazette")

    assert question.wanted == [FERRY, TRAIN]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ""),
        ("   ", ""),
        ("-strike", ONLY_UNWANTED),
        ("!!! ???", NO_WORD),
        ('""', NO_WORD),
        ("---", NO_WORD),
        ("-(ferry strike)", ONLY_UNWANTED),
        ("ferry OR -strike", ONE_SIDE_UNWANTED),
        ("publisher:gazette OR -(strike storm)", ONE_SIDE_UNWANTED),
        ("-ferry OR -strike", ONLY_UNWANTED),
        ("-publisher:gazette", ONLY_UNWANTED),
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


def test_of_a_phrase_that_is_too_long_the_beginning_is_looked_for():
    words = tuple(f"w{n}" for n in range(TOKENS_MAX + 5))
    phrase = " ".join(words)

    alone = parse_question(f'"{phrase}"')
    beside = parse_question(f'ferry "{phrase}" train')

    assert (alone.wanted, alone.cut) == ([Phrase(words[:TOKENS_MAX])], True)
    assert (beside.wanted, beside.cut) == ([FERRY, Phrase(words[: TOKENS_MAX - 1])], True)


def test_a_text_is_named_in_one_pair_of_quotation_marks():
    assert parse_question("night ferry").quoted == "“night ferry”"
    assert parse_question('"night ferry" port').quoted == '"night ferry" port'
    assert parse_question("“night ferry”").quoted == "“night ferry”"


SIGNS = [
    "(",
    ")",
    "-",
    " ",
    " OR ",
    '"',
    "in:",
    "in:headline ",
    "author:",
    "after:2026",
    "the",
    "a",
]


@given(
    st.lists(st.sampled_from(SIGNS), max_size=150).map("".join)
    | st.text(max_size=400)
    | st.text(alphabet='"“”-−ab 渡轮,/\x00*():^', max_size=400)
)
def test_any_text_is_some_question(text):
    question = parse_question(text)

    assert question.tree is None or is_bounded(question.tree)
    assert question.tree or question.problem or not question.text
    assert len(question.text) <= TEXT_MAX_LENGTH
    # What is shown in the box again means the same.
    again = parse_question(question.text)
    assert (again.tree, again.problem) == (question.tree, question.problem)
