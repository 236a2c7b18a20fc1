"""
The one statement that reads a page of a thread; the same text for both engines.

It walks down from the page's first comments, at most REPLIES of each and REPLIES_BELOW of what
answers them, LEVELS_BELOW levels, so its cost depends on what is shown and not on how large the
thread is; what a filter found it walks up instead, to what it answers. Conditions of partial
indexes stand as literals, because SQLite matches an index by its words and not by the values bound.
"""

from __future__ import annotations

from functools import cache

from comments.threads.tree import Sort

PAGE_SIZE = 20
REPLIES = 3
REPLIES_BELOW = 2
# As many as are drawn as indents; on the busiest pages each further level cost a third more time.
LEVELS_BELOW = 3
# The most rows of one page: 21 + 60 + 120 always fit, the last level only when it is thin.
FUSE = 220
# Above every sort key, and the largest number of both engines.
NO_LIMIT = 2**63 - 1

# Where a page starts: at the top of a thread, below a comment, at one comment.
ROOTS = "article_id = %(article)s AND depth = 0 AND in_tree"
REPLIES_TO = "parent_id = %(parent)s AND in_tree = TRUE"
ONE = "id = %(comment)s AND in_tree"
# What a filter keeps.
ANSWERED = f"{ROOTS} AND is_answered = TRUE"
UNANSWERED = f"{ROOTS} AND is_answered = FALSE"
PICKS = "article_id = %(article)s AND is_picked AND status = 'published'"
# Since a number that was asked for whoever wrote it, else what is new to the viewer.
NEW = """article_id = %(article)s AND status = 'published'
            AND (%(since)s IS NOT NULL OR author_id IS NULL OR author_id <> %(viewer)s)"""
SINCE = "COALESCE(%(since)s, (SELECT seen FROM mark))"

# The state stands in a row of its own, without a comment: in each it would cost a tenth more.
# Four shapes keep SQLite from reading the whole table, or the whole thread: not `parent_id IS NULL`
# for roots, or it walks the roots of all articles; not `c.in_tree = TRUE` for replies but a truth
# about `t`, or it first builds a Bloom filter from every comment there is; no `JOIN` to what is
# shown, but a `LEFT JOIN`; and `+article_id` among the few comments that wait to be erased, or it
# looks for them in the thread.
STATEMENT = """
WITH RECURSIVE mark (seen, kept, latest, visited_at) AS (
    SELECT CASE WHEN visited_at > %(visit)s THEN seen ELSE latest END, seen, latest, visited_at
    FROM threads_readmark WHERE reader_id = %(viewer)s AND article_id = %(article)s
),
state AS MATERIALIZED (
    SELECT
        a.publisher_id, a.listed_at, a.comment_count, t.closed_at, t.mode, t.version,
        t.last_arrival, m.seen, m.kept, m.latest, m.visited_at,
        {counts}
    FROM articles_article AS a
    LEFT JOIN threads_thread AS t ON t.article_id = a.id
    LEFT JOIN mark AS m ON TRUE
    WHERE a.id = %(article)s
),
first (id, place) AS (
    SELECT found.id, ROW_NUMBER() OVER (ORDER BY found.{key} {direction})
    FROM (
        SELECT id, {key} FROM threads_comment
        WHERE {start} AND {key} {beyond} {after}
        ORDER BY {key} {direction}
        LIMIT {page_size} + 1
    ) AS found
),
{walk},
shown (id, level, place) AS (
    {shown}
)
SELECT
    st.*, s.level, s.place,
    c.id, c.parent_id, c.depth, c.seq, c.arrival, c.best, c.lifted_by, c.status,
    c.is_picked, c.is_answered, c.erase_at,
    c.author_id, a.name, a.is_active, c.guest_name, c.guest_key_hash <> '',
    p.status, p.author_id, b.name, b.is_active, p.guest_name, p.guest_key_hash <> '',
    {badge},
    CASE WHEN c.status = 'published' OR (c.status = 'held' AND {mine}) THEN c.body_html ELSE '' END,
    c.created_at, c.edited_at, c.up, c.down, COALESCE(c.imported_score, 0), c.reply_count,
    {vote}, {mine}
FROM (SELECT id, level, place FROM shown UNION ALL SELECT NULL, NULL, NULL) AS s
LEFT JOIN state AS st ON s.id IS NULL
LEFT JOIN threads_comment AS c ON c.id = s.id
LEFT JOIN accounts_user AS a ON a.id = c.author_id
LEFT JOIN threads_comment AS p ON p.id = c.parent_id
LEFT JOIN accounts_user AS b ON b.id = p.author_id
"""

# How much each filter finds. Where replies are read on, no filter is offered, and to count what is
# new to a reader who is 30,000 comments behind takes as long as all the rest.
COUNTS = """(SELECT COUNT(*) FROM threads_comment WHERE {new} AND arrival > {since}) AS new_count,
        (SELECT COUNT(*) FROM threads_comment WHERE {picks}) AS pick_count,
        CASE WHEN t.mode = 'questions' THEN
            (SELECT COUNT(*) FROM threads_comment WHERE {answered}) ELSE 0 END AS answered_count,
        CASE WHEN t.mode = 'questions' THEN
            (SELECT COUNT(*) FROM threads_comment WHERE {unanswered}) ELSE 0 END
            AS unanswered_count"""
NO_COUNTS = "0 AS new_count, 0 AS pick_count, 0 AS answered_count, 0 AS unanswered_count"

