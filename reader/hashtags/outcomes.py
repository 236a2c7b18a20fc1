"""What a change does to articles; a dry run gives the very same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    # Links that mean another hashtag than before.
    moved: int = 0
    # Articles that have both hashtags; of the two links one stands.
    shared: int = 0
    # Visible articles that the hashtag has afterwards.
    articles: int = 0
    # Other names that come to mean the hashtag, or hide and appear with it.
    aliases: int = 0

    @property
    def words(self) -> str:
        """What it does to articles, for the editor."""
        if self.moved:
            both = f", {self.shared} already had both" if self.shared else ""
            return f"{counted(self.moved)} moved{both}"
        return (
            f"nothing to move; {'every article had both' if self.shared else 'no article had it'}"
        )

    @property
    def all_words(self) -> str:
        """The same with every number, for the page that asks before it is done."""
        names = f"; {named(self.aliases)} taken along" if self.aliases else ""
        return f"{self.words}; {counted(self.articles)} for readers afterwards{names}"


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """Sum up what was done to one hashtag, one after the other."""
    every = list(outcomes)
    return Outcome(
        moved=sum(one.moved for one in every),
        shared=sum(one.shared for one in every),
        articles=every[-1].articles if every else 0,
        aliases=sum(one.aliases for one in every),
    )


def counted(count: int) -> str:
    return f"{count} article{'' if count == 1 else 's'}"


def named(count: int) -> str:
    return f"{count} other name{'' if count == 1 else 's'}"
