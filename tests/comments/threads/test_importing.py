"""Reply trees in and out as JSON Lines."""

import gzip
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.moderation.services import DecisionRefused, restore_comment
from comments.threads.exporting import export_records
from comments.threads.importing import import_lines, import_records_of_comments
from comments.threads.models import Comment, Thread
from comments.threads.people import Writer
from comments.threads.reading import load_permalink, load_thread
from comments.threads.records import RECORD_MAX_LENGTH, shown_name
from comments.threads.render import RENDERED_MAX_LENGTH
from comments.threads.services import (
    change_comment_status,
    close_thread,
    edit_comment,
    post_comment,
    vote_comment,
    withdraw_comment,
)
from comments.threads.services.counting import find_lies
from comments.threads.tree import LEVELS
from reader.articles import services
from reader.articles.exporting import export_records as export_articles
from reader.articles.importing import import_records as import_articles
from reader.articles.models import Article
from reader.articles.records import read_lines
from tests.factories import make_article, make_comment, make_moderator, make_user

THREAD = {
    "thread_id": "t-1",
    "thread_title": "The ferry is late",
    "thread_url": "https://forum.example/ferry",
    "thread_created_at": "2019-01-01T21:06:27Z",
}
COMMENT = {
    "id": "c-1",
    "parent_id": None,
    "depth": 0,
    "author": "user_1",
    "is_op": False,
    "created_at": "2019-01-01T22:00:00Z",
    "score": 3,
    "body": "It was *very* late.",
    "deleted": False,
    "lang": "en",
    "licence": "ours",
    "source": "test",
}


def record(id="c-1", parent_id=None, **changes):
    return {**THREAD, **COMMENT, "id": id, "parent_id": parent_id, **changes}


def reply(id, parent_id, depth=1, **changes):
    return record(id, parent_id, depth=depth, **changes)


def import_all(*records):
    return import_records_of_comments(records)


def named(record_id):
    return Comment.objects.get(record_id=record_id)


def import_again_elsewhere(records):
    """Import an export into a site that has only the articles."""
    articles = list(export_articles())
    Article.objects.all().delete()
    import_articles(articles)
    return import_all(*records)


