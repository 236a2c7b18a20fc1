from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase
from django.utils import timezone

from reader.articles import services as articles
from reader.articles.importing import import_records
from reader.articles.models import Article
from reader.related.models import RelatedLink
from reader.related.services import (
    RelatedRefused,
    ban_related,
    clear_override,
    pin_imported,
    pin_related,
    relate_all,
    relate_articles,
    relate_waiting,
)
from reader.related.sidebar import sidebar_of
from tests.factories import make_article, make_user
from tests.reader.related.test_services import make_articles, quiet
from tests.reader.related.texts import ALONE, BRIDGE, FERRY


def sidebar(article):
    return [item.other for item in sidebar_of(article).items]


def decisions():
    return list(RelatedLink.objects.decided().order_by("pk").values())


class DecisionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("Ada")
        cls.ferry = make_articles(FERRY)
        cls.bridge = make_articles(BRIDGE)
        cls.alone = make_articles(ALONE)
        relate_all(say=quiet)
        cls.page = cls.ferry[0]

    def test_a_pin_stands_on_top_with_the_words_of_the_editor(self):
        link = pin_related(self.page, self.alone[0], by=self.editor, reason="For  the night shift")

        first = sidebar_of(self.page).items[0]
        self.assertEqual(first.other, self.alone[0])
        self.assertEqual(first.why_shown, "For the night shift")
        self.assertEqual(link.made_by, self.editor)

    def test_a_pin_without_a_reason_says_who_chose_it(self):
        link = pin_related(self.page, self.alone[0], by=self.editor)

        self.assertEqual(link.why_shown, "Chosen by an editor")
        self.assertEqual(sidebar_of(self.page).picks[0].why_shown, "Chosen by an editor")

    def test_pins_stand_by_slot_and_the_next_one_goes_below(self):
        pin_related(self.page, self.alone[0], by=self.editor, slot=2)
        pin_related(self.page, self.alone[1], by=self.editor, slot=1)
        pin_related(self.page, self.bridge[0], by=self.editor)

        self.assertEqual(sidebar(self.page)[:3], [self.alone[1], self.alone[0], self.bridge[0]])

    def test_of_two_pins_in_one_slot_the_newer_stands_first(self):
        pin_related(self.page, self.alone[0], by=self.editor, slot=1)
        pin_related(self.page, self.alone[1], by=self.editor, slot=1)

        self.assertEqual(sidebar(self.page)[:2], [self.alone[1], self.alone[0]])

    def test_a_pinned_article_does_not_stand_in_the_list_a_second_time(self):
        pin_related(self.page, self.ferry[1], by=self.editor)

        self.assertEqual(sidebar(self.page).count(self.ferry[1]), 1)

    def test_a_banned_article_is_gone_at_once_from_this_list_only(self):
        ban_related(self.page, self.ferry[1], by=self.editor, reason="Wrong ferry")

        self.assertNotIn(self.ferry[1], sidebar(self.page))
        self.assertIn(self.page, sidebar(self.ferry[1]))

    def test_what_was_worked_out_counts_again_at_once_when_a_decision_is_taken_back(self):
        before = sidebar(self.page)
        pin_related(self.page, self.alone[0], by=self.editor)
        ban_related(self.page, self.ferry[1], by=self.editor)

        self.assertTrue(clear_override(self.page, self.alone[0]))
        self.assertTrue(clear_override(self.page, self.ferry[1]))

        self.assertEqual(sidebar(self.page), before)
        self.assertFalse(clear_override(self.page, self.ferry[1]))

    def test_a_decision_replaces_the_one_before_it(self):
        pin_related(self.page, self.ferry[1], by=self.editor)
        ban_related(self.page, self.ferry[1], by=self.editor)

        link = RelatedLink.objects.decided().get()
        self.assertEqual((link.kind, link.slot), (RelatedLink.Kind.BANNED, None))

    def test_a_decision_ends_by_itself(self):
        before = sidebar(self.page)
        pin_related(
            self.page,
            self.alone[0],
            by=self.editor,
            expires_at=timezone.now() + timedelta(hours=1),
        )
        self.assertEqual(sidebar(self.page)[0], self.alone[0])

        RelatedLink.objects.decided().update(expires_at=timezone.now())

        self.assertEqual(sidebar(self.page), before)

    def test_an_end_in_the_past_is_refused(self):
        with self.assertRaisesMessage(RelatedRefused, "That moment has already passed."):
            pin_related(self.page, self.alone[0], by=self.editor, expires_at=timezone.now())

    def test_an_article_is_never_related_to_itself(self):
        with self.assertRaisesMessage(RelatedRefused, "An article cannot be related to itself."):
            pin_related(self.page, self.page, by=self.editor)
        with self.assertRaises(IntegrityError), transaction.atomic():
            RelatedLink.objects.create(article=self.page, other=self.page, kind="pinned")

    def test_a_reason_that_is_too_long_is_told_to_the_editor(self):
        with self.assertRaises(ValidationError):
            pin_related(self.page, self.alone[0], by=self.editor, reason="x" * 301)

    def test_no_recomputation_touches_a_decision(self):
        pin_related(self.page, self.alone[0], by=self.editor, reason="Because", slot=3)
        ban_related(self.page, self.ferry[1], by=self.editor, reason="No")
        pin_related(self.bridge[0], self.bridge[1], by=None)
        before = decisions()

        for _ in range(5):
            relate_all(say=quiet)
            relate_articles(Article.objects.values_list("pk", flat=True))
            relate_waiting(say=quiet)

        self.assertEqual(decisions(), before)
        self.assertNotIn(self.ferry[1], sidebar(self.page))
        self.assertEqual(sidebar(self.page)[0], self.alone[0])

    def test_a_decision_outlives_the_editor_who_made_it(self):
        pin_related(self.page, self.alone[0], by=self.editor)
        self.editor.delete()

        self.assertEqual(sidebar(self.page)[0], self.alone[0])


