"""Guests: known by a cookie that comes with their first comment."""

import pytest
from django.core import signing

from comments.threads.guests import COOKIE_NAME, SALT
from comments.threads.models import Comment, Footprint
from tests.comments.threads.pages import (
    HTMX,
    both_ways,
    said,
    soup_of,
    thread_url,
    url_of,
    words,
)
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db

BROWSER = {
    "User-Agent": "Mozilla/5.0",
    "Origin": "http://testserver",
    "Sec-Fetch-Site": "same-origin",
}


@pytest.fixture
def article():
    return make_article("Ferry late again")


@both_ways
def test_the_cookie_is_signed_and_out_of_reach_of_scripts(client, article, headers):
    response = client.post(thread_url(article), {"text": "Hi.", "name": "Jo"}, headers=headers)

    cookie = response.cookies[COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    content = signing.loads(cookie.value, salt=SALT)
    assert content["name"] == "Jo"
    assert len(content["key"]) == 32
    assert content["key"] not in str(Comment.objects.values())


@both_ways
def test_right_after_the_first_post_everything_else_works_too(article, headers, client_class):
    client = client_class(enforce_csrf_checks=True)
    sent = {**BROWSER, **headers}

    client.post(thread_url(article), {"text": "One.", "name": "Jo"}, headers=sent)
    one = Comment.objects.get()
    client.post(thread_url(article), {"text": "Two.", "name": "Jo"}, headers=sent)
    client.post(thread_url(article), {"text": "Three.", "parent": one.pk}, headers=sent)
    client.post(url_of("edit", one), {"text": "One, edited."}, headers=sent)
    client.post(url_of("delete", Comment.objects.get(body_src="Two.")), headers=sent)

    assert list(Comment.objects.order_by("seq").values_list("body_src", "status")) == [
        ("One, edited.", "published"),
        ("Two.", "withdrawn"),
        ("Three.", "published"),
    ]
    assert len(set(Comment.objects.values_list("guest_key_hash", flat=True))) == 1


@pytest.fixture
def client_class(client):
    return type(client)


@both_ways
def test_a_post_from_another_site_is_refused_and_the_words_given_back(
    client_class, article, headers
):
    client = client_class(enforce_csrf_checks=True)
    foreign = {
        **BROWSER,
        **headers,
        "Origin": "https://evil.example",
        "Sec-Fetch-Site": "cross-site",
    }

    response = client.post(thread_url(article), {"text": "Forged words"}, headers=foreign)

    assert response.status_code == 403
    assert "Forged words" in response.content.decode()
    assert not Comment.objects.exists()


@both_ways
def test_a_reader_with_a_session_needs_the_token(client_class, article, headers):
    client = client_class(enforce_csrf_checks=True)
    client.force_login(make_user("Ada"))
    form = soup_of(client.get(thread_url(article))).select_one("#form-new")
    token = form.select_one("[name=csrfmiddlewaretoken]")["value"]
    sent = {**BROWSER, **headers}

    without = client.post(thread_url(article), {"text": "Without."}, headers=sent)
    client.post(thread_url(article), {"text": "With.", "csrfmiddlewaretoken": token}, headers=sent)

    assert without.status_code == 403
    assert [comment.body_src for comment in Comment.objects.all()] == ["With."]


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "x",
        "a:b:c",
        signing.dumps({"key": "k", "name": "Jo"}, salt="another"),
        signing.dumps({"key": "k"}, salt=SALT),
        signing.dumps(["k"], salt=SALT),
        "é" * 300,
    ],
)
def test_a_cookie_that_is_not_ours_makes_nobody(client, article, forged):
    comment = make_comment(article, guest_name="Jo", guest_key="k")
    client.cookies[COOKIE_NAME] = forged

    soup = soup_of(client.get(thread_url(article)))

    assert soup.select_one("#name-new").get("value", "") == ""
    assert client.get(url_of("edit", comment)).status_code == 403


@both_ways
def test_another_name_keeps_the_key(client, article, headers):
    client.post(thread_url(article), {"text": "One.", "name": "Jo"}, headers=headers)
    client.post(thread_url(article), {"text": "Two.", "name": "Joanna"}, headers=headers)

    soup = soup_of(client.get(thread_url(article)))
    assert soup.select_one("#name-new")["value"] == "Joanna"
    assert [words(way) for way in soup.select(".comment__ways a")] == ["Edit", "Withdraw"] * 2


@both_ways
def test_a_second_click_before_the_cookie_came_makes_no_second_guest(
    client_class, article, headers
):
    first, second = client_class(), client_class()

    first.post(thread_url(article), {"text": "Once.", "name": "Jo"}, headers=headers)
    response = second.post(thread_url(article), {"text": "Once.", "name": "Jo"}, headers=headers)

    assert Comment.objects.count() == 1
    assert COOKIE_NAME not in response.cookies