class ImportTests(TestCase):
    def tearDown(self):
        for thread in Thread.objects.all():
            assert find_lies(thread.pk) == []

    def test_a_thread_under_no_article_becomes_an_article_without_text(self):
        result = import_all(record())

        article = Article.objects.get()
        assert result.in_words() == "1 new, 0 known already, 0 refused; 1 new article"
        assert article.is_visible
        assert article.title == "The ferry is late"
        assert article.original_url == "https://forum.example/ferry"
        assert article.published_at == datetime(2019, 1, 1, 21, 6, 27, tzinfo=UTC)
        assert (article.language, article.body_text, article.publisher) == ("en", "", None)
        assert article.comment_count == 1

    def test_a_record_becomes_a_comment_that_says_the_same(self):
        make_user("user_1")
        import_all(record())

        comment = Comment.objects.get()
        assert comment.author is None
        assert comment.author_label == "user_1"
        assert comment.body_src == "It was *very* late."
        assert comment.body_html == "<p>It was <em>very</em> late.</p>"
        assert comment.created_at == datetime(2019, 1, 1, 22, tzinfo=UTC)
        assert (comment.score, comment.imported_score, comment.up) == (3, 3, 0)
        assert (comment.lang, comment.record_id, comment.status) == ("en", "c-1", "published")
        assert comment.record_extra == {"is_op": False, "licence": "ours", "source": "test"}

    def test_an_article_is_known_by_its_address_or_by_the_id_of_its_record(self):
        by_url = make_article(original_url="https://forum.example/ferry")
        by_id = make_article(record_id="t-2")

        result = import_all(
            record(), record(thread_id="t-2", thread_url="https://elsewhere.example/")
        )

        assert result.articles == 0
        assert list(load_thread(by_url).branches)
        assert list(load_thread(by_id).branches)

    def test_replies_hang_from_their_true_parents_in_the_order_of_the_file(self):
        import_all(
            record("a"), record("b"), reply("a1", "a"), reply("b1", "b"), reply("a11", "a1", 2)
        )

        rows = Comment.objects.order_by("seq").values_list("record_id", "path", "depth")
        assert list(rows) == [
            ("a", "000001", 0),
            ("b", "000002", 0),
            ("a1", "000001000003", 1),
            ("b1", "000002000004", 1),
            ("a11", "000001000003000005", 2),
        ]
        assert named("a11").parent == named("a1")
        assert (named("a").reply_count, named("a").desc_count) == (1, 2)
        assert list(Comment.objects.order_by("pk")) == list(Comment.objects.order_by("seq"))
        assert Thread.objects.get().last_seq == 5

    def test_a_reply_may_come_before_what_it_answers(self):
        import_all(reply("a11", "a1", 2), reply("a1", "a"), record("b"), record("a"))

        order = Comment.objects.order_by("seq").values_list("record_id", flat=True)
        assert list(order) == ["b", "a", "a1", "a11"]

    def test_the_same_file_again_changes_nothing(self):
        records = [record("a"), reply("b", "a"), record("c", deleted=True, body="[deleted]")]
        import_all(*records)
        before = [list(model.objects.values()) for model in (Article, Thread, Comment)]

        with CaptureQueriesContext(connection) as queries:
            result = import_all(*records)

        assert result.in_words() == "0 new, 3 known already, 0 refused"
        assert [list(model.objects.values()) for model in (Article, Thread, Comment)] == before
        assert {query["sql"].split()[0] for query in queries} == {"SELECT"}

    def test_what_people_did_here_survives_the_same_file(self):
        import_all(record("a"), reply("b", "a"))
        article = Article.objects.get()
        vote_comment(named("b"), by=Writer(make_user()), value=1)
        make_comment(article, parent=named("b"))
        change_comment_status(named("a"), to="removed")

        import_all(record("a"), reply("b", "a"), reply("c", "b", 2))

        assert (named("a").status, named("b").score, named("b").reply_count) == ("removed", 4, 2)
        assert named("c").seq == 4
        assert Thread.objects.get().last_seq == 4

    def test_more_of_a_thread_joins_what_is_there(self):
        import_all(record("a"))
        result = import_all(record("a"), reply("b", "a"), record("c"))

        assert (result.created, result.known) == (2, 1)
        article = Article.objects.get()
        assert article.comment_count == 3
        assert named("a").reply_count == 1

    def test_people_can_answer_and_vote_on_what_was_imported(self):
        import_all(record("a"), record("b"))
        posted = make_comment(parent=named("a"))
        vote_comment(named("b"), by=Writer(make_user()), value=-1)

        assert posted.seq == 3
        assert posted.pk > named("b").pk
        assert named("b").score == 2

    def test_what_was_deleted_is_a_placeholder_only_where_replies_hang_from_it(self):
        gone = {"deleted": True, "body": "[deleted]", "author": None}
        import_all(record("a", **gone), reply("b", "a"), record("c", **gone))

        branches = load_thread(Article.objects.get()).branches
        assert [branch.comment.author_label for branch in branches] == ["Withdrawn comment"]
        assert branches[0].replies[0].comment.author_label == "user_1"
        assert (named("a").body_src, named("a").body_html) == ("", "")
        assert Article.objects.get().comment_count == 1

    def test_what_a_moderator_removed_elsewhere_has_no_words_to_restore(self):
        import_all(record("a", deleted=True, removed=True, body=""), reply("b", "a"))

        assert named("a").status == "removed"
        with pytest.raises(DecisionRefused, match="never came here"):
            restore_comment(named("a"), moderator=make_moderator())

    def test_long_texts_are_stored_as_they_are(self):
        body = "Long words.\r\n\n" * 1000
        import_all(record(body=body))

        assert Comment.objects.get().body_src == body

    def test_a_name_is_shown_on_one_line_and_given_back_as_it_came(self):
        came = "Mrs\n Quern \u202e"
        import_all(record(author=came))

        assert Comment.objects.get().guest_name == "Mrs Quern"
        assert next(export_records())["author"] == came

    def test_comments_stand_in_the_order_of_their_scores(self):
        import_all(record("a", score=-2), record("b", score=90), record("c", score=None))

        branches = load_thread(Article.objects.get()).branches
        assert [branch.comment.score for branch in branches] == [90, 0, -2]

    def test_bad_lines_are_listed_and_the_rest_is_kept(self):
        bad = {
            "its parent nowhere is not in its thread": reply("x1", "nowhere"),
            "its parent x1 is not in its thread": reply("x2", "x1"),
            "what it answers goes round in a circle": reply("x3", "x3"),
            "the id a stands twice in its thread": record("a"),
            "it has no “id”": record(None),
            "it has no “body”": record("x4", body=" \u200b"),
            "it has no “created_at”": record("x5", created_at=None),
            "“created_at” is not an ISO 8601 date: noon": record("x6", created_at="noon"),
            "“created_at” lies ahead: 2199-01-01": record("x7", created_at="2199-01-01"),
            "“thread_created_at” is not an ISO 8601 date: 1": record("x8", thread_created_at=1),
            "“deleted” is neither true nor false": record("x9", deleted="no"),
            "“score” is not a whole number": record("x10", score=1.5),
            "“score” is beyond 2,147,483,647": record("x11", score=2**31),
            "“body” is not text": record("x12", body=["words"]),
            "“body” has 40001 characters, 40000 at most": record(
                "x13", body="x" * (RENDERED_MAX_LENGTH + 1)
            ),
            "it has a character that cannot be stored": record("x14", body="nul \x00"),
            "“created_at” is before the year 1000: 0001-01-01T00:00:00Z": record(
                "x20", created_at="0001-01-01T00:00:00Z"
            ),
            "it has a number that cannot be stored": record("x15", other=float("nan")),
            "it is nested more than 20 levels deep": record("x16", other=nested(30)),
            "it has neither “thread_id” nor “thread_url”": record(
                "x17", thread_id=None, thread_url=""
            ),
            "“author” has 201 characters, 200 at most": record("x18", author="x" * 201),
        }
        lines = [json.dumps(r).encode() for r in (record("a"), *bad.values(), reply("b", "a"))]
        lines += [b"not json", b"[1]", json.dumps(reply("x19", "c", other="\ud800")).encode()]

        result = import_lines(read_lines(io.BytesIO(b"\n".join(lines))))

        assert set(Comment.objects.values_list("record_id", flat=True)) == {"a", "b"}
        expected = {f"line {n}: {problem}" for n, problem in enumerate(bad, 2)}
        expected |= {
            "line 24: the line is not JSON",
            "line 25: the line is not a JSON object",
            "line 26: it has a character that cannot be stored",
        }
        assert set(result.problems) == expected
        assert (result.created, result.refused) == (2, len(expected))

    def test_a_record_with_more_beside_its_text_than_any_has_is_refused(self):
        result = import_all(record(other="x" * RECORD_MAX_LENGTH))
        assert result.problems[0].endswith("characters, 100,000 at most")

    def test_a_circle_and_what_hangs_from_it_is_refused(self):
        result = import_all(
            record("a"), reply("b", "d"), reply("c", "b"), reply("d", "c"), reply("e", "c")
        )

        assert result.refused == 4
        assert Comment.objects.get().record_id == "a"

    def test_a_parent_in_another_thread_is_no_parent(self):
        result = import_all(
            record("a"), reply("b", "a", thread_id="t-2", thread_url="https://forum.example/2")
        )

        assert result.problems == ["line 2: its parent a is not in its thread"]
        assert Article.objects.count() == 1

    def test_sixty_levels_are_kept_and_what_is_deeper_is_refused(self):
        chain = [reply(f"c{n}", f"c{n - 1}" if n else None, n) for n in range(LEVELS + 3)]
        result = import_all(*chain)

        assert result.created == LEVELS
        assert result.problems == [
            "line 61: it stands below the last of 60 levels",
            "line 62: its parent c60 is not in its thread",
            "line 63: its parent c61 is not in its thread",
        ]
        deepest = named(f"c{LEVELS - 1}")
        assert len(load_permalink(deepest.pk).ancestors) == LEVELS - 1

    def test_a_thread_that_cannot_be_an_article_is_refused_with_the_reason(self):
        bad = {"thread_url": "javascript:alert(1)"}
        result = import_all(record("a", **bad), record("b", **bad))

        assert result.problems[1].startswith("line 2: its thread cannot be an article: “url”")
        assert (result.refused, Article.objects.count()) == (2, 0)

    def test_the_same_id_in_two_threads_is_two_comments(self):
        import_all(record(), record(thread_id="t-2", thread_url="https://forum.example/2"))

        assert Comment.objects.filter(record_id="c-1").count() == 2

    def test_hostile_markup_stays_words(self):
        import_all(record(body="<script>alert(1)</script> [x](javascript:alert(1))", author="<b>"))

        comment = Comment.objects.get()
        assert "<script" not in comment.body_html
        assert "href" not in comment.body_html
        assert comment.guest_name == "<b>"

    def test_a_large_thread_costs_few_queries(self):
        import_all(record(thread_id="warm", thread_url="https://forum.example/warm"))

        assert self._queries("many", 200) <= self._queries("few", 5) + 12

    def _queries(self, name, size):
        thread = {"thread_id": name, "thread_url": f"https://forum.example/{name}"}
        with CaptureQueriesContext(connection) as queries:
            import_all(
                *(reply(f"c{n}", f"c{n // 3}" if n else None, **thread) for n in range(size))
            )
        return len(queries)


