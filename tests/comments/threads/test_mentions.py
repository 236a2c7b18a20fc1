"""Names behind an @: whom they mean, where they count, and what becomes of them."""

import pytest

from comments.threads.mentions import mentioned_in
from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.render import render_comment
from comments.threads.rules import _published_listeners
from comments.threads.services import (
    change_comment_status,
    edit_comment,
    preview_comment,
)
from reader.accounts.models import User
from tests.factories import make_article, make_comment, make_older, make_user

HERE = {
    name: f"/people/{number}/x/"
    for number, name in enumerate(
        [
            "Ada",
            "Ada Lovelace",
            "O’Neil",
            "李明",
            "राम",
            "Dr. No",
            "Jean-Luc",
            "Ann B C D",
            "!Kung",
        ],
        1,
    )
}


def mentioned(text, here=HERE):
    """Say which words of a text became links to people."""
    asked = []

    def find(names):
        asked.append(names)
        return {name: here[name] for name in names & here.keys()}

    markup = render_comment(text, find)
    assert len(asked) <= 1
    parts = markup.split('<a href="/people/')[1:]
    return [part.partition(">")[2].partition("</a>")[0] for part in parts]


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("@Ada and @Ada Lovelace, hello", ["@Ada", "@Ada Lovelace"]),
        ("@Ada’s and (@Ada) and @Ada.", ["@Ada", "@Ada", "@Ada"]),
        ("@O’Neil, @Dr. No! @Jean-Luc…", ["@O’Neil", "@Dr. No", "@Jean-Luc"]),
        ("@李明你好", ["@李明"]),
        ("@राम, @रामा", ["@राम"]),
        ("@Ann B C D", ["@Ann B C D"]),
        ("*@Ada* said\n> @Ada\n\n- @Ada", ["@Ada"] * 3),
        ("@Adam, @ada, @ Ada, @@Ada, x@Ada, a.@Ada, https://a.example/@Ada", []),
        ("`@Ada` and\n\n    @Ada\n\n```\n@Ada\n```", []),
        ("[@Ada](https://a.example) \\@Ada\n\n[x @Ada", ["@Ada", "@Ada"]),
        ("@Nobody and nobody else", []),
        (" ".join(["@Ada"] * 12), ["@Ada"] * 10),
    ],
)
def test_a_name_behind_an_at_is_a_link(text, links):
    assert mentioned(text) == links


@pytest.mark.once
def test_nothing_is_asked_where_nobody_is_called():
    def find(names):
        raise AssertionError(names)

    render_comment("mail me: ada@mail.example, `@x`, 3 @ 4", find)


@pytest.mark.once
def test_only_mentions_are_read_from_stored_html():
    markup = render_comment(
        '@Ada and [x](/people/99/x/) `<a href="/people/98/x/">`', lambda n: HERE
    )
    assert mentioned_in(markup) == {1}


@pytest.fixture
def told():
    heard = []

    def listen(comment, mentioned):
        heard.append((comment.pk, mentioned))

    _published_listeners.append(listen)
    yield heard
    _published_listeners.remove(listen)


@pytest.fixture
def article():
    return make_article()


@pytest.mark.django_db
def test_people_of_this_thread_are_meant_and_of_one_name_who_wrote_last(article):
    first, last, elsewhere, quiet = (make_user("Ada Lovelace") for _ in range(4))
    make_comment(article, author=first)
    make_comment(article, author=last)
    make_comment(author=elsewhere)
    make_comment(article, author=quiet, held=True)
    make_comment(article, guest_name="Kim", guest_key="k")

    comment = make_comment(article, text="@Ada Lovelace, @Kim")

    assert comment.body_html == (
        f'<p><a href="{last.get_absolute_url()}" rel="ugc nofollow noopener">@Ada Lovelace</a>,'
        " @Kim</p>"
    )
    assert comment.body_src == "@Ada Lovelace, @Kim"
    assert preview_comment(article, text="@Ada Lovelace, @Kim") == comment.body_html
    make_comment(article, author=first)
    again = make_comment(article, text="@Ada Lovelace now")
    assert mentioned_in(again.body_html) == {first.pk}


@pytest.mark.django_db
def test_names_are_looked_up_in_one_query(article, django_assert_num_queries):
    for name in ("Ada", "Bo", "Cy"):
        make_comment(article, author=make_user(name))
    with django_assert_num_queries(2):  # the thread's state, and the people
        preview_comment(article, text="@Ada @Bo @Cy @Di @Ada Bo Cy Di")


@pytest.mark.django_db
def test_a_mention_leads_to_the_person_under_any_later_name(client, article):
    ada = make_user("Ada")
    make_comment(article, author=ada)
    address = make_comment(article, text="@Ada").body_html.split('"')[1]
    User.objects.filter(pk=ada.pk).update(name="Countess")

    response = client.get(address, follow=True)

    assert response.redirect_chain == [(f"/people/{ada.pk}/countess/", 301)]
    assert response.context["person"] == ada


@pytest.mark.django_db
def test_listeners_hear_whom_a_comment_mentions(article, told):
    ada, bo, cy = make_user("Ada"), make_user("Bo"), make_user("Cy")
    for person in (ada, bo, cy):
        make_comment(article, author=person)
    told.clear()

    posted = make_comment(article, author=cy, text="@Ada and @Cy")
    assert told == [(posted.pk, {ada.pk})]

    edit_comment(posted, text="@Ada and @Bo", by=Writer(cy))
    assert told[1:] == [(posted.pk, {bo.pk})]
    edit_comment(posted, text="@Bo and @Ada!", by=Writer(cy))
    assert told[2:] == []


@pytest.mark.django_db
def test_what_is_held_mentions_nobody_until_it_is_approved(article, told):
    ada, cy = make_user("Ada"), make_user("Cy")
    make_comment(article, author=ada)
    told.clear()

    held = make_comment(article, author=cy, text="@Ada", held=True)
    edit_comment(make_older(held), text="@Ada!", by=Writer(cy))
    assert told == []
    change_comment_status(Comment.objects.get(pk=held.pk), to="published")
    assert told == [(held.pk, {ada.pk})]
