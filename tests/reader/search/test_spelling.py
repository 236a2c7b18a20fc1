"""What may have been meant by a word, and by a question."""

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from reader.search import correcting
from reader.search.correcting import better_spelling, count_articles, loose_words
from reader.search.finding import find_articles
from reader.search.grammar import parse_question
from reader.search.spelling import Candidate, best_halves, distance, keys_asked, keys_of, ranked
from reader.search.vocabulary import count_words
from tests.factories import make_article

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def first(typed, known=0, **counts):
    found = ranked(typed, [Candidate(word, n) for word, n in counts.items()], known=known)
    return found[0].word if found else None


def test_a_swap_is_one_error_like_a_letter_more_less_or_other():
    for typed in ("ferrry", "fery", "fefry", "ferty", "frery"):
        assert distance(typed, "ferry", 2) == 1, typed
    assert distance("fyrre", "ferry", 2) == 2
    assert distance("harbour", "ferry", 2) == 3


@given(st.text(LETTERS, min_size=7, max_size=12), st.data())
def test_two_errors_in_a_long_word_still_share_a_piece_with_it(word, data):
    typed = word
    for _ in range(2):
        at = data.draw(st.integers(0, len(typed) - 1))
        letter = data.draw(st.sampled_from(LETTERS))
        typed = data.draw(
            st.sampled_from(
                [
                    typed[:at] + typed[at + 1 :],
                    typed[:at] + letter + typed[at:],
                    typed[:at] + letter + typed[at + 1 :],
                    typed[:at] + typed[at : at + 2][::-1] + typed[at + 2 :],
                ]
            )
        )
    # A letter taken away twice leaves five, in which only one error is looked for.
    if len(typed) >= 6:
        assert keys_of(word, 2) & keys_asked(typed)


def test_the_likelier_error_the_commoner_word_and_the_same_first_letter_come_first():
    assert first("ferri", ferry=3, ferro=3) == "ferro"
    assert first("hte", the=5, hue=5) == "the"
    assert first("harbor", harbour=900, harper=2) == "harbour"
    assert first("boat", coat=30, boas=30) == "boas"
    assert first("xyz", ferry=5) is None


def test_a_word_that_is_known_gives_way_only_to_a_far_commoner_one():
    assert first("ferri", known=1, ferry=2_000) == "ferry"
    assert first("ferri", known=40, ferry=700) is None


def test_two_words_written_as_one_are_parted_where_both_are_common():
    assert best_halves("newyork", {"new": 9, "york": 5, "newy": 1, "ork": 1}) == "new york"
    assert best_halves("newyork", {"new": 9}) is None


def test_only_plain_words_may_be_spelled_otherwise():
    text = (
        'night "exact fery" -fery publisher:fery (fery OR port) -(fery fery) in:"fery x" 渡轮 late'
    )

    assert [text[one.start : one.end] for one in loose_words(text)] == [
        "night",
        "fery",
        "port",
        "late",
    ]


class BetterSpellingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for n in range(30):
            make_article("Night ferry", text=f"The ferry to New York sleeps. Part {chr(97 + n)}zz.")
        make_article("Fery tales", text="Zealous harbourmaster of the Whitehouse")
        make_article("Another", text="The harbourmaster of the Whitehouse 7")
        count_words()

    def better(self, text):
        question = parse_question(text)
        found = find_articles(question).count
        better = better_spelling(question, found=found, count=count_articles)
        return better and (better.question.text, better.count)

    def test_an_unknown_word_is_spelled_like_one_that_has_articles(self):
        assert self.better("frery") == ("ferry", 30)
        assert self.better("Nihgt frery") == ("night ferry", 30)
        assert self.better("harbuormastr") == ("harbourmaster", 2)

    def test_a_rare_word_gives_way_to_a_common_one_when_few_were_found(self):
        assert self.better("fery") == ("ferry", 30)

    def test_a_colon_after_any_other_word_parts_words(self):
        assert self.better("night:frery") == ("night:ferry", 30)
        assert self.better("“foo”frery") is None
        assert self.better("frery lang：xx") is None
        assert self.better("frery in：headline") == ("ferry in：headline", 30)

    def test_what_finds_enough_is_left_alone(self):
        assert self.better("ferry") is None
        assert self.better("night") is None

    def test_words_are_parted_and_joined(self):
        assert self.better("newyork ferry") == ("new york ferry", 30)
        assert self.better("white house") == ("whitehouse", 2)

    def test_each_word_known_but_not_together_means_another_one(self):
        assert self.better("fery york") == ("ferry york", 30)

    def test_what_nothing_is_like_is_left_out(self):
        assert self.better("ferry york qqqqqqqq") == ("ferry york", 30)
        assert self.better("qqqqqqqq") is None

    def test_operators_and_phrases_stay_as_they_are(self):
        assert self.better('frery -strike "night ferry" after:2000') == (
            'ferry -strike "night ferry" after:2000',
            30,
        )
        assert self.better('"frery"') is None
        assert self.better("frery -ferry") is None
        assert self.better("渡轮") is None

    def test_no_question_is_tried_once_the_time_is_over(self):
        def tried(text, seconds):
            now, asked = [0.0], []

            def count(other, *, most):
                asked.append(other)
                now[0] += seconds
                return 0

            question = parse_question(text)
            assert better_spelling(question, found=0, count=count, clock=lambda: now[0]) is None
            return len(asked)

        for text in ("fery york harbourmaster", "zzaa ferry york night sleeps"):
            assert tried(text, 0) > 3, text
            # What takes half of the time can be asked twice, and what takes all of it once.
            for part, times in ((0.5, 2), (1, 1), (90, 1)):
                assert tried(text, correcting.SECONDS_MAX * part) == times, text

    def test_the_vocabulary_is_asked_once_for_all_words(self):
        for text in ("frery", "frery nihgt slepes yrok"):
            question = parse_question(text)
            with CaptureQueriesContext(connection) as queries:
                better = better_spelling(question, found=0, count=count_articles)
            about_words = [q for q in queries if "search_misspelt" in q["sql"]]
            assert len(about_words) == 1, text
            assert better.count == 30


@pytest.mark.django_db
@given(st.text(max_size=60))
def test_any_text_has_a_better_spelling_or_none(text):
    question = parse_question(text)

    better = better_spelling(question, found=0, count=lambda other, most: 0)

    assert better is None
