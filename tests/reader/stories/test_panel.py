"""The story of an article, on the article's page at the desk."""

from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.test import TestCase
from django.urls import reverse

from reader.accounts.roles import AUTHOR, EDITOR
from reader.articles.services import create_article, withdraw_article
from reader.stories.models import Story, StoryChange, StoryExclusion, StoryMember
from reader.stories.services import begin_story, merge_stories, move_article, rename_story
from tests.factories import make_article, make_publisher, make_user
from tests.reader.desk.forms import change_of, form_of
from tests.reader.stories import stories_now


class PanelTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.articles = [
            make_article(f"Number {n}", hours_ago=20 - n, publisher=make_publisher())
            for n in range(6)
        ]
        cls.ids = [article.pk for article in cls.articles]
        cls.a, cls.b, cls.c, cls.d, cls.e, cls.f = cls.ids
        cls.first = Story.objects.get(pk=begin_story(cls.ids[:3]))
        cls.second = Story.objects.get(pk=begin_story(cls.ids[3:5]))
        cls.editor = make_user("Ed", is_staff=True)
        cls.editor.groups.add(Group.objects.get(name=EDITOR))

    def setUp(self):
        self.client.force_login(self.editor)

    def page(self, article):
        address = reverse("admin:articles_article_change", args=[article.pk])
        return BeautifulSoup(self.client.get(address).content, "html.parser")

    def panel(self, article):
        return self.page(article).select_one(".story-panel")

    def save(self, article, *, page=None, **typed):
        """Send the whole form of the article as a browser would, this typed into the panel."""
        sent = form_of(page or self.client.get(change_of(article)))
        sent |= {f"story_membership-0-{name}": value for name, value in typed.items()}
        return self.client.post(change_of(article), {**sent, "_continue": "Save"})


class PanelTests(PanelTestCase):
    def test_it_names_the_story_and_its_other_articles_hidden_ones_too(self):
        rename_story(self.first, title="The flood", by=None)
        withdraw_article(self.articles[2])

        panel = self.panel(self.articles[0])

        links = [(link.get_text(), link["href"]) for link in panel.select("a")]
        article = "admin:articles_article_change"
        assert links == [
            ("The flood", reverse("admin:stories_story_change", args=[self.first.pk])),
            ("Number 2", reverse(article, args=[self.c])),
            ("Number 1", reverse(article, args=[self.b])),
        ]
        assert panel.get_text().count("readers do not see it") == 1
        assert "by the machine" in panel.get_text()

    def test_of_a_long_story_the_latest_are_named_and_the_rest_counted(self):
        for _ in range(12):
            move_article(make_article(), story=self.first, by=None)

        panel = self.panel(self.articles[0])

        assert len(panel.select("li")) == 10
        assert "And 4 more." in panel.get_text()

    def test_an_article_in_no_story_says_so(self):
        panel = self.panel(self.articles[5])

        assert "It is in no story." in panel.get_text()
        assert [option["value"] for option in panel.select("option")] == ["", "put", "begin"]

    def test_a_field_without_help_has_no_empty_line_below_it(self):
        lines = self.panel(self.articles[5]).select("p.help")

        assert len(lines) > 1
        assert all(line.get_text(strip=True) for line in lines)

    def test_saving_without_an_answer_leaves_it_where_it_is(self):
        assert self.save(self.articles[0]).status_code == 302

        assert StoryChange.objects.count() == 0
        assert not StoryMember.objects.get(article=self.a).placed_by_editor

    def test_it_is_taken_out_with_the_reason(self):
        assert self.save(self.articles[0], do="take_out", reason="Another river").status_code == 302

        assert stories_now() == [{self.b, self.c}, {self.d, self.e}]
        out = StoryExclusion.objects.get()
        assert (out.article_id, out.made_by, out.reason) == (self.a, self.editor, "Another river")

    def test_it_is_put_into_another_by_number_or_address(self):
        self.save(self.articles[0], do="put", to=str(self.second.pk), reason="This one")
        address = f"http://testserver{self.second.get_absolute_url()}"
        self.save(self.articles[5], do="put", to=address)

        assert stories_now() == [{self.a, self.d, self.e, self.f}, {self.b, self.c}]
        panel = self.panel(self.articles[0]).get_text()
        assert "put there by Ed: This one" in " ".join(panel.split())

    def test_a_story_is_begun_with_another_article(self):
        self.save(self.articles[5], do="begin", beside=str(self.a), reason="Two of a kind")

        assert stories_now() == [{self.a, self.f}, {self.b, self.c}, {self.d, self.e}]
        change = StoryChange.objects.get()
        assert (change.made_by, change.reason) == (self.editor, "Two of a kind")

    def test_what_makes_no_sense_is_said_beside_it_and_nothing_is_saved(self):
        merge_stories(self.second, into=self.first, by=None)
        log = StoryChange.objects.count()
        for typed, words in (
            ({"do": "put"}, "Say into which story."),
            ({"do": "put", "to": "nonsense"}, "There is no such story"),
            ({"do": "put", "to": str(self.second.pk)}, "There is no such story"),
            ({"do": "begin"}, "Say with which article."),
            ({"do": "begin", "beside": str(self.a)}, "two different articles"),
            ({"reason": "Why not"}, "Say what is to happen."),
            ({"do": "odd"}, "not one of the available choices"),
            ({"do": "take_out", "reason": "x" * 201}, "at most 200"),
        ):
            with self.subTest(typed=typed):
                answer = self.save(self.articles[0], **typed)
                self.assertContains(answer, words)
        assert StoryChange.objects.count() == log
        assert stories_now() == [set(self.ids[:5])]

    def test_what_was_taken_out_meanwhile_is_not_taken_out_of_another(self):
        page = self.page(self.articles[5])
        assert page.select_one("option[value=take_out]") is None

        answer = self.save(self.articles[5], do="take_out")

        self.assertContains(answer, "not one of the available choices")

    def test_what_a_colleague_moved_meanwhile_is_left_there_and_said(self):
        for typed in (
            {"do": "put", "to": str(self.first.pk)},
            {"do": "take_out"},
            {"do": "begin", "beside": str(self.f)},
        ):
            with self.subTest(typed=typed):
                page = self.client.get(change_of(self.articles[1]))
                move_article(self.articles[1], story=self.second, by=None)
                stories = stories_now()

                answer = self.save(self.articles[1], page=page, **typed)

                self.assertContains(answer, "It was moved while this page was open. Look again.")
                assert stories_now() == stories

                # The page that says so is about the place of now.
                assert self.save(self.articles[1], page=answer, **typed).status_code == 302

    def test_a_page_that_changes_nothing_about_the_story_is_never_outdated(self):
        page = self.client.get(change_of(self.articles[1]))
        move_article(self.articles[1], story=self.second, by=None)

        assert self.save(self.articles[1], page=page).status_code == 302

    def test_an_author_does_not_see_it(self):
        author = make_user(is_staff=True)
        author.groups.add(Group.objects.get(name=AUTHOR))
        self.client.force_login(author)
        draft = create_article(by=author, title="Draft")

        assert self.panel(draft) is None

    def test_it_costs_the_same_statements_however_long_the_story_is(self):
        for size in (2, 8):
            articles = [make_article(publisher=make_publisher()) for _ in range(size)]
            begin_story([article.pk for article in articles])
            address = reverse("admin:articles_article_change", args=[articles[0].pk])
            self.client.get(address)
            with self.assertNumQueries(COST):
                self.client.get(address)


COST = 14
