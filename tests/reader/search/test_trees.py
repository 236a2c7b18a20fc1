"""
Any question finds exactly what reading every article finds.

The trees are the same on each database, so what holds here holds between the engines too.
"""

from datetime import UTC, datetime, timedelta
from itertools import cycle, islice

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reader.articles.models import Article
from reader.hashtags.models import ArticleHashtag
from reader.hashtags.services import tag_article
from reader.search.engines import current_engine
from reader.search.entries import (
    PLACE_MAX,
    author_mark,
    hashtag_mark,
    language_mark,
    place_of,
    publisher_mark,
    section_mark,
)
from reader.search.finding import lookup_of
from reader.search.grammar import parse_question
from reader.search.nodes import FIELDS, All, Any, Mark, Not, Phrase, Span, is_bounded
from reader.search.resolving import resolve
from reader.search.words import tokens_of
from tests.factories import make_article, make_publisher, make_section

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WORDS = ["night", "ferry", "port", "strike", "train", "渡轮", "服务"]
AUTHORS = [["Ada Quill"], ["Bo Quill", "Ada Reed"], ["Quill"], []]
COUNT = 36


class Known:
    """The articles that readers may see, as somebody who reads them all knows them."""

    def __init__(self):
        words = cycle(WORDS)
        self.publishers = [make_publisher(name) for name in ("Gazette", "Night Herald")]
        self.sections = [make_section(name) for name in ("Sport", "World")]
        for number in range(COUNT):
            # Each takes on where the one before ended, so that phrases vary.
            title = islice(words, number % 3)
            article = make_article(
                " ".join(title) or "A",
                standfirst=" ".join(islice(words, number % 4)),
                text="".join(islice(words, 5)) if number % 9 == 8 else " ".join(islice(words, 5)),
                publisher=[None, *self.publishers][number % 3],
                section=[*self.sections, None][number % 3],
                language=["en", "en-GB", "zh-Hant", ""][number % 4],
                authors=AUTHORS[number % 4],
                published_at=NOON - timedelta(hours=number // 2),
            )
            if number % 5 == 0:
                tag_article(article, name="Harbour", by=None)
        make_article("night ferry port", status="scheduled", embargo_until=NOON.replace(year=9000))
        self.articles = list(Article.objects.visible().select_related("publisher", "section"))
        self.places = {place_of(one.pk, one.listed_at): one for one in self.articles}
        self.hashtags = {one.pk: set() for one in self.articles}
        for link in ArticleHashtag.objects.filter(article__in=self.articles, state="shown"):
            self.hashtags[link.article_id].add(hashtag_mark(link.hashtag_id))
        self.fields = {
            place: [tokens_of(text) for text in (one.title, one.standfirst, one.body_text)]
            for place, one in self.places.items()
        }

    def fitting(self, node):
        return {place for place in self.places if self.fits(node, place)}

    def fits(self, node, place):
        match node:
            case All(parts):
                return all(self.fits(part, place) for part in parts)
            case Any(parts):
                return any(self.fits(part, place) for part in parts)
            case Not(part):
                return not self.fits(part, place)
            case Span(since, before):
                return since <= place < before
            case Mark(token):
                return self.is_marked(self.places[place], token)
        return any(
            stands(node, tokens)
            for name, tokens in zip(FIELDS, self.fields[place], strict=True)
            if not node.fields or name in node.fields
        )

    def is_marked(self, article, mark):
        if mark.startswith("·a"):
            wanted = [word.removeprefix("·a") for word in mark.split()]
            return any(stands(Phrase(tuple(wanted)), tokens_of(name)) for name in article.authors)
        if mark.startswith("·l"):
            tag, wanted = article.language.lower(), mark.removeprefix("·l").replace("·", "-")
            return tag == wanted or tag.startswith(f"{wanted}-")
        return mark in {
            *self.hashtags[article.pk],
            article.publisher and publisher_mark(article.publisher.pk),
            article.section and section_mark(article.section.pk),
        }


def stands(phrase, tokens):
    *head, last = phrase.tokens
    return any(
        tokens[at : at + len(head)] == head
        and (one := tokens[at + len(head)])
        and (one.startswith(last) if phrase.open_end else one == last)
        for at in range(len(tokens) - len(head))
    )


@pytest.fixture
def known(db):
    return Known()


def trees(known):
    tokens = [*tokens_of(" ".join(WORDS)), "轮服", "a", "nowhere"]
    fields = st.sets(st.sampled_from(FIELDS), max_size=3).map(
        lambda names: tuple(name for name in FIELDS if name in names)
    )
    phrases = st.builds(
        Phrase,
        st.lists(st.sampled_from(tokens), min_size=1, max_size=3).map(tuple),
        st.just(False),
        fields,
    ) | st.builds(Phrase, st.sampled_from([("渡",), ("务",), ("轮",)]), st.just(True), fields)
    marks = st.sampled_from(
        [
            *(publisher_mark(one.pk) for one in known.publishers),
            *(section_mark(one.pk) for one in known.sections),
            *(language_mark(tag) for tag in ("en", "en-GB", "zh", "zh-hant", "de")),
            *(
                author_mark(name)
                for name in (["ada"], ["quill"], ["ada", "quill"], ["quill", "ada"])
            ),
            "·0",
        ]
    ).map(Mark)
    places = st.sampled_from([0, *sorted(known.places), PLACE_MAX])
    spans = st.builds(Span, places, places)
    return st.recursive(
        phrases | phrases | marks | spans,
        lambda nodes: (
            st.builds(Not, nodes)
            | st.builds(All, st.lists(nodes, min_size=1, max_size=4).map(tuple))
            | st.builds(Any, st.lists(nodes, min_size=1, max_size=4).map(tuple))
        ),
        max_leaves=9,
    )


def test_any_tree_finds_what_reading_everything_finds(known, full):
    engine = current_engine()

    @settings(
        max_examples=5_000 if full else 120,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(trees(known), min_size=1, max_size=3))
    def agrees(parts):
        tree = All(tuple(parts))
        assume(is_bounded(tree))
        lookup = lookup_of(tree, None)
        right = sorted(known.fitting(tree), reverse=True)

        assert engine.newest(lookup, before=None, limit=100) == right
        assert sorted(engine.best(lookup, offset=0, limit=100), reverse=True) == right
        assert engine.count(lookup, most=100) == len(right)
        assert [place for place, _ in engine.tally(lookup, most=100)] == right
        if right:
            page = engine.newest(lookup, before=right[0], limit=3)
            assert page == right[1:4]

    agrees()


QUESTIONS = [
    "publisher:gazette",
    'publisher:"NIGHT herald" ferry',
    "publisher:herald -port",
    "publisher:nowhere OR ferry",
    "in:sport (train OR 渡轮) -author:ada",
    'author:"ada quill"',
    'author:"quill ada"',
    "author:QUILL lang:en",
    "lang:en-gb OR lang:zh",
    "before:2026-11-23",
    "after:2026-11-23 -ferry",
    "after:2026-11-23 before:2026-11-24",
    "(ferry after:2026-11-23) OR (train before:2026-11-23)",
    "(-ferry before:2026-11-23) OR in:headline port",
    "in:headline night -(ferry OR in:text train)",
    'in:standfirst "night ferry" OR strike',
    "in:body 服务",
    "ferry (train OR -strike)",
    "-(-(night ferry))",
    "hashtag:harbours ferry",
    "-hashtag:#harbour in:world",
]


def test_every_operator_finds_what_reading_everything_finds(known):
    engine = current_engine()
    for text in QUESTIONS:
        tree = resolve(parse_question(text)).tree
        found = engine.newest(lookup_of(tree, None), before=None, limit=100)

        assert found == sorted(known.fitting(tree), reverse=True), text
        assert 0 < len(found) < COUNT or text == 'author:"quill ada"', text
