"""
The conversations of the sample edition, below its articles.

The file has the fields of every import where it can; each comment says `minutes_after` its article
instead of a time, so that it is as fresh as the article. They go when the articles go.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from comments.threads.importing import ImportResult, Tree, import_tree
from comments.threads.records import moment_text, read_comment
from reader.articles.models import Article

SAMPLE_FILE = Path(__file__).with_name("sample") / "comments.jsonl"


@cache
def sample_threads() -> dict[str, tuple[dict[str, Any], ...]]:
    """Read the file, once a process: the comments by the `id` of their article."""
    threads = defaultdict(list)
    for line in SAMPLE_FILE.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        threads[record["article"]].append(record)
    return {article: tuple(records) for article, records in threads.items()}


def load_sample_comments(*, now: datetime) -> dict[str, int]:
    """Add what is missing of the sample's comments; return how many that were."""
    result = ImportResult()
    articles = Article.objects.from_sample().filter(record_id__in=sample_threads())
    for article in articles.for_list().order_by("pk"):
        import_tree(_tree(article), result)
    if result.problems:
        raise ValueError(f"The sample comments are damaged: {'; '.join(result.problems)}")
    return {"comments": result.created}


def _tree(article: Article) -> Tree:
    records = sample_threads()[article.record_id or ""]
    drafts = [read_comment(n, _dated(record, article)) for n, record in enumerate(records, 1)]
    for draft in drafts:
        draft.lang = article.language
    return Tree({"thread_id": article.record_id}, drafts)


def _dated(record: dict[str, Any], article: Article) -> dict[str, Any]:
    created_at = article.listed_at + timedelta(minutes=record["minutes_after"])
    kept = {name: record[name] for name in ("id", "parent_id", "author", "body", "deleted")}
    return kept | {
        "created_at": moment_text(created_at),
        # Votes belong to voters, of whom a sample has none.
        "score": record["up"] - record["down"],
    }
