"""The desk's pages as axe sees them."""

import pytest
from django.urls import reverse

from comments.moderation.services import report_comment
from comments.threads.people import Writer
from reader.hashtags.services import tag_article
from reader.related.services import pin_related
from tests.browser import axe
from tests.factories import make_article, make_comment, make_user
from tests.reader.desk.forms import change_of


@pytest.fixture
def desk(client, open_page, live_server):
    """A page of somebody who may do everything at the desk."""
    # The admin's sheets import others, which axe can look into only as styles of its own.
    page = open_page(bypass_csp=True)
    client.force_login(make_user(is_staff=True, is_superuser=True))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page


@pytest.mark.django_db(transaction=True)
def test_everything_to_fill_in_about_an_article_has_a_name(desk):
    article = make_article()
    pin_related(article, make_article("Other one"), by=None)
    tag_article(article, name="Ferry", by=None)

    desk.goto(reverse("admin:articles_article_add"))
    assert axe(desk) == []

    desk.goto(change_of(article))
    desk.click("text=Add another Related article")
    desk.get_by_role("combobox", name="Article of a new row").nth(1).wait_for()
    assert axe(desk) == []
    assert desk.get_by_label("State of Other one").input_value() == "pinned"


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_links_among_a_comment_s_words_can_be_told_from_them(desk):
    comment = make_comment()
    report_comment(comment, by=Writer(make_user()), reason="spam")

    desk.goto(reverse("admin:threads_comment_change", args=[comment.pk]))

    assert axe(desk) == []
