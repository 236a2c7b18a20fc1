"""What the engines do not weigh: how well a headline fits. Imports nothing but words and nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from reader.search.nodes import Question
from reader.search.words import tokens_of, words_in

Item = TypeVar("Item")


def fitting_headlines_first(
    items: Iterable[Item], question: Question, headline_of: Callable[[Item], str]
) -> list[Item]:
    """
    Put those items first whose headlines say all that was asked, and little else.

    Among them the forms that were typed come before others of the same word, and short headlines
    before long ones. The rest stays as it was.
    """
    wanted = {token for phrase in question.wanted for token in phrase.tokens}
    typed = {word for word, _ in words_in(question.text)}

    def fit(item: Item) -> tuple[bool, int, int]:
        headline = headline_of(item)
        tokens = tokens_of(headline)
        if not wanted or not wanted.issubset(tokens):
            return True, 0, 0
        return False, -len(typed.intersection(word for word, _ in words_in(headline))), len(tokens)

    return sorted(items, key=fit)
