"""Suggestions while somebody types: by beginnings, from indexes, of what readers may see."""

from datetime import timedelta

from bs4 import BeautifulSoup
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from reader.hashtags.services import tag_article
from reader.search.vocabulary import count_words
from tests.factories import make_article, make_publisher, make_user

URL = reverse("search:suggest")


def suggested(client, text, given=(), **options):
    """Return what is suggested, as {kind: [(text, address), …]}."""
    soup = BeautifulSoup(
        client.get(URL, {"q": text, **dict(given)}, **options).content, "html.parser"
    )
    return {
        group["aria-labelledby"].removeprefix("suggestions-"): [
            (option.span.get_text(), option["data-href"])
            for option in group.select("[role=option]")
        ]
        for group in soup.select("[role=group]")
    }


class SuggestTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.publisher = make_publisher("The Ferryman’s Gazette")
        cls.older = make_article("Ferries are late", text="Feral cats.", hours_ago=3)
        cls.newer = make_article("Night ferry", text="The ferry. Feral.", hours_ago=1)
        make_article("Train", text="No ferry.", publisher=cls.publisher)
        for article in (cls.older, cls.newer):
            tag_article(article, name="FerryStrike", by=None)
        count_words()

    def test_a_beginning_leads_to_words_hashtags_publishers_and_headlines(self):
        found = suggested(self.client, "Fer")

        assert found["words"] == [
            ("feral", "/search/?q=feral"),
            ("ferry", "/search/?q=ferry"),
        ]
        assert ("#FerryStrike", "/hashtags/ferrystrike/") in found["hashtags"]
        assert found["publishers"] == [
            ("The Ferryman’s Gazette", self.publisher.get_absolute_url())
        ]
        # Newest first; plural and singular are one.
        assert [text for text, _ in found["headlines"]] == ["Night ferry", "Ferries are late"]

    def test_words_before_the_last_stay_and_narrow(self):
        found = suggested(self.client, "night fe")

        assert ("night ferry", "/search/?q=night+ferry") in found["words"]
        assert found["headlines"] == [("Night ferry", self.newer.get_absolute_url())]

    def test_words_lead_on_within_the_filters_and_the_tab(self):
        form = BeautifulSoup(self.client.get("/search/?q=fer&tab=comments").content, "html.parser")
        assert form.select_one("#q")["hx-include"] == "closest form"
        given = {
            "tab": "comments", "publisher": "gazette", "lang": "", "order": "newest", "after": "20",
            "exact": "1", "section": "x" * 300, "other": "y",
        }  # fmt: skip

        found = suggested(self.client, "fer", given)

        assert ("ferry", "/search/?q=ferry&tab=comments&publisher=gazette&order=newest") in (
            found["words"]
        )
        assert ("#FerryStrike", "/hashtags/ferrystrike/") in found["hashtags"]

    def test_a_word_leads_to_the_address_that_it_has_anyway(self):
        found = suggested(self.client, "fer", {"order": "best"})

        assert ("ferry", "/search/?q=ferry") in found["words"]

    def test_a_hashtag_is_found_with_its_sign_and_with_spaces(self):
        for text in ("#ferrys", "ferry str"):
            assert [name for name, _ in suggested(self.client, text)["hashtags"]] == [
                "#FerryStrike"
            ]

    def test_one_letter_and_hostile_text_get_an_empty_answer(self):
        for text in ("", "f", "%", "_", "\0", "'; DROP TABLE", '"fer', "in:headline", "%%", "__"):
            assert suggested(self.client, text) == {}, text
        assert self.client.get(URL).status_code == 200

    def test_what_may_not_be_seen_is_not_suggested(self):
        soon = timezone.now() + timedelta(hours=1)
        for _ in range(2):
            make_article("Zebra draft", status="draft")
            make_article("Zebra secret", status="scheduled", embargo_until=soon)
        count_words()

        assert suggested(self.client, "zeb") == {}
        assert suggested(self.client, "zebra") == {}

    def test_it_costs_three_statements_however_much_there_is(self):
        with self.assertNumQueries(3):
            suggested(self.client, "fer")
        for n in range(20):
            publisher = make_publisher(f"Ferry {n}")
            article = make_article(
                f"Ferry {chr(97 + n)}", text="ferrying ferryman", publisher=publisher
            )
            tag_article(article, name=f"Ferry{n}", by=None)
        count_words()

        with self.assertNumQueries(3):
            found = suggested(self.client, "fer")
        assert sorted(map(len, found.values())) == [2, 4, 4, 4]

    def test_caches_may_keep_it_for_those_nobody_knows(self):
        anonymous = self.client.get(URL, {"q": "fer"})
        self.client.force_login(make_user())
        known = self.client.get(URL, {"q": "fer"})

        assert not anonymous.cookies
        assert anonymous["Cache-Control"] == "public, max-age=60"
        assert "private" in known["Cache-Control"]
