"""Posting a comment or a reply, by a plain form and by htmx."""

import pytest
from django.urls import reverse

from comments.threads.models import Comment
from reader.articles.models import Article
from tests.comments.threads.pages import (
    HTMX,
    both_ways,
    said,
    shown_ids,
    soup_of,
    thread_url,
    url_of,
    words,
)
from tests.factories import make_article, make_comment, make_thread, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article("Ferry late again")


@both_ways
def test_the_first_comment_of_a_guest_is_stored_counted_and_remembered(client, article, headers):
    client.post(thread_url(article), {"text": "Late *again*.", "name": "Jo"}, headers=headers)

    comment = Comment.objects.get()
    assert (comment.article, comment.body_src, comment.guest_name) == (
        article,
        "Late *again*.",
        "Jo",
    )
    assert Article.objects.get(pk=article.pk).comment_count == 1
    soup = soup_of(client.get(thread_url(article)))
    assert words(soup.select_one("[data-comment-count]")) == "1"
    assert "No comments yet" not in soup.get_text()
    assert str(soup.select_one(".comment__body p")) == "<p>Late <em>again</em>.</p>"
    assert soup.select_one("#form-new input[name=name]")["value"] == "Jo"
    assert soup.select_one(f'#comment-{comment.pk} a[href$="/edit/"]') is not None


def test_a_plain_post_leads_to_the_comment_on_its_article(client, article):
    response = client.post(thread_url(article), {"text": "Here."})

    comment = Comment.objects.get()
    assert response.status_code == 303
    assert response["Location"] == f"{article.get_absolute_url()}#comment-{comment.pk}"


def test_htmx_gets_the_section_without_the_invitation_and_the_words_for_the_live_region(
    client, article
):
    invited = soup_of(client.get(thread_url(article)))
    response = client.post(thread_url(article), {"text": "Here."}, headers=HTMX)

    assert words(invited.select_one(".invitation__title")) == "No comments yet"
    assert words(invited.select_one("[data-comment-count]")) == "0"
    soup = soup_of(response)
    section = soup.find()
    assert section["id"] == "comments"
    assert "No comments yet" not in section.get_text()
    assert words(section.select_one("[data-comment-count]")) == "1"
    new = section.select_one(f"#comment-{Comment.objects.get().pk}")
    assert new.has_attr("autofocus")
    assert new["tabindex"] == "-1"
    assert len(soup.select("[autofocus]")) == 1
    assert said(response) == "Your comment is posted. 1 comment now."
    assert "HX-Request" in response["Vary"]


def test_the_top_level_form_is_the_last_of_the_thread_and_replies_carry_their_parent(
    client, article
):
    comment = make_comment(article)
    reply = make_comment(parent=comment)

    section = soup_of(client.get(thread_url(article))).select_one("#comments")

    last = section.select("form")[-1]
    assert last["action"] == last["hx-post"] == thread_url(article)
    assert last.select_one("textarea[name=text]") is not None
    assert last.select_one("input[name=name]") is not None
    assert last.select_one("input[name=parent]") is None
    assert section.select("input[name=parent]") == []
    for each in (comment, reply):
        link = section.select_one(f"#comment-{each.pk} .comment__foot > a")
        assert link["href"] == link["hx-get"] == url_of("reply", each)
        assert words(link) == f"Reply to {each.author_label}"
        for headers in ({}, HTMX):
            form = soup_of(client.get(link["href"], headers=headers)).select_one(f"#form-{each.pk}")
            assert form["action"] == form["hx-post"] == thread_url(article)
            assert form.select_one("input[name=parent]")["value"] == str(each.pk)
            assert form.select_one("textarea[name=text]")["data-draft"] == f"comment-{each.pk}"
            assert form.select_one("input[name=name]") is not None


def test_in_place_the_reply_form_comes_alone_and_keeps_the_order_of_the_thread(client, article):
    comment = make_comment(article)
    page = soup_of(client.get(thread_url(article) + "?sort=oldest"))
    link = page.select_one(f"#comment-{comment.pk} .comment__foot > a")

    response = client.get(link["hx-get"], headers=HTMX)

    assert "HX-Request" in response["Vary"]
    part = soup_of(response)
    assert part.find()["id"] == f"form-{comment.pk}"
    assert part.select_one("input[name=sort]")["value"] == "oldest"
    assert soup_of(client.get(url_of("reply", comment) + "?sort=loudest")).main is not None


