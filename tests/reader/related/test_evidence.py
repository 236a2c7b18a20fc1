import pytest

from reader.related.evidence import shared_words, side_of, why_of
from reader.related.profiles import profile_of
from reader.related.similarity import Corpus
from tests.reader.related.texts import ALONE, ARABIC, BRIDGE, CHINESE, FERRY

pytestmark = pytest.mark.once


def shared(texts, *, publishers=("", "")):
    """Name what the first two of some texts share."""
    profiles = [profile_of(title, body) for title, body in texts]
    corpus = Corpus(profiles)
    sides = [side_of(profiles[n], corpus.row(n)[1], publisher=publishers[n]) for n in range(2)]
    return shared_words(*sides)


@pytest.mark.parametrize("event", [FERRY, BRIDGE, ARABIC, CHINESE])
def test_the_evidence_stands_in_both_texts(event):
    words = shared([*event[:2], *ALONE])

    assert words
    for word in words:
        for title, body in event[:2]:
            assert word.casefold() in f"{title}\n{body}".casefold()


def test_a_full_name_says_more_than_its_parts():
    texts = [("", "Crews cheered Mara Quill."), ("", "Islanders phoned Mara Quill.")]

    assert shared([*texts, *BRIDGE, *ALONE]) == ["Mara Quill"]


def test_a_chinese_name_is_told_whole():
    assert "海港大桥" in shared([*CHINESE, *ALONE])


def test_one_word_and_its_plural_are_told_once():
    gifts = [("", "gift gifts gift"), ("", "gifts gift gifts")]

    assert len(shared([*gifts, *ALONE])) == 1


def test_numbers_forms_of_address_and_the_publisher_itself_are_no_evidence():
    texts = [
        ("", "Ellery Echo 1871 Mrs rowing"),
        ("", "The Ellery Echo, 1871. Mrs goes rowing."),
    ]

    assert shared([*texts, *BRIDGE], publishers=("Ellery Echo", "")) == ["rowing"]


def test_accents_that_differ_are_no_evidence_because_the_eye_would_not_find_them():
    assert shared([("", "Erdoğan rowing"), ("", "Erdogan rowing"), *ALONE]) == ["rowing"]


def test_evidence_is_said_as_a_sentence():
    assert why_of([]) == ""
    assert why_of(["Quill"]) == "Both mention Quill"
    assert why_of(["Quill", "quay", "ferry"]) == "Both mention Quill, quay and ferry"
