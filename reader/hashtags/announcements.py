"""
How the rooms above hear that hashtags changed.

A room registers in its `AppConfig.ready()`; this room knows none of them by name. A listener reads
the rows again, so hearing twice does no harm.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol


class LinksListener(Protocol):
    def __call__(self, article_ids: Sequence[int]) -> None: ...


class HashtagsListener(Protocol):
    def __call__(self, hashtag_ids: Collection[int]) -> None: ...


class ReplacementListener(Protocol):
    def __call__(self, leads_to: Mapping[int, int]) -> None: ...


_links_listeners: list[LinksListener] = []
_hashtags_listeners: list[HashtagsListener] = []
_replacement_listeners: list[ReplacementListener] = []


def on_links_change(listener: LinksListener) -> None:
    """Have `listener` called in the transaction that gave articles hashtags or took them away."""
    if listener not in _links_listeners:
        _links_listeners.append(listener)


def on_hashtags_change(listener: HashtagsListener) -> None:
    """
    Have `listener` called in the transaction that changed what hashtags mean.

    A merge of a million links says so once and names no article: what asks for the articles of a
    hashtag asks for those of its aliases, too (`Hashtag.link_ids`).
    """
    if listener not in _hashtags_listeners:
        _hashtags_listeners.append(listener)


def on_replacement(listener: ReplacementListener) -> None:
    """
    Have `listener` called before hashtags go for good: `{key: key of what is meant from now on}`.

    Undoing a split does that. What refers to such a hashtag goes with it unless it is moved.
    """
    if listener not in _replacement_listeners:
        _replacement_listeners.append(listener)


def announce_links(article_ids: Sequence[int]) -> None:
    if article_ids:
        for listener in _links_listeners:
            listener(article_ids)


def announce_hashtags(hashtag_ids: Collection[int]) -> None:
    for listener in _hashtags_listeners:
        listener(hashtag_ids)


def announce_replacement(leads_to: Mapping[int, int]) -> None:
    for listener in _replacement_listeners:
        listener(leads_to)
