"""What editors and authors can do with articles in the admin."""

from datetime import timedelta

from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from django.test import TestCase, skipUnlessDBFeature
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comments.moderation.services import remove_comment, report_comment
from comments.threads.models import Comment
from comments.threads.people import Writer
from reader.accounts.roles import AUTHOR, CHIEF, EDITOR, MODERATOR
from reader.articles import services
from reader.articles.importing import import_records
from reader.articles.models import Article, Section
from reader.hashtags.counts import wrong_counts
from reader.hashtags.models import Hashtag
from reader.hashtags.services import tag_article
from reader.related.models import RelatedLink
from reader.related.services import pin_related
from reader.search.finding import find_articles
from reader.search.grammar import parse_question
from reader.search.models import SearchEntry
from tests.factories import make_article, make_comment, make_publisher, make_section, make_user
from tests.reader.desk.forms import change_of, form_of

LIST = reverse("admin:articles_article_changelist")
ADD = reverse("admin:articles_article_add")


def member(role):
    person = make_user(role.title(), is_staff=True)
    person.groups.add(Group.objects.get(name=role))
    return person


def split(moment):
    """A moment in the two fields of the admin's widget."""
    local = timezone.localtime(moment)
    return {"published_at_0": f"{local:%Y-%m-%d}", "published_at_1": f"{local:%H:%M:%S}"}


class EditorTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = member(EDITOR)

    def setUp(self):
        self.client.force_login(self.editor)

    def save(self, article, **changes):
        filled = form_of(self.client.get(change_of(article)))
        response = self.client.post(change_of(article), filled | changes)
        self.assertRedirects(response, LIST)
        article.refresh_from_db()
        return article

    def test_an_editor_writes_an_article_and_it_is_published(self):
        response = self.client.post(
            ADD,
            {
                "title": "Harbour reopens",
                "body_html": "<p>At <b>noon</b>.</p><script>alert(1)</script>",
                "publisher": make_publisher("The Gull").pk,
                "authors": "Ada Writer, Bo Reader",
                "keywords": "",
                "status": "published",
            },
        )

        article = Article.objects.get()
        self.assertRedirects(response, LIST)
        assert article.is_visible
        assert article.body_html == "<p>At <b>noon</b>.</p>"
        assert article.authors == ["Ada Writer", "Bo Reader"]
        assert article.revisions.get().made_by == self.editor
        self.assertContains(self.client.get(article.get_absolute_url()), "Harbour reopens")

    def test_saving_without_a_change_makes_no_revision_and_moves_nothing(self):
        article = make_article("As it was", standfirst="Two\nlines", hours_ago=30)
        before = Article.objects.values().get()
        browsers_send = {
            name: getattr(article, name).replace("\n", "\r\n")
            for name in ("standfirst", "body_html")
        }
        assert browsers_send["body_html"] != article.body_html

        self.save(article, **browsers_send)

        assert article.revision_number == 1
        assert Article.objects.values().get() == before

    def test_an_edited_headline_is_a_revision_by_the_editor_and_on_the_page_at_once(self):
        article = self.save(make_article("Befor"), title="Before")

        assert [r.made_by for r in article.revisions.newest_first()] == [self.editor, None]
        self.assertContains(self.client.get(article.get_absolute_url()), "Before</h1>")

    def test_withdrawing_answers_gone_and_publishing_brings_it_back(self):
        article = make_article()
        address = article.get_absolute_url()

        self.save(article, status="withdrawn")
        assert self.client.get(address).status_code == 410

        self.save(article, status="published")
        self.assertContains(self.client.get(address), article.title)

    def test_an_article_is_scheduled(self):
        article = make_article(status="draft")
        moment = timezone.now() + timedelta(days=1)

        self.save(article, status="scheduled", **split(moment))

        assert article.status == "scheduled"
        assert not article.is_visible
        assert abs(article.shown_from - moment) < timedelta(seconds=2)

    def test_scheduling_into_the_past_gets_a_sentence_and_keeps_the_words(self):
        article = make_article(status="draft")
        filled = form_of(self.client.get(change_of(article)))
        past = split(timezone.now() - timedelta(days=1))

        response = self.client.post(
            change_of(article), filled | {"status": "scheduled", "title": "Kept", **past}
        )

        self.assertContains(response, "That moment has passed; choose one ahead.")
        self.assertContains(response, 'value="Kept"')
        article.refresh_from_db()
        assert article.status == "draft"

    def test_a_new_article_cannot_be_withdrawn(self):
        response = self.client.post(
            ADD, {"title": "New", "body_html": "<p>x</p>", "status": "withdrawn"}
        )

        self.assertContains(response, "withdrawn is not one of the available choices")
        assert not Article.objects.exists()

    def test_a_text_without_words_for_readers_gets_a_sentence_at_its_field(self):
        for text in ("<script>alert(1)</script>", "<p>&nbsp;</p>", "<hr>"):
            response = self.client.post(ADD, {"title": "", "body_html": text, "status": "draft"})
            errors = response.context["adminform"].form.errors
            assert errors == {"body_html": ["No words are left of this once it is made safe."]}

        article = make_article("Has words")
        filled = form_of(self.client.get(change_of(article)))
        response = self.client.post(
            change_of(article), filled | {"title": "", "body_html": "<style>p{}</style>"}
        )
        self.assertContains(response, "No words are left of this once it is made safe.")
        assert Article.objects.get() == article

    def test_what_cannot_be_an_origin_gets_a_sentence_at_its_field(self):
        wrong = {
            "language": ("the Queen’s", "Write a language tag, for example en, ar or zh-Hans."),
            "original_url": (
                f"https://paper.example/{'漢' * 900}",
                "An address has 2,000 bytes at most.",
            ),
        }
        for name, (typed, sentence) in wrong.items():
            filled = {"title": "New", "body_html": "", "status": "draft", name: typed}
            errors = self.client.post(ADD, filled).context["adminform"].form.errors
            assert errors == {name: [sentence]}

    def test_many_are_withdrawn_at_once(self):
        articles = [make_article() for _ in range(3)]

        self.client.post(
            LIST, {"action": "withdraw", "_selected_action": [a.pk for a in articles[:2]]}
        )

        assert set(Article.objects.visible()) == {articles[2]}

    def test_a_longer_list_costs_no_more_queries(self):
        make_article(publisher=make_publisher())
        self.client.get(LIST)
        with CaptureQueriesContext(connection) as short:
            self.client.get(LIST)
        for _ in range(4):
            make_article(publisher=make_publisher())

        with self.assertNumQueries(len(short)):
            self.client.get(LIST)

    def test_what_an_editor_did_is_in_the_log(self):
        self.save(make_article("Befor"), title="Before")

        entry = LogEntry.objects.get()
        assert entry.user == self.editor
        assert "Headline" in entry.get_change_message() or "Title" in entry.get_change_message()


