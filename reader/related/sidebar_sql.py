"""
The one statement behind everything that stands beside an article; the same on both engines.

Written by hand, because Django would take several times as long to compose it as to run it.
"""

from __future__ import annotations

from reader.related.selection import PER_PUBLISHER

# A page looks at so many of the newest articles of its story, whatever its size.
LOOKED_AT = 200
# Offered for the places of a block; near-duplicates drop out.
OFFERED = 24

# The gate of ArticleQuerySet.visible().
SHOWN = "shown_from <= %(now)s"

# Rows of a kind stand in their order: pins by slot, the newer of two in one slot first; what is
# automatic by likeness; the story's articles from the newest on. Only what is in a story is
# compared text by text: lists of related articles hold no text twice.
STATEMENT = f"""
WITH page AS (
    SELECT a.id, a.publisher_id, m.story_id, story.title AS story_title
    FROM articles_article a
    LEFT JOIN stories_storymember m ON m.article_id = a.id
    LEFT JOIN stories_story story ON story.id = m.story_id
    WHERE a.id = %(page)s AND (a.{SHOWN} OR NOT %(gated)s)
), first_told AS (
    SELECT a.title, a.excerpt
    FROM stories_storymember m CROSS JOIN articles_article a
    WHERE m.story_id = (SELECT story_id FROM page) AND a.id = m.article_id AND a.{SHOWN}
    ORDER BY m.listed_at, m.article_id
    LIMIT 1
), newest AS (
    SELECT m.article_id, m.listed_at, a.publisher_id
    FROM stories_storymember m CROSS JOIN articles_article a
    WHERE m.story_id = (SELECT story_id FROM page) AND a.id = m.article_id AND a.{SHOWN}
    ORDER BY m.listed_at DESC, m.article_id DESC
    LIMIT {LOOKED_AT}
), ranked AS (
    SELECT newest.article_id, newest.listed_at, ROW_NUMBER() OVER (
        PARTITION BY COALESCE(newest.publisher_id, -newest.article_id)
        ORDER BY newest.listed_at DESC, newest.article_id DESC
    ) AS place
    FROM newest CROSS JOIN page
    WHERE newest.article_id <> page.id
        AND COALESCE(newest.publisher_id <> page.publisher_id, TRUE)
), told AS (
    SELECT article_id, listed_at FROM ranked WHERE place <= {PER_PUBLISHER}
    ORDER BY place, listed_at DESC, article_id DESC
    LIMIT {OFFERED}
), found AS (
    SELECT l.other_id, l.kind, l.slot, l.score, l.why, l.reason, l.made_at,
        COALESCE(m.story_id = page.story_id, FALSE) AS in_story
    FROM page CROSS JOIN related_relatedlink l
    LEFT JOIN stories_storymember m ON m.article_id = l.other_id
    WHERE l.article_id = page.id AND (l.expires_at IS NULL OR l.expires_at > %(now)s)
    UNION ALL
    SELECT article_id, 'told', NULL, NULL, '', '', listed_at, TRUE FROM told
    UNION ALL
    SELECT id, 'itself', NULL, NULL, '', '', NULL, TRUE FROM page WHERE story_id IS NOT NULL
)
SELECT a.id, a.record_id, a.publisher_id, a.section_id, a.title, a.slug, a.excerpt, a.language,
    a.original_url, a.published_at, a.published_is_date, a.listed_at, a.shown_from,
    p.name AS publisher_name, p.slug AS publisher_slug,
    found.kind, found.score, found.why, found.reason, found.in_story,
    CASE WHEN found.kind = 'automatic' AND found.why = '' THEN (
        SELECT h.name
        FROM hashtags_articlehashtag theirs
        JOIN hashtags_hashtag their_name ON their_name.id = theirs.hashtag_id
        JOIN hashtags_hashtag h ON h.id = COALESCE(their_name.alias_of_id, their_name.id)
        CROSS JOIN hashtags_articlehashtag ours
        JOIN hashtags_hashtag our_name ON our_name.id = ours.hashtag_id
            AND COALESCE(our_name.alias_of_id, our_name.id) = h.id
        WHERE theirs.article_id = a.id AND theirs.state = 'shown'
            AND ours.article_id = %(page)s AND ours.state = 'shown' AND NOT h.is_blocked
        ORDER BY h.article_count, h.id
        LIMIT 1
    ) END AS hashtag,
    (SELECT story_id FROM page) AS story_number,
    (SELECT story_title FROM page) AS story_title,
    (SELECT title FROM first_told) AS first_title,
    (SELECT excerpt FROM first_told) AS first_excerpt,
    (SELECT COUNT(*) FROM newest) AS story_articles,
    (SELECT COUNT(DISTINCT publisher_id) FROM newest) AS story_publishers,
    t.marks, t.marks_step
FROM found
CROSS JOIN articles_article a
LEFT JOIN articles_publisher p ON p.id = a.publisher_id
LEFT JOIN related_articleterms t
    ON t.article_id = a.id AND (SELECT story_id FROM page) IS NOT NULL
WHERE a.id = found.other_id AND (a.{SHOWN} OR found.kind = 'itself')
ORDER BY found.kind, found.slot IS NULL, found.slot, found.score DESC, found.made_at DESC, a.id
"""  # noqa: S608 (our own words and placeholders)
