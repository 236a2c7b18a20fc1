"""What is not taken: it is given back with a sentence, and the words are kept."""

import pytest

from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.services import close_thread, withdraw_comment
from tests.comments.threads.pages import HTMX, both_ways, said, soup_of, thread_url, words
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article("Ferry late again")


@both_ways
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write a few words first."),
        ("  \n ", "Write a few words first."),
        ("x" * 4212, "That is 212 characters over 4,000. Could you shorten it?"),
        ("a\x00b", "There is a character in it that cannot be shown. Please take it out."),
    ],
    ids=["nothing", "spaces", "too long", "NUL"],
)
def test_what_cannot_be_kept_is_given_back_with_a_sentence(
    client, article, headers, text, sentence
):
    response = client.post(thread_url(article), {"text": text, "name": "Jo"}, headers=headers)

    assert response.status_code == 422
    soup = soup_of(response)
    field = soup.select_one("#text-new")
    assert field["aria-invalid"] == "true"
    assert field.has_attr("autofocus")
    joined = [soup.select_one(f'[id="{name}"]') for name in field["aria-describedby"].split()]
    assert words(joined[0]) == sentence
    assert field.get_text().strip() == text.strip()
    assert soup.select_one("#name-new")["value"] == "Jo"
    assert not Comment.objects.exists()
    assert "guest" not in response.cookies
    if headers:
        assert response["HX-Retarget"] == "#form-new"
        assert response["HX-Reswap"] == "outerHTML"
        assert said(response) == sentence
        assert soup.find()["id"] == "form-new"


@both_ways
def test_line_breaks_and_spaces_at_the_edges_are_stored_as_typed(client, article, headers):
    client.post(thread_url(article), {"text": "\n  one\r\ntwo  "}, headers=headers)

    assert Comment.objects.get().body_src == "\n  one\ntwo  "


@both_ways
def test_a_reply_to_what_was_withdrawn_meanwhile_keeps_the_words(client, article, headers):
    ada = make_user("Ada")
    parent = make_comment(article, author=ada)
    withdraw_comment(parent, by=Writer(ada))

    response = client.post(
        thread_url(article), {"text": "Too late.", "parent": parent.pk}, headers=headers
    )

    assert response.status_code == 422
    soup = soup_of(response)
    form = soup.select_one(f"#form-{parent.pk}" if headers else "#form-new")
    assert words(form.select_one(".error")) == "This comment can no longer be answered."
    assert form.textarea.get_text().strip() == "Too late."
    assert Comment.objects.count() == 1


@both_ways
def test_a_reply_to_what_was_withdrawn_but_has_replies_is_refused_on_the_reply_page(
    client, article, headers
):
    ada = make_user("Ada")
    parent = make_comment(article, author=ada)
    make_comment(parent=parent)
    withdraw_comment(parent, by=Writer(ada))

    response = client.post(
        thread_url(article), {"text": "Too late.", "parent": parent.pk}, headers=headers
    )

    assert response.status_code == 422
    form = soup_of(response).select_one(f"#form-{parent.pk}")
    assert words(form.select_one(".error")) == "This comment can no longer be answered."
    assert form.textarea.get_text().strip() == "Too late."
    assert Comment.objects.count() == 2


@both_ways
@pytest.mark.parametrize("parent", ["x", "-1", "9" * 30, "0", "1.5", "\x00", "٣"])
def test_a_parent_that_is_no_comment_is_refused_and_the_words_kept(
    client, article, headers, parent
):
    response = client.post(
        thread_url(article), {"text": "Kept words", "parent": parent}, headers=headers
    )

    assert response.status_code == 422
    assert "Kept words" in soup_of(response).textarea.get_text()
    assert not Comment.objects.exists()


@both_ways
def test_a_reply_cannot_cross_into_another_thread(client, article, headers):
    elsewhere = make_comment()

    response = client.post(
        thread_url(article), {"text": "Across.", "parent": elsewhere.pk}, headers=headers
    )

    assert response.status_code == 422
    assert list(Comment.objects.all()) == [elsewhere]


