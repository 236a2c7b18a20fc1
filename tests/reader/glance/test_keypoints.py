"""Which sentences are picked, and which never."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.articles.sample_edition import sample_records
from reader.glance.furniture import is_furniture
from reader.glance.keypoints import pick_key_points
from reader.glance.quotations import whole_sentences
from reader.glance.sentences import split_sentences
from reader.stopwords import stopwords_for

pytestmark = pytest.mark.once

LEAD = "The ferry company will close its workshop in Port Ambry and move all repairs to the island."
FACT = (
    "The workshop has 140 workers, and the ferry company promised each of them a place elsewhere."
)
COST = "Building a new dock on the island costs 12 million florins, the harbour board has reckoned."
FILLING = [
    "Rain fell on the quay for most of the afternoon, and the gulls sat in a long row.",
    "A brass band had been ordered for the occasion but found the road closed by a cart.",
    "Several shops in the upper town stayed shut because their owners were at the meeting.",
    "Children drew chalk boats on the steps of the customs house and waited for the tide.",
    "An old crane, painted green in a better year, has stood at the corner since the war.",
    "Nobody had thought of the cats, eleven of them, who sleep on the warm boiler all winter.",
    "At noon somebody rang the bell of Saint Odo, which is allowed only for fires and bishops.",
    "Two painters on a ladder went on painting a window, and asked now and then for the score.",
    "By evening the wind had turned, and with it came the smell of the gutting sheds uphill.",
    "Visitors can still see the wooden slip where the first steamers were built by hand.",
]
ARTICLE = "\n\n".join([LEAD, FACT, *FILLING[:3], COST, *FILLING[3:]])


def pick(text, **how):
    spans = pick_key_points(text, stopwords=stopwords_for("en"), **how)
    return [text[start:end] for start, end in spans]


def test_three_are_picked_in_the_order_of_the_text():
    points = pick(ARTICLE, title="Ferry company closes workshop")

    assert len(points) == 3
    assert points[:2] == [LEAD, FACT]
    assert [ARTICLE.index(point) for point in points] == sorted(map(ARTICLE.index, points))


def test_a_text_too_short_to_need_them_has_none():
    assert pick("\n\n".join([LEAD, FACT, *FILLING[:4]])) == []


def test_a_short_text_has_fewer():
    assert len(pick("\n\n".join([LEAD, FACT, *FILLING[:7]]))) == 2


@pytest.mark.parametrize(
    "furniture",
    [
        "ADVERTISEMENT",
        "READ MORE: The ferry company closes its workshop in Port Ambry and moves repairs.",
        "Click here for more about the ferry company and its workshop in Port Ambry.",
        "Sign up for our newsletter about the ferry company and the workshop in Port Ambry.",
        "Copyright © 2026 The Ferry Company Workshop of Port Ambry, all repairs reserved.",
        "The workshop of the ferry company in Port Ambry is pictured above, before repairs.",
        "In this Feb. 3, 2026 photo, the ferry company moves its workshop out of Port Ambry.",
        "People wait at the workshop of the ferry company, Port Ambry, Friday, Feb. 6, 2026.",
        "The ferry company workshop in Port Ambry, left, and the dock on the island, right.",
        "The ferry company did not immediately respond to a request for comment on the workshop.",
        "Perdita Vane is a reporter for the Lantern who covers the ferry company and Port Ambry.",
        "This article about the ferry company workshop in Port Ambry was first published in May.",
        "Stay up to date with the ferry company and its workshop and repairs in Port Ambry.",
        "By Perdita Vane Lantern, March 17: the ferry company closes its workshop in Port Ambry.",
        "Follow the ferry company on Twitter at @ferryworkshop for all repairs in Port Ambry.",
        "Why would the ferry company close its workshop in Port Ambry and move all repairs?",
        "The ferry company, the workshop, Port Ambry, repairs and the island:",
        "THE FERRY COMPANY WILL CLOSE ITS WORKSHOP IN PORT AMBRY AND MOVE ALL ITS REPAIRS.",
        "The ferry company won" + '"t move the workshop"?of Port Ambry to the island, it said.',
    ],
)
def test_furniture_is_never_picked(furniture):
    text = "\n\n".join([furniture, LEAD, FACT, *FILLING, COST])

    assert furniture not in pick(text)
    assert len(pick(text)) == 3


@pytest.mark.parametrize(
    "sentence",
    [
        "She left the bridge at nine and saw the wall, which no one had seen before.",
        "The left bank of the Hollin is higher, and the watch on it is kept by volunteers.",
        "The company said it had lost 40,000 subscribers because prices rose in spring.",
        "The signal can be reached only by boat, and the crew reads it twice a day.",
        "Mr Plum wrote on Facebook that the video of the crash had been shared by millions.",
        "Editors of three papers asked the court to open the files on the harbour wall.",
    ],
)
def test_news_with_the_same_words_is_no_furniture(sentence):
    assert not is_furniture(sentence)


def test_a_caption_is_known_by_the_credit_behind_it():
    caption = "The ferry company workshop in Port Ambry and its repairs stand before the island."
    text = "\n\n".join([caption, "(Orla Greaves/Lantern)", FACT, *FILLING, COST])

    assert caption not in pick(text)


def test_what_stands_there_twice_is_never_picked():
    text = "\n\n".join([LEAD, FACT, *FILLING, COST, LEAD])

    assert LEAD not in pick(text)


def test_what_only_repeats_the_title_is_never_picked():
    assert LEAD not in pick(ARTICLE, title=LEAD.removesuffix("."))


def test_two_that_say_the_same_are_not_both_picked():
    again = "All repairs move to the island when the ferry company closes its Port Ambry workshop."

    points = pick("\n\n".join([LEAD, again, FACT, *FILLING, COST]))

    assert LEAD in points
    assert again not in points


def test_the_place_and_date_of_a_report_are_left_out():
    for dateline in ("PORT AMBRY (AP) — ", "Port Ambry, Ostria — ", "PORT AMBRY - ", "(CNN) "):
        assert pick(dateline + ARTICLE)[0] == LEAD


def test_a_sentence_from_inside_a_speech_is_never_picked():
    inside = "The ferry company will ruin the workshop and all of Port Ambry with these repairs."
    text = "\n\n".join(
        [f"“Nobody asked. {inside} That is all,” the mayor said.", LEAD, FACT, *FILLING, COST]
    )

    assert inside in [text[start:end] for start, end in split_sentences(text)]
    assert inside not in pick(text)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("He said “no” twice. She left.", [True, True]),
        ("“I went. I saw. I left,” he said. She left.", [False, False, False, True]),
        ('"I went. I saw," he said. She left.', [False, False, True]),
        ("He called it 'a mess. A big one'. She didn't.", [False, False, True]),
        ("The workers' boats left. The boats' owners stayed.", [True, True]),
        ("“One.\n\nTwo.”", [False, True]),
        ("„Ja“, sagte er. Er ging.", [True, True]),
        ("他说：“今年水温高。海草长得快。”后来好了。", [False, False, True]),
    ],
)
def test_sentences_that_cut_a_speech_are_told(text, whole):
    assert list(whole_sentences(text, split_sentences(text))) == whole


def test_a_sentence_that_leans_on_the_one_before_gives_way():
    leaning = LEAD.replace("The ferry company will", "It will also")
    text = "\n\n".join([FILLING[0], leaning, LEAD.replace("will", "is to"), FACT, *FILLING, COST])

    assert leaning not in pick(text)


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_arabic_and_chinese_are_read(language):
    record = next(record for record in sample_records() if record["lang"] == language)
    text = record["body"]

    spans = pick_key_points(text, title=record["title"], stopwords=stopwords_for(language))

    assert len(spans) == 3
    # News begins with the news.
    assert spans[0] == split_sentences(text)[0]
    assert set(spans) <= set(split_sentences(text))


def test_a_language_whose_grammar_nobody_listed_is_read():
    points = [ARTICLE[start:end] for start, end in pick_key_points(ARTICLE)]

    assert points[:2] == [LEAD, FACT]


@given(
    st.text()
    | st.lists(
        st.sampled_from([LEAD, FACT, COST, *FILLING, "“No", "He said", "(AP)", "。", "\n\n", " "])
    ).map(" ".join),
    st.text(max_size=60),
)
def test_any_text_gives_whole_sentences_of_itself(text, title):
    spans = pick_key_points(text, title=title, stopwords=stopwords_for("en"))

    sentences = split_sentences(text)
    assert len(spans) <= 3
    assert spans == sorted(spans)
    for start, end in spans:
        # A bullet or a dateline before it may be left out.
        assert any(first <= start and end == last for first, last in sentences)
        assert text[start:end] == text[start:end].strip()


@pytest.mark.parametrize(
    "unit",
    [ARTICLE + "\n\n", LEAD + " ", "“Ja. ", "(a ", "(AP/", "A, ", "Photo: x. ", "word ", "中文"],
)
def test_the_time_grows_with_the_length_and_no_faster(unit):
    def seconds(letters):
        text = unit * (letters // len(unit))
        start = time.process_time()
        pick_key_points(text, stopwords=stopwords_for("en"))
        return time.process_time() - start

    seconds(10_000)
    assert seconds(1_000_000) < 10 * max(seconds(250_000), 0.05)
