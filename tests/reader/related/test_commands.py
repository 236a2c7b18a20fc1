import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase

from reader.articles import services as articles
from reader.articles.importing import import_records
from reader.articles.models import Article
from reader.related.services import ban_related, pin_related, relate_all
from tests.factories import make_publisher
from tests.reader.related.test_services import make_articles, quiet
from tests.reader.related.texts import ALONE, BRIDGE, FERRY


def run(*words):
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().splitlines()


def exported(top):
    return {record["id"]: record for record in map(json.loads, run("export_related", "--top", top))}


class RelateTests(TestCase):
    def test_it_says_what_it_did_and_can_be_run_twice(self):
        make_articles([*FERRY, *BRIDGE])

        first, second = run("relate_articles"), run("relate_articles")

        self.assertEqual(first[0], "5 of 5 articles related")
        self.assertRegex(first[-1], r"^Related 5 articles in \d+\.\d s\.$")
        self.assertEqual(second[0], "All articles are related already.")
        self.assertRegex(second[-1], r"^Related 0 articles in \d+\.\d s\.$")

    def test_all_relates_what_is_related_already(self):
        make_articles(FERRY)
        run("relate_articles")

        self.assertRegex(run("relate_articles", "--all")[-1], r"^Related 3 articles in")


class ExportTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        texts = [*FERRY, *BRIDGE, *ALONE]
        import_records(
            {"id": f"t-{n}", "url": f"https://news.example/{n}", "title": title, "body": body}
            for n, (title, body) in enumerate(texts)
        )
        cls.articles = list(Article.objects.order_by("pk"))
        relate_all(say=quiet)

    def test_a_line_is_an_article_with_its_list_best_first(self):
        record = exported(2)["t-0"]

        self.assertEqual(record["url"], "https://news.example/0")
        self.assertEqual({item["id"] for item in record["related"]}, {"t-1", "t-2"})
        first, second = record["related"]
        self.assertEqual(set(first), {"id", "url", "score", "why"})
        self.assertTrue(1 >= first["score"] >= second["score"] > 0)
        self.assertIn("Both mention", first["why"])

    def test_every_visible_article_has_a_line_and_a_hidden_one_none_on_either_side(self):
        articles.withdraw_article(self.articles[1])

        for top in (5, 50):
            lists = exported(top)
            self.assertEqual(set(lists), {"t-0", "t-2", "t-3", "t-4", "t-5", "t-6"})
            others = {item["id"] for record in lists.values() for item in record["related"]}
            self.assertNotIn("t-1", others)

    def test_what_editors_decided_counts_in_short_and_in_long_lists(self):
        pin_related(self.articles[0], self.articles[6], by=None, reason="See also")
        pin_related(self.articles[0], self.articles[1], by=None)
        ban_related(self.articles[0], self.articles[2], by=None)

        for top in (5, 50):
            first, second, *rest = exported(top)["t-0"]["related"]
            self.assertEqual((first["id"], first["why"]), ("t-6", "See also"))
            self.assertEqual((second["id"], second["why"]), ("t-1", "Chosen by an editor"))
            self.assertTrue(0 <= first["score"] < second["score"] <= 1)
            self.assertFalse({"t-1", "t-2", "t-6"} & {item["id"] for item in rest})

    def test_a_pin_scores_as_the_machine_would_score_it(self):
        [worked_out] = [item for item in exported(5)["t-3"]["related"] if item["id"] == "t-4"]

        pin_related(self.articles[3], self.articles[4], by=None)

        [pinned] = [item for item in exported(5)["t-3"]["related"] if item["id"] == "t-4"]
        self.assertAlmostEqual(pinned["score"], worked_out["score"], places=3)

    def test_a_longer_list_goes_on_where_the_stored_one_ends(self):
        import_records(
            {"id": f"note-{n}", "title": "Ellery Line", "body": f"Ellery ferry note number{n}."}
            for n in range(14)
        )
        relate_all(say=quiet)

        short, long = (exported(top)["note-0"]["related"] for top in (10, 40))

        self.assertEqual([item["id"] for item in long[:10]], [item["id"] for item in short])
        self.assertGreater(len(long), 10)

    def test_longer_lists_keep_to_two_of_a_publisher(self):
        Article.objects.update(publisher=make_publisher())

        for record in exported(50).values():
            self.assertLessEqual(len(record["related"]), 2)

    def test_no_list_is_no_list(self):
        with pytest.raises(CommandError):
            run("export_related", "--top", "0")
