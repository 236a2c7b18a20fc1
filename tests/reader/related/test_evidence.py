import pytest

from reader.related.evidence import UNNAMED, shared_words, side_of, why_of
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


@pytest.mark.parametrize(
    ("language", "a", "b", "named"),
    [
        (
            "en",
            "Nine sailors were hurt on Tuesday, nine said. The ferry is old; the ferry sank.",
            "Nine were hurt again: on Tuesday the ferry hit a quay of nine metres.",
            ["ferry"],
        ),
        (
            "es",
            "El miércoles nueve marineros explicaron la huelga. La huelga sigue.",
            "Nueve explicaron el miércoles que la huelga dura diez kilómetros.",
            ["huelga"],
        ),
        (
            "fr",
            "Mercredi, neuf marins ont déclaré la grève. La grève dure neuf jours.",
            "Neuf ont déclaré mercredi que la grève coûte des milliards.",
            ["grève"],
        ),
        (
            "de",
            "Am Mittwoch begann in neun Häfen der Streik. Neun neue Schiffe im Streik.",
            "Neun Tage Streik, und am Mittwoch schwieg neues Personal in neun Booten.",
            ["Streik"],
        ),
    ],
)
def test_numbers_in_words_days_units_and_everyday_words_are_not_named(language, a, b, named):
    profiles = [profile_of("", text, language=language) for text in (a, b)]
    profiles += [profile_of(*text) for text in ALONE]
    corpus = Corpus(profiles)

    assert shared_words(*(side_of(profiles[n], corpus.row(n)[1]) for n in range(2))) == named


def test_half_a_name_is_not_named():
    texts = [
        ("", "Rowing in New York. From New York they went rowing."),
        ("", "York likes rowing. The rowing club of York."),
    ]

    assert shared([*texts, *BRIDGE]) == ["rowing"]


def test_a_name_of_several_words_is_told_whole():
    texts = [("", "Snow in New York today."), ("", "Why New York loves snow.")]

    assert shared([*texts, *BRIDGE])[0] == "New York"


def test_a_first_name_that_two_people_have_is_not_named():
    texts = [
        ("", "Kevin Marsh met Ada Quill. Kevin sang, Quill rowed."),
        ("", "Kevin Tanner saw Quill, and Kevin paid."),
    ]

    assert shared([*texts, *BRIDGE]) == ["Quill"]


def test_a_family_name_that_is_also_a_first_name_is_named():
    texts = [
        ("", "Mara Scott wrote. Then Scott spoke."),
        ("", "What Mara Scott wrote, Scott kept."),
    ]

    assert shared([*texts, *BRIDGE]) == ["Mara Scott"]


def test_a_name_into_which_a_line_ran_is_not_named():
    texts = [("", f"Read on: Jane MarshDemocrats win. {n} ferry, ferry.") for n in "AB"]

    assert "Jane MarshDemocrats" not in shared([*texts, *BRIDGE])


def test_a_word_said_in_passing_is_named_only_where_there_is_nothing_else():
    passing = [("", "Obloquy. Rowing."), ("", "They met obloquy and rowing.")]
    assert set(shared([*passing, *ALONE])) == {"obloquy", "rowing"}

    about = [("", "Obloquy. Rowing, rowing."), ("", "They met obloquy and rowing.")]
    assert shared([*about, *ALONE]) == ["rowing"]


def test_an_acronym_and_a_word_of_the_same_letters_are_two_things():
    assert shared([("", "AIDS, AIDS rowing"), ("", "aids and aids rowing"), *ALONE]) == ["rowing"]


def test_a_word_at_the_beginning_of_a_sentence_is_no_name():
    texts = [("", "Turnips grow. Turnips rot."), ("", "They ate turnips. And turnips.")]

    assert shared([*texts, *BRIDGE]) == ["turnips"]


def test_where_nothing_is_worth_naming_nothing_is_named():
    texts = [("", "On Tuesday nine said yes."), ("", "Nine said no on Tuesday.")]

    assert shared([*texts, *ALONE]) == [UNNAMED]
    assert why_of([UNNAMED]) == ""


def test_texts_without_a_word_in_common_share_nothing():
    assert shared([("", "Ferry, quay."), ("", "Turnips, frost."), *ALONE]) == []
