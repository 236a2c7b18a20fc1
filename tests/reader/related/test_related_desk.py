"""Both lists of an article at the desk: decided in plain forms, logged, and undone exactly."""

import random
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from reader.accounts.roles import AUTHOR, EDITOR
from reader.articles.models import Article
from reader.deciding import OUTDATED
from reader.related.models import RelatedChange, RelatedLink
from reader.related.services import (
    RelatedRefused,
    ban_related,
    clear_override,
    move_pin,
    pin_related,
    relate_all,
    relate_articles,
    relate_waiting,
    undo_last_change,
)
from reader.related.sidebar import sidebar_of
from tests.factories import make_article, make_user
from tests.reader.related.test_services import make_articles, quiet
from tests.reader.related.texts import ALONE, BRIDGE, FERRY


def decisions():
    return list(RelatedLink.objects.decided().order_by("pk").values())


def picks(article):
    return [item.other for item in sidebar_of(article).picks]


class UndoTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor, cls.other_editor = make_user("Ada"), make_user("Ben")
        cls.page, cls.one, cls.two, cls.three = [make_article(f"A {n}") for n in range(4)]

    def test_each_change_is_undone_exactly_and_undoing_again_goes_further_back(self):
        until = timezone.now() + timedelta(days=2, microseconds=7)
        steps = [
            lambda: pin_related(self.page, self.one, by=self.editor, reason="First"),
            lambda: pin_related(self.page, self.two, by=self.other_editor, expires_at=until),
            lambda: pin_related(self.page, self.three, by=None, slot=1),
            lambda: move_pin(self.page, self.two, to=1, by=self.editor),
            lambda: ban_related(self.page, self.one, by=self.editor, reason="Wrong after all"),
            lambda: clear_override(self.page, self.two, by=self.editor, reason="Old"),
            lambda: pin_related(self.page, self.two, by=self.editor),
        ]
        states = [decisions()]
        for step in steps:
            step()
            states.append(decisions())
        self.assertEqual(len({str(state) for state in states}), len(steps) + 1)

        for expected in reversed(states[:-1]):
            undo_last_change(self.page, by=self.editor)
            self.assertEqual(decisions(), expected)
        with self.assertRaisesMessage(RelatedRefused, "There is nothing to undo."):
            undo_last_change(self.page, by=self.editor)

    def test_whatever_is_done_and_undone_in_whatever_order_the_state_is_the_one_before(self):
        chance = random.Random(5)
        others = [self.one, self.two, self.three]
        states = [decisions()]
        for _ in range(150):
            if len(states) > 1 and chance.random() < 0.4:
                undo_last_change(self.page, by=self.editor)
                states.pop()
                self.assertEqual(decisions(), states[-1])
                continue
            before = RelatedChange.objects.count()
            other = chance.choice(others)
            do = chance.choice(["pin", "ban", "clear", "move"])
            if do == "pin":
                pin_related(self.page, other, by=self.editor, slot=chance.choice([None, 1, 3]))
            elif do == "ban":
                ban_related(self.page, other, by=self.editor, reason="No")
            elif do == "clear":
                clear_override(self.page, other, by=self.editor)
            elif other in picks(self.page):
                move_pin(self.page, other, to=chance.randint(1, 3), by=self.editor)
            if RelatedChange.objects.count() > before:
                states.append(decisions())

    def test_another_list_is_left_alone(self):
        pin_related(self.two, self.one, by=self.editor)
        pin_related(self.page, self.one, by=self.editor)

        undo_last_change(self.page, by=self.editor)

        self.assertEqual(picks(self.two), [self.one])
        self.assertEqual(picks(self.page), [])

    def test_the_log_says_who_did_what_when_and_why_and_who_took_it_back(self):
        pin_related(self.page, self.one, by=self.editor, reason="Read  this")
        undo_last_change(self.page, by=self.other_editor)

        change = RelatedChange.objects.get()
        self.assertEqual(
            (change.kind, change.other, change.made_by, change.reason, change.undone_by),
            ("pin", self.one, self.editor, "Read this", self.other_editor),
        )
        self.assertEqual(change.words, "pinned A 1")

    def test_what_an_editor_did_not_see_is_not_undone(self):
        pin_related(self.page, self.one, by=self.editor)
        seen = RelatedChange.objects.get().pk
        pin_related(self.page, self.two, by=self.other_editor)

        with self.assertRaisesMessage(RelatedRefused, "Somebody changed the list meanwhile."):
            undo_last_change(self.page, by=self.editor, change_id=seen)
        self.assertEqual(picks(self.page), [self.one, self.two])

    def test_an_editor_and_an_article_that_are_gone_stop_no_undo(self):
        pin_related(self.page, self.one, by=self.editor)
        pin_related(self.page, self.one, by=self.other_editor, reason="Again")
        self.editor.delete()
        undo_last_change(self.page, by=None)
        self.assertEqual(RelatedLink.objects.decided().get().made_by, None)

        self.one.delete()
        undo_last_change(self.page, by=None)
        self.assertEqual(RelatedChange.objects.first().words, "pinned an article that is gone")


class MoveTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.page, cls.a, cls.b, cls.c = [make_article(f"A {n}") for n in range(4)]
        for other in (cls.a, cls.b, cls.c):
            pin_related(cls.page, other, by=None)

    def test_a_pin_goes_where_it_is_sent_and_the_others_close_up(self):
        self.assertEqual(move_pin(self.page, self.c, to=1, by=None), 1)
        self.assertEqual(picks(self.page), [self.c, self.a, self.b])
        self.assertEqual(move_pin(self.page, self.c, to=99, by=None), 3)
        self.assertEqual(picks(self.page), [self.a, self.b, self.c])

    def test_staying_where_it_is_is_no_change(self):
        count = RelatedChange.objects.count()

        move_pin(self.page, self.a, to=1, by=None)

        self.assertEqual(RelatedChange.objects.count(), count)

    def test_only_pins_have_a_place(self):
        clear_override(self.page, self.b)

        with self.assertRaisesMessage(RelatedRefused, "Only a pinned article has a place."):
            move_pin(self.page, self.b, to=1, by=None)


class RecomputeTests(TestCase):
    def test_no_recomputation_touches_a_decision_its_order_or_the_log(self):
        self.recompute(times=15)

    @pytest.mark.full
    def test_ten_thousand_recomputations_leave_all_as_it_was(self):
        self.recompute(times=10_000)

    def recompute(self, *, times):
        editor = make_user("Ada")
        ferry, bridge, alone = map(make_articles, (FERRY, BRIDGE, ALONE))
        everything = [article.pk for article in (*ferry, *bridge, *alone)]
        relate_all(say=quiet)
        until = timezone.now() + timedelta(days=900)
        for page in (ferry[0], bridge[0]):
            pin_related(page, alone[0], by=editor, reason="Because", slot=3, expires_at=until)
            pin_related(page, alone[1], by=editor)
            move_pin(page, alone[1], to=1, by=editor)
        ban_related(ferry[0], ferry[1], by=editor, reason="No", expires_at=until)
        ban_related(bridge[0], bridge[1], by=editor)
        kept = decisions(), list(RelatedChange.objects.order_by("pk").values())
        shown = [item.other for item in sidebar_of(ferry[0]).items]

        for turn in range(times):
            if turn % 5 == 0:
                relate_all(say=quiet)
            elif turn % 5 == 1:
                relate_waiting(say=quiet)
            else:
                relate_articles([everything[turn % len(everything)]])

        self.assertEqual(decisions(), kept[0])
        self.assertEqual(list(RelatedChange.objects.order_by("pk").values()), kept[1])
        self.assertEqual([item.other for item in sidebar_of(ferry[0]).items], shown)
        self.assertNotIn(ferry[1], shown)


class DeskPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("Ed", is_staff=True)
        cls.editor.groups.add(Group.objects.get(name=EDITOR))
        cls.page = make_article("The page")
        cls.found = [make_article(f"Found {n}") for n in range(1, 4)]
        RelatedLink.objects.all().delete()
        for place, other in enumerate(cls.found):
            RelatedLink.objects.create(
                article=cls.page, other=other, kind="automatic", score=0.9 - place / 10,
                why=f"Both mention word {place}",
            )  # fmt: skip
        cls.address = reverse("admin:related_of_article", args=[cls.page.pk])

    def setUp(self):
        self.client.force_login(self.editor)

    def side(self, name):
        page = BeautifulSoup(self.client.get(self.address).content, "html.parser")
        column = page.select_one(f"section[aria-labelledby={name}]")
        return [line.get_text(strip=True) for line in column.select(".lists__headline")]

    def press(self, label, **typed):
        """Fill in and send a form of the page as a browser without scripts would."""
        page = BeautifulSoup(self.client.get(self.address).content, "html.parser")
        button = page.find("button", attrs={"aria-label": label}) or page.find(
            "button", string=label
        )
        fields = button.find_parent("form").select("input[name]")
        filled = {field["name"]: field.get("value", "") for field in fields}
        return self.client.post(self.address, filled | typed | {"do": button["value"]})

    def readers(self):
        page = BeautifulSoup(self.client.get(self.page.get_absolute_url()).content, "html.parser")
        return [item.h3.get_text(strip=True) for item in page.select(".related li")]

    def test_both_lists_stand_side_by_side(self):
        self.press("Ban: Found 1", reason="Wrong ferry")

        self.assertEqual(self.side("worked-out"), ["Found 1", "Found 2", "Found 3"])
        self.assertEqual(self.side("final"), ["Found 2", "Found 3", "Found 1"])
        self.assertContains(self.client.get(self.address), "Banned by Ed")
        self.assertEqual(self.readers(), ["Found 2", "Found 3"])

    def test_a_decision_is_seen_by_readers_with_the_very_next_page(self):
        answer = self.press("Pin: Found 3", reason="Read this")
        self.assertEqual((answer.status_code, answer["Location"]), (303, self.address))
        self.assertEqual(self.readers(), ["Found 3", "Found 1", "Found 2"])
        self.assertContains(self.client.get(self.page.get_absolute_url()), "Read this")

        self.press("Unpin: Found 3")
        self.assertEqual(self.readers(), ["Found 1", "Found 2", "Found 3"])

    def test_pins_are_reordered_by_up_down_and_by_number(self):
        for other in self.found:
            self.press(f"Pin: {other.headline}")
        self.assertEqual(self.readers(), ["Found 1", "Found 2", "Found 3"])

        self.press("Up: Found 3")
        self.assertEqual(self.readers(), ["Found 1", "Found 3", "Found 2"])
        self.press("Down: Found 1")
        self.assertEqual(self.readers(), ["Found 3", "Found 1", "Found 2"])
        self.press("To that place: Found 2", slot="1")
        self.assertEqual(self.readers(), ["Found 2", "Found 3", "Found 1"])

    def test_enter_after_a_place_goes_there(self):
        self.press("Pin: Found 1")
        page = BeautifulSoup(self.client.get(self.address).content, "html.parser")

        form = page.select_one(".lists__move:has(input[name=slot])")

        self.assertEqual(form.button.get_text(strip=True), "Go")

    def test_a_pin_is_said_to_stand_where_it_stands(self):
        answer = self.press("Pin", other=str(self.found[0].pk), slot="5")

        self.assertContains(self.client.get(answer["Location"]), "Pinned at place 1: Found 1")

    def test_below_a_pin_with_the_last_number_another_can_be_pinned(self):
        self.press("Pin", other=str(self.found[0].pk), slot="99")
        self.press("Pin: Found 2")
        self.assertEqual(self.readers(), ["Found 1", "Found 2", "Found 3"])
        self.press("Save: Found 2", reason="Second")

        page = BeautifulSoup(self.client.get(self.address).content, "html.parser")

        for field in page.select("input[name=slot]"):
            self.assertIn(field["value"] if field.get("value") else "", ["", "1", "2", "99"])
        self.assertEqual(self.readers(), ["Found 1", "Found 2", "Found 3"])

    def test_undo_puts_back_what_readers_saw(self):
        self.press("Ban: Found 1")
        self.press("Pin: Found 3")

        self.press("Undo it")
        self.assertEqual(self.readers(), ["Found 2", "Found 3"])
        self.press("Undo it")
        self.assertEqual(self.readers(), ["Found 1", "Found 2", "Found 3"])
        self.assertContains(self.client.get(self.address), "all of it was undone")

    def test_any_article_is_named_by_its_number_or_its_address(self):
        strange, stranger = make_article("Strange"), make_article("Stranger")

        self.press("Pin", other=f"http://testserver{strange.get_absolute_url()}")
        self.press("Pin", other=str(stranger.pk), slot="1")

        self.assertEqual(self.readers()[:2], ["Stranger", "Strange"])

    def test_what_makes_no_sense_gets_a_sentence_and_the_words_are_kept(self):
        for typed, sentence in (
            ({"other": "nowhere"}, "There is no such article."),
            ({"other": "http://[x"}, "There is no such article."),
            ({"other": str(self.page.pk)}, "An article cannot be related to itself."),
            (
                {"other": str(self.found[0].pk), "expires_at": "2020-01-01T10:00"},
                "That moment has already passed.",
            ),
            ({"other": str(self.found[0].pk), "reason": "x" * 301}, "at most 300 characters"),
        ):
            with self.subTest(typed=typed):
                answer = self.press("Pin", **({"reason": "Kept words"} | typed))
                self.assertContains(answer, sentence, status_code=422)
                self.assertContains(answer, typed["other"], status_code=422)
        self.assertFalse(RelatedLink.objects.decided().exists())

    def test_a_button_of_an_old_page_says_that_things_have_changed(self):
        endless = "9" * 5000
        for do in (
            "clear:9999", "up:x", "undo:77", f"undo:{endless}", f"up:{endless}", "nonsense", "",
        ):  # fmt: skip
            answer = self.client.post(self.address, {"do": do})
            self.assertEqual(answer.status_code, 422)
        self.press("Pin: Found 1")
        answer = self.client.post(self.address, {"do": "undo:1234567"})
        self.assertContains(answer, "Somebody changed the list meanwhile", status_code=422)
        self.assertEqual(self.readers()[0], "Found 1")

    def test_what_a_colleague_decided_after_the_page_was_made_is_not_overwritten(self):
        def pin():
            pin_related(self.page, self.found[1], by=None)

        def undo():
            undo_last_change(self.page, by=None)

        for do, colleague, kept in (("ban", pin, ["pinned"]), ("pin", undo, [])):
            page = BeautifulSoup(self.client.get(self.address).content, "html.parser")
            seen = {field["value"] for field in page.select("input[name=seen]")}
            self.assertEqual(len(seen), 1)
            colleague()
            typed = {"do": do, "other": self.found[1].pk, "reason": "Not this", "seen": seen.pop()}

            answer = self.client.post(self.address, typed)

            self.assertContains(answer, OUTDATED, status_code=422)
            self.assertContains(answer, "Not this", status_code=422)
            decided = RelatedLink.objects.decided().values_list("kind", flat=True)
            self.assertEqual(list(decided), kept)
        # Whoever has seen that may decide.
        page = BeautifulSoup(answer.content, "html.parser")
        typed["seen"] = page.select_one("#decide ~ form input[name=seen]")["value"]
        self.assertEqual(self.client.post(self.address, typed).status_code, 303)

    def test_a_pin_that_readers_cannot_see_waits_in_a_list_of_its_own(self):
        secret = make_article("Secret", embargo_until=timezone.now() + timedelta(days=1))

        self.press("Pin", other=str(secret.pk))

        self.assertContains(self.client.get(self.address), "readers cannot see it now")
        self.assertNotIn("Secret", self.readers())

    def test_a_pin_that_readers_cannot_see_keeps_its_place(self):
        secret = make_article("Secret", embargo_until=timezone.now() + timedelta(days=1))
        self.press("Pin", other=str(secret.pk))
        self.press("Pin: Found 1")
        pins = RelatedLink.objects.decided().order_by("slot")
        self.assertEqual([(p.other, p.slot) for p in pins], [(secret, 1), (self.found[0], 2)])

        page = BeautifulSoup(self.client.get(self.address).content, "html.parser")
        typed = [field["value"] for field in page.select("section input[name=slot][value]")]
        # Found 1 stands second and can be moved up; the form of each other article says third.
        self.assertEqual(typed, ["3", "3", "2", "2", "3", "3", "3"])
        self.press("Save: Found 1", reason="Other words")
        self.assertEqual([(p.other, p.slot) for p in pins.all()], [(secret, 1), (self.found[0], 2)])
        self.press("Up: Found 1")
        self.press("Save: Found 1", reason="Others again")
        self.press("Pin: Found 2")
        self.assertEqual(
            [(p.other, p.slot) for p in pins.all()],
            [(self.found[0], 1), (secret, 2), (self.found[1], 3)],
        )

    def test_what_editors_decide_about_a_draft_can_be_seen_before_readers_do(self):
        draft = make_article("Draft", status="draft")
        pin_related(draft, self.found[0], by=self.editor)

        answer = self.client.get(reverse("admin:related_of_article", args=[draft.pk]))
        self.assertContains(answer, "Readers cannot see this article now.")
        self.assertContains(answer, "Unpin: Found 1")

    def test_only_editors_come_here(self):
        author = make_user("Au", is_staff=True)
        author.groups.add(Group.objects.get(name=AUTHOR))
        self.client.force_login(author)

        for method in (self.client.get, self.client.post):
            self.assertEqual(method(self.address).status_code, 403)
        self.assertNotContains(self.client.get(self.page.get_absolute_url()), "Pin, ban or reorder")
        self.client.logout()
        self.assertIn("/login/", self.client.post(self.address, {"do": "undo:1"})["Location"])

    def test_editors_are_led_here_from_the_article_and_its_form(self):
        for place in (
            self.page.get_absolute_url(),
            reverse("admin:articles_article_change", args=[self.page.pk]),
        ):
            self.assertContains(self.client.get(place), f'href="{self.address}"')

    def test_the_log_of_all_lists_leads_to_each(self):
        self.press("Ban: Found 1", reason="Wrong ferry")

        log = self.client.get(reverse("admin:related_relatedchange_changelist"))
        self.assertContains(log, self.address)
        self.assertContains(log, "Wrong ferry")

    def test_hostile_words_are_shown_and_not_obeyed(self):
        bad = make_article("<script>alert(1)</script>")
        pin_related(self.page, bad, by=self.editor, reason='"><img src=x onerror=alert(1)>')

        page = BeautifulSoup(self.client.get(self.address).content, "html.parser")
        self.assertEqual(page.select("img[src=x], .decisions script"), [])

    def test_it_costs_the_same_however_much_was_decided(self):
        self.press("Pin: Found 1")
        with self.assertNumQueries(COST):
            self.client.get(self.address)
        for other in self.found[1:]:
            self.press(f"Pin: {other.headline}")
        with self.assertNumQueries(COST):
            self.client.get(self.address)


COST = 10


def test_an_export_has_what_was_decided_a_moment_ago(db, capsys):
    page, other = make_article("The page"), make_article("Picked now", record_id="r-1")
    pin_related(page, other, by=None)

    call_command("export_related", top=5)

    assert '"r-1"' in capsys.readouterr().out.splitlines()[0]
    assert Article.objects.count() == 2
