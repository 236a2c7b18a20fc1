"""Texts that say the same, found without comparing all with all."""

import random

import pytest

from reader.related import duplicates
from reader.related.duplicates import Text, candidates, parts_for, similarity_of
from reader.related.profiles import profile_of
from reader.related.selection import overlap
from tests.reader.related.test_corpus import near_duplicates, read

pytestmark = pytest.mark.once

WORDS = [f"word{n}" for n in range(3000)]


def text_of(seed, length=120):
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def shingles(text):
    return profile_of("", text).shingles


def found_in(texts, *, parts=1):
    """Give the pairs, by place in the list, that are named and then confirmed."""
    read = [Text(n, shingles(text)) for n, text in enumerate(texts)]
    pairs = {
        tuple(pair)
        for part in range(parts)
        for block in candidates(read, part=part, parts=parts)
        for pair in block.tolist()
    }
    return {(a, b) for a, b in pairs if similarity_of(read[a].shingles, read[b].shingles)}


def test_copies_are_found_and_others_are_not():
    texts = [text_of(1), text_of(2), text_of(1), f"{text_of(3)} {text_of(4)}"]

    assert found_in(texts) == {(0, 2)}


def test_a_shortened_version_is_a_copy():
    assert found_in([text_of(1, 400), text_of(2), text_of(1, 400)[:900]]) == {(0, 2)}


def test_a_caption_inside_a_report_is_no_copy_but_the_same_caption_is():
    report, caption = text_of(1, 400), " ".join(text_of(1, 400).split()[:20])

    assert found_in([report, caption, caption]) == {(1, 2)}


def test_a_sentence_of_furniture_makes_no_copies(monkeypatch):
    monkeypatch.setattr(duplicates, "MOST_TEXTS", 5)
    furniture = text_of(99, 30)

    assert found_in([f"{text_of(n)} {furniture}" for n in range(10)]) == set()


def test_texts_too_short_to_say_anything_are_left_out():
    assert found_in(["Breaking news.", "Breaking news.", ""]) == set()
    assert found_in([]) == set()


@pytest.mark.parametrize("parts", [2, 7, 64])
def test_in_parts_nothing_is_lost(parts):
    chance = random.Random(parts)
    texts = [text_of(n, chance.randint(15, 200)) for n in range(40)]
    for n in range(40):
        words = texts[n].split()
        cut = chance.randint(0, len(words) // 4)
        texts.append(" ".join([*words[: len(words) - cut], *text_of(1000 + n, cut).split()]))
    read = [shingles(text) for text in texts]
    wanted = {
        (a, b) for b in range(len(texts)) for a in range(b) if similarity_of(read[a], read[b])
    }

    assert len(wanted) > 30
    assert found_in(texts, parts=parts) == wanted


def test_a_block_of_rows_at_a_time_nothing_is_lost(monkeypatch):
    texts = [text_of(n % 20) for n in range(60)]
    whole = found_in(texts)
    monkeypatch.setattr(duplicates, "BLOCK_PRODUCTS", 500)

    assert len(whole) == 60
    assert found_in(texts) == whole


def test_a_sampled_text_is_found_beside_a_whole_one():
    long = text_of(1, 6000)
    texts = [Text(1, shingles(long)), Text(2, shingles(" ".join(long.split()[:3900])))]

    assert [text.shingles.step for text in texts] == [2, 1]
    assert [block.tolist() for block in candidates(texts)] == [[[1, 2]]]


def test_the_number_of_parts_bounds_what_is_held_at_once():
    assert parts_for(0) == parts_for(10_000) == 1
    assert parts_for(400_000_000) == 50


def test_the_similarity_is_the_share_of_the_shorter_text():
    whole, part = shingles(text_of(1, 400)), shingles(text_of(1, 400)[:900])

    assert similarity_of(whole, part) == overlap(whole, part)[1] > 0.95
    assert similarity_of(whole, shingles(text_of(2))) == 0


def test_near_duplicates_among_real_articles_are_found_and_nothing_else(corpus):
    records = read(corpus / "articles.jsonl.gz") + read(corpus / "story_clusters_dev.jsonl.gz")
    wanted = near_duplicates(corpus)

    found = found_in([record["body"] for record in records])

    pairs = {frozenset((records[a]["id"], records[b]["id"])) for a, b in found}
    assert len(wanted - pairs) == 0
    assert len(pairs - wanted) <= len(records) / 1000
