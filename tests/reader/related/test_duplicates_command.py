import json
from io import StringIO
from unittest.mock import patch

from django.core.management import call_command
from django.test import TestCase

from reader.articles import services as articles
from reader.articles.importing import import_records
from reader.articles.models import Article
from reader.related import duplicates
from tests.reader.related.texts import ALONE, BRIDGE, FERRY

WIRE = "\n\n".join(body for _, body in [*FERRY, *BRIDGE])


def duplicates_now():
    out, err = StringIO(), StringIO()
    call_command("find_duplicates", stdout=out, stderr=err)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def pairs_now():
    return {frozenset((pair["a"]["id"], pair["b"]["id"])) for pair in duplicates_now()[0]}


class FindTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        bodies = [WIRE, f"{WIRE}\n\nOur own last line.", *(body for _, body in ALONE), WIRE[:900]]
        import_records(
            {"id": f"t-{n}", "url": f"https://news.example/{n}", "title": f"{n}", "body": body}
            for n, body in enumerate(bodies)
        )
        cls.copies = {frozenset(pair) for pair in [("t-0", "t-1"), ("t-0", "t-4"), ("t-1", "t-4")]}

    def test_a_line_is_a_pair_with_how_much_is_the_same(self):
        pairs, said = duplicates_now()

        first = min(pairs, key=lambda pair: (pair["a"]["id"], pair["b"]["id"]))
        self.assertEqual(first["a"], {"id": "t-0", "url": "https://news.example/0"})
        self.assertEqual(first["b"], {"id": "t-1", "url": "https://news.example/1"})
        self.assertEqual(first["similarity"], 1)
        self.assertEqual(set(first), {"a", "b", "similarity"})
        self.assertTrue(said.endswith("Found 3 pairs.\n"))

    def test_every_pair_is_given_once_and_nothing_else(self):
        self.assertEqual(len(duplicates_now()[0]), 3)
        self.assertEqual(pairs_now(), self.copies)

    def test_an_article_that_readers_may_not_see_is_no_copy(self):
        articles.withdraw_article(Article.objects.get(record_id="t-0"))

        self.assertEqual(pairs_now(), {frozenset(("t-1", "t-4"))})

    def test_what_publishers_write_above_the_text_makes_no_difference(self):
        for record in ("t-0", "t-4"):
            article = Article.objects.get(record_id=record)
            standfirst = " ".join(f"word{n}of{record[-1]}" for n in range(30))
            articles.edit_article(article, by=None, standfirst=standfirst)

        self.assertEqual(pairs_now(), self.copies)

    def test_a_large_site_is_compared_in_parts(self):
        with patch.object(duplicates, "MARKS_A_PART", 100):
            pairs, said = duplicates_now()

        self.assertEqual(len(pairs), 3)
        self.assertIn("Comparing part 2 of ", said)

    def test_an_empty_site_has_none(self):
        Article.objects.all().delete()

        self.assertEqual(duplicates_now()[0], [])
