"""The conversations of the sample edition: what their file holds, and how they are loaded."""

import json
import re
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from comments.threads.models import Comment
from comments.threads.sample_edition import load_sample_comments
from comments.threads.services import change_comment_status
from comments.threads.services.counting import find_lies
from reader.articles.models import Article
from reader.articles.sample_edition import (
    load_sample_edition,
    remove_sample_edition,
    sample_records,
)
from tests.factories import make_article, make_comment

FIELDS = {
    "article", "id", "parent_id", "author", "minutes_after", "body", "deleted", "up", "down",
}  # fmt: skip


@pytest.fixture(scope="module")
def comments():
    file = settings.BASE_DIR / "comments" / "threads" / "sample" / "comments.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines()
    return {comment["id"]: comment for comment in map(json.loads, lines)}


def depth(comment, comments):
    parent = comments.get(comment["parent_id"])
    return 0 if parent is None else 1 + depth(parent, comments)


@pytest.mark.once
def test_there_are_threads_under_some_articles_and_none_under_others(comments):
    lengths = Counter(comment["article"] for comment in comments.values())
    assert 60 <= len(comments) <= 90
    assert len(lengths) >= 9
    assert len(sample_records()) - len(lengths) >= 10
    assert max(lengths.values()) >= 30


@pytest.mark.once
def test_every_comment_has_its_fields_and_a_real_article(comments):
    articles = {record["id"] for record in sample_records()}
    for comment in comments.values():
        assert set(comment) == FIELDS
        assert comment["article"] in articles
        assert 0 <= comment["up"] < 100
        assert 0 <= comment["down"] < 100


@pytest.mark.once
def test_a_reply_comes_after_its_parent_in_the_same_thread_and_in_the_file(comments):
    seen = set()
    for comment in comments.values():
        if comment["parent_id"] is not None:
            parent = comments[comment["parent_id"]]
            assert parent["id"] in seen
            assert parent["article"] == comment["article"]
            assert parent["minutes_after"] < comment["minutes_after"]
        seen.add(comment["id"])


@pytest.mark.once
def test_no_comment_is_from_before_its_article_or_from_the_future(comments):
    hours = {record["id"]: record["hours_ago"] for record in sample_records()}
    for comment in comments.values():
        assert 0 < comment["minutes_after"] < hours[comment["article"]] * 60


@pytest.mark.once
def test_one_branch_is_deep(comments):
    assert max(depth(comment, comments) for comment in comments.values()) in (5, 6)


@pytest.mark.once
def test_a_deleted_comment_says_nothing_and_still_has_replies(comments):
    deleted = [comment for comment in comments.values() if comment["deleted"]]
    assert deleted
    for comment in deleted:
        assert comment["author"] is None
        assert comment["body"] == ""
        assert any(other["parent_id"] == comment["id"] for other in comments.values())
    assert all(c["author"] and c["body"] for c in comments.values() if not c["deleted"])


@pytest.mark.once
def test_the_arabic_article_is_talked_about_in_arabic(comments):
    arabic = next(record["id"] for record in sample_records() if record["lang"] == "ar")
    under_it = [comment for comment in comments.values() if comment["article"] == arabic]
    assert sum(bool(re.search("[\u0621-\u064a]", c["body"])) for c in under_it) >= 3


@pytest.mark.once
def test_links_lead_nowhere_real_and_every_kind_of_mark_is_used(comments):
    bodies = "\n\n".join(comment["body"] for comment in comments.values())
    links = re.findall(r"https?://([^\s/)]+)", bodies)
    assert links
    assert all(host.endswith(".example") for host in links)
    for mark in (r"(?<!\*)\*[^*\n]+\*(?!\*)", r"^> ", r"^- ", r"^1\. "):
        assert re.search(mark, bodies, re.MULTILINE)


@pytest.fixture
def loaded(db):
    now = timezone.now()
    return now, load_sample_edition(now=now)


def test_loading_the_sample_puts_every_comment_below_its_article(loaded, comments):
    _, counts = loaded
    assert counts["comments"] == len(comments)
    for stored in Comment.objects.select_related("article", "parent"):
        said = comments[stored.record_id]
        assert stored.article.record_id == said["article"]
        assert (stored.parent.record_id if stored.parent else None) == said["parent_id"]
        assert stored.guest_name == (said["author"] or "")
        assert stored.score == said["up"] - said["down"]
        minutes = (stored.created_at - stored.article.listed_at) / timedelta(minutes=1)
        assert minutes == pytest.approx(said["minutes_after"])
        assert stored.is_published != said["deleted"]


def test_the_counts_of_loaded_threads_are_true_and_their_articles_say_them(loaded, comments):
    articles = Article.objects.filter(comment_count__gt=0)
    said = sum(article.comment_count for article in articles)
    assert said == sum(not comment["deleted"] for comment in comments.values())
    assert [lie for article in articles for lie in find_lies(article.pk)] == []


def test_loading_again_adds_no_comment_and_brings_none_back_to_life(loaded):
    now, _ = loaded
    stored = Comment.objects.get(record_id="sample-a2")
    change_comment_status(stored, to="removed")

    assert load_sample_edition(now=now)["comments"] == 0
    stored.refresh_from_db()
    assert stored.status == "removed"


def test_an_article_that_was_deleted_comes_back_with_its_comments(loaded, comments):
    now, _ = loaded
    Article.objects.filter(record_id="sample-01").delete()

    counts = load_sample_edition(now=now)
    under_it = [c for c in comments.values() if c["article"] == "sample-01"]
    assert (counts["articles"], counts["comments"]) == (1, len(under_it))


def test_comments_go_with_the_sample_and_others_stay(loaded):
    others = make_comment()
    make_comment(parent=Comment.objects.get(record_id="sample-a2"))

    remove_sample_edition()
    assert list(Comment.objects.all()) == [others]


@pytest.mark.django_db
def test_a_real_article_of_the_same_name_gets_none_of_it():
    article = make_article(record_id="sample-01", source="a real source")

    load_sample_comments(now=timezone.now())
    assert not Comment.objects.filter(article=article).exists()