def test_a_comment_costs_the_page_no_form(client, article):
    make_thread(article, [None] * 20)

    section = soup_of(client.get(thread_url(article))).select_one("#comments")

    assert len(section.select("article.comment")) == 20
    assert len(section.select("form")) == 1


@both_ways
def test_a_reply_stands_below_what_it_answers_and_names_it(client, article, headers):
    ada = make_user("Ada")
    parent = make_comment(article, author=make_user("Theo"))
    client.force_login(ada)

    response = client.post(
        thread_url(article), {"text": "Yes.", "parent": parent.pk}, headers=headers
    )

    reply = Comment.objects.get(parent=parent)
    assert (reply.author, reply.depth, reply.body_src) == (ada, 1, "Yes.")
    soup = soup_of(client.get(thread_url(article)))
    below = soup.select_one(f"#comment-{parent.pk}").parent
    assert words(below.select_one("details[open] > summary")) == "1 reply to Theo"
    title = below.select_one(f"ol #comment-{reply.pk} h3")
    assert words(title) == "Ada you replied to Theo now"
    assert title.select_one(".comment__to a")["href"] == f"#comment-{parent.pk}"
    if headers:
        assert said(response) == "Your reply is posted. 2 comments now."
    else:
        assert response["Location"].endswith(f"#comment-{reply.pk}")


def test_on_a_page_of_its_own_a_reply_form_leads_on_with_htmx_too(client, article):
    parent = make_comment(article)
    headers = {
        **HTMX,
        "HX-Target": f"form-{parent.pk}",
        "HX-Current-URL": f"http://testserver/comments/{parent.pk}/reply/",
    }

    response = client.post(
        thread_url(article), {"text": "Yes.", "parent": parent.pk}, headers=headers
    )

    reply = Comment.objects.get(parent=parent)
    assert response["HX-Redirect"] == f"{article.get_absolute_url()}#comment-{reply.pk}"


@both_ways
def test_the_same_words_twice_are_one_comment(client, article, headers):
    for _ in range(2):
        client.post(thread_url(article), {"text": "Twice."}, headers=headers)

    assert Comment.objects.count() == 1
    assert Article.objects.get(pk=article.pk).comment_count == 1


def test_what_does_not_fit_on_the_first_page_is_still_shown_to_its_author(client, article):
    for _ in range(25):
        make_comment(article)

    plain = client.post(thread_url(article), {"text": "Plain one."})
    swapped = client.post(thread_url(article), {"text": "Swapped one."}, headers=HTMX)

    first, second = Comment.objects.order_by("-id")[1], Comment.objects.order_by("-id")[0]
    where = reverse("threads:comment_detail", args=[first.pk])
    assert plain["Location"] == f"{where}#comment-{first.pk}"
    soup = soup_of(swapped)
    extra = soup.select_one("li[data-extra]")
    assert shown_ids(extra) == [f"comment-{second.pk}"]
    assert extra.article.has_attr("autofocus")
    assert len(shown_ids(soup)) == len(set(shown_ids(soup))) == 21


def test_a_reply_beyond_those_loaded_is_shown_below_what_it_answers(client, article):
    parent = make_comment(article)
    for _ in range(6):
        make_comment(parent=parent)

    response = client.post(
        thread_url(article), {"text": "Seventh.", "parent": parent.pk}, headers=HTMX
    )

    reply = Comment.objects.order_by("-id")[0]
    soup = soup_of(response)
    ids = shown_ids(soup.select_one(".branch__replies"))
    assert ids[-1] == f"comment-{reply.pk}"
    assert soup.select_one(f"#comment-{reply.pk}").has_attr("autofocus")


def test_the_order_a_reader_chose_survives_their_post(client, article):
    first = make_comment(article)
    form = soup_of(client.get(f"{thread_url(article)}?sort=newest")).select_one("#form-new")
    posted = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}

    response = client.post(thread_url(article), {**posted, "text": "Second."}, headers=HTMX)

    second = Comment.objects.order_by("-id")[0]
    assert shown_ids(soup_of(response)) == [f"comment-{second.pk}", f"comment-{first.pk}"]


@both_ways
def test_an_order_that_does_not_exist_costs_nobody_their_words_or_their_key(
    client, article, headers
):
    response = client.post(thread_url(article), {"text": "Hi.", "sort": "loudest"}, headers=headers)

    comment = Comment.objects.get()
    assert response.status_code == (200 if headers else 303)
    page = soup_of(client.get(thread_url(article)))
    assert page.select_one(f'#comment-{comment.pk} a[href$="/edit/"]') is not None