class OvertakenTests(TestCase):
    """Two editors have the same article open."""

    @classmethod
    def setUpTestData(cls):
        cls.editor = member(EDITOR)
        cls.article = make_article("As it was", section=make_section("Harbour"))

    def setUp(self):
        self.client.force_login(self.editor)
        self.opened = form_of(self.client.get(change_of(self.article)))

    def save(self, **changes):
        response = self.client.post(change_of(self.article), self.opened | changes)
        self.article.refresh_from_db()
        return response

    def test_a_page_opened_before_the_withdrawal_does_not_publish_it_again(self):
        services.withdraw_article(self.article)

        response = self.save(title="Typed by me")

        assert self.article.status == "withdrawn"
        assert self.article.title == "As it was"
        self.assertContains(response, "Somebody changed this article while you were writing")
        self.assertContains(response, 'value="Typed by me"')
        self.assertContains(response, "Stored is: “Withdrawn”")
        self.assertContains(response, "Stored is: “As it was”")

    def test_who_has_seen_it_may_save_on_purpose(self):
        services.edit_article(
            self.article,
            by=None,
            title="Theirs",
            section=None,
            authors=["Bo"],
            body_html="<p>z</p>",
        )

        refused = self.save(title="Mine")
        for stored in ("“Theirs”", "nothing", "“Bo”", "“&lt;p&gt;z&lt;/p&gt;”"):
            self.assertContains(refused, f"Stored is: {stored}")
        self.opened = form_of(refused)
        self.assertRedirects(self.save(section="", authors="Bo"), LIST)

        assert self.article.title == "Mine"
        assert (self.article.section, self.article.authors) == (None, ["Bo"])
        assert self.article.body_text == "First words.\n\nLast words."

    def test_the_same_change_by_two_is_no_conflict(self):
        services.edit_article(self.article, by=None, title="Corrected")

        self.assertRedirects(self.save(title="Corrected"), LIST)

    def test_what_the_site_does_by_itself_overtakes_nobody(self):
        make_comment(self.article)
        tag_article(self.article, name="Ferry", by=self.editor)
        pin_related(self.article, make_article("Another"), by=self.editor)
        import_records([{"id": "r-1", "title": "Unrelated"}])

        self.assertRedirects(self.save(title="Corrected"), LIST)
        assert self.article.title == "Corrected"

    @skipUnlessDBFeature("has_select_for_update")
    def test_two_who_save_in_one_moment_wait_for_each_other(self):
        with CaptureQueriesContext(connection) as queries:
            self.save(title="Corrected")

        about = [q["sql"] for q in queries if "articles_article" in q["sql"]]
        held = [number for number, sql in enumerate(about) if sql.endswith("FOR UPDATE")]
        # The admin's own look comes first; what the form compares with is read under the lock.
        assert held[0] == 1


class DeletingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = member(CHIEF)

    def setUp(self):
        self.client.force_login(self.chief)
        self.article, self.other = make_article("Goes"), make_article("Stays")
        for article in (self.article, self.other):
            tag_article(article, name="Ferry", by=self.chief)
        pin_related(self.other, self.article, by=self.chief)
        comment = make_comment(self.article)
        make_comment(parent=make_comment(parent=comment))
        report_comment(comment, by=Writer(make_user()), reason="spam")
        remove_comment(comment, moderator=self.chief, reason="Spam")

    def assert_gone_without_a_trace(self):
        assert list(Article.objects.all()) == [self.other]
        assert not Comment.objects.exists()
        assert not RelatedLink.objects.exists()
        assert (Hashtag.objects.with_name("Ferry").get().article_count, wrong_counts()) == (1, {})
        assert [find_articles(parse_question(word)).count for word in ("stays", "goes")] == [1, 0]
        assert SearchEntry.objects.get().article_id == self.other.pk

    def test_a_chief_deletes_an_article_with_its_thread_and_is_told_how_long_it_is(self):
        address = reverse("admin:articles_article_delete", args=[self.article.pk])

        self.assertContains(self.client.get(address), "Comments: 3")
        self.assertRedirects(self.client.post(address, {"post": "yes"}), LIST)

        self.assert_gone_without_a_trace()
        assert LogEntry.objects.get(object_id=self.article.pk).is_deletion()

    def test_a_chief_deletes_from_the_list_just_so(self):
        choice = {"action": "delete_selected", "_selected_action": [self.article.pk]}

        self.assertContains(self.client.post(LIST, choice), "Comments: 3")
        self.client.post(LIST, choice | {"post": "yes"})

        self.assert_gone_without_a_trace()

    def test_a_superuser_deletes_and_an_editor_does_not(self):
        address = reverse("admin:articles_article_delete", args=[self.article.pk])
        choice = {"action": "delete_selected", "_selected_action": [self.article.pk]}
        self.client.force_login(member(EDITOR))

        assert self.client.post(address, {"post": "yes"}).status_code == 403
        self.client.post(LIST, choice | {"post": "yes"})
        assert Article.objects.count() == 2

        self.client.force_login(make_user(is_staff=True, is_superuser=True))
        self.client.post(address, {"post": "yes"})
        self.assert_gone_without_a_trace()