def nested(levels):
    value = "words"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.once
@pytest.mark.parametrize("invisible", ["", " \n", "\u200b\u202e"])
def test_a_name_with_nothing_to_see_is_none(invisible):
    assert shown_name(invisible) == ""


class ExportTests(TestCase):
    def test_records_come_back_as_they_were(self):
        records = [
            record("a"),
            reply("b", "a", author=None, score=None, body="Two\r\nlines."),
            reply("c", "b", 2, created_at="2019-01-02T10:00:00+02:00", new_field={"x": [1, None]}),
            record("d", deleted=True, body="[deleted]", author=None, score=-9),
            record(17, created_at="2019-01-03", depth=4, edited_at="2019-01-04T00:00:00Z"),
        ]
        import_all(*records)

        assert list(export_records()) == records

    def test_what_a_record_says_of_its_thread_comes_back_too(self):
        make_article("Another headline", original_url=THREAD["thread_url"])
        records = [record("a"), record("b", thread_title="Renamed")]
        import_all(*records)

        assert list(export_records()) == records

    def test_an_import_of_an_export_gives_an_identical_site(self):
        article, ada = make_article(), make_user("Ada")
        first = make_comment(article, guest_name="Guest of honour", guest_key="k")
        answer = make_comment(parent=first, author=ada)
        make_comment(parent=answer)
        gone = make_comment(article, author=ada)
        make_comment(parent=gone)
        withdraw_comment(gone, by=Writer(ada))
        bad = make_comment(article)
        make_comment(parent=bad)
        change_comment_status(bad, to="removed")
        vote_comment(first, by=Writer(ada), value=1)
        edit_comment(answer, text="Better words", by=Writer(ada))
        close_thread(article)
        exported, page = list(export_records()), shown(article)

        result = import_again_elsewhere(exported)

        assert result.created == len(exported) == 7
        assert shown(Article.objects.get()) == page
        assert list(export_records()) == exported
        assert find_lies(Article.objects.get().pk) == []

    def test_an_export_imported_into_its_own_site_changes_nothing(self):
        article = make_article("Written here")
        comment = make_comment(article, guest_key="k")
        make_comment(parent=comment)

        result = import_all(*export_records())

        assert result.in_words() == "0 new, 2 known already, 0 refused"

    def test_a_foreign_record_that_bears_the_number_of_a_comment_here_is_another(self):
        article = make_article(original_url=THREAD["thread_url"])
        own = make_comment(article)

        result = import_all(record(str(own.pk)), reply("r", str(own.pk)))

        assert result.created == 2
        assert named("r").parent == named(str(own.pk))
        names = [says["id"] for says in export_records()]
        assert len(set(names)) == 3
        assert import_all(*export_records()).known == 3

    def test_hidden_comments_give_no_words_and_no_author(self):
        import_all(record("a", author="A\n B", author_mail="a@mail.example"), reply("b", "a"))
        change_comment_status(named("a"), to="withdrawn")

        says = next(export_records())
        assert says["deleted"] is True
        assert (says["author"], says["body"]) == (None, "")
        assert "author_mail" not in says
        assert says["licence"] == "ours"

    def test_what_waits_for_a_moderator_is_left_out_unless_replies_hang_from_it(self):
        article = make_article()
        make_comment(article, text="Not yet", held=True)
        parent = make_comment(article, text="Held later")
        make_comment(parent=parent, text="An answer")
        change_comment_status(parent, to="held")

        given = list(export_records())
        assert [says["body"] for says in given] == ["", "An answer"]
        assert given[0]["author"] is None
        assert given[1]["parent_id"] == given[0]["id"]

    def test_threads_under_hidden_articles_are_not_exported(self):
        comment = make_comment()
        make_comment()
        services.withdraw_article(comment.article)

        assert len(list(export_records())) == 1

    def test_votes_and_names_of_people_here_are_in_it(self):
        comment = make_comment(author=make_user("Ada"))
        vote_comment(comment, by=Writer(make_user()), value=-1)
        post_comment(comment.article, text="Who am I?", guest_key="k")

        given = [(says["author"], says["score"], says["is_op"]) for says in export_records()]
        assert given == [("Ada", -1, False), ("Guest", 0, False)]


