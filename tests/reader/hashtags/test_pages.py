"""The pages of hashtags, and the hashtags on pages of articles."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from django.template import Context, Template
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from reader.articles import services as articles
from reader.articles.models import Article
from reader.hashtags import services
from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.hashtags.views import NAMES_COUNT, RIVER_SIZE
from reader.keyset import _write_cursor
from tests.factories import make_article, make_publisher, make_section, make_user

HTMX = {"HX-Request": "true"}


def make(name, **fields):
    return services.create_hashtag(name=name, by=None, **fields)


def tag(article, *names):
    for name in names:
        services.tag_article(article, name=name, by=None)


def make_known(name, **fields):
    """Make one whose only article was withdrawn."""
    hashtag = make(name, **fields)
    article = make_article(text="Words.")
    tag(article, name)
    articles.withdraw_article(article)
    return hashtag


def address(slug):
    return reverse("hashtags:hashtag_detail", args=[slug])


def feed_address(slug, form="atom"):
    return reverse("hashtags:hashtag_feed", args=[slug, form])


def headlines(response):
    page = response.content.decode()
    return [words.strip() for words in re.findall(r"<h3[^>]*><a[^>]*>([^<]+)</a></h3>", page)]


def tags(html):
    return re.findall(r'<a[^>]*rel="tag"[^>]*>(?:<bdi>)?(#\w+)', html)


class HashtagDetailTests(TestCase):
    def test_large_numbers_are_written_as_in_the_search(self):
        tag(make_article(), "Ferry")
        Hashtag.objects.filter(slug="ferry").update(article_count=12705)

        for page in (address("ferry"), reverse("hashtags:hashtag_index")):
            self.assertContains(self.client.get(page), "12,705 articles")
        spanish = self.client.get(address("ferry"), headers={"Accept-Language": "es"})
        self.assertContains(spanish, "12\N{NO-BREAK SPACE}705 artículos")

    def test_it_says_how_many_articles_there_are_and_lists_the_newest_first(self):
        for hours, title in ((30, "Older"), (2, "Newer")):
            tag(make_article(title, text="Words.", hours_ago=hours), "FerryStrike")

        response = self.client.get(address("ferrystrike"))

        self.assertContains(response, "<h1><bdi>#FerryStrike</bdi></h1>", html=True)
        self.assertContains(response, "2 articles, newest <time")
        assert headlines(response) == ["Newer", "Older"]

    def test_every_other_spelling_moves_on_for_good(self):
        services.alias_hashtag("Boats", of=make_known("FerryStrike"), by=None)
        services.rename_hashtag(Hashtag.objects.get(name="FerryStrike"), name="Walkout", by=None)

        for slug in ("WALKOUT", "Walkouts", "ferrystrike", "Ferry_Strike", "boats", "BOAT"):
            response = self.client.get(address(slug))
            self.assertRedirects(response, address("walkout"), 301, msg_prefix=slug)
        for slug in ("boats", "WALKOUT"):
            for form in ("atom", "rss", "json"):
                old = reverse("hashtags:hashtag_feed", args=[slug, form])
                new = reverse("hashtags:hashtag_feed", args=["walkout", form])
                self.assertRedirects(self.client.get(old), new, 301, fetch_redirect_response=False)

    def test_a_blocked_one_says_that_it_is_gone(self):
        blocked = make_known("Blocked")
        services.alias_hashtag("Nickname", of=blocked, by=None)
        services.block_hashtag(blocked, by=None)

        for slug in ("blocked", "nickname"):
            for place in (address(slug), feed_address(slug)):
                response = self.client.get(place)
                self.assertContains(response, "not used any more", status_code=410)

    def test_unknown_ones_are_not_there(self):
        for slug in ("nothing", "-", "%00", "a" * 900, "<b>", "..."):
            for place in (address(slug), feed_address(slug)):
                response = self.client.get(place)
                self.assertContains(response, "That page is not here", status_code=404)

    def test_scripts_of_the_world_have_addresses(self):
        for name in ("عمال_الموانئ", "乌克兰", "हिन्दी", "SãoPaulo"):
            hashtag = make_known(name)
            self.assertContains(
                self.client.get(hashtag.get_absolute_url()), f"<h1><bdi>#{name}</bdi></h1>"
            )

    def test_an_empty_one_says_so_and_shows_where_something_is(self):
        make_known("Quiet")
        tag(make_article(text="Words."), "Busy")

        response = self.client.get(address("quiet"))

        self.assertContains(response, "There is nothing under <bdi>#Quiet</bdi> any more.")
        self.assertContains(response, 'content="noindex"')
        assert tags(response.content.decode()) == ["#Busy"]

    def test_nothing_that_readers_may_not_see_is_on_it_or_in_its_feed(self):
        tag(make_article("Secret draft", text="Words.", status=Article.Status.DRAFT), "Ferry")
        later = make_article("Secret later", text="Words.", status=Article.Status.DRAFT)
        tag(articles.publish_article(later, at=timezone.now() + timedelta(days=1)), "Ferry")
        gone = make_article("Secret gone", text="Words.")
        tag(gone, "Ferry")
        articles.withdraw_article(gone)
        rejected = make_article("Secret rejected", text="Words.")
        services.untag_article(rejected, hashtag=Hashtag.objects.get(name="Ferry"), by=None)

        for place in (address("ferry"), feed_address("ferry"), feed_address("ferry", "json")):
            self.assertNotContains(self.client.get(place), "Secret")
        self.assertContains(self.client.get(address("ferry")), "0 articles")

    def test_paging_shows_every_article_once(self):
        moment = timezone.now() - timedelta(hours=1)
        wanted = [f"Article {n:02}" for n in range(RIVER_SIZE + 3)]
        for title in wanted:
            tag(make_article(title, text="Words.", published_at=moment), "Ferry")

        first = self.client.get(address("ferry"))
        after = re.search(r'href="\?after=([\w-]+)"', first.content.decode()).group(1)
        second = self.client.get(address("ferry"), {"after": after})
        part = self.client.get(address("ferry"), {"after": after}, headers=HTMX)

        assert headlines(first) + headlines(second) == wanted[::-1]
        assert headlines(part) == headlines(second)
        assert "<h1" not in part.content.decode()
        assert "HX-Request" in first["Vary"]

    def test_an_address_that_was_never_ours_is_a_404(self):
        make_known("Ferry")
        for after in ("x", "%%%", "WzEsMl0", "bnVsbA"):
            response = self.client.get(address("ferry"), {"after": after})
            self.assertContains(response, "That page is not here", status_code=404)

    def test_past_the_last_article_it_says_so_and_leads_to_the_newest(self):
        section = make_section("Business")
        publisher = make_publisher("Courier")
        tag(make_article(text="Words.", section=section, publisher=publisher), "Ferry")
        old = ArticleHashtag(listed_at=timezone.now() - timedelta(days=900), article_id=1)
        after = _write_cursor(old, ("listed_at", "article_id"))
        places = (
            "/", address("ferry"), section.get_absolute_url(), publisher.get_absolute_url()
        )  # fmt: skip
        for place in places:
            response = self.client.get(place, {"after": after})

            self.assertContains(response, "Nothing here is older than that.")
            self.assertContains(response, f'<a href="{place}">To the newest articles</a>')
            self.assertNotContains(response, "yet")
        self.client.force_login(make_user())
        self.client.post("/following/ferry/")
        self.assertContains(self.client.get("/following/", {"after": after}), "older than that.")

    def test_often_seen_with_prefers_what_belongs_to_it(self):
        for number in range(12):
            tag(make_article(text="Words."), "News", *(["Ferry", "Harbour"] if number < 3 else []))

        response = self.client.get(address("ferry"))

        # All articles have #News, so it says nothing about this one.
        assert [one.name for one in response.context["company"].hashtags] == ["Harbour"]

    def test_it_says_since_when_and_how_busy_it_was(self):
        for days, count in ((1, 2), (3, 5), (9, 1)):
            for _ in range(count):
                tag(make_article(text="Words.", hours_ago=24 * days), "Ferry")

        page = self.client.get(address("ferry")).content.decode()
        later = self.client.get(address("ferry"), {"after": self.cursor_before_all()})

        days = [timezone.now() - timedelta(days=n) for n in (9, 3, 1)]
        first, busiest, last = (date_format(day, "MONTH_DAY_FORMAT") for day in days)
        assert f"first seen {first}" in page
        assert f'aria-label="{first}: 1; {busiest}: 5; {last}: 2"' in page
        assert page.count("<rect") == 3
        assert f"8 articles in the past 30 days · most on {busiest}: 5" in page
        self.assertNotContains(later, '<svg class="activity')

    def cursor_before_all(self):
        link = ArticleHashtag(listed_at=timezone.now() + timedelta(days=1), article_id=10**9)
        return _write_cursor(link, ("listed_at", "article_id"))

    def test_it_names_the_publishers_that_write_most_and_leads_to_their_articles(self):
        herald, gazette = make_publisher("Herald"), make_publisher("Gazette")
        for publisher, count in ((gazette, 1), (herald, 2), (None, 1)):
            for _ in range(count):
                tag(make_article(text="Words.", publisher=publisher), "Ferry")

        response = self.client.get(address("ferry"))

        shares = response.context["company"].publishers
        assert [(share.name, share.count) for share in shares] == [("Herald", 2), ("Gazette", 1)]
        self.assertContains(response, "/search/?q=hashtag%3Aferry+publisher%3Aherald&amp;")

    def test_its_form_asks_the_search_at_an_address_that_can_be_shared(self):
        herald = make_publisher("Herald")
        wanted = make_article(
            "Wanted", text="Words.", publisher=herald, language="en", hours_ago=24 * 9
        )
        for article in (
            wanted,
            make_article("Later", text="Words.", publisher=herald, language="en"),
            make_article("Other publisher", text="Words.", language="en", hours_ago=24 * 9),
            make_article("Otra", text="Words.", publisher=herald, language="es", hours_ago=24 * 9),
        ):
            tag(article, "Ferry")
        day = wanted.listed_at.date()
        asked = {"publisher": "herald", "lang": "en", "since": str(day), "until": str(day)}

        response = self.client.get(address("ferry"), asked)

        shown = self.client.get(response["Location"])
        assert set(parse_qs(urlsplit(response["Location"]).query)["q"][0].split()) == {
            "hashtag:ferry",
            "publisher:herald",
            "lang:en",
            f"after:{day}",
            f"before:{day + timedelta(days=1)}",
        }
        assert headlines(shown) == ["Wanted"]

    def test_what_the_form_cannot_mean_is_left_out(self):
        tag(make_article(text="Words."), "Ferry")
        typed = {"publisher": "a b) OR c", "lang": '"', "since": "soon", "until": "9999-12-31"}
        response = self.client.get(address("ferry"), typed)
        assert response["Location"] == "/search/?q=hashtag%3Aferry&order=newest"
        self.assertContains(self.client.get(address("ferry"), {"publisher": ""}), "#Ferry")

    def test_it_costs_the_same_statements_however_busy_it_is(self):
        for _ in range(20):
            make_article(text="Words.")
        for number, size in enumerate((2, 8)):
            for _ in range(size):
                tag(make_article(text="Words."), f"Ferry{number}", "Harbour", "Storm")
            self.client.get(address(f"ferry{number}"))  # warms the masthead
            with self.assertNumQueries(10):
                self.client.get(address(f"ferry{number}"))

    def test_the_feed_has_the_newest_articles_in_the_same_statements_however_many(self):
        for number, size in enumerate((1, 4)):
            wanted = [f"Article {number}.{each}" for each in range(size)]
            for each, title in enumerate(wanted):
                article = make_article(title, text="Words.", hours_ago=each + 1)
                tag(article, f"Ferry{number}", "Harbour")
            for form in ("atom", "rss", "json"):
                with self.assertNumQueries(3):
                    response = self.client.get(feed_address(f"ferry{number}", form))
            items = response.json()["items"]
            assert [item["title"] for item in items] == wanted
            assert {tuple(item["tags"]) for item in items} == {(f"Ferry{number}", "Harbour")}

    def test_the_feed_goes_on_where_its_first_page_ends(self):
        for number in range(RIVER_SIZE + 2):
            tag(make_article(f"Article {number}", text="Words.", hours_ago=number + 1), "Ferry")

        first = self.client.get(feed_address("ferry", "json")).json()
        second = self.client.get(first["next_url"]).json()

        assert [item["title"] for item in second["items"]] == ["Article 30", "Article 31"]
        assert "next_url" not in second

    def test_what_an_editor_wrote_is_printed_as_text(self):
        make_known("Ferry", description="What <b>moves</b>\n\nand what does not.")

        response = self.client.get(address("ferry"))

        self.assertContains(response, "What &lt;b&gt;moves&lt;/b&gt;")


class HashtagIndexTests(TestCase):
    def test_an_empty_site_says_so(self):
        self.assertContains(self.client.get("/hashtags/"), "No hashtags yet.")

    def test_it_shows_the_latest_the_busiest_and_the_alphabet(self):
        for number in range(3):
            tag(make_article(text="Words."), "Busy", *(["Quiet"] if number else []))
        tag(make_article(text="Words."), "Rare")

        response = self.client.get("/hashtags/")

        assert [one.name for one in response.context["lately"]] == ["Busy", "Quiet"]
        assert [one.name for one in response.context["busiest"]] == ["Busy", "Quiet", "Rare"]
        assert [one.name for one in response.context["names"]] == ["Busy", "Quiet", "Rare"]

    def test_aliases_blocked_and_empty_ones_are_not_on_it(self):
        tag(make_article(text="Words."), "Ferry", "Spam")
        services.alias_hashtag("Boat", of=Hashtag.objects.get(name="Ferry"), by=None)
        services.block_hashtag(Hashtag.objects.get(name="Spam"), by=None)
        make("Empty")

        page = self.client.get("/hashtags/").content.decode()

        assert set(tags(page)) == {"#Ferry"}

    def test_the_alphabet_goes_on_from_any_letter(self):
        for number in range(NAMES_COUNT + 2):
            Hashtag.objects.create(
                name=f"Tag{number:03}", slug=f"tag{number:03}", article_count=number + 1
            )

        first = self.client.get("/hashtags/", {"from": "T"}).content.decode()
        start = re.search(r'href="\?from=(tag\w+)#names"', first).group(1)
        rest = self.client.get("/hashtags/", {"from": start}).content.decode()

        assert len(tags(first)) == NAMES_COUNT
        assert tags(first) + tags(rest) == [f"#Tag{n:03}" for n in range(NAMES_COUNT + 2)]
        self.assertContains(self.client.get("/hashtags/", {"from": "zz<i>"}), "zz&lt;i&gt;")

    def test_it_costs_the_same_statements_however_many_there_are(self):
        for size in (2, 9):
            for number in range(size):
                tag(make_article(text="Words."), f"Tag{number}", "All")
            self.client.get("/hashtags/")  # warms the masthead
            with self.assertNumQueries(6):
                self.client.get("/hashtags/")


class DoorTests(TestCase):
    def door(self, article):
        template = Template("{% load hashtags %}{% hashtags article %}")
        return template.render(Context({"article": article}))

    def test_an_article_shows_its_hashtags_as_links_in_one_query(self):
        article = make_article(text="Words.")
        for number in range(3):
            tag(article, f"Tag{number}")
            loaded = Article.objects.get(pk=article.pk)
            with self.assertNumQueries(1):
                html = self.door(loaded)
            assert len(tags(html)) == number + 1
        assert f'href="{address("tag1")}"' in html
        assert "<h2" in html

    def test_without_any_it_says_so(self):
        assert "None for this one." in self.door(make_article(text="Words."))

    def test_a_name_is_escaped(self):
        article = make_article(text="Words.")
        tag(article, "Ferry")
        Hashtag.objects.update(name="<b>&")

        assert "#&lt;b&gt;&amp;</a>" in self.door(article)

    def test_lists_show_three_each_in_one_query(self):
        first, second, third = (make_article(text="Words.") for _ in range(3))
        tag(first, *"ABCDE")
        tag(second, "A")
        template = Template(
            "{% load hashtags %}{% with_hashtags articles %}"
            "{% for article in articles %}{{ article.shown_hashtags|join:' ' }};{% endfor %}"
        )

        with self.assertNumQueries(1):
            html = template.render(Context({"articles": [first, second, third]}))

        assert html == "#A #B #C;#A;;"
        with self.assertNumQueries(0):
            template.render(Context({"articles": []}))

    def test_the_article_s_page_has_them(self):
        article = make_article("Strike", text="Words.")
        tag(article, "FerryStrike")

        response = self.client.get(article.get_absolute_url())

        section = re.search(
            r'<section class="hashtags".*?</section>', response.content.decode(), re.S
        )
        assert tags(section.group()) == ["#FerryStrike"]

    def test_the_front_page_has_them(self):
        article = make_article("Strike", text="Words.")
        tag(article, "FerryStrike")

        page = self.client.get("/").content.decode()

        assert ">#FerryStrike</a>" in page
