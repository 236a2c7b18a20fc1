"""How words will look before they are sent."""

import pytest

from comments.threads.models import Comment, Footprint, Thread
from comments.threads.services import close_thread
from tests.comments.threads.pages import both_ways, soup_of, thread_url, url_of, words
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db

TYPED = " *So* <b>bold</b>\n\n> said "
SHOWN = "<p><em>So</em> &lt;b&gt;bold&lt;/b&gt;</p>\n<blockquote>\n<p>said</p>\n</blockquote>"


@pytest.fixture
def article():
    return make_article("Ferry late again")


def preview_in(form):
    preview = form.select_one(".preview")
    assert preview.has_attr("autofocus")
    assert form.select("[autofocus]") == [preview]
    return preview.select_one(".comment__body").decode_contents()


@both_ways
def test_a_preview_shows_the_words_above_the_form_and_stores_nothing(client, article, headers):
    sent = {"text": TYPED, "name": "Kim", "preview": "1"}

    response = client.post(thread_url(article), sent, headers=headers)

    soup = soup_of(response)
    form = soup.select_one("#form-new")
    assert response.status_code == 200
    assert preview_in(form) == SHOWN
    assert form.textarea.get_text() == f"\n{TYPED}"
    assert form.select_one("[name=name]")["value"] == "Kim"
    assert form.textarea.sourceline > form.select_one(".preview").sourceline
    assert "guest" not in response.cookies
    assert not (Comment.objects.exists() or Footprint.objects.exists() or Thread.objects.exists())
    if headers:
        assert soup.find()["id"] == "form-new"
        assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#form-new", "outerHTML")
    else:
        assert soup.select_one("#comments #form-new") is form

    posted = client.post(thread_url(article), {"text": TYPED, "name": "Kim"})
    assert posted.status_code == 303
    assert (Comment.objects.get().body_src, Comment.objects.get().body_html) == (TYPED, SHOWN)


@both_ways
def test_a_reply_is_previewed_in_its_own_form(client, article, headers):
    parent = make_comment(article)
    sent = {"text": TYPED, "parent": parent.pk, "preview": "1", "sort": "newest"}

    response = client.post(thread_url(article), sent, headers=headers)

    soup = soup_of(response)
    form = soup.select_one(f"#form-{parent.pk}")
    assert preview_in(form) == SHOWN
    assert form.select_one("[name=parent]")["value"] == str(parent.pk)
    assert form.textarea.get_text() == f"\n{TYPED}"
    assert Comment.objects.count() == 1
    assert (soup.html is None) == bool(headers)


@both_ways
def test_an_edit_is_previewed_in_its_place(client, article, headers):
    ada = make_user("Ada")
    comment = make_comment(article, author=ada, text="First words.")
    client.force_login(ada)

    response = client.post(
        url_of("edit", comment), {"text": TYPED, "preview": "1"}, headers=headers
    )

    form = soup_of(response).select_one(f"#edit-form-{comment.pk}")
    assert preview_in(form) == SHOWN
    assert form.textarea.get_text() == f"\n{TYPED}"
    stored = Comment.objects.get()
    assert (stored.body_src, stored.revision_no) == ("First words.", 1)
    if headers:
        assert response["HX-Retarget"] == f"#comment-{comment.pk}"


@both_ways
@pytest.mark.parametrize("wrong", ["empty", "long", "closed", "guests off", "gone", "name"])
def test_a_preview_is_refused_as_the_post_would_be(client, article, settings, wrong, headers):
    sent = {"text": TYPED}
    parent = make_comment(article)
    if wrong == "empty":
        sent["text"] = " "
    elif wrong == "long":
        sent["text"] = "x" * 4001
    elif wrong == "closed":
        close_thread(article)
    elif wrong == "guests off":
        settings.COMMENT_GUESTS = "off"
    elif wrong == "gone":
        sent["parent"] = parent.pk
        Comment.objects.update(status="removed", in_tree=False)
    elif wrong == "name":
        sent["name"] = "x" * 61

    errors = []
    for preview in ({"preview": "1"}, {}):
        response = client.post(thread_url(article), sent | preview, headers=headers)
        assert response.status_code == 422
        soup = soup_of(response)
        assert soup.select(".preview") == []
        errors.append(words(soup.select_one(".error")))
    assert errors[0] == errors[1] != ""


def test_every_form_offers_a_preview(client, article):
    ada = make_user("Ada")
    comment = make_comment(article, author=ada)
    client.force_login(ada)
    for address in (thread_url(article), url_of("edit", comment), url_of("reply", comment)):
        form = soup_of(client.get(address)).select("form.comment-form")[-1]
        buttons = form.select(".form__ways button")
        # What Enter presses comes first.
        assert [button.get("name") for button in buttons] == [None, "preview"]
