"""Every change to stories: what a machine works out, and what editors decide."""

from reader.stories.services.curating import (
    StoryRefused,
    begin_story_with,
    lock_story,
    merge_stories,
    move_article,
    move_articles,
    rename_story,
    split_story,
    undo_story_change,
    unlock_story,
)
from reader.stories.services.placing import begin_story, join_story, leave_story, place_automatic
from reader.stories.services.settling import settle_stories

__all__ = [
    "StoryRefused",
    "begin_story",
    "begin_story_with",
    "join_story",
    "leave_story",
    "lock_story",
    "merge_stories",
    "move_article",
    "move_articles",
    "place_automatic",
    "rename_story",
    "settle_stories",
    "split_story",
    "undo_story_change",
    "unlock_story",
]
