"""Articles as Atom: valid, stable, and cheap for whoever has them already."""

from datetime import timedelta
from xml.etree import ElementTree

from django.test import TestCase
from django.utils import timezone

from reader.articles import services
from reader.articles.models import Article
from tests.factories import make_article, make_publisher, make_section

ATOM = "{http://www.w3.org/2005/Atom}"


def entries_of(response):
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    # What RFC 4287 demands of every feed.
    for name in ("id", "title", "updated"):
        assert text_of(feed, name)
    assert feed.find(f"{ATOM}link[@rel='self']") is not None
    return feed.findall(f"{ATOM}entry")


def text_of(element, name):
    found = element.find(ATOM + name.replace("/", f"/{ATOM}"))
    return found.text if found is not None else None


class FrontFeedTests(TestCase):
    def test_an_entry_says_what_the_article_is(self):
        article = make_article(
            "Ferries & <b>fares</b>",
            text='Fares "rise" <again>.',
            publisher=make_publisher("The Gazette"),
            section=make_section("Transport"),
            language="en",
            original_url="https://gazette.example/1?a=1&b=2",
        )

        [entry] = entries_of(self.client.get("/feed.atom"))

        assert text_of(entry, "title") == "Ferries & <b>fares</b>"
        assert text_of(entry, "summary") == "Fares &quot;rise&quot; &lt;again&gt;."
        assert text_of(entry, "author/name") == "The Gazette"
        assert text_of(entry, "published") == article.published_at.isoformat(
            timespec="microseconds"
        ).replace("+00:00", "Z") or text_of(entry, "published").startswith(
            article.published_at.strftime("%Y-%m-%dT%H:%M:%S")
        )
        assert entry.find(f"{ATOM}category").get("term") == "Transport"
        links = {link.get("rel"): link.get("href") for link in entry.findall(f"{ATOM}link")}
        assert links == {
            "alternate": f"http://testserver{article.get_absolute_url()}",
            "via": "https://gazette.example/1?a=1&b=2",
        }

    def test_the_newest_come_first_and_what_may_not_be_seen_is_not_there(self):
        soon = timezone.now() + timedelta(hours=1)
        make_article("Older", hours_ago=2)
        make_article("Newer", hours_ago=1)
        make_article("Draft", status="draft")
        make_article("Planned", status="scheduled", published_at=soon)
        make_article("Embargoed", status="scheduled", embargo_until=soon)
        services.withdraw_article(make_article("Withdrawn"))

        entries = entries_of(self.client.get("/feed.atom"))

        assert [text_of(entry, "title") for entry in entries] == ["Newer", "Older"]

    def test_an_id_outlives_the_headline(self):
        article = make_article("First headline")
        [before] = entries_of(self.client.get("/feed.atom"))

        services.edit_article(article, by=None, title="Second headline")

        [after] = entries_of(self.client.get("/feed.atom"))
        assert text_of(after, "title") == "Second headline"
        assert text_of(after, "id") == text_of(before, "id")
        assert text_of(after, "updated") > text_of(before, "updated")
        assert f"/articles/{article.pk}/" in text_of(after, "id")

    def test_who_has_it_already_is_told_so(self):
        article = make_article("Ferry")
        first = self.client.get("/feed.atom")

        again = self.client.get("/feed.atom", headers={"if-none-match": first["ETag"]})
        services.withdraw_article(article)
        gone = self.client.get("/feed.atom", headers={"if-none-match": first["ETag"]})

        assert (again.status_code, again.content) == (304, b"")
        assert entries_of(gone) == []

    def test_an_embargo_that_ends_counts_as_news_for_who_asks_by_date(self):
        make_article("Known")
        since = self.client.get("/feed.atom")["Last-Modified"]
        make_article(
            "Held back", status="scheduled", embargo_until=timezone.now() + timedelta(days=1)
        )
        Article.objects.filter(title="Held back").update(
            updated_at=timezone.now() - timedelta(days=9),
            embargo_until=None,
            shown_from=timezone.now() + timedelta(seconds=2),
        )
        Article.objects.filter(title="Known").update(
            updated_at=timezone.now() - timedelta(days=9),
            shown_from=timezone.now() - timedelta(days=9),
        )
        earlier = self.client.get("/feed.atom")["Last-Modified"]
        Article.objects.filter(title="Held back").update(shown_from=timezone.now())

        response = self.client.get("/feed.atom", headers={"if-modified-since": earlier})

        assert since and len(entries_of(response)) == 2

    def test_an_empty_feed_does_not_change_with_the_clock(self):
        first, second = self.client.get("/feed.atom"), self.client.get("/feed.atom")

        assert entries_of(first) == []
        assert first["Last-Modified"] == second["Last-Modified"] == "Sat, 01 Jan 2000 00:00:00 GMT"

    def test_characters_that_xml_cannot_hold_do_not_break_it(self):
        make_article(
            "Bell\x07 and \ufffe",
            text="Form\x0cfeed \x1b words",
            publisher=make_publisher("A\x08B"),
        )

        [entry] = entries_of(self.client.get("/feed.atom"))

        assert text_of(entry, "title") == "Bell and "
        assert text_of(entry, "author/name") == "AB"

    def test_an_article_without_publisher_date_or_title_is_an_entry_too(self):
        make_article("x", text="Words alone.", published_at=None)
        Article.objects.update(title="", published_at=None)

        [entry] = entries_of(self.client.get("/feed.atom"))

        assert text_of(entry, "title") == "Words alone."
        assert text_of(entry, "author/name") == "Foldline"
        assert text_of(entry, "published")

    def test_it_costs_one_query_and_no_cookie(self):
        for _ in range(3):
            make_article(publisher=make_publisher(), section=make_section())

        with self.assertNumQueries(1):
            response = self.client.get("/feed.atom")

        assert len(entries_of(response)) == 3
        assert not response.cookies


class NarrowerFeedTests(TestCase):
    def test_a_publisher_and_a_section_have_their_own(self):
        gazette, transport = make_publisher("Gazette"), make_section("Transport")
        make_article("Of both", publisher=gazette, section=transport)
        make_article("Of neither")

        for path in (gazette.get_absolute_url(), transport.get_absolute_url()):
            entries = entries_of(self.client.get(f"{path}feed.atom"))
            assert [text_of(entry, "title") for entry in entries] == ["Of both"]

    def test_one_that_does_not_exist_has_none(self):
        for path in ("/publishers/nobody/feed.atom", "/sections/nothing/feed.atom"):
            assert self.client.get(path).status_code == 404
