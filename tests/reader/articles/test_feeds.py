"""Articles as feeds: valid, stable, and cheap for whoever has them already."""

import html
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import feedparser
from django.test import TestCase
from django.utils import timezone

from reader.articles import services
from reader.articles.models import Article
from reader.articles.views import RIVER_SIZE
from reader.syndication import CONTENT_TYPES, xml_text
from tests.factories import make_article, make_publisher, make_section

ATOM = "{http://www.w3.org/2005/Atom}"
FORMS = list(CONTENT_TYPES)
HOSTILE = [
    "</title></item><script>alert(1)</script>",
    "]]> & <![CDATA[ &amp; &#0; <!--",
    "Bell\x07 escape\x1b and \ufffe",
    "🛳️👩‍👩‍👧 zero\u200bwidth \u2028 line",
    "عنوان \u202eأخبار \u2066x\u2069",
    "\"quotes\" 'single' `back` \\u0041 \\",
]


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


def read_xml(response):
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def titles_of(response):
    if response["Content-Type"] == CONTENT_TYPES["json"]:
        return [item["title"] for item in response.json()["items"]]
    return [entry.title for entry in read_xml(response).entries]


def next_of(response):
    """Return the address of what is older, None when there is nothing."""
    if response["Content-Type"] == CONTENT_TYPES["json"]:
        return response.json().get("next_url")
    found = [link.href for link in read_xml(response).feed.links if link.rel == "next"]
    return found[0] if found else None


def moment(parsed):
    return datetime(*parsed[:6], tzinfo=UTC)


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

    def test_it_costs_the_same_statements_however_long_it_is_and_no_cookie(self):
        for more in (1, 2):
            for _ in range(more):
                make_article(publisher=make_publisher(), section=make_section(), keywords=["Ferry"])
            for form in FORMS:
                # The articles, and the hashtags of all of them.
                with self.assertNumQueries(2):
                    response = self.client.get(f"/feed.{form}")
                assert not response.cookies

        assert len(response.json()["items"]) == 3


