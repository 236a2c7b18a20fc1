"""Having a withdrawn comment back, on the pages."""

import pytest
from django.utils import timezone

from comments.threads.models import Comment
from comments.threads.people import Writer
from comments.threads.services import change_comment_status, undo_withdrawal, withdraw_comment
from reader.articles.models import Article
from tests.comments.threads.pages import HTMX, both_ways, said, soup_of, thread_url, url_of, words
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article("Ferry late again")


@pytest.fixture
def ada():
    return make_user("Ada")


@both_ways
@pytest.mark.parametrize("replies", [0, 1])
@pytest.mark.parametrize("who", ["a person", "a guest"])
def test_who_withdrew_has_it_back_with_a_button(client, article, ada, who, replies, headers):
    if who == "a person":
        client.force_login(ada)
    client.post(
        thread_url(article), {"text": "Said.", "writer": ada.pk if who == "a person" else ""}
    )
    comment = Comment.objects.get()
    for _ in range(replies):
        make_comment(parent=comment, guest_key="kim")
    client.post(url_of("delete", comment))

    gone = soup_of(client.get(thread_url(article))).select_one(f"#comment-{comment.pk}")
    assert words(gone.h3) == "You withdrew this comment."
    assert "Said." not in gone.get_text()
    form = gone.form
    response = client.post(form["action"], headers=headers)

    assert (form["action"], form["hx-post"]) == (url_of("restore", comment),) * 2
    assert Comment.objects.get(pk=comment.pk).status == "published"
    assert Article.objects.get().comment_count == 1 + replies
    if headers:
        back = soup_of(response).select_one(f"#comments #comment-{comment.pk}")
        assert words(back.select_one(".comment__body")) == "Said."
        assert back.has_attr("autofocus")
        assert said(response).startswith("Your comment is back.")
    else:
        place = f"{article.get_absolute_url()}#comment-{comment.pk}"
        assert (response.status_code, response["Location"]) == (303, place)


def test_nobody_else_sees_or_presses_the_button(client, article, ada):
    comment = make_comment(article, author=ada)
    make_comment(parent=comment)
    alone = make_comment(article, author=ada)
    for each in (comment, alone):
        withdraw_comment(each, by=Writer(ada))
    client.force_login(make_user("Mallory"))

    soup = soup_of(client.get(thread_url(article)))

    gone = soup.select_one(f"#comment-{comment.pk}")
    assert words(gone) == "This comment was withdrawn by its author."
    assert soup.select_one(f"#comment-{alone.pk}") is None
    assert client.post(url_of("restore", comment)).status_code == 403
    assert client.post(url_of("restore", alone)).status_code == 404
    assert client.get(url_of("restore", comment)).status_code == 405
    assert not Comment.objects.filter(author=ada, status="published").exists()


@both_ways
def test_when_it_is_erased_there_is_no_way_back(client, article, ada, headers):
    comment = make_comment(article, author=ada)
    make_comment(parent=comment)
    withdraw_comment(comment, by=Writer(ada))
    Comment.objects.filter(pk=comment.pk).update(erase_at=timezone.now())
    client.force_login(ada)

    gone = soup_of(client.get(thread_url(article))).select_one(f"#comment-{comment.pk}")

    assert words(gone) == "This comment was withdrawn by its author."
    refused(client, comment, headers, "It is too late: the comment is erased.")


def refused(client, comment, headers, sentence):
    """Press the button of a page that is out of date; the page that comes then says why not."""
    response = client.post(url_of("restore", comment), headers=headers)
    if headers:
        assert response["HX-Refresh"] == "true"
    else:
        assert response.status_code == 303
    page = client.get(comment.article.get_absolute_url()).content.decode()
    assert sentence in page
    assert "Your comment is back." not in page


def test_from_the_page_of_the_comment_one_is_led_back_to_it(client, article, ada):
    comment = make_comment(article, author=ada)
    withdraw_comment(comment, by=Writer(ada))
    client.force_login(ada)
    own_page = url_of("detail", comment)
    form = soup_of(client.get(own_page)).select_one(".comment form")
    headers = {**HTMX, "HX-Target": form["id"], "HX-Current-URL": f"http://testserver{own_page}"}

    response = client.post(form["action"], headers=headers)

    assert response["HX-Redirect"] == f"{article.get_absolute_url()}#comment-{comment.pk}"


@both_ways
def test_what_a_moderator_removed_meanwhile_is_not_said_to_be_back(client, article, ada, headers):
    comment = make_comment(article, author=ada)
    make_comment(parent=comment)
    withdraw_comment(comment, by=Writer(ada))
    restored = undo_withdrawal(comment, by=Writer(ada))
    change_comment_status(restored, to="removed")
    client.force_login(ada)

    refused(client, comment, headers, "This comment was removed by a moderator.")


@both_ways
def test_who_posted_the_same_again_is_told_so(client, article, headers):
    for _ in range(2):
        client.post(thread_url(article), {"text": "Once.", "name": "Jo"})
        comment = Comment.objects.get(status="published")
        client.post(url_of("delete", comment))
    client.post(url_of("restore", comment))

    first = Comment.objects.get(status="withdrawn")
    refused(client, first, headers, "You have posted the same words again meanwhile.")
    assert Comment.objects.filter(status="published").count() == 1