def shown(article):
    """Say what a stranger reads in a thread."""

    def words(branches):
        return [
            (
                branch.comment.author_label,
                branch.comment.body_html,
                branch.comment.created_at,
                branch.comment.edited_at if branch.comment.status == "published" else None,
                branch.comment.score,
                branch.comment.depth,
                words(branch.replies),
            )
            for branch in branches
        ]

    page = load_thread(article, sort="oldest")
    return words(page.branches), page.count, page.closed_sentence


@pytest.mark.django_db
def test_the_commands_read_and_write_files_and_say_what_they_did(tmp_path: Path, capsys):
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps(record()).encode() + b"\nbroken\n"))

    call_command("import_comments", str(packed))
    said = capsys.readouterr()
    assert f"{packed}: 1 new, 0 known already, 1 refused; 1 new article." in said.out
    assert "line 2: the line is not JSON" in said.err
    assert "1 line was refused; everything else is in." in said.out

    call_command("export_comments")
    written = capsys.readouterr().out
    assert [json.loads(line) for line in written.splitlines()] == [record()]

    plain = tmp_path / "plain.jsonl"
    plain.write_text(written)
    call_command("import_comments", str(plain))
    assert "Everything was there already; nothing changed." in capsys.readouterr().out


@pytest.mark.django_db
def test_a_file_that_is_not_there_gets_a_sentence(tmp_path: Path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_comments", str(tmp_path / "none.jsonl"))


@pytest.mark.django_db
def test_a_real_file_comes_back_word_for_word(corpus: Path, capsys):
    path = corpus / "comments.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        real = lines.read()
    start = timezone.now()
    call_command("import_comments", str(path))
    assert timezone.now() - start < timedelta(seconds=30)
    call_command("check_counts")
    assert "3 threads checked, every count is true." in capsys.readouterr().out

    assert sorted(Article.objects.values_list("comment_count", flat=True)) == sorted(
        sum(1 for says in map(json.loads, real.splitlines())
            if says["thread_id"] == name and not says["deleted"])
        for name in ("n49rw", "fjn0j9", "ablzuq")
    )  # fmt: skip
    call_command("export_comments")
    assert capsys.readouterr().out == real
