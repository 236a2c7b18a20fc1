"""The search page, for people with and without JavaScript, and for people who mean it ill."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from reader.articles import services
from tests.factories import make_article, make_publisher

HTMX = {"HX-Request": "true"}
URL = "/search/"


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


def heads(soup):
    return [head.get_text().strip() for head in soup.select("ol.river h3")]


def summary(soup):
    return soup.select_one("#found h2").get_text().strip()


class SearchPageTests(TestCase):
    def test_before_anything_is_typed_it_says_what_to_do(self):
        soup = soup_of(self.client.get(reverse("search:search_page")))

        assert summary(soup) == "Type a word or two."
        assert soup.select_one("search form")["action"] == URL
        assert soup.select_one("search form").get("method", "get") == "get"
        assert heads(soup) == []

    def test_articles_are_counted_listed_and_marked(self):
        article = make_article("Night ferry", text="The ferry sleeps <script> in port.")
        make_article("Another ferry", hours_ago=9)
        make_article("Train")

        soup = soup_of(self.client.get(URL, {"q": "ferry", "order": "newest"}))

        assert summary(soup) == "2 articles for “ferry”"
        assert heads(soup) == ["Night ferry", "Another ferry"]
        first = soup.select_one("ol.river li")
        assert first.h3.a["href"] == article.get_absolute_url()
        assert [mark.get_text() for mark in first.select("mark")] == ["ferry", "ferry"]
        assert "sleeps <script> in port" in first.get_text()
        assert first.script is None
        assert soup.select_one("#main input[name=q]")["value"] == "ferry"

    def test_one_article_is_one(self):
        make_article("Ferry")

        assert summary(soup_of(self.client.get(URL, {"q": "ferry"}))) == "1 article for “ferry”"

    def test_nothing_found_says_what_one_can_do(self):
        response = self.client.get(URL, {"q": "ferri"})

        soup = soup_of(response)
        assert summary(soup) == "No article has “ferri” in it."
        assert "Try fewer words" in soup.select_one("#found .empty").get_text()

    def test_only_words_to_leave_out_get_a_sentence(self):
        soup = soup_of(self.client.get(URL, {"q": "-strike"}))

        assert summary(soup).startswith("Add a word to look for")

    def test_hostile_words_stay_words(self):
        hostile = '"><script>alert(1)</script><mark>'
        make_article(f"Ferry {hostile}", text=f"ferry {hostile}")

        for query in (hostile, "ferry", "script"):
            soup = soup_of(self.client.get(URL, {"q": query}))
            assert soup.select_one("#main script") is None
            assert len(soup.select("ol.river li")) == 1
            assert soup.select_one("#main input[name=q]")["value"] == query

    def test_filters_narrow_and_stay_chosen(self):
        gazette = make_publisher("Gazette")
        make_article("Ferry today", publisher=gazette)
        make_article("Ferry then", publisher=gazette, hours_ago=24 * 20)
        make_article("Ferry elsewhere", publisher=make_publisher("Herald"))
        query = {"q": "ferry", "publisher": gazette.slug, "time": "week", "order": "newest"}

        soup = soup_of(self.client.get(URL, query))

        assert heads(soup) == ["Ferry today"]
        values = [option["value"] for option in soup.select("#main select option[selected]")]
        chosen = [value for value in values if value]
        assert chosen == [gazette.slug, "week", "newest"]
        all_away = soup.find("a", string="Take away all")["href"]
        assert all_away == f"{URL}?q=ferry&order=newest"

    def test_an_unknown_filter_is_left_out_and_said(self):
        make_article("Ferry")
        query = {"q": "ferry", "lang": "no\x00ne", "time": "eon", "order": "random"}

        soup = soup_of(self.client.get(URL, query))
        nobody = soup_of(self.client.get(URL, query | {"publisher": "no\x00one"}))

        assert heads(soup) == ["Ferry"]
        assert len(soup.select("#found .notice")) == 3
        # A publisher who is not here has written nothing.
        assert heads(nobody) == []
        assert len(nobody.select("#found .notice")) == 4

    def test_newest_first_is_newest_first(self):
        make_article("Old ferry", text="ferry", hours_ago=9)
        make_article("New", text="A ferry.", hours_ago=1)

        newest = soup_of(self.client.get(URL, {"q": "ferry", "order": "newest"}))
        best = soup_of(self.client.get(URL, {"q": "ferry"}))

        assert heads(newest) == ["New", "Old ferry"]
        assert heads(best) == ["Old ferry", "New"]

    def test_more_leads_through_all_of_them(self):
        for n in range(25):
            make_article(f"Ferry {n}", hours_ago=n + 1)
        for order in ("best", "newest"):
            first = soup_of(self.client.get(URL, {"q": "ferry", "order": order}))
            more = first.select_one(".pager a")["href"]

            second = soup_of(self.client.get(more))
            part = self.client.get(more, headers=HTMX)

            assert len(heads(first)) == 20
            assert sorted(heads(first) + heads(second)) == sorted(f"Ferry {n}" for n in range(25))
            assert second.select_one(".pager") is None
            assert summary(second) == "25 articles for “ferry”"
            assert heads(soup_of(part)) == heads(second)
            assert part.content.lstrip().startswith(b"<ol")
            assert soup_of(part).select_one("[autofocus]").get_text().strip() == heads(second)[0]

    def test_an_address_we_never_made_is_not_found(self):
        make_article("Ferry")
        for order in ("best", "newest"):
            for after in ("x", "-1", "0", "1e9", "9" * 19, "9" * 400, "٣"):
                query = {"q": "ferry", "after": after, "order": order}
                assert self.client.get(URL, query).status_code == 404, query

    def test_htmx_gets_the_results_alone_the_title_and_what_to_say(self):
        make_article("Ferry")

        response = self.client.get(URL, {"q": "ferry"}, headers=HTMX)

        soup = soup_of(response)
        assert soup.select_one("html") is None
        assert soup.find("section", id="found") is not None
        assert soup.title.get_text().strip() == "“ferry” · Search · Foldline"
        say = soup.find(id="say")
        assert say["hx-swap-oob"] == "innerHTML"
        assert say.get_text().strip() == "1 article for “ferry”"
        assert "HX-Request" in response["Vary"]

    def test_it_costs_the_same_queries_for_one_and_for_many(self):
        self.client.get(URL)
        # Fewer than these, and the vocabulary is asked what else may have been meant.
        for n in range(4):
            make_article(f"Ferry at {n}", publisher=make_publisher())
        few = self._queries({"q": "ferry"})
        for n in range(25):
            make_article(f"Ferry {n}", publisher=make_publisher(), keywords=[f"Port {n}"])

        assert self._queries({"q": "ferry"}) == few <= 9
        assert self._queries({"q": '"ferry"', "order": "newest", "time": "week"}) == few

    def _queries(self, query):
        with CaptureQueriesContext(connection) as queries:
            self.client.get(URL, query)
        return len(queries)

    def test_a_reader_gets_no_cookie_and_crawlers_stay_out(self):
        response = self.client.get(URL, {"q": "ferry"})

        assert not response.cookies
        assert soup_of(response).find("meta", {"name": "robots"})["content"] == "noindex, follow"

    def test_what_may_not_be_seen_is_neither_found_nor_counted(self):
        soon = timezone.now() + timedelta(hours=1)
        make_article("Secret draft", status="draft")
        make_article("Secret plan", status="scheduled", published_at=soon)
        make_article("Secret embargo", status="scheduled", embargo_until=soon)
        services.withdraw_article(make_article("Secret withdrawal"))

        for path in (URL, "/search/feed.atom"):
            response = self.client.get(path, {"q": "secret"})
            for word in ("draft", "plan", "embargo", "withdrawal"):
                self.assertNotContains(response, word)
        assert summary(soup_of(self.client.get(URL, {"q": "secret"}))) == (
            "No article has “secret” in it."
        )


class ManyArticlesTests(TestCase):
    def test_the_count_is_exact_up_to_ten_thousand_and_about_right_beyond(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("reader.search.facets.EXACT_MAX", 3)
            for n in range(4):
                assert n == 0 or make_article(f"Ferry {n}")
            exact = summary(soup_of(self.client.get(URL, {"q": "ferry"})))
            make_article("One ferry more")

            more = summary(soup_of(self.client.get(URL, {"q": "ferry"})))

        assert exact == "3 articles for “ferry”"
        assert more == "≈ about 4 articles for “ferry”"

    def test_where_the_best_end_the_rest_is_a_link_away(self):
        with pytest.MonkeyPatch.context() as patch:
            for engine in ("sqlite", "postgres"):
                for name in ("TITLE_CANDIDATES", "TEXT_CANDIDATES"):
                    patch.setattr(f"reader.search.engines.{engine}.{name}", 2)
            for n in range(5):
                make_article(f"Ferry {n}", hours_ago=n + 1)

            soup = soup_of(self.client.get(URL, {"q": "ferry"}))

        assert heads(soup) == ["Ferry 0", "Ferry 1"]
        rest = soup.select_one(".pager a")["href"]
        assert len(heads(soup_of(self.client.get(rest)))) == 5


HOSTILE = [
    "'; DROP TABLE search_words; --",
    '" OR 1=1 --',
    "AND", "OR OR", "NOT", "NEAR(a b)", "NEAR", "a NEAR/2 b",
    "(", ")", "((((", '"', '""', '"""', "*", "a*", "^a", "a^2", "title:", "{title} : a",
    "-", "--", "-a",
    "a & b", "!a", "a <-> b", "a:*", "a:A", "'", "''", "\\", "\\'", "a\\",
    "%", "%s", "%(a)s", "{article}", "{0}", "{{ a }}",
    "\x00", "a\x00b", "\ufffe", "\U0010ffff", "\u202e",
    "·", "·p1", "a·b", "\u0301", "\u200b", "ﷺ" * 50, "é" * 300, "轮" * 300, "ก็" * 200,
    "a " * 5000, '"' * 5000, "-" * 5000, '-"a ' * 500, "1" * 5000,
]  # fmt: skip


