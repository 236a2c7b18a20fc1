"""Articles in and out as JSON Lines."""

import gzip
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from reader.articles import importing, services
from reader.articles.exporting import export_records
from reader.articles.importing import import_lines, import_records
from reader.articles.models import Article, ArticleRevision, Publisher
from reader.articles.records import read_lines
from tests.factories import make_article

RECORD = {
    "id": "r-1",
    "url": "https://paper.example/ferry",
    "title": "The ferry is late",
    "subtitle": "Again.",
    "publisher": "The Paper",
    "published_at": "2017-03-01",
    "authors": ["A. Writer"],
    "section": "Transport",
    "keywords": ["Ferry", "Harbour"],
    "lang": "en",
    "body": "One paragraph.\n\nAnother <one> & more.",
    "summary": "A ferry was late.",
    "licence": "ours",
    "source": "test",
}

# What no check of ours foresees.
FORBID_A_TITLE = {
    "sqlite": """
        CREATE TRIGGER forbidden BEFORE INSERT ON articles_article WHEN NEW.title = 'Forbidden'
        BEGIN SELECT RAISE(ABORT, 'not this title'); END
    """,
    "postgresql": """
        ALTER TABLE articles_article ADD CONSTRAINT forbidden CHECK (title <> 'Forbidden')
    """,
}


def record(**changes):
    return {**RECORD, **changes}


