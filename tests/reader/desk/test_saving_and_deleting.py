"""An editor saves an article whose panels name another one, which is deleted at that moment."""

from time import sleep

import pytest
from django.db import connection

from reader.articles.models import Article
from reader.articles.services import delete_articles
from reader.related.models import RelatedLink
from reader.stories.models import StoryChange
from reader.stories.services import begin_story
from tests.at_once import at_once
from tests.factories import make_article, make_user
from tests.reader.desk.forms import change_of, form_of

pytestmark = pytest.mark.django_db(transaction=True)

# Who comes first stands still with what it holds; the other begins meanwhile.
SECOND_AFTER, FIRST_STANDS = 0.2, 0.6


def naming(panel, other):
    if panel == "related":
        return {
            "related_links-0-other": other.pk,
            "related_links-0-kind": "pinned",
            "related_links-0-reason": "Read this first",
        }
    return {
        "story_membership-0-do": "begin",
        "story_membership-0-beside": other.pk,
        "story_membership-0-reason": "Read this first",
    }


def standing_still():
    """Stand still with the articles that are held; SQLite lets one in at a time anyway."""

    def slowly(execute, sql, *rest):
        result = execute(sql, *rest)
        if 'FROM "articles_article"' in sql and "FOR UPDATE" in sql:
            sleep(FIRST_STANDS)
        return result

    return connection.execute_wrapper(slowly)


@pytest.fixture
def editor(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize(
    ("panel", "is_told"), [("related", False), ("story", False), ("both", False), ("both", True)]
)
def test_who_saves_and_who_deletes_do_not_wait_for_each_other(editor, panel, is_told):
    other, page, third = make_article(), make_article(), make_article()
    if is_told:
        begin_story([other.pk, page.pk, third.pk])
    RelatedLink.objects.all().delete()
    typed = form_of(editor.get(change_of(page)))
    if panel != "story":
        typed |= naming("related", other)
    if panel != "related":
        typed |= naming("story", other)
    answers = []

    def save():
        with standing_still():
            answers.append(editor.post(change_of(page), typed).status_code)

    def delete():
        sleep(SECOND_AFTER)
        delete_articles([other, page])

    assert at_once([save, delete]) == []
    assert answers == [302]
    assert list(Article.objects.all()) == [third]


@pytest.mark.parametrize("panel", ["related", "story"])
def test_what_was_typed_stays_when_the_article_it_names_goes_meanwhile(editor, panel):
    other, page = make_article(), make_article()
    RelatedLink.objects.all().delete()
    typed = form_of(editor.get(change_of(page)))
    typed |= naming(panel, other) | {"title": "A title that took long"}
    answers = []

    def delete():
        with standing_still():
            delete_articles([other])

    def save():
        sleep(SECOND_AFTER)
        answers.append(editor.post(change_of(page), typed))

    assert at_once([delete, save]) == []
    assert answers[0].status_code == 200
    words = answers[0].content.decode()
    assert "A title that took long" in words
    assert "Read this first" in words
    assert ("no such article" if panel == "story" else "Select a valid choice") in words
    page.refresh_from_db()
    assert page.title != "A title that took long"
    assert not RelatedLink.objects.exists()
    assert not StoryChange.objects.exists()
