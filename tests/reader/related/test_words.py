import pytest

from reader.related.words import fold, names_in, read_text, repeated_runs, tokens_of

pytestmark = pytest.mark.once


def test_words_are_counted_without_grammar_and_a_title_counts_three_times():
    reading = read_text("Ferry strike", "The ferry is late, and the Ferry crews are on strike.")

    assert reading.counts == {"ferry": 5, "strike": 4, "late": 1, "crews": 1}


def test_a_word_is_shown_as_the_text_writes_it_most_often():
    reading = read_text(
        "LOWMARSH BRIDGE", "Lowmarsh is old. Bridge work begins; the bridge is a bridge."
    )

    assert reading.surfaces["lowmarsh"] == "Lowmarsh"
    assert reading.surfaces["bridge"] == "bridge"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Erdoğan", "erdogan"),
        ("STRASSE", "straße"),
        ("الرئيس", "والرئيس"),
        ("مُحَمَّد", "محمد"),
        ("ＦＥＲＲＹ", "ferry"),
    ],
)
def test_spellings_of_one_word_meet(one, other):
    assert fold(one) == fold(other)


def test_words_of_two_meanings_stay_apart():
    assert fold("वन") != fold("वान")


def test_vowel_signs_do_not_cut_a_word():
    assert tokens_of("हिन्दी में") == ["हिन्दी", "में"]


def test_a_text_without_spaces_is_read_in_pairs_beside_words():
    assert tokens_of("海港大桥 opens 2026年") == ["海港", "港大", "大桥", "opens", "2026", "年"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The crews of the line have said that they will not work this week.", "en"),
        ("El presidente del gobierno dijo que la ley de vivienda es para todos.", "es"),
        ("Le ministre de la culture a dit que les musées sont ouverts pour tous.", "fr"),
        ("Der Minister sagte, dass die Brücke nicht vor dem Winter gebaut wird.", "de"),
        ("بدأ عمال الميناء في طرابلس إضرابا عن العمل احتجاجا على الأجور من أمس إلى اليوم", "ar"),
        ("海港大桥今天正式通车", "zh"),
        ("東京電力は処理水を放出した", "ja"),
        ("xqz wrt plmk", ""),
    ],
)
def test_a_language_is_guessed_from_script_or_stop_words(text, language):
    assert read_text("", text).language == language


def test_the_language_of_a_record_is_believed():
    assert read_text("", "The crews said no.", language="fr-CA").language == "fr"


def test_names_are_found_with_the_shorter_names_inside_them():
    names = names_in("Yesterday President Mara Quill spoke at the University of Ellery.")

    assert "Mara Quill" in names
    assert "President Mara Quill" in names
    assert "University of Ellery" in names


def test_a_name_ends_where_it_owns_the_next():
    assert names_in("China’s National Museum") == ["National Museum"]


def test_a_headline_inside_the_text_is_no_name():
    assert names_in("Old Iron Bridge At Lowmarsh Closes For Repairs Again") == []


def test_what_a_text_without_spaces_repeats_is_a_name():
    assert repeated_runs("海港大桥今天通车。海港大桥长十二公里。") == ["海港大桥"]
