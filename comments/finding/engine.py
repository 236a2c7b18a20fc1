"""The index of comments, in the engines of the search."""

from __future__ import annotations

from reader.search.engines import Engine, IndexTables, current_engine

COMMENTS = IndexTables(
    words="comment_words",
    entries="finding_commententry",
    number="comment_id",
    fields=("text",),
    columns=("text",),
    weights=(1.0,),
)


def comment_engine() -> Engine:
    return current_engine(COMMENTS)
