"""What moderators can do with comments in the admin."""

from unittest.mock import patch

from django.contrib.auth.models import Group
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comments.moderation.admin import CommentAdmin, LatestPaginator
from comments.moderation.models import ModerationAction
from comments.moderation.services import report_comment
from comments.threads.people import Writer
from comments.threads.services import edit_comment, post_comment, withdraw_comment
from reader.accounts.roles import EDITOR, MODERATOR
from tests.factories import make_article, make_user

LIST = reverse("admin:threads_comment_changelist")


def change(comment):
    return reverse("admin:threads_comment_change", args=[comment.pk])


class ModeratorTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator = make_user("Mo", is_staff=True)
        cls.moderator.groups.add(Group.objects.get(name=MODERATOR))
        cls.writer = make_user("Wes")
        cls.article = make_article()

    def setUp(self):
        self.client.force_login(self.moderator)

    def comment(self, text="A comment to judge.", **fields):
        return post_comment(self.article, text=text, author=self.writer, **fields).comment

    def page(self):
        return self.client.get(self.article.get_absolute_url()).content.decode()

    def test_a_removed_comment_leaves_the_page_at_once_and_the_reason_stays_in_the_log(self):
        comment = self.comment("Buy my boats.")
        assert "Buy my boats." in self.page()

        self.client.post(
            change(comment),
            {"decision": "remove", "reason": "Advertising", "revision_no": comment.revision_no},
        )

        assert "Buy my boats." not in self.page()
        self.article.refresh_from_db()
        assert self.article.comment_count == 0
        action = ModerationAction.objects.get()
        assert (action.kind, action.reason, action.moderator) == (
            "remove",
            "Advertising",
            self.moderator,
        )

    def test_a_removal_without_a_reason_is_refused_with_a_sentence(self):
        comment = self.comment()

        response = self.client.post(change(comment), {"decision": "remove", "reason": " "})

        self.assertContains(response, "Say why it is removed.")
        assert "A comment to judge." in self.page()

    def test_a_decision_about_words_that_have_changed_since_is_refused(self):
        comment = self.comment("Harmless.")
        seen = comment.revision_no
        edit_comment(comment, text="Buy my boats.", by=Writer(user=self.writer))

        self.client.post(
            change(comment), {"decision": "approve", "reason": "", "revision_no": seen}
        )

        assert not ModerationAction.objects.exists()

    def test_a_held_comment_appears_once_it_is_approved(self):
        comment = self.comment("Waiting words.", held=True)
        assert "Waiting words." not in self.page()

        self.client.post(LIST, {"action": "approve", "_selected_action": [comment.pk]})

        assert "Waiting words." in self.page()

    def test_many_are_removed_at_once_with_one_reason(self):
        comments = [self.comment(f"Spam number {n}.") for n in range(3)]

        self.client.post(
            LIST,
            {
                "action": "remove",
                "reason": "Spam",
                "_selected_action": [c.pk for c in comments[:2]],
            },
        )

        assert ModerationAction.objects.filter(kind="remove", reason="Spam").count() == 2
        assert "Spam number 2." in self.page()
        assert "Spam number 1." not in self.page()

    def test_many_without_a_reason_are_left_alone(self):
        comment = self.comment()

        response = self.client.post(
            LIST, {"action": "remove", "_selected_action": [comment.pk]}, follow=True
        )

        self.assertContains(response, "Say why they are removed.")
        assert not ModerationAction.objects.exists()

    def test_reported_comments_are_listed_with_what_was_said(self):
        reported, other = self.comment("Reported words."), self.comment("Other words.")
        report_comment(reported, by=Writer(user=make_user()), reason="spam", note="Third time")

        listed = self.client.get(LIST, {"reported": "open"})

        self.assertContains(listed, "Reported words.")
        self.assertNotContains(listed, other.body_src)
        self.assertContains(self.client.get(change(reported)), "Third time")

    def test_hostile_words_are_shown_not_obeyed(self):
        comment = self.comment("<script>alert(1)</script>")

        for address in (LIST, change(comment)):
            self.assertNotContains(self.client.get(address), "<script>alert(1)")

    def test_nobody_reads_or_finds_withdrawn_words_at_the_desk(self):
        comment, other = self.comment("Xylophone of regrets."), self.comment("Xylophone of joy.")
        report_comment(comment, by=Writer(user=make_user()), reason="spam")
        reports = reverse("admin:moderation_report_changelist")
        addresses = (LIST, change(comment), f"{LIST}?reported=open", reports)
        for address in addresses:
            self.assertContains(self.client.get(address), "of regrets")

        withdraw_comment(comment, by=Writer(user=self.writer))

        for address in addresses:
            answer = self.client.get(address)
            self.assertNotContains(answer, "of regrets")
            self.assertContains(answer, "Withdrawn by its author")
        found = self.client.get(LIST, {"q": "xylophone"})
        self.assertContains(found, change(other))
        self.assertNotContains(found, change(comment))
        guessed = self.client.get(LIST, {"body_src__startswith": "Xylophone of r"}, follow=True)
        assert guessed.status_code == 400

    def test_the_latest_are_listed_without_counting_all_there_are(self):
        comments = [self.comment(f"Number {n}.") for n in range(4)]

        with (
            patch.object(LatestPaginator, "rows", 3),
            patch.object(CommentAdmin, "list_per_page", 2),
            CaptureQueriesContext(connection) as asked,
        ):
            first, last = self.client.get(LIST), self.client.get(LIST, {"p": 2})

        assert [row.pk for row in first.context["cl"].result_list] == [
            comment.pk for comment in comments[:1:-1]
        ]
        assert [row.pk for row in last.context["cl"].result_list] == [comments[1].pk]
        counts = [query["sql"] for query in asked if "COUNT(" in query["sql"]]
        assert len(counts) == 2
        assert all("LIMIT 3" in sql for sql in counts)
        assert "is_picked" not in first.content.decode()

    def test_an_editor_is_no_moderator(self):
        editor = make_user("Ed", is_staff=True)
        editor.groups.add(Group.objects.get(name=EDITOR))
        self.client.force_login(editor)
        comment = self.comment()

        assert self.client.get(LIST).status_code == 403
        self.client.post(change(comment), {"decision": "remove", "reason": "No"})

        assert not ModerationAction.objects.exists()
