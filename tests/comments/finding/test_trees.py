"""
Any question finds exactly what reading every comment finds.

The trees are the same on each database, so what holds here holds between the engines too.
"""

from datetime import UTC, datetime, timedelta
from itertools import cycle, islice

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from comments.finding.engine import comment_engine
from comments.finding.finding import lookup_of, question_of
from comments.finding.laying_out import plain_text
from comments.finding.services import index_comments
from comments.threads.models import Comment
from comments.threads.services import change_comment_status
from reader.articles import services as articles
from reader.search.entries import PLACE_MAX, author_mark, language_mark, place_of, publisher_mark
from reader.search.grammar import parse_question
from reader.search.nodes import All, Any, Mark, Not, Phrase, Span, is_bounded
from reader.search.words import tokens_of
from tests.factories import make_article, make_comment, make_publisher, make_section, make_user

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WORDS = ["night", "ferry", "port", "strike", "train", "渡轮", "العبّارة"]
COUNT = 30


class Known:
    """The comments that everybody may read, as somebody who reads them all knows them."""

    def __init__(self):
        words = cycle(WORDS)
        self.publishers = [make_publisher(name) for name in ("Gazette", "Night Herald")]
        self.people = [make_user(name) for name in ("Ada Quill", "Bo Reed")]
        some = [
            make_article(
                publisher=[None, *self.publishers][number % 3],
                section=make_section("Sport") if number % 2 else None,
                language=["en", "en-GB", "zh-Hant", ""][number % 4],
            )
            for number in range(5)
        ]
        hidden = make_article(language="en")
        for number in range(COUNT):
            fields = (
                {"author": self.people[number % 2]}
                if number % 3
                else {"guest_name": ["Ada Reed", "Quill", ""][number % 9 // 3]}
            )
            comment = make_comment(
                hidden if number % 7 == 6 else some[number % 5],
                text=" ".join(islice(words, 1 + number % 5)) + f" *{number}*",
                held=number % 11 == 10,
                **fields,
            )
            moment = NOON - timedelta(hours=number // 2)
            Comment.objects.filter(pk=comment.pk).update(created_at=moment)
            if number % 8 == 7:
                change_comment_status(comment, to="removed")
        index_comments(list(Comment.objects.values_list("pk", flat=True)))
        articles.withdraw_article(hidden)
        self.comments = list(Comment.objects.public().select_related("article", "author"))
        self.places = {place_of(one.pk, one.created_at): one for one in self.comments}
        self.tokens = {
            place: tokens_of(plain_text(one.body_html)) for place, one in self.places.items()
        }
        assert 10 < len(self.comments) < COUNT

    def fitting(self, node):
        return sorted((place for place in self.places if self.fits(node, place)), reverse=True)

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
        return stands(node, self.tokens[place])

    def is_marked(self, comment, mark):
        article = comment.article
        if mark.startswith("·a"):
            wanted = tuple(word.removeprefix("·a") for word in mark.split())
            return comment.author is None and stands(Phrase(wanted), tokens_of(comment.guest_name))
        if mark.startswith("·l"):
            tag, wanted = article.language.lower(), mark.removeprefix("·l").replace("·", "-")
            return tag == wanted or tag.startswith(f"{wanted}-")
        return mark in {
            f"·u{comment.author_id}",
            f"·p{article.publisher_id}",
            f"·s{article.section_id}",
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
    tokens = [*tokens_of(" ".join(WORDS)), "a", "nowhere"]
    phrases = st.builds(
        Phrase, st.lists(st.sampled_from(tokens), min_size=1, max_size=3).map(tuple)
    )
    open_ended = st.builds(Phrase, st.sampled_from([("渡",), ("轮",)]), st.just(True))
    marks = st.sampled_from(
        [
            *(publisher_mark(one.pk) for one in known.publishers),
            *(language_mark(tag) for tag in ("en", "en-GB", "zh", "de")),
            *(f"·u{person.pk}" for person in known.people),
            *(author_mark(name) for name in (["ada"], ["quill"], ["ada", "reed"])),
            "·0",
        ]
    ).map(Mark)
    places = st.sampled_from([0, *sorted(known.places), PLACE_MAX])
    return st.recursive(
        phrases | phrases | open_ended | marks | st.builds(Span, places, places),
        lambda nodes: (
            st.builds(Not, nodes)
            | st.builds(All, st.lists(nodes, min_size=1, max_size=4).map(tuple))
            | st.builds(Any, st.lists(nodes, min_size=1, max_size=4).map(tuple))
        ),
        max_leaves=9,
    )


def test_any_tree_finds_what_reading_everything_finds(known, full):
    engine = comment_engine()

    @settings(
        max_examples=3_000 if full else 60,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(trees(known), min_size=1, max_size=3))
    def agrees(parts):
        tree = All(tuple(parts))
        assume(is_bounded(tree))
        lookup, right = lookup_of(tree), known.fitting(tree)

        assert engine.newest(lookup, before=None, limit=100) == right
        assert sorted(engine.best(lookup, offset=0, limit=100), reverse=True) == right
        assert engine.count(lookup, most=100) == len(right)
        assert [place for place, _ in engine.tally(lookup, most=100)] == right

    agrees()


QUESTIONS = [
    "night -port",
    '"night ferry" OR strike',
    "publisher:gazette",
    'publisher:"NIGHT herald" ferry',
    "in:sport (train OR 渡轮) -author:ada",
    "author:quill",
    'author:"ada quill" OR author:"ada reed"',
    "lang:en-gb OR lang:zh",
    "before:2026-11-23",
    "after:2026-11-23 -ferry",
    "(ferry after:2026-11-23) OR (train before:2026-11-23)",
    "in:text night -(ferry OR train)",
    "عبارة",
    "渡轮",
    "-(-(night ferry))",
]


def test_every_operator_finds_what_reading_everything_finds(known):
    for text in QUESTIONS:
        question = question_of(parse_question(text))
        found = comment_engine().newest(lookup_of(question.tree), before=None, limit=100)

        assert found == known.fitting(question.tree), text
        assert 0 < len(found) < len(known.comments), text


@pytest.mark.parametrize(
    ("text", "same", "said"),
    [
        ("hashtag:harbour ferry", "ferry", "Comments have no hashtags"),
        ("ferry -hashtag:harbour", "ferry", "Comments have no hashtags"),
        ("in:headline ferry", "ferry", "Comments have no headline"),
        ("ferry in:comments", "ferry", None),
        ("hashtag:harbour -ferry", None, "so far there are only words to leave out"),
        ("hashtag:harbour", None, "Comments have no hashtags"),
    ],
)
def test_what_says_nothing_about_comments_is_left_out_and_said(text, same, said, db):
    question = question_of(parse_question(text))

    assert question.tree == (question_of(parse_question(same)).tree if same else None)
    assert any(said in note.sentence for note in question.notes) if said else not question.notes