class HostileTests(TestCase):
    def test_no_query_breaks_it_and_every_one_gets_a_sentence(self):
        make_article("Ferry", text="The ferry sleeps in port. 渡轮")
        for text in HOSTILE:
            for order in ("best", "newest"):
                with self.subTest(text=text[:40], order=order):
                    response = self.client.get(URL, {"q": text, "order": order})
                    assert response.status_code == 200
                    assert summary(soup_of(response))
            assert self.client.get("/search/feed.atom", {"q": text}).status_code == 200

    def test_no_bytes_in_an_address_break_it(self):
        for raw in (
            "q=%ff%fe",
            "q=%00",
            "q=%ED%A0%80",
            "q[]=a",
            "q=a&q=b",
            "&&&=",
            "q=%",
            "q=+%2B+",
        ):
            assert self.client.get(f"{URL}?{raw}").status_code == 200, raw

    def test_an_odd_charset_does_not_break_it(self):
        for charset in ("utf-7", "utf-16", "nonsense", "idna"):
            response = self.client.get(
                f"{URL}?q=ferry", headers={"content-type": f"text/plain; charset={charset}"}
            )
            assert response.status_code in (200, 400), charset

    def test_other_methods_are_refused(self):
        assert self.client.post(URL, {"q": "ferry"}).status_code in (403, 405)


class FuzzTests(HypothesisTestCase):
    @settings(
        max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        st.text(max_size=80)
        | st.binary(max_size=60)
        | st.lists(
            st.sampled_from(
                ['"', "-", "ferry", "the", "渡轮", "*", "(", ")", "'", "\\", " ", "·", "&", ":"]
            ),
            max_size=30,
        ).map("".join)
    )
    def test_random_queries_answer(self, query):
        make_article("Ferry", text="The ferry sleeps in port. 渡轮")
        client = Client(headers={"HX-Request": "true"})

        for order in ("best", "newest"):
            response = client.get(f"{URL}?q={quote(query)}&order={order}")
            assert response.status_code == 200
