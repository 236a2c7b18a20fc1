"""Narrowing a search: by the form, by the counts beside the results, and back again."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup
from django.conf import settings
from django.test import TestCase
from django.utils.translation import gettext_lazy

from reader.hashtags.services import tag_article
from reader.search import tabs
from reader.search.forms import HASHTAGS_MAX
from reader.search.tabs import Count, Listed, Tab, register_tab
from tests.factories import make_article, make_publisher, make_section

URL = "/search/"
HTMX = {"HX-Request": "true"}


def noon(year, month, day):
    return datetime(year, month, day, 12, tzinfo=ZoneInfo(settings.TIME_ZONE))


def make_library():
    gazette, herald = make_publisher("Gazette"), make_publisher("Herald")
    harbour = make_section("Harbour")
    make_article(
        "Ferry one", publisher=gazette, section=harbour, keywords=["Storm"], language="en",
        text="Port", published_at=noon(2025, 3, 31),
    )  # fmt: skip
    make_article(
        "Ferry two", publisher=gazette, keywords=["Storm", "Strike"], language="en", text="Port",
        published_at=noon(2026, 4, 1),
    )  # fmt: skip
    make_article(
        "Ferry three", publisher=herald, keywords=["Strike"], language="es", text="Puerto",
        published_at=noon(2026, 4, 30),
    )  # fmt: skip
    make_article("Train", publisher=herald, published_at=noon(2026, 5, 1))


class NarrowingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_library()

    def look(self, **query):
        response = self.client.get(URL, query)
        assert response.status_code == 200, response
        return BeautifulSoup(response.content, "html.parser")

    def heads(self, soup):
        return {head.get_text().strip() for head in soup.select("ol.river h3")}

    def facets(self, soup):
        found = {}
        for group in soup.select(".facets__groups > div"):
            for link in group.select("a"):
                name = link.bdi.get_text()
                found[group.h3.get_text(), name] = (link["href"], link.get_text(" ", strip=True))
        return found

    def test_every_count_is_a_link_to_as_many(self):
        facets = self.facets(self.look(q="ferry"))

        assert set(facets) == {
            ("Publisher", "Gazette"), ("Publisher", "Herald"),
            ("Hashtag", "#Storm"), ("Hashtag", "#Strike"),
            ("Section", "Harbour"), ("Language", "English"), ("Language", "Spanish"),
            ("Year", "2025"), ("Year", "2026"),
        }  # fmt: skip
        for (group, name), (address, words) in facets.items():
            soup = BeautifulSoup(self.client.get(address).content, "html.parser")
            count = len(self.heads(soup))
            said = "1 result" if count == 1 else f"{count} results"
            assert words == f"{name} , {said}", (group, name)
            assert "q=ferry" in address
            assert soup.select(".chosen a"), group

    def test_narrowing_adds_up_and_each_filter_can_be_taken_away(self):
        first = self.facets(self.look(q="ferry"))[("Publisher", "Gazette")][0]
        soup = BeautifulSoup(self.client.get(first).content, "html.parser")
        second = self.facets(soup)[("Hashtag", "#Strike")][0]

        soup = BeautifulSoup(self.client.get(second).content, "html.parser")

        assert second == f"{URL}?q=ferry&publisher=gazette&hashtag=strike"
        assert self.heads(soup) == {"Ferry two"}
        away = {link.bdi.get_text(): link["href"] for link in soup.select(".chosen a:has(bdi)")}
        assert away == {
            "Gazette": f"{URL}?q=ferry&hashtag=strike",
            "#Strike": f"{URL}?q=ferry&publisher=gazette",
        }
        assert [a.get_text(strip=True) for a in soup.select(".chosen a")][-1] == "Take away all"

    def test_two_hashtags_are_both_wanted(self):
        both = self.look(q="ferry", hashtag="#storm, Strike")

        assert self.heads(both) == {"Ferry two"}
        assert [x.get_text() for x in both.select(".chosen bdi")] == ["#Storm", "#Strike"]
        assert both.select_one(".chosen a")["href"] == f"{URL}?q=ferry&hashtag=strike"

    def test_days_are_meant_with_all_their_hours(self):
        for since, until, found in (
            ("2026-04-01", "2026-04-30", {"Ferry two", "Ferry three"}),
            ("2026-04-30", "2026-04-01", {"Ferry two", "Ferry three"}),
            ("2026-04-02", "", {"Ferry three"}),
            ("", "2025-03-31", {"Ferry one"}),
            ("2025-04-01", "2026-03-31", set()),
        ):
            query = {k: v for k, v in (("since", since), ("until", until)) if v}
            assert self.heads(self.look(q="ferry", **query)) == found, query

    def test_filters_alone_are_a_search_and_a_feed(self):
        soup = self.look(hashtag="storm")

        assert self.heads(soup) == {"Ferry one", "Ferry two"}
        assert soup.select_one("#found h2").get_text().strip() == "2 articles"
        assert soup.title.get_text().strip() == "#Storm · Search · Foldline"
        feed = self.client.get("/search/feed.json?hashtag=storm&since=2026-01-01&order=best").json()
        assert [item["title"] for item in feed["items"]] == ["Ferry two"]
        assert feed["home_page_url"].endswith("/search/?hashtag=storm&since=2026-01-01")
        assert feed["title"].startswith("#Storm · From 1 January 2026")

    def test_the_feed_of_a_page_has_its_filters_and_no_order(self):
        soup = self.look(q="ferry", publisher="gazette", order="newest", time="year")

        feed = soup.select_one(".found__ways a")["href"]
        assert feed == "/search/feed.atom?q=ferry&publisher=gazette"

    def test_what_is_not_understood_is_left_out_and_said(self):
        soup = self.look(q="ferry", lang="a'b", since="yesterday", until="\x00", time="ever")

        assert len(self.heads(soup)) == 3
        assert len(soup.select("#found .notice")) == 4
        assert soup.select_one(".found__ways a")["href"] == "/search/feed.atom?q=ferry"

    def test_what_names_nothing_here_finds_nothing_and_can_be_taken_away(self):
        many = ",".join(f"storm{n}" for n in range(HASHTAGS_MAX + 1))
        for name, value, said in (
            ("publisher", "none <b>", "There is no such publisher here"),
            ("section", "none", "There is no such section here"),
            ("hashtag", "x" * 300, "too many hashtags"),
            ("hashtag", many, "too many hashtags"),
        ):
            soup = self.look(q="ferry", **{name: value})

            assert self.heads(soup) == set(), name
            assert said in soup.select_one("#found .notice").get_text(), name
            chosen = soup.select_one(".chosen a")
            assert chosen.bdi.get_text() == value[:200]
            assert chosen["href"] == f"{URL}?q=ferry"
            # Nothing that follows it is wider.
            assert "feed" not in soup.select_one(".found__ways").get_text().lower()
            for link in soup.select(".tabs a"):
                assert f"{name}=" in link["href"]

    def test_there_is_no_feed_where_a_filter_means_nothing_here(self):
        for query in (
            "publisher=none", "section=none", "hashtag=nobody", "hashtag=storm,nobody", "lang=a'b",
            "since=yesterday",
        ):  # fmt: skip
            for room in ("", "comments/"):
                address = f"{URL}{room}feed.atom?q=ferry&{query}"
                assert self.client.get(address).status_code == 404, address
                assert self.client.get(f"{URL}{room}feed.atom?q=ferry&time=x").status_code == 200

    def test_as_many_hashtags_as_may_be_are_not_added_to(self):
        tags = ["Tide", "Harbour", "Lighthouse", "Pier", "Anchor"]
        for extra in ("Buoy", "Sail"):
            article = make_article("Tagged")
            for name in [*tags, extra]:
                tag_article(article, name=name, by=None)

        fewer = self.facets(self.look(q="tagged", hashtag=",".join(tags[1:])))
        soup = self.look(q="tagged", hashtag=",".join(tags))

        assert len(tags) == HASHTAGS_MAX
        assert ("Hashtag", "#Buoy") in fewer
        assert self.heads(soup) == {"Tagged"}
        assert ("Hashtag", "#Buoy") not in self.facets(soup)

    def test_an_unknown_hashtag_finds_nothing_and_says_why(self):
        soup = self.look(q="ferry", hashtag="nobody")

        assert self.heads(soup) == set()
        assert "No article here has the hashtag “nobody”." in soup.select_one("#found").get_text()

    def test_an_unknown_operator_value_is_said(self):
        soup = self.look(q="ferry before:tomorrow")

        assert "is no date" in soup.select_one("#found .notice").get_text()

    def test_a_form_without_scripts_ends_at_the_short_address(self):
        query = {"q": "night ferry", "publisher": "", "lang": "", "order": "best", "since": ""}

        plain = self.client.get(URL, query)
        scripted = self.client.get(URL, query, headers=HTMX)

        self.assertRedirects(plain, f"{URL}?q=night+ferry")
        assert scripted["HX-Push-Url"] == f"{URL}?q=night+ferry"

    def test_the_languages_among_the_results_can_be_chosen(self):
        make_article("Ferry", language="pt-BR")

        options = {o["value"]: o.get_text() for o in self.look(q="ferry").select("#id_lang option")}

        assert options[""] == "Any language"
        assert options["pt"] == "Portuguese"
        assert self.heads(self.look(q="ferry", lang="pt")) == {"Ferry"}
        assert self.heads(self.look(q="ferry", lang="pt-BR")) == {"Ferry"}

    def test_what_all_results_share_is_not_offered(self):
        facets = self.facets(self.look(q='"ferry two"'))

        assert facets == {}


class TabTests(TestCase):
    def setUp(self):
        kept = dict(tabs._tabs)
        tabs._tabs.clear()
        self.addCleanup(lambda: (tabs._tabs.clear(), tabs._tabs.update(kept)))
        make_article("Ferry")

    def look(self, address):
        return BeautifulSoup(self.client.get(address).content, "html.parser")

    def test_with_articles_alone_there_are_no_tabs(self):
        assert self.look(f"{URL}?q=ferry").select(".tabs") == []

    def test_another_room_has_a_tab_with_its_count_and_draws_its_results(self):
        asked = []

        def find(wanted, after):
            asked.append((wanted, after))
            return Listed(results=["It rains."], count=12_345, count_is_exact=False, notes=["Hm."])

        register_tab(
            Tab(
                key="letters",
                label=gettext_lazy("Letters"),
                count=lambda wanted: Count(7),
                find=find,
                results_template="search/_letters.html",
                summary_template="search/_letters_summary.html",
            )
        )
        here = self.look(f"{URL}?q=ferry&publisher=&time=week&after=")
        here = self.look(f"{URL}?q=ferry&time=week")

        shown = [
            (link.get_text(" ", strip=True), link["href"], link.get("aria-current"))
            for link in here.select(".tabs a")
        ]
        assert shown == [
            ("Articles 1", f"{URL}?q=ferry&time=week", "page"),
            ("Letters 7", f"{URL}?q=ferry&tab=letters&time=week", None),
        ]
        with self.settings(TEMPLATES=[LETTERS]):
            there = self.look(f"{URL}?q=ferry&tab=letters&order=newest")

        assert there.select_one("#found h2").get_text() == "Letters: 12345"
        assert there.select_one("#found ol").get_text() == "It rains."
        assert "Hm." in there.select_one("#found .notice").get_text()
        assert [link.get("aria-current") for link in there.select(".tabs a")] == [None, "page"]
        assert there.select(".found__ways a[href*=feed]") == []
        assert there.find("a", string="Log in to save this search")
        (wanted, after) = asked[0]
        assert (wanted.question.text, wanted.order, after) == ("ferry", "newest", None)
        assert there.select_one("search input[name=tab]")["value"] == "letters"

    def test_an_unknown_tab_is_the_articles(self):
        soup = self.look(f"{URL}?q=ferry&tab=nothing")

        assert soup.select_one("#found h2").get_text().strip() == "1 article for “ferry”"


LETTERS = {
    **settings.TEMPLATES[0],
    "APP_DIRS": False,
    "OPTIONS": {
        **settings.TEMPLATES[0]["OPTIONS"],
        "loaders": [
            (
                "django.template.loaders.locmem.Loader",
                {
                    "search/_letters.html": "<ol>{{ found.results.0 }}</ol>",
                    "search/_letters_summary.html": "Letters: {{ found.count }}",
                },
            ),
            "django.template.loaders.filesystem.Loader",
            "django.template.loaders.app_directories.Loader",
        ],
    },
}
