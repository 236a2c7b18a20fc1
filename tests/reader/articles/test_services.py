"""Changes to articles: the gate, revisions and what is announced."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import TestCase
from django.utils import timezone

from reader.articles import services
from reader.articles.models import Article, Section
from tests.factories import make_article, make_publisher, make_section, make_user


def visible() -> set[int]:
    return set(Article.objects.visible().values_list("pk", flat=True))


class GateTests(TestCase):
    def test_only_what_is_published_and_past_its_embargo_is_visible(self):
        now = timezone.now()
        hour = timedelta(hours=1)
        shown = make_article()
        states = {
            "draft": make_article(status="draft"),
            "scheduled": make_article(status="scheduled", published_at=now + hour),
            "embargoed": make_article(status="scheduled", embargo_until=now + hour),
        }
        withdrawn = services.withdraw_article(make_article())

        assert visible() == {shown.pk}
        assert not any(article.is_visible for article in [*states.values(), withdrawn])
        assert shown.is_visible

    def test_a_scheduled_article_opens_by_the_clock_alone(self):
        article = make_article(
            status="scheduled", published_at=timezone.now() - timedelta(seconds=1)
        )

        assert article.status == "scheduled"
        assert visible() == {article.pk}

    def test_what_falls_due_is_marked_once(self):
        late = make_article(status="scheduled", hours_ago=1)
        early = make_article(status="scheduled", published_at=timezone.now() + timedelta(hours=1))

        assert services.publish_due_articles() == 1
        assert services.publish_due_articles() == 0

        late.refresh_from_db()
        early.refresh_from_db()
        assert (late.status, early.status) == ("published", "scheduled")

    def test_an_embargo_outlasts_the_publication(self):
        embargo = timezone.now() + timedelta(hours=2)
        article = services.publish_article(make_article(status="draft"), embargo_until=embargo)

        assert article.status == "scheduled"
        assert article.shown_from == embargo
        assert visible() == set()

    def test_a_withdrawn_article_can_come_back(self):
        article = services.withdraw_article(make_article(hours_ago=5))
        published_at = article.published_at

        article = services.publish_article(article)

        assert visible() == {article.pk}
        assert article.published_at == published_at

    def test_the_database_itself_refuses_a_gate_that_does_not_fit(self):
        article = make_article()
        for wrong in (
            {"shown_from": None},
            {"status": "draft"},
            {"status": "lost"},
            {"embargo_until": timezone.now() + timedelta(days=1)},
            {"comment_count": -1},
        ):
            with (
                self.subTest(wrong=wrong),
                pytest.raises(IntegrityError),
                transaction.atomic(),
            ):
                Article.objects.filter(pk=article.pk).update(**wrong)


class EditTests(TestCase):
    def test_a_change_of_words_is_a_revision_and_the_first_is_kept(self):
        editor = make_user("Ada")
        article = make_article("Before", text="Old words.")

        services.edit_article(
            article, by=editor, reason="Typo", title="After", body_html="<p>New <b>words</b>.</p>"
        )

        article.refresh_from_db()
        assert (article.title, article.body_text) == ("After", "New words.")
        assert article.slug == "after"
        revisions = [
            (r.number, r.title, r.body_text, r.made_by, r.reason)
            for r in article.revisions.order_by("number")
        ]
        assert revisions == [
            (1, "Before", "Old words.", None, ""),
            (2, "After", "New words.", editor, "Typo"),
        ]

    def test_a_change_of_section_is_none(self):
        section = make_section("Science")
        article = make_article()

        article = services.edit_article(article, by=None, section=section)

        assert article.section == section
        assert article.revision_number == 1
        assert article.revisions.count() == 1

    def test_hostile_markup_never_reaches_the_page(self):
        article = services.edit_article(
            make_article(), by=None, body_html="<p>Fine</p><script>alert(1)</script>"
        )

        assert article.body_html == "<p>Fine</p>"

    def test_a_field_that_has_its_own_service_is_refused(self):
        with pytest.raises(TypeError, match="status"):
            services.edit_article(make_article(), by=None, status="withdrawn")


class NameTests(TestCase):
    def test_sections_are_one_whatever_their_case(self):
        assert services.section_named("us politics") == services.section_named("US Politics")
        assert Section.objects.get().name == "Us politics"

    def test_publishers_that_slug_alike_stay_apart(self):
        slugs = [make_publisher(name).slug for name in ("The Day!", "The Day", "The-Day")]

        assert slugs == ["the-day", "the-day-2", "the-day-3"]

    def test_a_name_without_letters_still_has_an_address(self):
        assert make_publisher("!!!").slug == "publisher"
        assert make_publisher("光明").slug == "光明"


class CommentCountTests(TestCase):
    def test_the_count_moves_by_what_it_is_told(self):
        article = make_article()
        services.adjust_comment_count(article.pk, by=3)
        services.adjust_comment_count(article.pk, by=-1)

        article.refresh_from_db()
        assert article.comment_count == 2