WALK_DOWN = """tree (id, level, place, last_reply) AS (
    SELECT c.id, 0, f.place, {last_of_first}
    FROM first AS f JOIN threads_comment AS c ON c.id = f.id
    UNION ALL
    SELECT c.id, t.level + 1, 0, {last_reply}
    FROM tree AS t
    JOIN threads_comment AS c
        ON c.parent_id = t.id AND c.in_tree = (t.level >= 0) AND c.{reply_key} <= t.last_reply
    WHERE t.level < {levels_below} AND t.place <= {page_size}
)"""

SHOWN_BELOW = """SELECT fused.id, fused.level, fused.place
    FROM (SELECT id, level, place FROM tree LIMIT {fuse}) AS fused
    {beside}"""

# The viewer's own that nobody else sees, at level -1: what is held, and what they can still take
# back.
HELD = """UNION ALL
    SELECT id, -1, 0 FROM threads_comment
    WHERE article_id = %(article)s AND status = 'held' AND NOT in_tree
        AND (author_id = %(viewer)s OR guest_key_hash = %(guest)s)
    UNION ALL
    SELECT id, -1, 0 FROM threads_comment
    WHERE erase_at > %(now)s AND +article_id = %(article)s AND NOT in_tree
        AND (author_id = %(viewer)s OR guest_key_hash = %(guest)s)"""

ANCESTORS = """UNION ALL
    SELECT id, -2, 0 FROM threads_comment WHERE article_id = %(article)s AND seq IN ({seqs})"""

# What was found at level 0, what it answers at level -2; who answers whom is told by the rows.
WALK_UP = """way (id, parent_id) AS (
    SELECT c.id, c.parent_id
    FROM first AS f JOIN threads_comment AS c ON c.id = f.id
    WHERE f.place <= {page_size}
    UNION
    SELECT c.id, c.parent_id FROM way AS w JOIN threads_comment AS c ON c.id = w.parent_id
)"""

SHOWN_ABOVE = """SELECT id, 0, place FROM first
    UNION ALL
    SELECT id, -2, 0 FROM way WHERE id NOT IN (SELECT id FROM first)"""

# The key of the last reply to load with a comment.
LAST_REPLY = """
    CASE WHEN c.reply_count <= {replies} THEN {no_limit} ELSE COALESCE((
        SELECT k.{reply_key} FROM threads_comment AS k
        WHERE k.parent_id = c.id AND k.in_tree = TRUE
        ORDER BY k.{reply_key} LIMIT 1 OFFSET {replies} - 1
    ), {no_limit}) END"""

MINE = """(
        c.author_id = %(viewer)s OR (c.author_id IS NULL AND c.guest_key_hash = %(guest)s)
    )"""

# Not a join, for which SQLite may first build a Bloom filter from every vote of the viewer.
VOTE = """COALESCE((
        SELECT v.value FROM threads_vote AS v
        WHERE v.comment_id = c.id AND v.voter_id = %(viewer)s
    ), 0)"""

# Kind and words of the one badge shown beside a name.
BADGE = """(
        SELECT g.kind || ' ' || g.words FROM badges_badge AS g
        WHERE g.person_id = c.author_id AND (
            g.article_id = %(article)s OR g.publisher_id = (SELECT publisher_id FROM state)
            OR (g.article_id IS NULL AND g.publisher_id IS NULL)
        )
        ORDER BY CASE g.kind
            WHEN 'author' THEN 1 WHEN 'expert' THEN 2 WHEN 'staff' THEN 3 ELSE 4 END, g.id
        LIMIT 1
    )"""


@cache
def page_statement(start: str, sort: Sort) -> str:
    """Read first comments that follow a key, each with its branch."""
    # What waits for a moderator has no answer.
    beside = "" if start == ANSWERED else HELD
    return _statement(start, sort, _walk_down(sort), _shown_below(beside))


def branch_statement(sort: Sort, ancestor_seqs: list[int]) -> str:
    """Read one comment's branch, and at level -2 what that comment answers."""
    seqs = ", ".join(str(int(seq)) for seq in ancestor_seqs)
    beside = HELD + ANCESTORS.format(seqs=seqs) if seqs else HELD
    return _statement(ONE, sort, _walk_down(sort), _shown_below(beside))


@cache
def found_statement(start: str, sort: Sort) -> str:
    """Read what a filter finds anywhere in a thread, and at level -2 all that it answers."""
    after = f"COALESCE(%(after)s, {SINCE})" if start == NEW else "%(after)s"
    walk = WALK_UP.format(page_size=PAGE_SIZE)
    return _statement(start, sort, walk, SHOWN_ABOVE, after=after)


def _walk_down(sort: Sort) -> str:
    return WALK_DOWN.format(
        last_of_first=_last_reply(sort, REPLIES),
        last_reply=_last_reply(sort, REPLIES_BELOW),
        reply_key=sort.reply_key,
        levels_below=LEVELS_BELOW,
        page_size=PAGE_SIZE,
    )


def _last_reply(sort: Sort, replies: int) -> str:
    return LAST_REPLY.format(reply_key=sort.reply_key, replies=replies, no_limit=NO_LIMIT)


def _shown_below(beside: str) -> str:
    return SHOWN_BELOW.format(fuse=FUSE, beside=beside)


def _statement(start: str, sort: Sort, walk: str, shown: str, *, after: str = "%(after)s") -> str:
    counts = COUNTS.format(
        new=NEW, since=SINCE, picks=PICKS, answered=ANSWERED, unanswered=UNANSWERED
    )
    return STATEMENT.format(
        counts=NO_COUNTS if start in (REPLIES_TO, ONE) else counts,
        start=start,
        key=sort.key,
        direction="DESC" if sort.descends else "ASC",
        beyond="<" if sort.descends else ">",
        after=after,
        walk=walk,
        shown=shown,
        vote=VOTE,
        badge=BADGE,
        mine=MINE,
        page_size=PAGE_SIZE,
    )
