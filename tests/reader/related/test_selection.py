import numpy as np
import pytest

from reader.related.profiles import profile_of
from reader.related.selection import PER_PUBLISHER, Candidate, choose, is_same_text, overlap
from tests.reader.related.texts import BRIDGE, FERRY

pytestmark = pytest.mark.once

WIRE = "\n\n".join(body for _, body in [*FERRY, *BRIDGE])


def shingles(text):
    return profile_of("", text).shingles


def chosen(candidates, *, copies=(), limit=5):
    pairs = [set(pair) for pair in copies]
    picked = choose(candidates, page=0, same_text=lambda a, b: {a, b} in pairs, limit=limit)
    return [candidate.article for candidate in picked]


def test_a_text_with_other_capitals_and_marks_is_the_same_text():
    assert is_same_text(shingles(WIRE), shingles(WIRE.upper().replace(",", ";")))


def test_a_shortened_text_is_the_same_text():
    jaccard, containment = overlap(shingles(WIRE), shingles(WIRE[: len(WIRE) // 4]))

    assert jaccard < 0.3
    assert containment == 1
    assert is_same_text(shingles(WIRE), shingles(WIRE[: len(WIRE) // 4]))


def test_two_tellings_of_one_event_are_two_texts():
    assert overlap(shingles(FERRY[0][1]), shingles(FERRY[1][1])) == (0, 0)


def test_a_few_words_are_too_few_to_be_the_same_text():
    assert not is_same_text(shingles("Crews walk out."), shingles("Crews walk out."))
    assert not is_same_text(shingles(""), shingles(""))


def test_a_very_long_text_is_compared_by_a_sample():
    book = " ".join(f"word{n}" for n in range(12_000))
    other = " ".join(f"leaf{n}" for n in range(12_000))

    assert shingles(book).step > 1
    assert is_same_text(shingles(book), shingles(book[: len(book) // 2]))
    assert not is_same_text(shingles(book), shingles(other))


def test_a_publisher_has_two_places_and_the_next_one_moves_up():
    crowd = [Candidate(n, 1 - n / 10, publisher=7) for n in range(1, 5)]

    assert PER_PUBLISHER == 2
    assert chosen([*crowd, Candidate(9, 0.1, publisher=8)]) == [1, 2, 9]


def test_articles_of_unknown_publishers_are_not_counted_as_one_publisher():
    assert chosen([Candidate(n, 1 - n / 10) for n in range(1, 8)]) == [1, 2, 3, 4, 5]


def test_a_copy_of_the_page_is_left_out():
    assert chosen([Candidate(1, 0.9), Candidate(2, 0.8)], copies=[(0, 1)]) == [2]


def test_of_two_copies_the_better_is_shown():
    candidates = [Candidate(1, 0.9), Candidate(2, 0.8), Candidate(3, 0.7)]

    assert chosen(candidates, copies=[(1, 2)]) == [1, 3]


def test_what_repeats_one_that_is_taken_makes_room_for_something_else():
    candidates = [Candidate(1, 0.5), Candidate(2, 0.49), Candidate(3, 0.45)]
    alike = np.zeros((3, 3))
    alike[0, 1] = alike[1, 0] = 0.25

    picked = choose(candidates, page=0, same_text=lambda a, b: False, limit=2, alike=alike)

    assert [candidate.article for candidate in picked] == [1, 3]


def test_a_list_stands_best_first_however_it_was_chosen():
    candidates = [Candidate(1, 0.5), Candidate(2, 0.49), Candidate(3, 0.45)]
    alike = np.zeros((3, 3))
    alike[0, 1] = alike[1, 0] = 0.25

    picked = choose(candidates, page=0, same_text=lambda a, b: False, limit=3, alike=alike)

    assert [candidate.score for candidate in picked] == [0.5, 0.49, 0.45]