@both_ways
@pytest.mark.parametrize(
    "other",
    [
        {"REMOTE_ADDR": "198.51.100.7"},
        {"headers": {"User-Agent": "Another browser"}},
        {"headers": {"Accept-Language": "de"}},
    ],
    ids=["address", "browser", "language"],
)
@pytest.mark.parametrize("guests", ["open", "held"])
def test_two_guests_with_the_same_words_are_two_and_each_owns_theirs(
    client_class, article, settings, headers, other, guests
):
    settings.COMMENT_GUESTS = guests
    first, second = client_class(), client_class()
    first.post(thread_url(article), {"text": "Thank you"}, headers=headers)
    sent = {**other, "headers": {**headers, **other.get("headers", {})}}
    second.post(thread_url(article), {"text": "Thank you"}, **sent)

    one, two = Comment.objects.order_by("seq")
    for guest, own, others in ((first, one, two), (second, two, one)):
        assert guest.get(url_of("detail", own)).status_code == 200
        assert guest.get(url_of("edit", own)).status_code == 200
        assert guest.get(url_of("edit", others)).status_code != 200


@both_ways
def test_a_guest_who_is_known_already_is_nobody_elses_second_click(client_class, article, headers):
    first, second = client_class(), client_class()
    second.post(thread_url(article), {"text": "Earlier.", "name": "Jo"}, headers=headers)
    first.post(thread_url(article), {"text": "Thank you", "name": "Jo"}, headers=headers)
    second.post(thread_url(article), {"text": "Thank you", "name": "Jo"}, headers=headers)

    assert Comment.objects.filter(body_src="Thank you").count() == 2


@both_ways
def test_a_second_click_that_waits_is_told_so_and_shown_nothing(
    client_class, article, settings, headers
):
    settings.COMMENT_GUESTS = "held"
    first, second = client_class(), client_class()
    for guest in (first, second):
        response = guest.post(thread_url(article), {"text": "Once.", "name": "Jo"}, headers=headers)

    comment = Comment.objects.get()
    assert COOKIE_NAME not in response.cookies
    if headers:
        assert said(response) == "Your comment waits for a moderator."
        assert "Once." not in response.content.decode()
    else:
        assert response["Location"] == f"{article.get_absolute_url()}#comments"
    assert second.get(url_of("detail", comment)).status_code == 404
    assert first.get(url_of("detail", comment)).status_code == 200


def test_where_a_guest_comes_from_is_not_stored(client, article):
    client.post(
        thread_url(article),
        {"text": "Hi.", "name": "Jo"},
        headers={"User-Agent": "My browser"},
        REMOTE_ADDR="198.51.100.7",
    )

    kept = str(Footprint.objects.values())
    assert Footprint.objects.count() == 1
    assert "198.51.100.7" not in kept
    assert "My browser" not in kept


@both_ways
def test_held_words_are_shown_to_their_guest_alone(
    client, client_class, article, settings, headers
):
    settings.COMMENT_GUESTS = "held"

    response = client.post(
        thread_url(article), {"text": "Waiting words.", "name": "Jo"}, headers=headers
    )

    comment = Comment.objects.get()
    assert comment.status == "held"
    if headers:
        assert said(response) == (
            "Your comment waits for a moderator. Only you can see it until then."
        )
        mine = soup_of(response)
    else:
        mine = soup_of(client.get(thread_url(article)))
    shown = mine.select_one(f"#comment-{comment.pk}")
    assert words(shown.select_one(".comment__held")) == (
        "Only you can see this until a moderator has read it."
    )
    assert words(mine.select_one("[data-comment-count]")) == "0"
    other = client_class()
    assert "Waiting words." not in other.get(thread_url(article)).content.decode()
    assert other.get(url_of("detail", comment)).status_code == 404
    assert client.get(url_of("detail", comment)).status_code == 200


@both_ways
def test_where_guests_are_off_the_way_in_returns_to_the_thread(client, article, settings, headers):
    settings.COMMENT_GUESTS = "off"

    invited = soup_of(client.get(thread_url(article)))
    response = client.post(thread_url(article), {"text": "Kept words"}, headers=headers)

    link = invited.select_one("#comments .thread__sign-in a")
    assert words(link) == "Log in to be the first"
    back = article.get_absolute_url().replace("/", "%2F")
    assert link["href"] == f"/account/login/?next={back}%23comments"
    assert invited.select("#comments textarea") == []
    assert response.status_code == 422
    assert not Comment.objects.exists()
    assert COOKIE_NAME not in response.cookies
    assert "Log in to comment." in words(soup_of(response))
    assert "Kept words" in words(soup_of(response))


@both_ways
def test_where_guests_are_off_people_with_an_account_write_on(client, article, settings, headers):
    settings.COMMENT_GUESTS = "off"
    ada = make_user("Ada")
    client.force_login(ada)

    client.post(thread_url(article), {"text": "Mine.", "name": "Not Ada"}, headers=headers)

    comment = Comment.objects.get()
    assert (comment.author, comment.guest_name, comment.guest_key_hash) == (ada, "", "")
    assert client.get(thread_url(article)).content.count(b'name="name"') == 0


def test_htmx_answers_carry_a_token_for_whoever_signed_in(client, article):
    client.force_login(make_user())
    comment = make_comment(article)

    section = soup_of(client.post(thread_url(article), {"text": "Hi."}, headers=HTMX))
    reply = soup_of(client.get(url_of("reply", comment), headers=HTMX))

    forms = section.select("form") + reply.select("form")
    assert len(forms) == 3
    assert all(form.select_one("[name=csrfmiddlewaretoken]") for form in forms)
