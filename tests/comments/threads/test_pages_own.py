"""What people do with their own comments, and cannot do with others'."""

import pytest

from comments.moderation.services import remove_comment
from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.services import withdraw_comment
from reader.articles.models import Article
from tests.comments.threads.pages import (
    HTMX,
    both_ways,
    said,
    soup_of,
    thread_url,
    url_of,
    words,
)
from tests.factories import make_article, make_comment, make_moderator, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article("Ferry late again")


@pytest.fixture
def ada():
    return make_user("Ada")


@pytest.fixture
def comment(article, ada):
    return make_comment(article, author=ada, text="First words.")


@both_ways
def test_an_author_edits_and_others_see_the_new_words(client, comment, ada, headers):
    client.force_login(ada)

    response = client.post(url_of("edit", comment), {"text": "Better *words*."}, headers=headers)

    comment.refresh_from_db()
    assert (comment.body_src, comment.revision_no) == ("Better *words*.", 2)
    client.logout()
    seen = soup_of(client.get(thread_url(comment.article)))
    body = seen.select_one(f"#comment-{comment.pk} .comment__body")
    assert str(body.p) == "<p>Better <em>words</em>.</p>"
    if headers:
        root = soup_of(response).find()
        assert root["id"] == f"comment-{comment.pk}"
        assert root.has_attr("autofocus")
        assert said(response) == "Your comment is changed."
    else:
        place = f"{comment.article.get_absolute_url()}#comment-{comment.pk}"
        assert (response.status_code, response["Location"]) == (303, place)


@both_ways
def test_an_edit_starts_from_the_words_as_typed(client, article, ada, headers):
    text = "\n *a* <b> & 'quotes'\n\nend "
    comment = make_comment(article, author=ada, text=text)
    client.force_login(ada)

    soup = soup_of(client.get(url_of("edit", comment), headers=headers))

    # A browser drops the first line feed of a field, so the page has one more.
    assert soup.textarea.get_text() == f"\n{text}"
    assert soup.textarea.has_attr("autofocus")
    assert (soup.html is None) == bool(headers)


@both_ways
def test_an_edit_that_says_nothing_is_given_back(client, comment, ada, headers):
    client.force_login(ada)

    response = client.post(url_of("edit", comment), {"text": "  "}, headers=headers)

    assert response.status_code == 422
    soup = soup_of(response)
    field = soup.textarea
    assert field["aria-invalid"] == "true"
    error = soup.select_one(f'[id="{field["aria-describedby"].split()[0]}"]')
    assert words(error) == "Write a few words first."
    assert Comment.objects.get().body_src == "First words."
    if headers:
        assert response["HX-Retarget"] == f"#comment-{comment.pk}"


@both_ways
def test_an_edit_after_the_session_has_ended_is_given_back(client, comment, ada, headers):
    client.force_login(ada)
    form = soup_of(client.get(url_of("edit", comment))).select_one("form.comment-form")
    sent = {"text": "Long thought about.", "writer": form.select_one("[name=writer]")["value"]}
    client.logout()

    response = client.post(url_of("edit", comment), sent, headers=headers)

    assert response.status_code == 422
    again = soup_of(response).select_one("form.comment-form")
    assert again.textarea.get_text() == "\nLong thought about."
    assert "You were logged out." in words(again.select_one(".error"))
    assert again.select_one("a.button")["href"].endswith(f"?next={url_of('edit', comment)}")
    assert "First words." not in response.content.decode()
    assert Comment.objects.get().body_src == "First words."


@both_ways
def test_an_author_withdraws_after_being_asked(client, comment, ada, headers):
    client.force_login(ada)

    question = client.get(url_of("delete", comment), headers=headers)
    before = Comment.objects.get().status
    response = client.post(url_of("delete", comment), headers=headers)

    asked = words(soup_of(question))
    assert "Withdraw this comment? You can undo that for half an hour" in asked
    assert before == "published"
    assert Comment.objects.get().status == "withdrawn"
    assert Article.objects.get().comment_count == 0
    if headers:
        swapped = soup_of(response)
        assert swapped.find()["id"] == "comments"
        gone = swapped.select_one(f"#comment-{comment.pk}")
        assert gone.has_attr("autofocus")
        assert words(gone.h3) == "You withdrew this comment."
        assert said(response) == "Your comment is withdrawn. 0 comments now."
    else:
        place = f"{comment.article.get_absolute_url()}#comment-{comment.pk}"
        assert (response.status_code, response["Location"]) == (303, place)
    client.logout()
    soup = soup_of(client.get(thread_url(comment.article)))
    assert words(soup.select_one(".invitation__title")) == "No comments yet"


