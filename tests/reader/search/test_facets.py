"""What the matches are counted by."""

from datetime import UTC, datetime

import pytest

from reader.articles import services
from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.hashtags.services import merge_hashtags, tag_article, untag_article
from reader.search.finding import find_articles
from reader.search.grammar import parse_question
from reader.search.models import SearchEntry
from tests.factories import make_article, make_publisher, make_section


def facets_of(text, **options):
    return find_articles(parse_question(text), with_facets=True, **options).facets


def counts(facets):
    return {facet.value: facet.count for facet in facets}


def tag(article, *names):
    for name in names:
        tag_article(article, name=name, by=None)


@pytest.fixture
def ferries(db):
    gazette, herald = make_publisher("The Gazette"), make_publisher("Herald")
    sport, world = make_section("Sport"), make_section("World")
    rows = [
        (gazette, sport, "en", datetime(2025, 12, 31, 12, tzinfo=UTC)),
        (gazette, world, "en-GB", datetime(2026, 1, 2, 12, tzinfo=UTC)),
        (herald, world, "ar", datetime(2026, 1, 3, 12, tzinfo=UTC)),
        (None, None, "", datetime(2026, 3, 4, 12, tzinfo=UTC)),
    ]
    return [
        make_article("Ferry", publisher=by, section=of, language=language, published_at=moment)
        for by, of, language, moment in rows
    ]


def test_matches_are_counted_by_what_they_share(ferries):
    make_article("Train", publisher=make_publisher("Herald"), section=make_section("World"))

    facets = facets_of("ferry")

    assert (facets.count, facets.is_exact) == (4, True)
    assert counts(facets.publishers) == {"the-gazette": 2, "herald": 1}
    assert [facet.name for facet in facets.publishers] == ["The Gazette", "Herald"]
    assert counts(facets.sections) == {"world": 2, "sport": 1}
    assert counts(facets.languages) == {"en": 2, "ar": 1}
    assert [(one.value, one.count) for one in facets.years] == [("2026", 3), ("2025", 1)]
    assert [(one.value, one.count) for one in facets.months] == [
        ("2026-03", 1),
        ("2026-01", 2),
        ("2025-12", 1),
    ]


def test_each_count_is_what_its_operator_finds(ferries):
    tag(ferries[0], "Harbour", "Strike")
    tag(ferries[2], "Harbour")
    facets = facets_of("ferry")

    for operator, kind in (
        ("publisher", facets.publishers),
        ("hashtag", facets.hashtags),
        ("lang", facets.languages),
        ("in", facets.sections),
    ):
        assert kind, operator
        for facet in kind:
            narrowed = find_articles(parse_question(f"ferry {operator}:{facet.value}"))
            assert narrowed.count == facet.count, facet
    for month in facets.months:
        year, number = map(int, month.value.split("-"))
        after = f"{year + number // 12}-{number % 12 + 1:02}"
        asked = f"ferry after:{month.value} before:{after}"
        assert find_articles(parse_question(asked)).count == month.count, asked


def test_what_readers_may_not_see_is_in_no_count(ferries):
    services.withdraw_article(ferries[0])
    soon = datetime(2999, 1, 1, tzinfo=UTC)
    make_article("Ferry", publisher=make_publisher("Secret"), status="scheduled", published_at=soon)

    facets = facets_of("ferry")

    assert facets.count == 3
    assert counts(facets.publishers) == {"the-gazette": 1, "herald": 1}
    assert "2999" not in counts(facets.years)


def test_an_alias_counts_for_what_it_means_and_an_article_with_both_once(ferries):
    tag(ferries[0], "Harbour", "Port")
    tag(ferries[1], "Port")
    harbour, port = (Hashtag.objects.get(slug=slug) for slug in ("harbour", "port"))
    assert counts(facets_of("ferry").hashtags) == {"harbour": 1, "port": 2}
    before = list(SearchEntry.objects.values_list("article_id", "marks"))

    merge_hashtags(port, harbour, by=None)

    assert list(SearchEntry.objects.values_list("article_id", "marks")) == before
    assert counts(facets_of("ferry").hashtags) == {"harbour": 2}
    assert counts(facets_of("hashtag:port -hashtag:nothing").hashtags) == {"harbour": 2}
    for spelling in ("harbour", "Harbours", "#HARBOUR", "port"):
        found = find_articles(parse_question(f"hashtag:{spelling}"))
        assert found.count == 2, spelling


def test_what_a_merge_put_behind_another_goes_with_it(ferries):
    tag(ferries[0], "Harbour", "Port")
    harbour, port = (Hashtag.objects.get(slug=slug) for slug in ("harbour", "port"))
    merge_hashtags(port, harbour, by=None)

    untag_article(ferries[0], hashtag=harbour, by=None)

    assert find_articles(parse_question("hashtag:port OR hashtag:harbour")).count == 0


def test_what_an_editor_takes_away_is_gone_at_once(ferries):
    tag(ferries[0], "Harbour")
    assert find_articles(parse_question("hashtag:harbour")).count == 1

    untag_article(ferries[0], hashtag=Hashtag.objects.get(slug="harbour"), by=None)

    assert find_articles(parse_question("hashtag:harbour")).count == 0
    assert find_articles(parse_question("ferry"), with_facets=True).facets.hashtags == []


def test_a_blocked_hashtag_is_neither_counted_nor_found(ferries):
    tag(ferries[0], "Harbour")
    Hashtag.objects.filter(slug="harbour").update(is_blocked=True)

    found = find_articles(parse_question("hashtag:harbour ferry"), with_facets=True)

    assert (found.count, found.facets.hashtags) == (0, [])
    assert found.notes == ["No article here has the hashtag “harbour”."]
    assert counts(facets_of("ferry").hashtags) == {}


def test_beyond_the_exact_count_the_newest_stand_for_all(db, monkeypatch):
    monkeypatch.setattr("reader.search.facets.EXACT_MAX", 20)
    gazette = make_publisher("Gazette")
    for number in range(40):
        publisher = gazette if number % 2 else None
        make_article("Ferry", publisher=publisher, language="en", hours_ago=number + 1)

    facets = facets_of("ferry")

    assert not facets.is_exact
    assert facets.count > 20
    # Half of them, whatever the estimate.
    assert counts(facets.publishers)["gazette"] == pytest.approx(facets.count / 2, abs=1)


def test_counting_takes_as_many_statements_for_many_as_for_few(
    ferries, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_num_queries(4):
        facets_of("ferry")
    for number in range(30):
        article = make_article(
            "Ferry", publisher=make_publisher(f"P{number}"), section=make_section(f"S{number}")
        )
        tag(article, f"Tag{number}a", f"Tag{number}b")

    with django_assert_num_queries(4):
        facets = facets_of("ferry")

    assert len(facets.publishers) == len(facets.hashtags) == 12
    assert ArticleHashtag.objects.count() >= 60