class ImportTests(TestCase):
    def test_a_record_becomes_an_article_that_says_the_same(self):
        result = import_records([RECORD])

        article = Article.objects.get()
        assert result.in_words() == "1 new, 0 changed, 0 unchanged, 0 refused"
        assert article.title == "The ferry is late"
        assert article.publisher.name == "The Paper"
        assert article.section.name == "Transport"
        assert article.body_text == RECORD["body"]
        assert article.body_html == "<p>One paragraph.</p>\n<p>Another &lt;one&gt; &amp; more.</p>"
        assert article.published_at == datetime(2017, 3, 1, tzinfo=UTC)
        assert article.published_is_date
        assert article.is_visible
        assert article.record_extra == {"summary": "A ferry was late."}
        assert article.revisions.count() == 1

    def test_the_same_record_again_changes_nothing(self):
        import_records([RECORD])
        before = Article.objects.values().get()

        result = import_records([RECORD])

        assert result.unchanged == 1
        assert Article.objects.values().get() == before
        assert ArticleRevision.objects.count() == 1

    def test_a_changed_record_is_a_revision_of_the_same_article(self):
        import_records([RECORD])
        result = import_records([record(title="The ferry has come")])

        article = Article.objects.get()
        assert result.updated == 1
        assert article.title == "The ferry has come"
        assert [r.title for r in article.revisions.order_by("number")] == [
            "The ferry is late",
            "The ferry has come",
        ]

    def test_an_editors_change_survives_the_same_file(self):
        import_records([RECORD])
        services.edit_article(Article.objects.get(), by=None, title="Better")

        import_records([RECORD])

        assert Article.objects.get().title == "Better"

    def test_what_an_editor_withdrew_stays_withdrawn(self):
        import_records([RECORD])
        services.withdraw_article(Article.objects.get())

        import_records([record(title="Changed")])

        article = Article.objects.get()
        assert (article.status, article.title) == ("withdrawn", "Changed")
        assert not article.is_visible

    def test_what_nobody_said_stays_unknown(self):
        import_records(
            [{"id": "r-2", "title": None, "body": "Only words.", "publisher": None, "url": None}]
        )

        article = Article.objects.get()
        assert article.publisher is None
        assert article.published_at is None
        assert article.headline == "Only words."
        assert article.is_visible

    def test_a_record_dated_ahead_waits_for_its_moment(self):
        import_records([record(published_at="2199-01-01T10:00:00Z")])

        article = Article.objects.get()
        assert article.status == "scheduled"
        assert not article.is_visible

    def test_related_records_name_the_main_one_before_them(self):
        import_records(
            [
                record(id="m", role="main"),
                record(id="a", role="related"),
                record(id="b", role="related"),
            ]
        )

        extras = dict(Article.objects.values_list("record_id", "record_extra"))
        assert extras["a"]["related_to"] == extras["b"]["related_to"] == "m"

    def test_bad_lines_are_listed_and_the_rest_is_kept(self):
        lines = io.BytesIO(
            b"\n".join(
                [
                    json.dumps(record(id="good-1")).encode(),
                    b"not json",
                    b'"a text"',
                    b"\xff\xfe",
                    json.dumps(record(id=None, url=None)).encode(),
                    json.dumps(record(id="x", title=None, body=" ")).encode(),
                    json.dumps(record(id="x", url="javascript:alert(1)")).encode(),
                    json.dumps(record(id="x", published_at="yesterday")).encode(),
                    json.dumps(record(id="x", published_at="0001-01-01T00:00+10:00")).encode(),
                    json.dumps(record(id="x", authors=[1])).encode(),
                    json.dumps(record(id="x", title="x" * 501)).encode(),
                    json.dumps(record(id="good-1")).encode(),
                    b"[" * 100_000,
                    json.dumps(record(id="good-2", body="nul \x00 and \ud800")).encode(),
                ]
            )
        )

        result = import_lines(read_lines(lines))

        assert set(Article.objects.values_list("record_id", flat=True)) == {"good-1", "good-2"}
        assert Article.objects.get(record_id="good-2").body_text == "nul  and "
        assert result.refused == 12
        assert result.problems[:4] == [
            "line 2: the line is not JSON",
            "line 3: the line is not a JSON object",
            "line 4: the line is not UTF-8",
            "line 5: it has neither “id” nor “url”",
        ]

    def test_long_addresses_with_one_beginning_are_two_articles(self):
        address = f"https://paper.example/{'a' * 200}"
        records = [record(id=None, url=f"{address}/{name}") for name in ("one", "two")]

        assert import_records(records).created == 2
        assert import_records(records).unchanged == 2
        assert import_records(list(export_records())).unchanged == 2

    def test_an_id_that_comes_again_much_later_is_refused_and_moves_nothing(self):
        records = [record(id=f"r-{n}", url=None) for n in range(importing.BATCH_SIZE + 1)]
        records.append(record(id="r-0", title="Another"))
        import_records(records)

        again = import_records(records)

        assert again.in_words() == "0 new, 0 changed, 501 unchanged, 1 refused"
        assert again.problems == ["line 502: the id r-0 came before; one id is one article"]
        assert Article.objects.get(record_id="r-0").title == "The ferry is late"

    def test_what_no_database_can_hold_costs_its_own_line_only(self):
        deep = "[" * 300 + "]" * 300
        bad = {
            '"odd": NaN': "it has a number that cannot be stored",
            '"odd": {"in": [-Infinity]}': "it has a number that cannot be stored",
            '"odd": 1e999': "it has a number that cannot be stored",
            '"odd": "nul \\u0000"': "it has a character that cannot be stored",
            '"odd": {"key \\ud800": 1}': "it has a character that cannot be stored",
            f'"odd": {deep}': "it is nested more than 20 levels deep",
            f'"keywords": {deep}': "“keywords” is not a list of texts",
            '"title": NaN': "“title” is not text",
            '"lang": "en\\u0000"': "“lang” is not a language tag: en\ufffd",
            '"lang": "\\udfff"': "“lang” is not a language tag: \ufffd",
            '"lang": "the Queen’s"': "“lang” is not a language tag: the Queen’s",
            f'"url": "https://paper.example/{"漢" * 900}"': "“url” has 2722 bytes, 2000 at most",
        }
        parts = ['"lang": "en-GB"', *bad, '"lang": "zh_Hans_CN"']
        lines = [f'{{"id": "r-{n}", "body": "x", {part}}}' for n, part in enumerate(parts, 1)]

        result = import_lines(read_lines(io.BytesIO("\n".join(lines).encode())))

        assert result.problems == [f"line {n}: {why}" for n, why in enumerate(bad.values(), 2)]
        assert list(Article.objects.order_by("pk").values_list("language", flat=True)) == [
            "en-GB",
            "zh-Hans-CN",
        ]

    def test_a_row_the_database_refuses_costs_its_own_line_only(self):
        with connection.cursor() as cursor:
            cursor.execute(FORBID_A_TITLE[connection.vendor])
        before = [record(id=f"r-{n}") for n in range(3)]

        result = import_records([*before, record(id="bad", title="Forbidden"), record(id="last")])

        assert Article.objects.count() == Article.objects.visible().count() == 4
        assert (result.created, result.refused) == (4, 1)
        assert result.problems[0].startswith("line 4: the database does not take it: ")
        assert Publisher.objects.get().articles.count() == 4
        assert import_records([*before, record(id="last")]).unchanged == 4

    def test_a_batch_costs_the_same_few_queries_whatever_its_size(self):
        import_records([record(id="warm")])

        few, many = self._queries("few", 3), self._queries("many", 60)

        # SQLite takes rows in parcels of a thousand values; PostgreSQL all at once.
        assert many <= few + 8

    def _queries(self, name, size):
        with CaptureQueriesContext(connection) as context:
            import_records([record(id=f"{name}-{n}", url=None) for n in range(size)])
        return len(context)