@both_ways
def test_replies_to_what_was_withdrawn_stay_below_a_placeholder(client, comment, ada, headers):
    reply = make_comment(parent=comment, text="An answer.")
    client.force_login(ada)

    client.post(url_of("delete", comment), headers=headers)

    client.logout()
    soup = soup_of(client.get(thread_url(comment.article)))
    gone = soup.select_one(f"#comment-{comment.pk}")
    assert "withdrawn by its author" in words(gone).lower()
    assert gone.select("form, details, a") == []
    assert soup.select_one(f"ol ol #comment-{reply.pk}") is not None


@both_ways
@pytest.mark.parametrize("who", ["a stranger", "somebody else", "a moderator", "a guest"])
@pytest.mark.parametrize("act", ["edit", "delete"])
def test_nobody_else_changes_a_comment(client, comment, act, who, headers):
    if who == "somebody else":
        client.force_login(make_user("Mallory"))
    elif who == "a moderator":
        client.force_login(make_moderator())
    elif who == "a guest":
        client.post(thread_url(comment.article), {"text": "I am here.", "name": "Ada"})

    for method in (client.get, client.post):
        response = method(url_of(act, comment), {"text": "Forged."}, headers=headers)
        assert response.status_code == 403
        assert "First words." not in response.content.decode()

    kept = Comment.objects.get(pk=comment.pk)
    assert (kept.body_src, kept.status) == ("First words.", "published")
    soup = soup_of(client.get(thread_url(comment.article)))
    ways = soup.select(f"#comment-{comment.pk} .comment__ways a")
    assert [words(way) for way in ways] == ["Report"]


@both_ways
def test_a_reading_of_the_form_changes_nothing(client, comment, ada, headers):
    client.force_login(ada)

    for name in ("edit", "delete", "reply", "history"):
        client.get(url_of(name, comment), headers=headers)
        assert client.head(url_of(name, comment), headers=headers).status_code == 200

    assert Comment.objects.filter(body_src="First words.", status="published").count() == 1
    assert client.get(url_of("vote", comment)).status_code == 405
    assert client.post(url_of("detail", comment)).status_code == 405


@both_ways
@pytest.mark.parametrize("act", ["edit", "delete"])
def test_what_a_moderator_removed_its_author_cannot_bring_back(client, comment, ada, act, headers):
    make_comment(parent=comment)
    remove_comment(comment, moderator=make_moderator(), reason="Insult")
    client.force_login(ada)

    response = client.post(url_of(act, comment), {"text": "Back again."}, headers=headers)

    assert response.status_code == 403
    kept = Comment.objects.get(pk=comment.pk)
    assert (kept.status, kept.body_src) == ("removed", "First words.")


def test_who_withdrew_in_another_window_is_told(client, comment, ada):
    make_comment(parent=comment)
    withdraw_comment(comment, by=Writer(ada))
    client.force_login(ada)

    response = client.post(url_of("edit", comment), {"text": "Back again."}, headers=HTMX)

    assert response.status_code == 403
    assert Comment.objects.get(pk=comment.pk).body_src == "First words."


@both_ways
def test_on_its_own_page_a_form_leads_on_to_the_thread(client, comment, ada, headers):
    client.force_login(ada)
    own_page = {
        **headers,
        "HX-Target": f"edit-form-{comment.pk}",
        "HX-Current-URL": f"http://testserver{url_of('edit', comment)}",
    }

    response = client.post(url_of("edit", comment), {"text": "New."}, headers=own_page)

    place = f"{comment.article.get_absolute_url()}#comment-{comment.pk}"
    assert response["HX-Redirect" if headers else "Location"] == place


def test_leaving_a_form_brings_the_comment_back_alone(client, comment, ada):
    client.force_login(ada)
    form = soup_of(
        client.get(
            url_of("edit", comment),
            headers={**HTMX, "HX-Current-URL": f"http://testserver{thread_url(comment.article)}"},
        )
    )
    way_out = form.select_one("[data-draft-dropped]")

    soup = soup_of(client.get(way_out["hx-get"], headers=HTMX))

    assert way_out["href"] == way_out["hx-get"]
    assert way_out["data-draft-dropped"] == form.textarea["data-draft"]
    assert [child["id"] for child in soup.find_all(recursive=False)] == [f"comment-{comment.pk}"]
