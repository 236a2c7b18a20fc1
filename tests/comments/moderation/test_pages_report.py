"""Reporting a comment, by a plain form and by htmx, with an account and without."""

import pytest
from django.urls import reverse

from comments.moderation.models import Report
from comments.threads.guests import COOKIE_NAME
from comments.threads.models import Comment
from tests.comments.threads.pages import HTMX, both_ways, said, soup_of, thread_url, words
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment():
    return make_comment(make_article("Ferry late again"), author=make_user("Theo"), text="Rude.")


def report_url(comment):
    return reverse("moderation:comment_report", args=[comment.pk])


@both_ways
def test_a_reader_reports_and_is_thanked(client, comment, headers):
    ada = make_user("Ada")
    client.force_login(ada)

    response = client.post(
        report_url(comment), {"reason": "abuse", "note": "Look at it."}, headers=headers
    )

    report = Report.objects.get()
    assert (report.comment, report.reporter, report.reason, report.note) == (
        comment,
        ada,
        "abuse",
        "Look at it.",
    )
    assert Comment.objects.get().status == "published"
    if headers:
        assert said(response) == "Thank you. A moderator will look at it."
        assert soup_of(response).find().has_attr("autofocus")
    else:
        assert (response.status_code, response["Location"]) == (
            303,
            report_url(comment) + "?sent=1",
        )
        thanks = soup_of(client.get(response["Location"]))
        assert "Thank you. A moderator will look at it." in words(thanks.main)


@both_ways
def test_a_stranger_may_report_and_twice_is_once(client, comment, headers):
    for _ in range(2):
        client.post(report_url(comment), {"reason": "spam"}, headers=headers)

    report = Report.objects.get()
    assert (report.reporter, bool(report.guest_key_hash)) == (None, True)
    assert client.cookies[COOKIE_NAME]["httponly"]


@both_ways
def test_without_a_reason_it_is_given_back(client, comment, headers):
    response = client.post(report_url(comment), {"note": "My words"}, headers=headers)

    assert response.status_code == 422
    soup = soup_of(response)
    form = soup.select_one(f"#report-{comment.pk}")
    assert words(form.select_one(".error")) == "Say what is wrong with it."
    assert form.textarea.get_text().strip() == "My words"
    assert not Report.objects.exists()
    assert COOKIE_NAME not in response.cookies
    if headers:
        assert response["HX-Retarget"] == f"#report-{comment.pk}"
        assert said(response) == "Say what is wrong with it."
    assert len(soup.select("#say")) == 1


@both_ways
def test_nobody_reports_their_own_words(client, comment, headers):
    client.force_login(comment.author)

    response = client.post(report_url(comment), {"reason": "spam"}, headers=headers)

    assert response.status_code == 422
    assert not Report.objects.exists()
    page = soup_of(client.get(thread_url(comment.article)))
    assert page.select(f'#comment-{comment.pk} a[href="{report_url(comment)}"]') == []


def test_the_form_stands_on_a_page_and_in_place(client, comment):
    page = soup_of(client.get(report_url(comment)))
    part = soup_of(client.get(report_url(comment), headers=HTMX))

    for soup in (page, part):
        form = soup.select_one(f"#report-{comment.pk}")
        assert form["action"] == form["hx-post"] == report_url(comment)
        reasons = [field["value"] for field in form.select("[name=reason]")]
        assert reasons == list(Report.Reason.values)
    assert page.html is not None
    assert part.html is None


@both_ways
def test_what_is_gone_cannot_be_reported(client, comment, headers):
    Comment.objects.filter(pk=comment.pk).update(status="removed", in_tree=False)

    for response in (
        client.get(report_url(comment), headers=headers),
        client.post(report_url(comment), {"reason": "spam"}, headers=headers),
    ):
        assert response.status_code == 404
    assert not Report.objects.exists()


@both_ways
def test_a_second_click_before_the_cookie_came_is_one_report(client, comment, headers):
    for _ in range(8):
        response = client.post(report_url(comment), {"reason": "spam"}, headers=headers)
        client.cookies.clear()

    assert Report.objects.count() == 1
    assert COOKIE_NAME not in response.cookies
    client.post(report_url(comment), {"reason": "spam"}, REMOTE_ADDR="198.51.100.7")
    assert Report.objects.count() == 2


@both_ways
def test_guests_behind_one_address_report_ten_times_a_minute(client, comment, headers, settings):
    settings.RATE_LIMITS = True
    others = [make_comment(comment.article, author=make_user()) for _ in range(11)]
    for other in others[:10]:
        client.post(report_url(other), {"reason": "spam"}, headers=headers)

    response = client.post(
        report_url(others[10]), {"reason": "spam", "note": "My words"}, headers=headers
    )

    assert response.status_code == 422
    assert 0 < int(response["Retry-After"]) <= 60
    form = soup_of(response).select_one(f"#report-{others[10].pk}")
    sentence = f"You can report again in {response['Retry-After']} seconds."
    assert words(form.select_one(".error")) == sentence
    assert form.textarea.get_text().strip() == "My words"
    assert Report.objects.count() == 10
    client.force_login(make_user())
    client.post(report_url(others[10]), {"reason": "spam"}, headers=headers)
    assert Report.objects.count() == 11