class AddressTests(TestCase):
    """Publishers and sections: names change, addresses do not."""

    def setUp(self):
        self.client.force_login(member(EDITOR))

    def test_a_renamed_publisher_keeps_its_address_whatever_is_sent(self):
        publisher = make_publisher("The Gull")
        address = publisher.get_absolute_url()
        make_article(publisher=publisher)
        page = reverse("admin:articles_publisher_change", args=[publisher.pk])

        self.assertNotContains(self.client.get(page), 'name="slug"')
        self.client.post(page, {"name": "The Seagull", "slug": "the-seagull"})

        self.assertContains(self.client.get(address), "The Seagull")

    def test_a_section_gets_its_address_once_and_its_place_from_the_list(self):
        add = reverse("admin:articles_section_add")
        self.client.post(add, {"name": "Harbour", "slug": "harbour"})
        section = Section.objects.get()
        page = reverse("admin:articles_section_change", args=[section.pk])
        self.client.post(page, {"name": "Port", "slug": "port"})

        self.client.post(
            reverse("admin:articles_section_changelist"),
            {
                "form-TOTAL_FORMS": 1,
                "form-INITIAL_FORMS": 1,
                "form-0-id": section.pk,
                "form-0-place": 3,
                "_save": "Save",
            },
        )

        section.refresh_from_db()
        assert (section.name, section.slug, section.place) == ("Port", "harbour", 3)


class RoleTests(TestCase):
    def test_an_author_sees_own_drafts_only_and_cannot_publish(self):
        author = member(AUTHOR)
        self.client.force_login(author)
        own = services.create_article(by=author, title="My draft", body_html="<p>x</p>")
        services.create_article(by=make_user(), title="Their draft", body_html="<p>x</p>")
        published = make_article("Out already")

        listed = self.client.get(LIST)
        self.assertContains(listed, "My draft")
        self.assertNotContains(listed, "Their draft")
        self.assertNotContains(listed, "Out already")

        self.client.post(
            change_of(own), {"title": "My draft", "body_html": "<p>y</p>", "status": "published"}
        )
        own.refresh_from_db()
        assert (own.status, own.body_text) == ("draft", "y")

        self.client.post(change_of(published), {"title": "Hijacked", "body_html": "<p>z</p>"})
        published.refresh_from_db()
        assert published.title == "Out already"

    def test_every_link_an_author_sees_at_the_desk_is_open_to_authors(self):
        author = member(AUTHOR)
        self.client.force_login(author)
        draft = services.create_article(by=author, title="Mine", publisher=make_publisher())
        index = reverse("admin:index")

        seen = set()
        for page in (index, LIST, ADD, change_of(draft)):
            soup = BeautifulSoup(self.client.get(page).content, "html.parser")
            for name in ("href", "data-href-template"):
                seen |= {link[name] for link in soup.select(f"a[{name}^='{index}']")}

        answers = {link: self.client.get(link.replace("__fk__", "1")) for link in seen}
        assert len(seen) > 8
        assert {link for link, answer in answers.items() if answer.status_code >= 400} == set()

    def test_a_moderator_cannot_touch_articles(self):
        self.client.force_login(member(MODERATOR))
        article = make_article("Stays")

        assert self.client.get(LIST).status_code == 403
        self.client.post(change_of(article), {"title": "Changed", "body_html": "<p>x</p>"})

        article.refresh_from_db()
        assert article.title == "Stays"

    def test_a_reader_is_asked_to_sign_in(self):
        self.client.force_login(make_user())

        response = self.client.get(LIST)

        self.assertRedirects(response, f"{reverse('admin:login')}?next={LIST}")
