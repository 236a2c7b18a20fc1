"""The conversations of the sample edition: what their file holds."""

import json
import re
from collections import Counter

import pytest
from django.conf import settings

from reader.articles.sample_edition import sample_records

pytestmark = pytest.mark.once

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


def test_there_are_threads_under_some_articles_and_none_under_others(comments):
    lengths = Counter(comment["article"] for comment in comments.values())
    assert 60 <= len(comments) <= 90
    assert len(lengths) >= 9
    assert len(sample_records()) - len(lengths) >= 10
    assert max(lengths.values()) >= 30


def test_every_comment_has_its_fields_and_a_real_article(comments):
    articles = {record["id"] for record in sample_records()}
    for comment in comments.values():
        assert set(comment) == FIELDS
        assert comment["article"] in articles
        assert 0 <= comment["up"] < 100
        assert 0 <= comment["down"] < 100


def test_a_reply_comes_after_its_parent_in_the_same_thread_and_in_the_file(comments):
    seen = set()
    for comment in comments.values():
        if comment["parent_id"] is not None:
            parent = comments[comment["parent_id"]]
            assert parent["id"] in seen
            assert parent["article"] == comment["article"]
            assert parent["minutes_after"] < comment["minutes_after"]
        seen.add(comment["id"])


def test_no_comment_is_from_before_its_article_or_from_the_future(comments):
    hours = {record["id"]: record["hours_ago"] for record in sample_records()}
    for comment in comments.values():
        assert 0 < comment["minutes_after"] < hours[comment["article"]] * 60


def test_one_branch_is_deep(comments):
    assert max(depth(comment, comments) for comment in comments.values()) in (5, 6)


def test_a_deleted_comment_says_nothing_and_still_has_replies(comments):
    deleted = [comment for comment in comments.values() if comment["deleted"]]
    assert deleted
    for comment in deleted:
        assert comment["author"] is None
        assert comment["body"] == ""
        assert any(other["parent_id"] == comment["id"] for other in comments.values())
    assert all(c["author"] and c["body"] for c in comments.values() if not c["deleted"])


def test_the_arabic_article_is_talked_about_in_arabic(comments):
    arabic = next(record["id"] for record in sample_records() if record["lang"] == "ar")
    under_it = [comment for comment in comments.values() if comment["article"] == arabic]
    assert sum(bool(re.search("[\u0621-\u064a]", c["body"])) for c in under_it) >= 3


def test_links_lead_nowhere_real_and_every_kind_of_mark_is_used(comments):
    bodies = "\n\n".join(comment["body"] for comment in comments.values())
    links = re.findall(r"https?://([^\s/)]+)", bodies)
    assert links
    assert all(host.endswith(".example") for host in links)
    for mark in (r"(?<!\*)\*[^*\n]+\*(?!\*)", r"^> ", r"^- ", r"^1\. "):
        assert re.search(mark, bodies, re.MULTILINE)
