"""What bursts against its own past."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.hashtags.activity import day_of
from reader.hashtags.letters import letters
from reader.hashtags.models import Hashtag, HashtagDay
from reader.hashtags.sparkline import DAY, MONTH, WEEK, choose_chart
from reader.hashtags.trending import burst, trending_hashtags

TODAY = date(2026, 11, 23)


def make(name, counts):
    """Make a hashtag with so many articles so many days ago."""
    hashtag = Hashtag.objects.create(
        name=name, slug=name.lower(), article_count=sum(counts.values())
    )
    HashtagDay.objects.bulk_create(
        HashtagDay(hashtag=hashtag, day=TODAY - timedelta(days=ago), article_count=count)
        for ago, count in counts.items()
    )
    return hashtag


def trending(today=TODAY):
    return [trend.hashtag.name for trend in trending_hashtags(today=today)]


def every_day(count, *, until=40, **more):
    return dict.fromkeys(range(until), count)


@pytest.mark.django_db
class TestTrending:
    def test_what_bursts_trends_and_what_is_always_busy_does_not(self):
        make("Politics", every_day(200))
        make("Weekly", {ago: 90 if ago % 7 < 2 else 10 for ago in range(40)})
        make("Ferry", every_day(1) | {0: 9, 1: 6})
        make("New", {0: 5, 1: 2})
        make("Rare", {0: 2, 20: 1})

        assert trending() == ["New", "Ferry"]

    def test_what_goes_up_and_down_anyway_has_to_do_more(self):
        make("Steady", every_day(2) | {0: 14})
        make("Moody", {ago: 12 if ago % 14 < 3 else 0 for ago in range(40)} | {0: 14, 1: 2})

        assert trending() == ["Steady"]

    def test_a_busy_one_that_doubles_trends(self):
        make("Politics", every_day(200) | {0: 600, 1: 500})

        assert trending() == ["Politics"]

    def test_when_nothing_came_for_days_the_newest_days_count(self):
        make("Politics", every_day(50))
        make("Ferry", {0: 9, 1: 6})

        assert trending(TODAY + timedelta(days=90)) == ["Ferry"]

    def test_without_a_past_nothing_bursts(self):
        make("Ferry", {0: 30, 1: 20, 6: 1})
        assert trending() == []
        assert trending(TODAY - timedelta(days=400)) == []

    def test_the_past_of_a_young_site_is_as_long_as_it_is(self):
        make("Politics", every_day(20, until=12))
        make("Ferry", {0: 8})

        assert trending() == ["Ferry"]

    def test_blocked_ones_do_not(self):
        make("Politics", every_day(50))
        spam = make("Spam", {0: 9})
        Hashtag.objects.filter(pk=spam.pk).update(is_blocked=True)

        assert trending() == []

    def test_it_costs_the_same_statements_however_many_there_are(self):
        make("Politics", every_day(50))
        asked = []
        for number in range(8):
            make(f"Ferry{number}", every_day(1) | {0: 20})
            with CaptureQueriesContext(connection) as captured:
                trending()
            asked.append(len(captured))
        assert set(asked) == {4}

    def test_the_index_shows_it_instead_of_what_is_latest(self, client):
        today = day_of(timezone.now())
        busy = Hashtag.objects.create(name="Busy", slug="busy", article_count=60)
        ferry = Hashtag.objects.create(name="Ferry", slug="ferry", article_count=9)
        days = [today - timedelta(days=ago) for ago in range(30)]
        HashtagDay.objects.bulk_create(
            [
                *(HashtagDay(hashtag=busy, day=day, article_count=2) for day in days),
                HashtagDay(hashtag=ferry, day=today, article_count=9),
            ]
        )

        page = client.get("/hashtags/").content.decode()

        trends = page.partition('id="trending"')[2].partition("</section>")[0]
        assert "#Ferry" in trends
        assert "9 articles in 3 days" in trends
        assert "#Busy" not in trends
        assert 'id="lately"' not in page


@pytest.mark.once
def test_a_burst_is_measured_against_what_was_and_how_it_varied():
    assert burst(10, [0, 0, 0, 0]) == 10
    assert burst(10, [3, 3, 3, 3]) == pytest.approx(3.5)
    assert burst(10, [0, 6, 0, 6]) == pytest.approx(7 / 13**0.5)
    assert burst(1000, [600, 600]) == 0


@pytest.mark.once
class TestChart:
    def chart(self, counts):
        days = {TODAY - timedelta(days=ago): count for ago, count in counts.items()}
        return choose_chart(days, today=TODAY)

    def test_a_busy_month_is_drawn_by_day(self):
        chart = self.chart({0: 2, 3: 5, 29: 1, 30: 70})

        assert (chart.unit, len(chart.bars), chart.is_current) == (DAY, 30, True)
        assert [bar.count for bar in chart.bars if bar.count] == [1, 5, 2]
        assert chart.bars[-1].first == TODAY
        assert (chart.total, chart.busiest.first) == (8, TODAY - timedelta(days=3))

    def test_a_quiet_month_is_drawn_by_week(self):
        chart = self.chart({0: 1, 35: 1, 36: 2, 80: 4, 182: 9})

        assert (chart.unit, len(chart.bars)) == (WEEK, 26)
        assert [bar.count for bar in chart.bars if bar.count] == [4, 3, 1]

    def test_what_comes_now_and_then_is_drawn_by_month(self):
        chart = self.chart({10: 1, 300: 2, 700: 4, 1500: 9})

        assert (chart.unit, len(chart.bars), chart.total) == (MONTH, 36, 7)
        assert {bar.first.day for bar in chart.bars} == {1}

    def test_what_is_over_is_drawn_up_to_its_last_day(self):
        chart = self.chart({5000: 3, 5001: 2, 5003: 4})

        assert (chart.unit, chart.is_current) == (DAY, False)
        assert chart.last == TODAY - timedelta(days=5000)
        assert chart.total == 9

    def test_a_single_bar_is_none(self):
        assert self.chart({}) is None
        assert self.chart({3: 80}) is None
        assert [bar.count for bar in self.chart({3: 80, 4: 1}).bars if bar.count] == [1, 80]

    def test_every_article_of_the_window_stands_in_one_bar(self):
        for end in range(40):
            chart = self.chart(dict.fromkeys(range(end, end + 400, 9), 1))
            span = {DAY: 30, WEEK: 182}[chart.unit]
            first = (TODAY - chart.last).days
            assert chart.total == sum(first <= a < first + span for a in range(end, end + 400, 9))


@pytest.mark.django_db
def test_names_in_other_scripts_are_reached_from_the_letters(client):
    for name in ("Ferry", "أحمد", "乌克兰", "Україна", "2026Election"):
        Hashtag.objects.create(name=name, slug=name.lower().replace("أ", "ا"), article_count=1)

    scripts = {letter.words: letter.start for letter in letters() if len(letter.words) > 1}

    assert list(scripts) == ["0–9", "А–Я", "ا–ي", "漢字"]
    reached = {
        words: client.get("/hashtags/", {"from": start}).context["names"][0].name
        for words, start in scripts.items()
    }
    assert reached == {
        "0–9": "2026Election",
        "А–Я": "Україна",
        "ا–ي": "أحمد",
        "漢字": "乌克兰",
    }
