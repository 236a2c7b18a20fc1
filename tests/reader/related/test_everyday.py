import pytest

from reader.related.everyday import is_date, is_first_name, is_time, names_nothing
from reader.related.words import fold

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            "nine Tuesday March kilometres percent hurt spoke clinched good signs Advertisement",
        ),
        ("es", "nueve miércoles marzo kilómetros millones explicó nueva problemas claramente"),
        ("fr", "neuf mercredi août kilomètres milliards déclaré nouvelle problème rapidement"),
        ("de", "neun Mittwoch März Kilometer Milliarden neue Probleme"),
        ("ar", "تسعة الأربعاء مارس كيلومتر مليون أعلن الجديدة المشكلة"),
        ("zh", "周三 三月 公里 亿元 表示 问题 记者"),
    ],
)
def test_numbers_dates_units_and_what_can_be_said_of_anything_name_nothing(language, words):
    for word in words.split():
        assert names_nothing(fold(word), language), word


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "ferry impeachment homeless religious shooting tariffs rally sanctions wiretapping"),
        ("es", "huelga transbordador aranceles vacuna puerto Fernando"),
        ("fr", "grève parlement vaccin logement port"),
        ("de", "Streik Fähre Zölle Impfstoff Hafen"),
        ("ar", "إضراب ميناء طرابلس الأجور"),
        ("zh", "大桥 海港 岛屿"),
    ],
)
def test_what_articles_are_about_is_worth_naming(language, words):
    for word in words.split():
        assert not names_nothing(fold(word), language), word


def test_a_name_is_not_judged_by_its_ending():
    for name in ["Sicily", "Connolly", "Piccadilly", "Alfred", "Mohammed"]:
        assert not names_nothing(fold(name), "en", is_small=False), name
    assert names_nothing("Tuesday".casefold(), "en", is_small=False)


def test_of_a_language_nobody_listed_only_english_words_are_left_out():
    assert names_nothing("nine", "sw")
    assert not names_nothing("tisa", "sw")


def test_days_and_months_are_dates_and_numbers_and_units_are_times():
    assert is_date("tuesday", "en")
    assert is_date("marzo", "es")
    assert not is_date("nine", "en")
    assert is_time("nine", "en")
    assert is_time("tuesday", "en")
    assert not is_time("ferry", "en")


def test_first_names_are_known_without_accents():
    assert is_first_name("gunter")
    assert not is_first_name("quill")
