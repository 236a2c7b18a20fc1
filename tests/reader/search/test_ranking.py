"""Of headlines that say all that was asked, the one that says little else comes first."""

from reader.search.grammar import parse_question
from reader.search.ranking import fitting_headlines_first


def ranked(text, *headlines):
    return fitting_headlines_first(headlines, parse_question(text), str)


def test_short_headlines_with_all_words_come_first_and_the_rest_stays_in_order():
    assert ranked(
        "night ferry",
        "Trains at night",
        "The ferry that sails at night, in winter",
        "A night",
        "Night ferry sails",
    ) == [
        "Night ferry sails",
        "The ferry that sails at night, in winter",
        "Trains at night",
        "A night",
    ]


def test_the_form_that_was_typed_comes_before_another_of_the_same_word():
    assert ranked("ferries", "Ferry", "All ferries") == ["All ferries", "Ferry"]


def test_only_what_is_wanted_counts():
    assert ranked("-ferry night -train", "At night", "Night") == ["Night", "At night"]
    assert ranked("lang:en", "Two words", "One") == ["Two words", "One"]
