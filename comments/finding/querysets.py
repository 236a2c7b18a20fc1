"""Every question about where comments stand in the index, and whose names have a word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef

from comments.threads.models import Comment
from reader.accounts.models import User
from reader.articles.models import Article

if TYPE_CHECKING:
    # Named in quotes below: the models import this module.
    from comments.finding.models import CommentEntry, NameWord  # noqa: F401


class CommentEntryQuerySet(models.QuerySet["CommentEntry"]):
    def of_hidden_articles(self) -> CommentEntryQuerySet:
        """Keep what stands in the index and nobody may read now."""
        return self.filter(article_id__in=Article.objects.hidden().values("pk"))

    def of_articles(self, article_ids: Sequence[int]) -> CommentEntryQuerySet:
        return self.filter(article_id__in=article_ids)

    def marks_by_article(self) -> models.QuerySet[Any, tuple[int, str]]:
        """Give the marks that each article's comments have: one row an article, when all agree."""
        return self.order_by().values_list("article_id", "marks").distinct()

    def between(self, after: int, up_to: int | None) -> CommentEntryQuerySet:
        """Keep what has a comment's number above `after`, and no higher than `up_to`."""
        entries = self.filter(comment_id__gt=after)
        return entries if up_to is None else entries.filter(comment_id__lte=up_to)

    def for_writing(self, comment_ids: Collection[int]) -> CommentEntryQuerySet:
        """Lock entries, in the one order that everybody locks them in."""
        return self.filter(comment_id__in=comment_ids).order_by("pk").select_for_update()

    def without_entry(self, *, after: int, layout: int | None) -> models.QuerySet[Comment]:
        """
        Keep the published comments above a number that have no entry of that layout.

        None keeps all of them.
        """
        comments = Comment.objects.filter(pk__gt=after, status="published").order_by("pk")
        if layout is None:
            return comments
        known = self.filter(comment_id=OuterRef("pk"), layout=layout)
        return comments.filter(~Exists(known))


class NameWordQuerySet(models.QuerySet["NameWord"]):
    def called(self, tokens: Sequence[str], *, most: int) -> list[int]:
        """
        Find the people who have said something and whose names have the words side by side.

        Whoever is called just so comes first. Looks at no more than ten times as many.
        """
        said = Comment.objects.filter(author=OuterRef("person"), status="published")
        first = self.filter(Exists(said), token=tokens[0])
        for token in dict.fromkeys(tokens[1:]):
            first = first.filter(Exists(self.filter(person=OuterRef("person"), token=token)))
        people = first.order_by("person").values_list("person", flat=True).distinct()
        names = self.words_of(list(people[: most * 10]))
        wanted = tuple(tokens)
        fitting = [person for person, name in names.items() if _has(name, wanted)]
        return sorted(fitting, key=lambda person: (names[person] != wanted, person))[:most]

    def words_of(self, people: Collection[int]) -> dict[int, tuple[str, ...]]:
        names: dict[int, list[str]] = defaultdict(list)
        rows = self.filter(person__in=people).order_by("person", "number")
        for person, token in rows.values_list("person", "token"):
            names[person].append(token)
        return {person: tuple(name) for person, name in names.items()}

    def people_without(self, *, after: int) -> models.QuerySet[User]:
        """Keep the people above a number whose names have not been read yet."""
        return User.objects.filter(
            ~Exists(self.filter(person=OuterRef("pk"))), pk__gt=after
        ).order_by("pk")


def _has(name: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return any(name[at : at + len(wanted)] == wanted for at in range(len(name)))
