"""Related articles and hashtags in the admin: what an editor decides is on the page at once."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.test import TestCase
from django.urls import reverse

from reader.accounts.roles import EDITOR
from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.hashtags.services import block_hashtag, tag_article
from reader.related.models import RelatedLink
from reader.related.services import pin_related
from reader.related.sidebar import sidebar_of
from tests.factories import make_article, make_user
from tests.reader.desk.forms import change_of, form_of


class DeskTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("Ed", is_staff=True)
        cls.editor.groups.add(Group.objects.get(name=EDITOR))

    def setUp(self):
        self.client.force_login(self.editor)

    def save(self, article, **changes):
        filled = form_of(self.client.get(change_of(article)))
        return self.client.post(change_of(article), filled | changes)

    def related_titles(self, article):
        shown = sidebar_of(article).items
        page = self.client.get(article.get_absolute_url()).content.decode()
        titles = [item.other.headline for item in shown]
        assert all(title in page for title in titles)
        return titles


class RelatedPanelTests(DeskTestCase):
    def test_a_pin_stands_first_with_the_editors_words_and_ends_when_it_is_taken_back(self):
        article, other = make_article("The page"), make_article("Pinned one")

        self.save(
            article,
            **{
                "related_links-0-other": other.pk,
                "related_links-0-kind": "pinned",
                "related_links-0-reason": "Read this first",
            },
        )

        assert self.related_titles(article) == ["Pinned one"]
        self.assertContains(self.client.get(article.get_absolute_url()), "Read this first")
        assert RelatedLink.objects.decided().get().made_by == self.editor

        self.save(article, **{"related_links-0-kind": "automatic"})

        assert not RelatedLink.objects.decided().in_force().exists()

    def test_a_ban_takes_out_what_the_machine_found(self):
        text = "Ferry harbour engines stopped midwater while the crew radioed Tansy pilots. " * 8
        article = make_article("Ferry stopped", text=text)
        other = make_article("Ferry engines failed", text=text.replace("crew", "captain") + text)
        RelatedLink.objects.filter(article=article).delete()
        RelatedLink.objects.create(
            article=article, other=other, kind="automatic", score=0.5, why="Both mention the ferry"
        )
        assert self.related_titles(article) == ["Ferry engines failed"]

        self.save(article, **{"related_links-0-kind": "banned"})

        assert self.related_titles(article) == []

    def found(self, article, title="Ferry engines failed", **fields):
        RelatedLink.objects.filter(article=article).delete()
        fields = {"kind": "automatic", "score": 0.5, "why": "Both mention the ferry"} | fields
        other = make_article(title)
        return RelatedLink.objects.create(article=article, other=other, **fields)

    def test_what_the_machine_took_back_meanwhile_is_no_error(self):
        article = make_article()
        link = self.found(article)
        filled = form_of(self.client.get(change_of(article)))
        link.delete()

        answer = self.client.post(change_of(article), filled | {"title": "Another headline"})

        assert answer.status_code == 302
        article.refresh_from_db()
        assert article.title == "Another headline"
        assert not RelatedLink.objects.filter(article=article).exists()

    def test_what_the_editor_decided_about_it_holds_all_the_same(self):
        for kind in ("pinned", "banned"):
            with self.subTest(kind=kind):
                article = make_article()
                link = self.found(article)
                filled = form_of(self.client.get(change_of(article)))
                link.delete()

                filled |= {"related_links-0-kind": kind, "related_links-0-reason": "It matters"}
                assert self.client.post(change_of(article), filled).status_code == 302

                made = RelatedLink.objects.get(article=article)
                assert (made.other_id, made.kind, made.reason) == (
                    link.other_id,
                    kind,
                    "It matters",
                )

    def test_a_decision_about_an_article_that_is_gone_is_said_and_the_rest_is_kept(self):
        article = make_article()
        link = self.found(article)
        filled = form_of(self.client.get(change_of(article)))
        link.other.delete()

        typed = {"title": "Another headline", "related_links-0-kind": "pinned"}
        answer = self.client.post(change_of(article), filled | typed)

        self.assertContains(answer, "That choice is not one of the available choices.")
        self.assertContains(answer, "Another headline")
        undone = form_of(answer) | {"related_links-0-kind": "automatic"}
        assert self.client.post(change_of(article), undone).status_code == 302

    def test_a_page_does_not_take_back_what_a_colleague_decided_meanwhile(self):
        article = make_article()
        link = self.found(article, kind="pinned", slot=1)
        filled = form_of(self.client.get(change_of(article)))
        pin_related(article, link.other, slot=7, reason="Rather below", by=self.editor)

        self.client.post(change_of(article), filled | {"title": "Another headline"})

        pin = RelatedLink.objects.decided().get()
        assert (pin.slot, pin.reason) == (7, "Rather below")

    def test_an_article_is_not_related_to_itself(self):
        article = make_article()

        response = self.save(
            article,
            **{"related_links-0-other": article.pk, "related_links-0-kind": "pinned"},
        )

        self.assertContains(response, "An article cannot be related to itself.")
        assert not RelatedLink.objects.exists()


class HashtagPanelTests(DeskTestCase):
    def shown(self, article):
        links = ArticleHashtag.objects.for_articles([article.pk])
        return [str(link.hashtag) for link in links]

    def test_a_hashtag_is_added_and_taken_off_for_good(self):
        article = make_article("Quiet", text="Nothing to see.")

        self.save(article, **{"hashtag_links-0-name": "#Harbour", "hashtag_links-0-state": "shown"})

        assert self.shown(article) == ["#Harbour"]
        self.assertContains(self.client.get(article.get_absolute_url()), "#Harbour")

        self.save(article, **{"hashtag_links-0-state": "rejected"})

        assert self.shown(article) == []
        assert ArticleHashtag.objects.get().state == "rejected"

    def test_what_was_suggested_and_is_gone_meanwhile_is_no_error_and_can_be_rejected(self):
        for state, kept in (("shown", None), ("rejected", "rejected")):
            with self.subTest(state=state):
                article = make_article("Quiet", text="Nothing to see.")
                link = tag_article(article, name="Harbour", by=None)
                filled = form_of(self.client.get(change_of(article)))
                link.delete()

                filled |= {"hashtag_links-0-state": state}
                assert self.client.post(change_of(article), filled).status_code == 302

                left = ArticleHashtag.objects.filter(article=article).first()
                assert (left and left.state) == kept

    def test_a_hashtag_can_be_rejected_before_it_was_ever_there(self):
        article = make_article("Quiet", text="Nothing to see.")

        self.save(
            article, **{"hashtag_links-0-name": "#Harbour", "hashtag_links-0-state": "rejected"}
        )

        assert self.shown(article) == []
        assert ArticleHashtag.objects.get().state == "rejected"

    def test_an_article_with_a_blocked_hashtag_can_be_saved_and_rid_of_it(self):
        article = make_article("Quiet", text="Nothing to see.")
        tag_article(article, name="Spam", by=None)
        block_hashtag(Hashtag.objects.get(slug="spam"), by=None)

        response = self.save(article, title="Quieter")

        assert response.status_code == 302, response.content.decode()
        article.refresh_from_db()
        assert article.title == "Quieter"
        self.save(article, **{"hashtag_links-0-state": "rejected"})
        assert ArticleHashtag.objects.get().state == "rejected"

        response = self.save(
            article, **{"hashtag_links-1-name": "#Spam", "hashtag_links-1-state": "shown"}
        )
        self.assertContains(response, "#Spam is blocked.")

    def test_what_services_refuse_is_said_beside_the_field_and_nothing_typed_is_lost(self):
        article = make_article("Quiet", text="Nothing to see.")
        publisher = make_user(is_staff=True)
        publisher.user_permissions.set(
            Permission.objects.filter(
                content_type__app_label="articles",
                codename__in=["view_article", "change_article", "publish_article"],
            )
        )
        self.client.force_login(publisher)

        response = self.save(
            article,
            title="Quieter",
            **{"hashtag_links-0-name": "#Harbour", "hashtag_links-0-state": "shown"},
        )

        page = BeautifulSoup(response.content, "html.parser")
        cell = page.select_one("[name=hashtag_links-0-name]").find_parent("td")
        assert "Only editors may change hashtags." in cell.get_text()
        assert form_of(response)["title"] == "Quieter"
        assert form_of(response)["hashtag_links-0-name"] == "#Harbour"
        article.refresh_from_db()
        assert (article.title, Hashtag.objects.count()) == ("Quiet", 0)


class HashtagTests(DeskTestCase):
    LIST = reverse("admin:hashtags_hashtag_changelist")

    def change(self, hashtag):
        return reverse("admin:hashtags_hashtag_change", args=[hashtag.pk])

    def decide(self, hashtag, do, **typed):
        """Look at what would change, and do it."""
        looked = self.client.post(self.change(hashtag), {"do": f"look:{do}", **typed})
        form = looked.context["forms"][do]
        if form.outcome is None:
            return looked
        typed |= {"do": do, "seen": form.seen}
        assert self.client.post(self.change(hashtag), typed).status_code == 303
        return self.client.get(self.change(hashtag))

    def tagged(self, *names):
        article = make_article("Quiet", text="Nothing to see.")
        for name in names:
            tag_article(article, name=name, by=self.editor)
        return article

    def test_two_are_merged_after_a_look_at_what_would_change(self):
        first, second = self.tagged("Ferry"), self.tagged("FerryBoat")
        old = Hashtag.objects.with_name("FerryBoat").get()
        chosen = list(Hashtag.objects.values_list("pk", flat=True))
        choice = {"action": "merge", "_selected_action": chosen}

        asked = self.client.post(self.LIST, choice)
        self.assertContains(asked, "Merge into")
        planned = self.client.post(self.LIST, {**choice, "into": "Ferry"})
        self.assertContains(planned, "1 article moved; 2 articles for readers afterwards.")
        self.client.post(self.LIST, form_of(planned) | choice)

        old.refresh_from_db()
        assert str(old.alias_of) == "#Ferry"
        for article in (first, second):
            self.assertContains(self.client.get(article.get_absolute_url()), "#Ferry")
        self.assertRedirects(
            self.client.get(old.get_absolute_url()),
            old.alias_of.get_absolute_url(),
            status_code=301,
        )

    def test_a_merge_says_what_it_did_even_when_nothing_moves(self):
        for source, articles, words in (
            ("Boat", [("Boat", "Ferry")], "nothing to move; every article had both"),
            ("Ship", [("Ship",)], "1 article moved"),
            (
                "Raft",
                [("Raft",), ("Raft",), ("Raft", "Ferry")],
                "2 articles moved, 1 already had both",
            ),
        ):
            for names in articles:
                self.tagged(*names)
            old = Hashtag.objects.with_name(source).get()
            choice = {"action": "merge", "_selected_action": [old.pk], "into": "Ferry"}

            planned = self.client.post(self.LIST, choice)
            done = self.client.post(self.LIST, form_of(planned) | choice, follow=True)

            self.assertContains(planned, f"do this: {words}; ")
            self.assertContains(done, f"#{source} now means #Ferry; {words}.")

    def test_merging_into_nothing_gets_a_sentence(self):
        self.tagged("Ferry")
        chosen = list(Hashtag.objects.values_list("pk", flat=True))

        response = self.client.post(
            self.LIST, {"action": "merge", "_selected_action": chosen, "into": "Nowhere"}
        )

        self.assertContains(response, "There is no hashtag #Nowhere.", status_code=422)

    def test_a_renamed_hashtag_is_found_at_its_old_address(self):
        self.tagged("Fery")
        hashtag = Hashtag.objects.get()
        old_address = hashtag.get_absolute_url()

        self.client.post(self.change(hashtag), {"do": "describe", "description": "Boats."})
        self.decide(hashtag, "rename", name="#Ferry")

        hashtag.refresh_from_db()
        assert (hashtag.name, hashtag.description) == ("Ferry", "Boats.")
        self.assertRedirects(
            self.client.get(old_address), hashtag.get_absolute_url(), status_code=301
        )

    def test_a_name_that_is_taken_gets_a_sentence(self):
        self.tagged("Ferry", "Harbour")
        hashtag = Hashtag.objects.with_name("Ferry").get()

        response = self.decide(hashtag, "rename", name="harbour")

        words = "There is #Harbour already. Merge the two instead."
        self.assertContains(response, words, status_code=422)

    def test_a_blocked_hashtag_leaves_the_page(self):
        article = self.tagged("Ferry")
        hashtag = Hashtag.objects.get()

        self.decide(hashtag, "block")

        self.assertNotContains(
            self.client.get(article.get_absolute_url()), f'href="{hashtag.get_absolute_url()}"'
        )


@pytest.mark.django_db
def test_every_list_and_form_of_the_desk_opens(admin_client):
    make_article("One")
    for app in admin_client.get(reverse("admin:index")).context["app_list"]:
        for model in app["models"]:
            if model["admin_url"]:
                assert admin_client.get(model["admin_url"]).status_code == 200, model["name"]
            if model["add_url"]:
                assert admin_client.get(model["add_url"]).status_code == 200, model["name"]