class ImportedPinTests(TestCase):
    RECORDS = [
        {"id": "m-1", "role": "main", "title": FERRY[0][0], "body": FERRY[0][1]},
        {"id": "r-1", "role": "related", "title": ALONE[0][0], "body": ALONE[0][1]},
        {"id": "r-2", "role": "related", "title": ALONE[1][0], "body": ALONE[1][1]},
        {"id": "m-2", "role": "main", "title": BRIDGE[0][0], "body": BRIDGE[0][1]},
        {"id": "r-3", "role": "related", "title": FERRY[1][0], "body": FERRY[1][1]},
    ]

    def setUp(self):
        import_records([dict(record) for record in self.RECORDS])
        self.main, self.r1, self.r2, self.main2, self.r3 = Article.objects.order_by("pk")

    def test_related_records_are_pins_of_their_main_record_before_anything_is_related(self):
        self.assertEqual(sidebar(self.main), [self.r1, self.r2])
        self.assertEqual(sidebar(self.main2), [self.r3])
        item = sidebar_of(self.main).items[0]
        self.assertEqual(item.why_shown, "From the imported record")

    def test_importing_again_changes_nothing(self):
        before = decisions()

        import_records([dict(record) for record in self.RECORDS])
        import_records([{**record, "licence": "CC0"} for record in self.RECORDS])

        self.assertEqual(decisions(), before)

    def test_pinning_what_is_pinned_makes_no_row_and_says_so(self):
        self.assertEqual(pin_imported([self.r1.pk, self.r2.pk, self.r3.pk]), 0)
        RelatedLink.objects.filter(other=self.r1).delete()
        self.assertEqual(pin_imported([self.r1.pk, self.r2.pk, self.r3.pk]), 1)

    def test_what_an_editor_unpinned_is_not_pinned_again(self):
        clear_override(self.main, self.r1)

        import_records([{**record, "licence": "CC0"} for record in self.RECORDS])
        articles.edit_article(self.r1, by=None, title="Another title")

        self.assertEqual(sidebar(self.main), [self.r2])

    def test_an_edit_outside_an_import_makes_no_pin_of_other_articles(self):
        stranger = make_article("Stranger")
        articles.edit_article(stranger, by=None, title="Still a stranger")

        self.assertEqual(sidebar(stranger), [])
