"""The kinds of pages that all checks walk through; edition.py knows where they are."""

DESK_KINDS = ("desk", "desk: articles", "desk: story")
READER_KINDS = (
    "front",
    "article",
    "article with 3 comments",
    "article with 1000 comments",
    "article in Arabic",
    "article in Chinese",
    "long headline",
    "hashtag",
    "hashtags",
    "story",
    "section",
    "publisher",
    "publishers",
    "search",
    "search: comments",
    "nothing found",
    "comment",
    "log in",
    "sign up",
    "not found",
    "account",
    "account: following",
    "account: saved searches",
)
KINDS = (*READER_KINDS, *DESK_KINDS)
