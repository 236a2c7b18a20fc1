"""
Both engines answer alike.

The expected answers stand here once; the suite runs on each database, so an engine that differs
fails.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from reader.search.entries import (
    PLACE_MAX,
    POSITION_MAX,
    SAME_TOKEN_MAX,
    place_at,
    publisher_mark,
)
from reader.search.finding import find_articles
from reader.search.grammar import parse_question
from reader.search.nodes import Mark, Span
from tests.factories import make_article, make_publisher

ARTICLES = {
    "a": ("Night ferry cancelled", "The ferries to the island stay in port. A strike is on."),
    "b": ("Harbour news", "The night train waits. No ferry, no strike; the café was naïve."),
    "c": ("Strike over", "The port’s workers are back. U.S. boxes moved, 1,200 of them."),
    "d": ("渡轮服务暂停", "港口的渡轮今天停航。票价不变。"),
    "e": ("إلغاء العبّارة", "توقفت العبّارات في الميناء بسبب الإضراب."),
    "f": ("Long", f"{'common word ' * (SAME_TOKEN_MAX + 5)}common end"),
    "g": ("Book", " ".join(f"w{n}" for n in range(POSITION_MAX + 20)) + " zebra crossing"),
    "h": ("Signs", "it's 'quoted' \\ back:slash & | ! ( ) * ^ AND OR NOT NEAR <-> :A ·p1"),
}

# What is typed, and which articles have it.
QUERIES = [
    ("ferry", "ab"),
    ("FERRIES", "ab"),
    ("ferry strike", "ab"),
    ("ferry -train", "a"),
    ('ferry -"no strike"', "a"),
    ('strike -"no strike" -over', "a"),
    ('"night ferry"', "a"),
    ('"night train"', "b"),
    ('"ferry night"', ""),
    ('"cancelled the ferries"', ""),
    ('"in port"', "a"),
    ("port", "ac"),
    ('"port workers"', "c"),
    ("cafe naive", "b"),
    ("US box", "c"),
    ('"1,200"', "c"),
    ("1,200", "c"),
    ("the", "abc"),
    ("渡轮", "d"),
    ("渡轮 票价", "d"),
    ("渡轮服务", "d"),
    ('"渡轮今天停航"', "d"),
    ('"渡轮停航"', ""),
    ("价", "d"),
    ("航", "d"),
    ("变", "d"),
    ("渡轮 -票价", ""),
    ("عبارة", "e"),
    ("العبارات", "e"),
    ("ميناء إضراب", "e"),
    ("common", "f"),
    ('"common word"', "f"),
    ('"common end"', ""),
    ("end", "f"),
    ("zebra", "g"),
    ("zebra w1", "g"),
    ('"zebra crossing"', ""),
    ('"w1 w2"', "g"),
    ("quoted", "h"),
    ("AND OR NOT NEAR", "h"),
    ("back:slash", "h"),
    ('"back slash"', "h"),
    ("·p1", "h"),
    ("p1", "h"),
    ("fer*", ""),
    ("title:ferry", ""),
    ("nowhere", ""),
    ("train OR workers", "bc"),
    ("ferry (train OR cancelled)", "ab"),
    ("ferry -(train OR cancelled)", ""),
    ("strike (train OR -over)", "ab"),
    ('"night ferry" OR "boxes moved"', "ac"),
    ("in:headline strike", "c"),
    ("in:text strike", "ab"),
    ("in:headline 渡轮 OR العبارة", "de"),
    ("(in:headline night) in:text ferry", "a"),
    ("in:standfirst strike", ""),
    ("after:2000 zebra", "g"),
    ("before:2000 zebra", ""),
    ("-ferry after:2000 in:text night", ""),
    ("(zebra after:2000) OR (ferry before:2000) OR over", "cg"),
    ("publisher:nobody OR zebra", "g"),
    ("hashtag:nothing zebra", ""),
]


@pytest.fixture
def titles(db):
    """Which letter an article's title stands for; the first letter is the newest."""
    for hours, (title, text) in enumerate(ARTICLES.values(), 1):
        make_article(title, text=text, hours_ago=hours)
    return {title: letter for letter, (title, _) in ARTICLES.items()}