class FormsTests(TestCase):
    """What one form says the others say, too; feedparser reads the XML, json the rest."""

    def test_they_tell_the_same_of_an_article(self):
        article = make_article(
            "Ferries & fares",
            text='Fares "rise" again.',
            publisher=make_publisher("The Gazette"),
            section=make_section("Transport"),
            authors=["Ada Byron", "Li Wei"],
            language="pt-br",
            original_url="https://gazette.example/1?a=1&b=2",
            keywords=["Ferry Strike"],
        )
        # An hour apart, or they would be one moment.
        Article.objects.update(updated_at=article.published_at + timedelta(minutes=30))
        article.refresh_from_db()
        address = f"http://testserver{article.get_absolute_url()}"

        atom, rss = (read_xml(self.client.get(f"/feed.{form}")) for form in ("atom", "rss"))
        feed = self.client.get("/feed.json").json()

        (item,) = feed["items"]
        for parsed in (atom, rss):
            (entry,) = parsed.entries
            assert entry.id == item["id"]
            assert entry.link == item["url"] == address
            assert entry.title == item["title"] == "Ferries & fares"
            assert html.unescape(entry.summary) == item["content_text"] == 'Fares "rise" again.'
            assert [tag.term for tag in entry.tags] == item["tags"] == ["Transport", "FerryStrike"]
            assert [each.name for each in entry.authors] == ["Ada Byron", "Li Wei", "The Gazette"]
            assert moment(entry.published_parsed) == datetime.fromisoformat(item["date_published"])
            (via,) = [link.href for link in entry.links if link.rel == "via"]
            assert via == item["external_url"] == article.original_url
            assert parsed.feed.title == feed["title"] == "Foldline"
            assert parsed.feed.link == feed["home_page_url"] == "http://testserver/"
            assert parsed.feed.language == feed["language"] == "pt-br"
            assert moment(parsed.feed.updated_parsed) == article.updated_at.replace(microsecond=0)
        assert item["authors"] == [
            {"name": "Ada Byron"}, {"name": "Li Wei"}, {"name": "The Gazette"},
        ]  # fmt: skip
        assert item["language"] == "pt-br"
        assert item["date_modified"] == article.updated_at.isoformat(timespec="seconds")
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert rss.entries[0].comments == f"{address}#comments"

    def test_each_has_its_type_and_names_its_own_address(self):
        make_article()
        for form, content_type in CONTENT_TYPES.items():
            response = self.client.get(f"/feed.{form}")
            assert response["Content-Type"] == content_type
            own = f"http://testserver/feed.{form}"
            if form == "json":
                assert response.json()["feed_url"] == own
            else:
                assert [x.href for x in read_xml(response).feed.links if x.rel == "self"] == [own]

    def test_who_has_it_already_is_told_so_in_every_form(self):
        make_article()
        for form in FORMS:
            first = self.client.get(f"/feed.{form}")
            for header, value in (
                ("if-none-match", first["ETag"]),
                ("if-modified-since", first["Last-Modified"]),
            ):
                again = self.client.get(f"/feed.{form}", headers={header: value})
                assert (again.status_code, again.content) == (304, b""), (form, header)

    def test_hostile_words_break_none_of_them(self):
        for title in HOSTILE:
            make_article(title, text=f"{title} {title}", publisher=make_publisher(f"P {title}"))

        items = self.client.get("/feed.json").json()["items"]

        wanted = [xml_text(title) for title in reversed(HOSTILE)]
        assert [item["title"] for item in items] == wanted
        for form in ("atom", "rss"):
            response = self.client.get(f"/feed.{form}")
            read_xml(response)
            found = ElementTree.fromstring(response.content).iter()
            titles = [each.text for each in found if each.tag in {f"{ATOM}title", "title"}]
            assert titles[1:] == wanted
            assert b"<script" not in response.content

    def test_what_is_older_follows_in_every_form_without_a_gap(self):
        wanted = [f"Number {number}" for number in range(RIVER_SIZE + 3)]
        for number, title in enumerate(wanted):
            make_article(title, hours_ago=number + 1)

        for form in FORMS:
            first = self.client.get(f"/feed.{form}")
            second = self.client.get(next_of(first))
            assert titles_of(first) + titles_of(second) == wanted
            assert next_of(second) is None
            assert self.client.get(f"/feed.{form}?after=nonsense").status_code == 404

    def test_a_hashtag_named_as_the_section_is_no_second_category(self):
        make_article(section=make_section("Night Ferries"), keywords=["night ferries", "Harbour"])

        [item] = self.client.get("/feed.json").json()["items"]

        assert item["tags"] == ["Night Ferries", "Harbour"]

    def test_a_language_that_is_none_is_not_told(self):
        make_article()
        Article.objects.update(language='x" onload="')

        feed = self.client.get("/feed.json").json()

        assert feed["language"] == "en-gb"
        assert "language" not in feed["items"][0]

    def test_there_is_no_other_form(self):
        for path in ("/feed.xml", "/feed.", "/feed.atom/", "/sections/x/feed.opml"):
            assert self.client.get(path).status_code == 404


class NarrowerFeedTests(TestCase):
    def test_a_publisher_and_a_section_have_their_own(self):
        gazette, transport = make_publisher("Gazette"), make_section("渡轮 transport")
        make_article("Of both", publisher=gazette, section=transport)
        make_article("Of neither")

        for path in (gazette.get_absolute_url(), transport.get_absolute_url()):
            for form in FORMS:
                assert titles_of(self.client.get(f"{path}feed.{form}")) == ["Of both"]

    def test_they_cost_the_same_statements_however_long_they_are(self):
        gazette, transport = make_publisher("Gazette"), make_section("Transport")
        for more in (1, 3):
            for _ in range(more):
                make_article(publisher=gazette, section=transport, keywords=["Ferry"])
            for path in (gazette.get_absolute_url(), transport.get_absolute_url()):
                with self.assertNumQueries(3):
                    self.client.get(f"{path}feed.rss")

    def test_one_that_does_not_exist_has_none(self):
        for path in ("/publishers/nobody/", "/sections/nothing/"):
            for form in FORMS:
                assert self.client.get(f"{path}feed.{form}").status_code == 404
