"""Hashtags that people type: what they mean, and where they count."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.threads.people import Writer
from comments.threads.render import render_comment
from comments.threads.services import edit_comment
from reader.articles.models import Article
from reader.hashtags import services
from reader.hashtags.models import Hashtag
from tests.factories import make_article, make_comment, make_user

HERE = {"Ferry": "/hashtags/ferry/", "हिन्दी": "/hashtags/hindi/", "ferry_strike": "/hashtags/x/"}


def linked(text):
    """Say which words of a text became links to hashtags."""
    asked = []

    def find(words):
        asked.append(words)
        return {word: HERE[word] for word in words & HERE.keys()}

    markup = render_comment(text, None, find)
    assert len(asked) <= 1
    parts = markup.split('<a href="/hashtags/')[1:]
    return [part.partition(">")[2].partition("</a>")[0] for part in parts]


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("#Ferry and (#Ferry), #Ferry’s: #Ferry.", ["#Ferry"] * 4),
        ("# Ferry, #Ferryman, #Nothing, #", []),
        ("#हिन्दी में", ["#हिन्दी"]),
        ("see #ferry_strike_ *#Ferry*", ["#Ferry"]),
        ("**#Ferry** > #ferry_strike", ["#Ferry", "#ferry_strike"]),
        ("`#Ferry` [#Ferry](https://a.example) https://a.example/#Ferry", []),
        ("    #Ferry\n", []),
        ("a#Ferry C#Ferry &#Ferry ##Ferry /#Ferry", []),
        ("#Ferry " * 12, ["#Ferry"] * 10),
    ],
)
def test_words_behind_a_hash_become_links_where_there_is_such_a_hashtag(text, links):
    assert linked(text) == links


@pytest.mark.once
def test_a_number_is_no_hashtag_and_nothing_is_asked_for_it():
    assert "<a" not in render_comment("We are #1 of #2026", None, lambda words: 1 / 0)


def make_known(name):
    """Give a hashtag its first article that readers see."""
    return services.tag_article(make_article(), name=name, by=None).hashtag


@pytest.mark.django_db
def test_a_word_that_only_a_draft_has_is_no_link():
    draft = make_article(status=Article.Status.DRAFT)
    services.tag_article(draft, name="Takeover", by=None)

    assert make_comment(text="#Takeover").body_html == "<p>#Takeover</p>"


@pytest.mark.django_db
def test_a_comment_links_every_spelling_and_alias_to_the_page_it_means():
    make_known("FerryStrike")
    services.alias_hashtag("Walkout", of=Hashtag.objects.get(name="FerryStrike"), by=None)
    make_known("عمال")
    services.block_hashtag(make_known("Spam"), by=None)

    markup = make_comment(text="#ferrystrikes #WALKOUT #عُمّال #Spam #Unknown").body_html

    link = '<a href="{}" rel="ugc nofollow noopener">#{}</a>'
    assert markup == "<p>{} {} {} #Spam #Unknown</p>".format(
        link.format("/hashtags/ferrystrike/", "ferrystrikes"),
        link.format("/hashtags/ferrystrike/", "WALKOUT"),
        link.format("/hashtags/%D8%B9%D9%85%D8%A7%D9%84/", "عُمّال"),
    )


@pytest.mark.django_db
def test_an_edit_links_what_is_there_by_then():
    person = make_user()
    comment = make_comment(text="#Ferry", author=person)
    assert "<a" not in comment.body_html
    make_known("Ferry")

    edit_comment(comment, text="#Ferry again", by=Writer(person))

    comment.refresh_from_db()
    assert 'href="/hashtags/ferry/"' in comment.body_html


@pytest.mark.django_db
def test_however_many_are_typed_they_cost_one_query():
    article = make_article()
    asked = []
    for text in ("Nothing.", "#Ferry", "#Ferry #Harbour #Storm #Tide"):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            make_comment(article, text=text)
        asked.append(sum('FROM "hashtags_hashtag"' in one["sql"] for one in captured))
    assert asked == [0, 1, 1]
