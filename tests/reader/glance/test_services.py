"""Key points follow the articles: made, refreshed, withdrawn."""

from django.test import TestCase
from django.utils import timezone

from reader.articles import services as articles
from reader.articles.importing import import_records
from reader.articles.models import Article
from reader.articles.sample_edition import load_sample_edition, sample_records
from reader.glance import services
from reader.glance.models import KeyPoints
from tests.factories import make_article
from tests.reader.glance.test_keypoints import ARTICLE, COST, FACT, FILLING, LEAD

OTHER = "\n\n".join([COST, *FILLING, FACT, LEAD.replace("workshop", "school")])


def points_of(article):
    text = Article.objects.get(pk=article.pk).body_text
    return [text[start:end] for start, end in article.key_points.spans_in(text)]


class RefreshTests(TestCase):
    def test_a_new_article_has_them_at_once(self):
        article = make_article(text=ARTICLE)

        assert points_of(article)[:2] == [LEAD, FACT]

    def test_a_draft_has_them_before_it_is_published(self):
        article = make_article(text=ARTICLE, status="draft")

        assert points_of(article)[:2] == [LEAD, FACT]

    def test_an_edit_refreshes_them(self):
        article = make_article(text=ARTICLE)

        articles.edit_article(
            article, by=None, body_html="".join(f"<p>{line}</p>" for line in OTHER.split("\n\n"))
        )

        article = Article.objects.get(pk=article.pk)
        assert len(points_of(article)) == 3
        assert COST in points_of(article)
        assert LEAD not in points_of(article)

    def test_an_imported_text_that_changed_refreshes_them(self):
        record = {"id": "r-1", "title": "Workshop", "body": ARTICLE, "lang": "en"}
        import_records([record])
        import_records([record | {"body": OTHER}])

        article = Article.objects.get(record_id="r-1")
        assert KeyPoints.objects.count() == 1
        assert COST in points_of(article)

    def test_a_text_that_is_too_short_is_read_and_has_none(self):
        assert points_of(make_article(text=LEAD)) == []

    def test_a_text_changed_behind_their_back_withdraws_them(self):
        article = make_article(text=ARTICLE)
        Article.objects.filter(pk=article.pk).update(body_text="X" + ARTICLE)

        assert points_of(article) == []

    def test_hearing_twice_writes_nothing(self):
        article = make_article(text=ARTICLE)
        before = KeyPoints.objects.values().get()

        services.refresh_key_points([article.pk])

        assert KeyPoints.objects.values().get() == before

    def test_they_go_with_their_article(self):
        make_article(text=ARTICLE).delete()

        assert not KeyPoints.objects.exists()

    def test_numbers_of_articles_that_are_gone_do_no_harm(self):
        services.refresh_key_points([make_article(text=ARTICLE).pk, 987_654_321])

        assert KeyPoints.objects.count() == 1

    def test_one_article_or_many_cost_the_same_number_of_queries(self):
        ids = [make_article(text=ARTICLE).pk for _ in range(7)]

        for some in (ids[:1], ids):
            KeyPoints.objects.all().delete()
            # Transaction, what was known, texts, rows.
            with self.assertNumQueries(5):
                services.refresh_key_points(some)
        assert KeyPoints.objects.count() == len(ids)

    def test_more_than_a_batch_is_read(self):
        ids = [make_article(text=ARTICLE).pk for _ in range(3)]
        KeyPoints.objects.all().delete()
        batch_size, services.BATCH_SIZE = services.BATCH_SIZE, 2
        self.addCleanup(setattr, services, "BATCH_SIZE", batch_size)

        services.refresh_key_points(ids)

        assert KeyPoints.objects.count() == 3


class SampleEditionTests(TestCase):
    def test_nearly_all_of_it_has_key_points(self):
        load_sample_edition(now=timezone.now())

        rows = KeyPoints.objects.select_related("article")
        with_points = [row for row in rows if row.spans]
        assert len(rows) == len(sample_records())
        assert len(with_points) >= len(rows) - 3
        assert all(row.fits(row.article.body_text) for row in rows)
