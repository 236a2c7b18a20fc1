"""Following hashtags: the button, and the page of what one follows."""

import re

import pytest
from django.test import TestCase
from django.urls import reverse

from reader.following.models import Follow
from reader.following.services import (
    FOLLOWS_MAX,
    FollowRefused,
    follow_hashtag,
    followed_by,
    unfollow_hashtag,
)
from reader.following.views import RIVER_SIZE
from reader.hashtags import services
from reader.hashtags.models import Hashtag
from tests.factories import make_article, make_user

HTMX = {"HX-Request": "true"}


def make(name):
    return services.create_hashtag(name=name, by=None)


def tag(article, *names):
    for name in names:
        services.tag_article(article, name=name, by=None)


def follow_address(slug):
    return reverse("following:hashtag_follow", args=[slug])


def headlines(response):
    return re.findall(r"<h3[^>]*><a[^>]*>([^<]+)</a></h3>", response.content.decode())


def door(response):
    return re.search(r'<div class="follow">.*?</div>', response.content.decode(), re.S).group()


class ButtonTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.person = make_user()
        cls.ferry = make("Ferry")
        tag(make_article(text="Words."), "Ferry")

    def test_a_stranger_gets_a_way_to_log_in_and_no_cookie(self):
        response = self.client.get("/hashtags/ferry/")

        assert 'href="/account/login/?next=%2Ffollowing%2Fferry%2F"' in door(response)
        assert "<form" not in door(response)
        assert not response.cookies
        assert "private" not in response.get("Cache-Control", "")

    def test_pressing_it_follows_and_pressing_it_again_does_not(self):
        self.client.force_login(self.person)
        assert 'value="yes"' in door(self.client.get("/hashtags/ferry/"))

        response = self.client.post(follow_address("ferry"), {"wanted": "yes"})
        self.assertRedirects(response, "/hashtags/ferry/", 303)
        assert followed_by(self.person) == [self.ferry]
        page = self.client.get("/hashtags/ferry/")
        assert 'value="no"' in door(page)

        self.client.post(follow_address("ferry"), {"wanted": "no"})
        assert followed_by(self.person) == []

    def test_htmx_gets_the_button_as_it_is_then_and_words(self):
        self.client.force_login(self.person)

        response = self.client.post(follow_address("ferry"), {"wanted": "yes"}, headers=HTMX)

        assert 'value="no"' in door(response)
        self.assertContains(response, "You follow \u2068#Ferry\u2069.")
        self.assertNotContains(response, "<h1")
        assert followed_by(self.person) == [self.ferry]

    def test_whoever_is_not_logged_in_comes_back_to_the_button(self):
        response = self.client.get(follow_address("ferry"))
        self.assertRedirects(
            response, "/account/login/?next=/following/ferry/", fetch_redirect_response=False
        )

        self.client.force_login(self.person)
        back = self.client.get(follow_address("ferry"), headers={"Sec-Fetch-Site": "same-origin"})
        assert 'value="yes"' in door(back)

    def test_no_link_follows_wherever_it_stands(self):
        self.client.force_login(self.person)
        for site in ("same-origin", "same-site", "cross-site", "none", None):
            headers = {"Sec-Fetch-Site": site} if site else {}
            response = self.client.get(follow_address("ferry"), headers=headers)
            assert 'value="yes"' in door(response)
        assert followed_by(self.person) == []

    def test_every_name_of_it_means_the_same(self):
        services.alias_hashtag("Boats", of=self.ferry, by=None)
        self.client.force_login(self.person)
        for name in ("boat", "FERRIES", "ferry"):
            self.client.post(follow_address(name), {"wanted": "yes"})
        assert Follow.objects.count() == 1

    def test_what_is_blocked_or_unknown_is_not_there(self):
        services.block_hashtag(make("Spam"), by=None)
        self.client.force_login(self.person)
        for slug in ("spam", "nothing"):
            response = self.client.post(follow_address(slug), {"wanted": "yes"})
            self.assertContains(response, "That page is not here", status_code=404)

    def test_there_is_an_end_to_it(self):
        Hashtag.objects.bulk_create(
            Hashtag(name=f"Tag{n}", slug=f"tag{n}") for n in range(FOLLOWS_MAX)
        )
        Follow.objects.bulk_create(
            Follow(user=self.person, hashtag=one)
            for one in Hashtag.objects.filter(slug__startswith="tag")
        )
        with pytest.raises(FollowRefused, match="more than 150"):
            follow_hashtag(self.ferry, by=self.person)
        self.client.force_login(self.person)
        response = self.client.post(follow_address("ferry"), {"wanted": "yes"}, follow=True)
        self.assertContains(response, "Unfollow one first.")


class PageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.person = make_user()

    def setUp(self):
        self.client.force_login(self.person)

    def follow(self, *names):
        for name in names:
            follow_hashtag(Hashtag.objects.get(name=name), by=self.person)

    def test_it_is_for_who_is_logged_in(self):
        self.client.logout()
        response = self.client.get("/following/")
        self.assertRedirects(response, "/account/login/?next=/following/")

    def test_without_any_it_says_where_to_find_some(self):
        self.assertContains(self.client.get("/following/"), "You follow nothing yet.")

    def test_it_has_the_articles_of_all_newest_first_and_each_once(self):
        tag(make_article("Both", text="Words.", hours_ago=2), "Ferry", "Harbour")
        tag(make_article("First", text="Words.", hours_ago=3), "Ferry")
        tag(make_article("Last", text="Words.", hours_ago=1), "Harbour")
        tag(make_article("Other", text="Words."), "Storm")
        self.follow("Ferry", "Harbour")

        response = self.client.get("/following/")

        assert headlines(response) == ["Last", "Both", "First"]
        assert [one.name for one in response.context["hashtags"]] == ["Ferry", "Harbour"]

    def test_its_pages_show_every_article_once(self):
        wanted = [f"Article {n:02}" for n in range(RIVER_SIZE + 3)]
        for n, title in enumerate(wanted):
            tag(make_article(title, text="Words.", hours_ago=n + 1), "Ferry", "Harbour", "Storm")
        self.follow("Ferry", "Harbour", "Storm")

        first = self.client.get("/following/")
        after = re.search(r'href="\?after=([\w-]+)"', first.content.decode()).group(1)
        part = self.client.get("/following/", {"after": after}, headers=HTMX)

        assert headlines(first) + headlines(part) == wanted
        self.assertNotContains(part, "<h1")
        bad = self.client.get("/following/", {"after": "x"})
        self.assertContains(bad, "That page is not here", status_code=404)

    def test_a_merge_keeps_follows_and_its_undo_parts_them(self):
        tag(make_article("Boats", text="Words.", hours_ago=1), "Boat")
        tag(make_article("Ferries", text="Words.", hours_ago=2), "Ferry")
        self.follow("Boat")
        boat, ferry = (Hashtag.objects.get(name=name) for name in ("Boat", "Ferry"))

        change = services.merge_hashtags(boat, ferry, by=None)
        response = self.client.get("/following/")
        assert headlines(response) == ["Boats", "Ferries"]
        assert followed_by(self.person) == [ferry]
        assert 'value="no"' in door(self.client.get("/hashtags/ferry/"))
        services.undo_hashtag_change(change, by=None)
        assert headlines(self.client.get("/following/")) == ["Boats"]

        services.merge_hashtags(
            Hashtag.objects.get(name="Boat"), Hashtag.objects.get(name="Ferry"), by=None
        )
        unfollow_hashtag(ferry, by=self.person)
        assert followed_by(self.person) == []

    def test_who_followed_what_a_split_made_follows_what_it_came_from_when_it_is_undone(self):
        harbour = make("Harbour")
        article = make_article("Quays", text="Words.")
        tag(article, "Harbour")
        both = make_user()
        follow_hashtag(harbour, by=both)
        choice = services.Choice(article_ids=(article.pk,))
        change = services.split_hashtag(harbour, choice, into="Docks", by=None)
        since = Follow.objects.get().created_at
        self.follow("Docks")
        follow_hashtag(Hashtag.objects.get(name="Docks"), by=both)

        services.undo_hashtag_change(change, by=None)

        assert followed_by(self.person) == followed_by(both) == [harbour]
        assert Follow.objects.count() == 2
        assert Follow.objects.of(both).get().created_at == since
        assert headlines(self.client.get("/following/")) == ["Quays"]

    def test_unfollowing_there_leads_back_there(self):
        tag(make_article(text="Words."), "Ferry")
        self.follow("Ferry")

        response = self.client.post(follow_address("ferry"), {"wanted": "no", "back": "list"})

        self.assertRedirects(response, "/following/", 303)
        assert followed_by(self.person) == []

    def test_blocked_ones_and_hidden_articles_are_not_on_it(self):
        tag(make_article("Gone", text="Words."), "Spam")
        self.follow("Spam")
        services.block_hashtag(Hashtag.objects.get(name="Spam"), by=None)

        self.assertNotContains(self.client.get("/following/"), "Gone")

    def test_it_costs_the_same_statements_however_many_are_followed(self):
        for size in (2, 9):
            for number in range(size):
                tag(make_article(text="Words."), f"Tag{number}", "All")
                self.follow(f"Tag{number}")
            self.client.get("/following/")  # warms the masthead
            with self.assertNumQueries(6):
                self.client.get("/following/")

    def test_the_masthead_and_the_account_lead_there(self):
        for address in ("/", "/account/"):
            self.assertContains(self.client.get(address), 'href="/following/"')
        self.client.logout()
        self.assertNotContains(self.client.get("/"), "/following/")
