"""Every change to hashtags: what is suggested for articles, and what editors decide."""

from reader.hashtags.counts import recount_hashtags, wrong_activity, wrong_counts
from reader.hashtags.outcomes import Outcome
from reader.hashtags.services.governing import (
    alias_hashtag,
    block_hashtag,
    merge_all_hashtags,
    merge_hashtags,
    plan_alias,
    plan_block,
    plan_rename,
    rename_hashtag,
    unblock_hashtag,
)
from reader.hashtags.services.merging import plan_merge, plan_merges
from reader.hashtags.services.rules import NOT_SEEN, HashtagRefused
from reader.hashtags.services.splitting import Choice, plan_split, split_hashtag
from reader.hashtags.services.suggesting import (
    remove_unused_hashtags,
    suggest_everywhere,
    suggest_hashtags,
)
from reader.hashtags.services.tagging import (
    accept_suggestions,
    create_hashtag,
    describe_hashtag,
    named_hashtag,
    reject_suggestions,
    require_new,
    tag_article,
    untag_article,
)
from reader.hashtags.services.undoing import undo_hashtag_change

__all__ = [
    "NOT_SEEN",
    "Choice",
    "HashtagRefused",
    "Outcome",
    "accept_suggestions",
    "alias_hashtag",
    "block_hashtag",
    "create_hashtag",
    "describe_hashtag",
    "merge_all_hashtags",
    "merge_hashtags",
    "named_hashtag",
    "plan_alias",
    "plan_block",
    "plan_merge",
    "plan_merges",
    "plan_rename",
    "plan_split",
    "recount_hashtags",
    "reject_suggestions",
    "remove_unused_hashtags",
    "rename_hashtag",
    "require_new",
    "split_hashtag",
    "suggest_everywhere",
    "suggest_hashtags",
    "tag_article",
    "unblock_hashtag",
    "undo_hashtag_change",
    "untag_article",
    "wrong_activity",
    "wrong_counts",
]
