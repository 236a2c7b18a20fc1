"""
The one statement that reads a page of a thread; the same text for both engines.

It walks down from the page's first comments, at most REPLIES of each comment and LEVELS_BELOW
levels, so its cost depends on what is shown and not on how large the thread is. Conditions of
partial indexes stand as literals, because SQLite matches an index by its words and not by the
values bound.
"""

from __future__ import annotations

from functools import cache

from comments.threads.tree import Sort

PAGE_SIZE = 20
REPLIES = 3
LEVELS_BELOW = 5
# The most rows of one page: 20 + 60 + 180 always fit, the levels below them share the rest.
FUSE = 400
# Above every sort key, and the largest number of both engines.
NO_LIMIT = 2**63 - 1

# Where a page starts: at the top of a thread, below a comment, at one comment.
ROOTS = "article_id = %(article)s AND depth = 0 AND in_tree"
REPLIES_TO = "parent_id = %(parent)s AND in_tree = TRUE"
ONE = "id = %(comment)s AND in_tree"

# Two shapes keep SQLite from reading the whole table: not `parent_id IS NULL` for roots, or it
# walks the roots of all articles; not `c.in_tree = TRUE` for replies but a truth about `t`, or
# it first builds a Bloom filter from every comment there is.
STATEMENT = """
WITH RECURSIVE first (id, place) AS (
    SELECT found.id, ROW_NUMBER() OVER (ORDER BY found.{key} {direction})
    FROM (
        SELECT id, {key} FROM threads_comment
        WHERE {start} AND {key} {beyond} %(after)s
        ORDER BY {key} {direction}
        LIMIT {page_size} + 1
    ) AS found
),
tree (id, level, place, last_reply) AS (
    SELECT c.id, 0, f.place, {last_reply}
    FROM first AS f JOIN threads_comment AS c ON c.id = f.id
    UNION ALL
    SELECT c.id, t.level + 1, 0, {last_reply}
    FROM tree AS t
    JOIN threads_comment AS c
        ON c.parent_id = t.id AND c.in_tree = (t.level >= 0) AND c.{reply_key} <= t.last_reply
    WHERE t.level < {levels_below} AND t.place <= {page_size}
),
shown (id, level, place) AS (
    SELECT fused.id, fused.level, fused.place
    FROM (SELECT id, level, place FROM tree LIMIT {fuse}) AS fused
    UNION ALL
    SELECT id, -1, 0 FROM threads_comment
    WHERE article_id = %(article)s AND status = 'held' AND NOT in_tree
        AND (author_id = %(viewer)s OR guest_key_hash = %(guest)s)
    {ancestors}
)
SELECT
    s.level, s.place,
    c.id, c.parent_id, c.depth, c.seq, c.best, c.status,
    c.author_id, a.name, a.is_active, c.guest_name, c.guest_key_hash <> '',
    p.status, p.author_id, b.name, b.is_active, p.guest_name, p.guest_key_hash <> '',
    CASE WHEN c.status = 'published' OR (c.status = 'held' AND {mine}) THEN c.body_html ELSE '' END,
    c.created_at, c.edited_at, c.up, c.down, COALESCE(c.imported_score, 0), c.reply_count,
    COALESCE(v.value, 0), {mine}
FROM shown AS s
JOIN threads_comment AS c ON c.id = s.id
LEFT JOIN accounts_user AS a ON a.id = c.author_id
LEFT JOIN threads_comment AS p ON p.id = c.parent_id
LEFT JOIN accounts_user AS b ON b.id = p.author_id
LEFT JOIN threads_vote AS v ON v.comment_id = c.id AND v.voter_id = %(viewer)s
"""

# The key of the last reply to load with a comment: its REPLIES-th.
LAST_REPLY = """
    CASE WHEN c.reply_count <= {replies} THEN {no_limit} ELSE COALESCE((
        SELECT k.{reply_key} FROM threads_comment AS k
        WHERE k.parent_id = c.id AND k.in_tree = TRUE
        ORDER BY k.{reply_key} LIMIT 1 OFFSET {replies} - 1
    ), {no_limit}) END"""

MINE = """(
        c.author_id = %(viewer)s OR (c.author_id IS NULL AND c.guest_key_hash = %(guest)s)
    )"""

ANCESTORS = """UNION ALL
    SELECT id, -2, 0 FROM threads_comment WHERE article_id = %(article)s AND seq IN ({seqs})"""


@cache
def page_statement(start: str, sort: Sort) -> str:
    return _statement(start, sort, "")


def branch_statement(sort: Sort, ancestor_seqs: list[int]) -> str:
    """Read one comment's branch, and at level -2 what that comment answers."""
    seqs = ", ".join(str(int(seq)) for seq in ancestor_seqs)
    return _statement(ONE, sort, ANCESTORS.format(seqs=seqs) if seqs else "")


def _statement(start: str, sort: Sort, ancestors: str) -> str:
    last_reply = LAST_REPLY.format(reply_key=sort.reply_key, replies=REPLIES, no_limit=NO_LIMIT)
    return STATEMENT.format(
        start=start,
        key=sort.key,
        direction="DESC" if sort.descends else "ASC",
        beyond="<" if sort.descends else ">",
        reply_key=sort.reply_key,
        last_reply=last_reply,
        mine=MINE,
        ancestors=ancestors,
        page_size=PAGE_SIZE,
        levels_below=LEVELS_BELOW,
        fuse=FUSE,
    )
