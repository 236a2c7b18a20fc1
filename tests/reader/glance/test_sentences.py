"""Where sentences begin and end."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.glance.sentences import split_sentences

pytestmark = pytest.mark.once

# What splitting turns on, so that chance tries it often.
TURNS = st.text(st.sampled_from(" \n\r\t.!?…؟۔。！？\"'“”‘’«»()[]—-,AaBbé1中文لا\ufeff\u2028"))


def split(text):
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The boat left.", "It came back!", "Did it?", "It did."],
        ["Mr. Plum met Sen. J. B. Oake in the U.S. capital.", "They agreed."],
        ["She flew to the U.S.", "The others stayed."],
        ["It rose 3.5 percent to $1.2 billion.", "Then it fell to 0.9."],
        ["It left at 8.47 a.m. from Mole No. 3 on Dec. 12.", "Nobody saw it."],
        ["“Is it safe?” he asked.", "“It is.”", "She left."],
        ['"We won!" she said.', '"We won."', "He nodded."],
        ["He waited… and waited.", "Nothing came…", "Then it came."],
        ["He waited ... and waited.", "Then he left..."],
        ["It cost 4 million (about a fifth of the budget).", "(It was paid.)", "Fine."],
        ["Plum Inc. and Oake Corp. merged.", "Shares rose."],
        ["The Board of Oake Co.", "But nobody came."],
        ["Sales rose in 2016.", "They fell in 2017."],
        ["The claim is old.[3]", "Nobody checked it."],
        ["Am 3. Oktober kam der Zug.", "Er war leer."],
        ["Le train est parti.", "« Enfin », dit-elle."],
        ["هل وصل القطار؟", "نعم، وصل.", "قال: «لا بأس»."],
        ["ریل گاڑی آ گئی۔", "سب خوش تھے۔"],
    ],
)
def test_sentences_are_told_apart(sentences):
    assert split(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["电站建成了。", "今年发电多少？", "很多！"],
        ["“试验的意义，就在于此。”他说。", "港务局没有回应。"],
        ["他说：“现在下结论还太早。”", "为此，工程组换上了格栅。"],
        ["船が出た。", "「また来る」と言った。"],
    ],
)
def test_scripts_without_spaces_need_none(sentences):
    assert split("".join(sentences)) == sentences


def test_a_sentence_that_a_careless_copy_glued_to_the_next_is_told_apart():
    assert split("It fell by a fifth.He said no. “We won.”She left.") == [
        "It fell by a fifth.",
        "He said no.",
        "“We won.”",
        "She left.",
    ]


def test_a_straight_mark_between_glued_sentences_stays_with_the_speech():
    assert split('He said: "We won."She left. He left."No way," she said.') == [
        'He said: "We won."',
        "She left.",
        "He left.",
        '"No way," she said.',
    ]


def test_addresses_and_names_are_no_ends():
    assert split("Yahoo! News and example.com agree with node.js users.") == [
        "Yahoo! News and example.com agree with node.js users."
    ]


def test_a_paragraph_ends_a_sentence_even_without_a_mark():
    assert split("A heading\n\nThe text begins\n \t\nand ends.") == [
        "A heading",
        "The text begins",
        "and ends.",
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028"])
def test_a_line_ends_a_sentence(line_end):
    assert split(f"First point{line_end}Second point. Third") == [
        "First point",
        "Second point.",
        "Third",
    ]


def test_lines_broken_to_a_width_are_joined():
    text = (
        "The visit of the President of the Republic of Ostria was\n"
        "put off until Friday because of the snow that had fallen on\n"
        "Port Ambry and the islands. It will be short."
    )
    assert split(text) == [text.removesuffix(" It will be short."), "It will be short."]


@given(TURNS | st.text())
def test_any_text_is_covered_in_order_without_the_space_around(text):
    spans = split_sentences(text)

    ends = 0
    for start, end in spans:
        assert ends <= start < end
        assert text[ends:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        ends = end
    assert text[ends:].strip() == ""


@given(st.lists(TURNS, min_size=2))
def test_no_sentence_crosses_a_paragraph_break(parts):
    text = "\n\n".join(parts)

    for start, end in split_sentences(text):
        assert "\n\n" not in text[start:end]


@pytest.mark.parametrize(
    "unit",
    [
        "The boat of Mr. Plum left the U.S. harbour at 8.47. ",
        ". ",
        ".",
        '."',
        " ",
        "\n",
        "A.\n\n",
        "(",
        "“",
        "? ?",
        "。”",
        "word ",
        "a line of a text that was broken to a width of its own\n",
    ],
)
def test_the_time_grows_with_the_length_and_no_faster(unit):
    def seconds(letters):
        text = unit * (letters // len(unit))
        start = time.process_time()
        split_sentences(text)
        return time.process_time() - start

    seconds(10_000)
    assert seconds(1_000_000) < 10 * max(seconds(250_000), 0.05)
