"""The piece of a text that shows why it was found."""

from hypothesis import given
from hypothesis import strategies as st

from reader.search.grammar import parse_question
from reader.search.snippets import highlight, snippet


def marked(pieces):
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in pieces)


def wanted(text):
    return parse_question(text).wanted


def test_every_form_of_a_word_is_marked():
    assert (
        marked(highlight("Ferries: a FERRY’s way", wanted("ferry"))) == "[Ferries]: a [FERRY’s] way"
    )


def test_a_phrase_is_marked_as_one_and_only_where_it_stands():
    text = "The White House is a white house, not white."

    assert marked(highlight(text, wanted('"white house"'))) == (
        "The [White House] is a [white house], not white."
    )


def test_pairs_of_characters_are_marked_as_one_word():
    assert marked(highlight("港口的渡轮服务。", wanted("渡轮服务"))) == "港口的[渡轮服务]。"


def test_a_single_character_is_marked_with_the_pair_it_begins():
    assert "[轮" in marked(highlight("渡轮服务", wanted("轮")))


def test_the_piece_with_most_of_the_words_is_cut():
    text = f"A ferry. {'Nothing here. ' * 60}The night ferry left the port. {'More. ' * 60}"

    found = marked(snippet(text, wanted("night ferry port")))

    assert "[night] [ferry] left the [port]" in found
    assert found.startswith("…")
    assert found.endswith("…")
    assert len(found) < 300


def test_without_a_hit_there_is_no_piece():
    assert snippet("Nothing here.", wanted("ferry")) == []


def test_paragraphs_are_drawn_into_one_line():
    assert (
        marked(snippet("One.\n\nTwo  ferry\nthree.", wanted("ferry"))) == "One. Two [ferry] three."
    )


@given(st.text(max_size=600), st.text(max_size=40))
def test_pieces_of_a_whole_text_are_the_text(text, query):
    phrases = wanted(query)

    assert "".join(piece.text for piece in highlight(text, phrases)) == text
    assert any(piece.hit for piece in snippet(text, phrases)) == any(
        piece.hit for piece in highlight(text, phrases)
    )


@given(st.lists(st.sampled_from(["ferry", "port", "渡轮", "x\n\n", "<b>", "and"]), max_size=300))
def test_a_piece_is_short_wherever_the_words_stand(words):
    pieces = snippet(" ".join(words), wanted("ferry port"))

    assert sum(len(piece.text) for piece in pieces) <= 320