def letters(titles, found):
    return "".join(titles[result.article.title] for result in found.results)


def test_the_same_query_finds_the_same_articles(titles):
    answers = {
        text: letters(titles, find_articles(parse_question(text), order="newest"))
        for text, _ in QUERIES
    }

    assert answers == dict(QUERIES)


def test_the_count_and_the_best_agree_with_the_newest(titles):
    for text, expected in QUERIES:
        best = find_articles(parse_question(text))
        assert "".join(sorted(letters(titles, best))) == expected, text
        assert best.count == len(expected), text


def test_the_title_counts_more_than_the_standfirst_and_that_more_than_the_text(db):
    make_article("Text", text="A ferry among many other words of this text.", hours_ago=1)
    make_article("Standfirst", standfirst="A ferry", text="Other words of it.", hours_ago=2)
    make_article("Ferry", text="Other words of this text.", hours_ago=3)

    best = find_articles(parse_question("ferry"))

    assert [r.article.title for r in best.results] == ["Ferry", "Standfirst", "Text"]


def test_all_words_in_the_title_come_before_a_text_full_of_them(db):
    make_article("Harbour", text="Night ferry. " * 40, hours_ago=1)
    make_article("A ferry of the night", text="Nothing more.", hours_ago=900)

    best = find_articles(parse_question("night ferry"))

    assert [r.article.title for r in best.results] == ["A ferry of the night", "Harbour"]


def test_of_two_equals_the_newer_comes_first(db):
    for hours in (3, 1, 2):
        make_article(f"Ferry {hours}", text="The same.", hours_ago=hours)

    best = find_articles(parse_question("ferry"))

    assert [r.article.title for r in best.results] == ["Ferry 1", "Ferry 2", "Ferry 3"]


def test_a_publisher_and_a_time_narrow_it(db):
    gazette, herald = make_publisher("Gazette"), make_publisher("Herald")
    make_article("New ferry", publisher=gazette, hours_ago=1)
    make_article("Old ferry", publisher=gazette, hours_ago=100)
    make_article("Their ferry", publisher=herald, hours_ago=1)
    make_article("Nobody's ferry", hours_ago=1)
    question = parse_question("ferry")
    mark = Mark(publisher_mark(gazette.pk))
    day = timezone.now() - timedelta(days=1)

    mine = find_articles(question, within=[mark], order="newest")
    recent = find_articles(question, within=[mark, Span(place_at(day), PLACE_MAX)])

    assert [r.article.title for r in mine.results] == ["New ferry", "Old ferry"]
    assert [r.article.title for r in recent.results] == ["New ferry"]
    assert (mine.count, recent.count) == (2, 1)


@pytest.mark.parametrize("order", ["best", "newest"])
def test_pages_follow_each_other_without_a_gap_or_a_repeat(db, order):
    for n in range(45):
        make_article(f"Ferry {n}", text="Ferry. " * (n % 3), hours_ago=n + 1)
    question = parse_question("ferry")

    pages, after = [], None
    while not pages or after:
        found = find_articles(question, order=order, after=after)
        pages.append([result.article.title for result in found.results])
        after = found.next_after

    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({title for page in pages for title in page}) == 45
    if order == "newest":
        assert sum(pages, []) == [f"Ferry {n}" for n in range(45)]


def test_words_beyond_the_last_position_are_found_but_never_as_a_phrase(db):
    late = " ".join(f"z{n}" for n in range(400))
    make_article("Book", text="word " * POSITION_MAX + late)

    phrases = [f'"z{n} z{n + 1}"' for n in range(399)]

    assert [p for p in phrases if find_articles(parse_question(p)).count] == []
    assert find_articles(parse_question("z0 z399")).count == 1
