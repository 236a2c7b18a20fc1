"""Every change to hashtags: what is suggested for articles, and what editors decide."""

from reader.hashtags.counts import recount_hashtags, wrong_counts
from reader.hashtags.services.curating import (
    HashtagRefused,
    Merge,
    alias_hashtag,
    block_hashtag,
    create_hashtag,
    describe_hashtag,
    merge_hashtags,
    plan_merge,
    rename_hashtag,
    tag_article,
    unblock_hashtag,
    untag_article,
)
from reader.hashtags.services.suggesting import (
    remove_unused_hashtags,
    suggest_everywhere,
    suggest_hashtags,
)

__all__ = [
    "HashtagRefused",
    "Merge",
    "alias_hashtag",
    "block_hashtag",
    "create_hashtag",
    "describe_hashtag",
    "merge_hashtags",
    "plan_merge",
    "recount_hashtags",
    "remove_unused_hashtags",
    "rename_hashtag",
    "suggest_everywhere",
    "suggest_hashtags",
    "tag_article",
    "unblock_hashtag",
    "untag_article",
    "wrong_counts",
]