class ExportTests(TestCase):
    def test_an_export_gives_the_record_back(self):
        import_records([RECORD])

        assert list(export_records()) == [RECORD]

    def test_an_import_of_an_export_gives_the_same_export(self):
        import_records([RECORD, record(id="r-2", published_at="2017-03-01T10:30:00+02:00")])
        exported = list(export_records())
        Article.objects.all().delete()

        import_records(exported)

        assert list(export_records()) == exported

    def test_an_export_that_comes_home_changes_nothing(self):
        written = make_article("Written here", html="<p>One <em>fine</em> day.</p>")
        import_records([RECORD])
        edited = Article.objects.get(record_id="r-1")
        services.edit_article(edited, by=None, title="The ferry is on time")

        result = import_records(list(export_records()))

        assert (result.unchanged, result.read) == (2, 2)
        written.refresh_from_db()
        assert written.body_html == "<p>One <em>fine</em> day.</p>"

    def test_another_site_s_number_is_not_taken_for_ours(self):
        written = make_article("Written here")

        import_records([record(id=str(written.pk))])

        assert Article.objects.count() == 2

    def test_marked_up_text_goes_out_and_comes_in_and_scripts_stay_out(self):
        markup = "<p>One <em>fine</em> day.</p>"
        make_article("Written here", html=markup)
        exported = list(export_records())
        Article.objects.all().delete()
        exported[0]["body_html"] += "<script>steal()</script>"

        import_records(exported)

        article = Article.objects.get()
        assert (article.body_html, article.body_text) == (markup, "One fine day.")

    def test_nothing_hidden_is_exported(self):
        import_records([RECORD, record(id="ahead", published_at="2199-01-01")])

        assert [r["id"] for r in export_records()] == ["r-1"]


@pytest.mark.django_db
def test_the_commands_read_plain_and_packed_files_and_say_what_they_did(tmp_path: Path, capsys):
    plain = tmp_path / "plain.jsonl"
    plain.write_text(json.dumps(RECORD) + "\n")
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps(record(id="r-2")).encode() + b"\nbroken\n"))

    call_command("import_articles", str(plain), str(packed))

    shown = capsys.readouterr()
    assert f"{plain}: 1 new, 0 changed, 0 unchanged, 0 refused." in shown.out
    assert "line 2: the line is not JSON" in shown.err
    assert "1 line was refused; everything else is in." in shown.out

    call_command("import_articles", str(plain), str(plain))
    assert "0 new, 0 changed, 0 unchanged, 1 refused" in capsys.readouterr().out

    call_command("export_articles")
    exported = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [r["id"] for r in exported] == ["r-1", "r-2"]


@pytest.mark.django_db
def test_a_file_that_is_not_there_gets_a_sentence(tmp_path: Path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_articles", str(tmp_path / "none.jsonl"))
    whole = tmp_path / "whole.jsonl"
    whole.write_text(json.dumps(RECORD))
    with pytest.raises(CommandError, match=r"none\.jsonl cannot be read"):
        call_command("import_articles", str(whole), str(tmp_path / "none.jsonl"))
    assert not Article.objects.exists()
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(gzip.compress(b"x" * 100_000)[:60])
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_articles", str(cut))