@both_ways
def test_a_closed_thread_takes_no_comment_and_shows_no_form(client, article, headers):
    make_comment(article, text="Before.")
    close_thread(article)

    response = client.post(thread_url(article), {"text": "After."}, headers=headers)

    assert response.status_code == 422
    assert [comment.body_src for comment in Comment.objects.all()] == ["Before."]
    section = soup_of(client.get(thread_url(article))).select_one("#comments")
    assert words(section.select_one(".thread__closed")).startswith("Comments closed")
    assert section.select("textarea") == []


@both_ways
@pytest.mark.parametrize("status", ["draft", "withdrawn", "embargo"])
def test_what_readers_may_not_see_takes_no_comment(client, headers, status):
    hidden = make_article(hours_ago=-2) if status == "embargo" else make_article(status=status)

    assert client.post(thread_url(hidden), {"text": "Hello."}, headers=headers).status_code == 404
    assert client.get(thread_url(hidden), headers=headers).status_code == 404
    assert not Comment.objects.exists()


def test_a_wait_is_told_in_seconds_and_as_a_header(client, article, settings):
    settings.RATE_LIMITS = True
    ada = make_user("Ada")
    client.force_login(ada)
    for number in range(5):
        client.post(thread_url(article), {"text": f"Number {number}"})

    response = client.post(thread_url(article), {"text": "Number 6"}, headers=HTMX)

    assert response.status_code == 422
    assert 0 < int(response["Retry-After"]) <= 60
    assert said(response) == f"You can post again in {response['Retry-After']} seconds."
    assert Comment.objects.count() == 5


@both_ways
def test_who_was_logged_out_meanwhile_does_not_become_a_guest(client, article, headers):
    client.force_login(make_user("Ada"))
    form = soup_of(client.get(thread_url(article))).select_one("#form-new")
    posted = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    client.logout()

    response = client.post(thread_url(article), {**posted, "text": "Mine."}, headers=headers)

    assert response.status_code == 422
    given_back = soup_of(response).select_one("#form-new")
    assert words(given_back.select_one(".error")) == (
        "You were logged out. Log in and your comment will be waiting."
    )
    assert given_back.select_one("a")["href"].startswith("/account/login/?next=")
    assert given_back.textarea.get_text().strip() == "Mine."
    assert not Comment.objects.exists()


@both_ways
def test_words_of_one_person_are_not_posted_in_the_name_of_another(client, article, headers):
    client.force_login(make_user("Ada"))

    response = client.post(
        thread_url(article), {"text": "Mine.", "writer": make_user().pk}, headers=headers
    )

    assert response.status_code == 422
    assert not Comment.objects.exists()


@both_ways
def test_who_keeps_no_cookie_has_to_wait_like_everybody_and_loses_nothing(
    client, article, headers, settings
):
    settings.RATE_LIMITS = True
    for number in range(5):
        client.post(thread_url(article), {"text": f"Number {number}"}, headers=headers)
        client.cookies.clear()

    response = client.post(thread_url(article), {"text": "Number 6"}, headers=headers)

    assert response.status_code == 422
    assert 0 < int(response["Retry-After"]) <= 60
    form = soup_of(response).select_one("#form-new")
    assert words(form.select_one(".error")).startswith("You can post again in ")
    assert form.textarea.get_text().strip() == "Number 6"
    assert Comment.objects.count() == 5


def test_another_name_each_time_helps_as_far_as_the_address_goes(client, article, settings):
    settings.RATE_LIMITS = True
    for number in range(25):
        client.post(thread_url(article), {"text": f"No. {number}", "name": f"N{number}"})
        client.cookies.clear()
    assert Comment.objects.count() == 20

    client.post(thread_url(article), {"text": "Elsewhere."}, REMOTE_ADDR="198.51.100.7")
    assert Comment.objects.count() == 21


def test_a_header_that_nobody_vouches_for_changes_no_address(client, article, settings):
    settings.RATE_LIMITS = True
    for number in range(7):
        forged = {"X-Forwarded-For": f"198.51.100.{number}"}
        client.post(thread_url(article), {"text": f"No. {number}"}, headers=forged)
        client.cookies.clear()

    assert Comment.objects.count() == 5
