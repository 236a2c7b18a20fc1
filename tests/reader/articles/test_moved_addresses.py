"""An address that was left behind leads to the right one, and never in a circle."""

import pytest

from reader.articles.services import edit_article
from tests.factories import make_article


@pytest.mark.django_db
def test_what_was_asked_of_the_old_address_is_asked_of_the_new_one(client):
    article = make_article("Ferry late again")

    answer = client.get(f"/articles/{article.pk}/ferry-early/?utm_source=a%20b")

    assert answer.status_code == 301
    assert answer["Location"] == f"{article.get_absolute_url()}?utm_source=a%20b"


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_a_headline_that_becomes_again_what_it_was_leads_nobody_in_a_circle(open_page):
    page = open_page()
    article = make_article("Ferry late again")
    first = article.get_absolute_url()
    article = edit_article(article, by=None, title="Ferry on time")
    page.goto(first)
    second = article.get_absolute_url()
    assert page.url.endswith(second)

    edit_article(article, by=None, title="Ferry late again")
    page.goto(second)

    assert page.url.endswith(first)
    assert page.inner_text("h1") == "Ferry late again"
