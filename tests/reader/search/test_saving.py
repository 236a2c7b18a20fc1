"""Searches that people keep, what is new of them, and that they are nobody else's."""

from datetime import timedelta
from importlib import import_module
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import connection
from django.db.models import F
from django.test import TestCase, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.articles import services
from reader.articles.models import Article
from reader.search.models import SavedSearch, SearchEntry
from reader.search.saving import NEW_MAX, SAVED_MAX, SearchRefused, kept_of, save_search
from reader.search.services import rebuild_index
from tests.at_once import at_once
from tests.factories import make_article, make_publisher, make_user

SAVED = "/search/saved/"
ADDRESS = "/search/?q=ferry&publisher=gazette"


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


def queries_of(person):
    return set(SavedSearch.objects.of(person).values_list("query", flat=True))


class SavingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ada, cls.bob = make_user("ada"), make_user("bob")
        cls.gazette = make_publisher("Gazette")
        make_article("Ferry", publisher=cls.gazette, hours_ago=3)

    def test_a_stranger_is_led_to_log_in_and_back(self):
        link = soup_of(self.client.get(ADDRESS)).find("a", string="Log in to save this search")

        assert link["href"].endswith("?next=%2Fsearch%2F%3Fq%3Dferry%26publisher%3Dgazette")
        self.assertRedirects(
            self.client.post(SAVED, {"query": "q=ferry"}),
            f"/account/login/?next={SAVED}",
            fetch_redirect_response=False,
        )
        assert not SavedSearch.objects.exists()

    def test_the_button_saves_what_is_shown_and_then_says_so(self):
        self.client.force_login(self.ada)
        form = soup_of(self.client.get(f"{ADDRESS}&order=newest")).select_one(".found__save")

        query = form.select_one("[name=query]")["value"]
        done = self.client.post(form["action"], {"query": query})

        self.assertRedirects(done, ADDRESS)
        assert queries_of(self.ada) == {"q=ferry&publisher=gazette"}
        again = soup_of(self.client.get(ADDRESS))
        assert again.select(".found__save") == []
        assert again.find("a", string="Among your saved searches")["href"] == SAVED

    def test_saved_twice_in_whatever_words_it_is_saved_once(self):
        for query in ("q=ferry&order=best&lang=", "lang=&q=ferry&after=20&x=y", "q=%20ferry"):
            save_search(self.ada, query=query)

        assert queries_of(self.ada) == {"q=ferry"}

    def test_what_is_no_search_is_refused_in_a_sentence(self):
        self.client.force_login(self.ada)
        for query in ("", "q=", "x=y", "q=-strike", "order=newest", "\x00", "q=%ff%fe%00"):
            answer = self.client.post(SAVED, {"query": query}, follow=True)
            assert "nothing to look for" in soup_of(answer).get_text(), query

        assert not SavedSearch.objects.exists()

    def test_the_longest_search_in_the_widest_script_can_be_saved(self):
        saved = save_search(self.ada, query=f"q={'渡轮 ' * 100}&hashtag={'渡,' * 90}")

        assert saved.name.startswith("“渡轮")

    def test_nobody_keeps_more_than_may_be(self):
        for n in range(SAVED_MAX):
            save_search(self.ada, query=f"q=ferry{n}")

        save_search(self.ada, query="q=ferry5")
        with pytest.raises(SearchRefused, match="100 saved searches"):
            save_search(self.ada, query="q=more")
        save_search(self.bob, query="q=more")

        assert len(queries_of(self.ada)) == SAVED_MAX

    def test_the_list_says_how_many_are_new_since_the_last_look(self):
        saved = save_search(self.ada, query="q=ferry&publisher=gazette")
        self.client.force_login(self.ada)
        assert "nothing new" in soup_of(self.client.get(SAVED)).select_one(".saved").get_text()
        SearchEntry.objects.update(found_at=timezone.now() - timedelta(hours=3))
        SavedSearch.objects.update(looked_at=timezone.now() - timedelta(hours=2))
        make_article("Another ferry", publisher=self.gazette, hours_ago=1)
        make_article("Their ferry", hours_ago=1)

        before = soup_of(self.client.get(SAVED)).select_one(".saved li")
        opened = self.client.get(saved.get_absolute_url())
        after = soup_of(self.client.get(SAVED)).select_one(".saved li")

        assert before.h2.get_text(strip=True) == "“ferry” · Gazette"
        assert "1 new" in before.get_text()
        assert before.select_one("a[href*=feed]")["href"] == (
            "/search/feed.atom?q=ferry&publisher=gazette"
        )
        self.assertRedirects(opened, f"{ADDRESS}&order=newest")
        assert "nothing new" in after.get_text()

    def new(self, query="q=ferry"):
        return kept_of([save_search(self.ada, query=query)])[0].new_count

    def test_what_arrives_late_is_new_whatever_its_date(self):
        save_search(self.ada, query="q=ferry")

        make_article("Late ferry", hours_ago=99)
        draft = make_article("Old ferry", status="draft", hours_ago=999)
        before = self.new()
        services.publish_article(draft)

        assert (before, self.new()) == (1, 2)

    def test_what_was_scheduled_is_new_once_it_can_be_found(self):
        soon = timezone.now() + timedelta(hours=1)
        planned = make_article("Secret ferry", hours_ago=9, status="scheduled", embargo_until=soon)
        save_search(self.ada, query="q=ferry")
        before = self.new()
        # The hour is over.
        for model in (SavedSearch, SearchEntry):
            name = "looked_at" if model is SavedSearch else "found_at"
            late = {name: F(name) - timedelta(hours=2)}
            model.objects.filter(**{f"{name}__isnull": False}).update(**late)
        Article.objects.filter(pk=planned.pk).update(
            shown_from=timezone.now() - timedelta(hours=1), embargo_until=None
        )

        assert (before, self.new()) == (0, 1)

    def test_what_an_upgrade_finds_hidden_is_new_once_it_can_be_found(self):
        soon = timezone.now() + timedelta(hours=1)
        for number, status in enumerate(("scheduled", "published")):
            make_article(f"Secret ferry {number}", status=status, embargo_until=soon)
        save_search(self.ada, query="q=ferry")
        SearchEntry.objects.update(found_at=None)

        upgrade = import_module("reader.search.migrations.0006_found_at")
        with self.assertNumQueries(1):
            upgrade.await_openings(apps, None)

        assert self.new() == 0
        later = timezone.now() + timedelta(hours=2)
        with mock.patch.object(timezone, "now", return_value=later):
            assert self.new() == 2

    def test_what_is_indexed_again_is_not_new_again(self):
        article = make_article("Found ferry", text="Port", hours_ago=1)
        SearchEntry.objects.filter(article_id=article.pk).update(found_at=None)
        save_search(self.ada, query="q=ferry")

        for each in Article.objects.all():
            services.edit_article(each, by=None, body_html="<p>Another port.</p>")
        rebuild_index(say=str)

        assert self.new() == 0

    def test_a_prefetch_is_no_look(self):
        saved = save_search(self.ada, query="q=ferry")
        self.client.force_login(self.ada)

        self.client.get(saved.get_absolute_url(), headers={"Sec-Purpose": "prefetch"})

        assert SavedSearch.objects.get().looked_at == saved.looked_at

    def test_a_removed_search_is_gone_and_removing_it_again_does_no_harm(self):
        saved = save_search(self.ada, query="q=ferry")
        self.client.force_login(self.ada)
        action = soup_of(self.client.get(SAVED)).select_one(".saved form")["action"]

        for _ in range(2):
            self.assertRedirects(self.client.post(action), SAVED)

        assert not SavedSearch.objects.filter(pk=saved.pk).exists()

    def test_one_persons_searches_are_nobody_elses(self):
        saved = save_search(self.ada, query="q=ferry")
        self.client.force_login(self.bob)

        shown = self.client.get(SAVED)
        opened = self.client.get(saved.get_absolute_url())
        self.client.post(f"{SAVED}{saved.pk}/remove/")

        assert "ferry" not in shown.content.decode()
        assert "private" in shown["Cache-Control"]
        assert opened.status_code == 404
        assert queries_of(self.ada) == {"q=ferry"}

    def test_a_search_whose_publisher_is_gone_finds_nothing_says_so_and_can_be_removed(self):
        herald = make_publisher("Herald")
        article = make_article("Port", publisher=herald)
        for query in ("publisher=herald", "q=ferry&publisher=herald", "q=ferry&hashtag=nobody"):
            save_search(self.ada, query=query)
        services.delete_articles([article])
        herald.delete()
        SavedSearch.objects.update(looked_at=timezone.now() - timedelta(days=9))
        self.client.force_login(self.ada)

        shown = soup_of(self.client.get(SAVED))

        assert "Herald" in shown.select_one(".saved").get_text()
        assert len(shown.select(".saved form")) == 3
        for each in shown.select(".saved li"):
            assert "no longer here, so it finds nothing" in each.get_text()
            assert each.select("a[href*=feed]") == []
            opened = soup_of(self.client.get(each.h2.a["href"], follow=True))
            assert opened.select("ol.river li") == []
            assert opened.select("#found .notice--warning")

    def test_searches_go_with_the_person(self):
        save_search(self.ada, query="q=ferry")

        self.ada.delete()

        assert not SavedSearch.objects.exists()

    def test_a_page_costs_one_count_for_each_search_whatever_it_finds(self):
        costs = []
        self.client.force_login(self.ada)
        self.client.get(SAVED)
        for size in (1, 4):
            for n in range(size):
                save_search(self.ada, query=f"q=ferry{size}{n}&publisher=gazette")
            make_article("Something new")
            with CaptureQueriesContext(connection) as queries:
                self.client.get(SAVED)
            costs.append(len(queries))
            for n in range(5):
                make_article(f"ferry{size}0 {n}", publisher=self.gazette)

        assert costs[1] - costs[0] == 4
        for n in range(40):
            save_search(self.ada, query=f"q=more{n}")
        first = soup_of(self.client.get(SAVED))
        assert len(first.select(".saved li")) == 20
        rest = SAVED + first.select_one(".pager a")["href"]
        assert len(soup_of(self.client.get(rest)).select(".saved li")) == 20
        assert self.client.get(f"{SAVED}?after=x").status_code == 404

    def test_the_account_leads_there(self):
        self.client.force_login(self.ada)

        assert f'href="{SAVED}"' in self.client.get("/account/").content.decode()

    def test_more_than_can_be_read_are_not_counted(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("reader.search.saving.NEW_MAX", 2)
            save_search(self.ada, query="q=ferry")
            SavedSearch.objects.update(looked_at=timezone.now() - timedelta(days=1))
            for n in range(4):
                make_article(f"Ferry {n}", hours_ago=1)
            self.client.force_login(self.ada)

            shown = soup_of(self.client.get(SAVED)).select_one(".saved").get_text()

        assert "more than 2 new" in shown
        assert NEW_MAX == 99


class AtOnceTests(TransactionTestCase):
    def test_at_the_same_moment_nothing_is_saved_twice_and_nobody_gets_past_the_limit(self):
        ada = make_user("ada")
        refused = []

        def save(query):
            try:
                save_search(ada, query=query)
            except SearchRefused as refusal:
                refused.append(str(refusal))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("reader.search.saving.SAVED_MAX", 2)
            jobs = [lambda query=query: save(query) for query in ["q=a", "q=a", "q=b", "q=c"]]
            assert at_once(jobs) == []

        assert SavedSearch.objects.of(ada).count() == 2
        assert len(refused) in (1, 2)
