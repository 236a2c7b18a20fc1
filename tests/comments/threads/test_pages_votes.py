"""Votes: for readers with an account, one each, not for their own words."""

import pytest

from comments.threads.models import Comment, Vote
from tests.comments.threads.pages import HTMX, both_ways, said, soup_of, thread_url, url_of, words
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment():
    return make_comment(make_article("Ferry late again"), author=make_user("Theo"))


def vote_of(comment):
    comment.refresh_from_db()
    return comment.up, comment.down


@both_ways
def test_a_vote_counts_once_turns_and_is_taken_back(client, comment, headers):
    client.force_login(make_user())
    url = url_of("vote", comment)
    counts = []

    for value in (1, 1, -1, 0):
        client.post(url, {"value": value}, headers=headers)
        counts.append(vote_of(comment))

    assert counts == [(1, 0), (1, 0), (0, 1), (0, 0)]
    assert not Vote.objects.exists()


def test_htmx_gets_the_buttons_alone_and_they_say_what_is_pressed(client, comment):
    client.force_login(make_user())

    response = client.post(url_of("vote", comment), {"value": 1}, headers=HTMX)

    form = soup_of(response).find()
    assert form["id"] == f"comment-{comment.pk}-vote"
    pressed = {button["id"]: button["aria-pressed"] for button in form.select("button")}
    assert pressed == {f"comment-{comment.pk}-up": "true", f"comment-{comment.pk}-down": "false"}
    assert [button["value"] for button in form.select("button")] == ["0", "-1"]
    assert words(form.select_one(".vote__score")) == "1 vote"
    assert said(response) == "You find this worth reading. 1 vote now."


def test_a_plain_vote_leads_back_to_where_it_was_cast(client, comment):
    client.force_login(make_user())
    url = url_of("vote", comment)
    there = f"{thread_url(comment.article)}?sort=newest&after=7"

    from_list = client.post(url, {"value": 1}, headers={"Referer": f"http://testserver{there}"})
    from_nowhere = client.post(url, {"value": 1})
    hostile = [
        client.post(url, {"value": 1}, headers={"Referer": referer})["Location"]
        for referer in ("https://evil.example/x", "http://testserver//evil.example", "http://[")
    ]

    assert (from_list.status_code, from_list["Location"]) == (303, f"{there}#comment-{comment.pk}")
    own = f"{url_of('detail', comment)}#comment-{comment.pk}"
    assert from_nowhere["Location"] == own
    assert hostile == [own, f"/evil.example#comment-{comment.pk}", own]


@both_ways
def test_a_stranger_is_sent_to_sign_in_and_nothing_is_counted(client, comment, headers):
    response = client.post(url_of("vote", comment), {"value": 1}, headers=headers)

    target = response["HX-Redirect" if headers else "Location"]
    assert target.startswith("/account/login/?next=/comments/")
    assert vote_of(comment) == (0, 0)
    soup = soup_of(client.get(thread_url(comment.article)))
    assert soup.select("form.vote") == []
    link = soup.select_one(f"#comment-{comment.pk}-vote a")
    assert link["href"] == f"/account/login/?next=%2Fcomments%2F{comment.pk}%2F"


@both_ways
def test_nobody_votes_on_their_own_words(client, comment, headers):
    client.force_login(comment.author)

    response = client.post(url_of("vote", comment), {"value": 1}, headers=headers)

    assert response.status_code == 403
    assert vote_of(comment) == (0, 0)
    soup = soup_of(client.get(thread_url(comment.article)))
    assert soup.select(f"#comment-{comment.pk} .vote__button") == []


@both_ways
def test_nobody_votes_on_what_they_wrote_before_they_logged_in(client, headers):
    client.post(thread_url(make_article()), {"text": "Mine.", "name": "Jo"})
    written = Comment.objects.get()
    client.force_login(make_user("Jo"))

    response = client.post(url_of("vote", written), {"value": 1}, headers=headers)

    assert response.status_code == 403
    assert vote_of(written) == (0, 0)


@both_ways
@pytest.mark.parametrize("value", ["", "2", "-2", "1.0", "x", "1e0", "\x00", "9" * 40])
def test_what_is_no_vote_is_refused(client, comment, value, headers):
    client.force_login(make_user())

    response = client.post(url_of("vote", comment), {"value": value}, headers=headers)

    assert response.status_code == 400
    assert vote_of(comment) == (0, 0)
    assert Comment.objects.count() == 1


def test_where_votes_only_go_up_there_is_no_button_down(client, comment, settings):
    client.force_login(make_user())
    url = url_of("vote", comment)

    def buttons():
        form = soup_of(client.post(url, {"value": 1}, headers=HTMX)).form
        return [button["id"] for button in form.select("button")]

    both = [f"comment-{comment.pk}-up", f"comment-{comment.pk}-down"]
    assert buttons() == both
    settings.COMMENT_VOTES = "up"
    assert buttons() == both[:1]
    thread = soup_of(client.get(thread_url(comment.article)))
    assert [button["id"] for button in thread.select(".vote button")] == both[:1]
    assert client.post(url, {"value": -1}).status_code == 403
    assert vote_of(comment) == (1, 0)
