"""What is asked about badges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from reader.accounts.roles import CHIEF, MODERATOR
from reader.articles.querysets import heavy_fields_of

if TYPE_CHECKING:
    from comments.badges.models import Badge


MODERATING_ROLES = (MODERATOR, CHIEF)


class BadgeQuerySet(models.QuerySet["Badge"]):
    def guests_of(self, article_id: int) -> set[int]:
        """Say whose answers one article's questions wait for, as numbers of people."""
        guests = self.filter(article=article_id, kind__in=["author", "expert"])
        return set(guests.values_list("person", flat=True))

    def naming_guests_of(self, article_id: int) -> BadgeQuerySet:
        """Load the badges of those guests with the people who have them."""
        guests = self.filter(article=article_id, kind__in=["author", "expert"])
        return guests.select_related("person").order_by("pk")

    def of_former_moderators(self) -> BadgeQuerySet:
        """Keep the moderators' badges of people whose role that is no longer."""
        return self.filter(kind="moderator").exclude(person__groups__name__in=MODERATING_ROLES)

    def twins_of(self, badge: Badge) -> BadgeQuerySet:
        """Keep what the same person has of the same kind in the same place."""
        same = self.filter(
            person=badge.person_id,
            kind=badge.kind,
            article=badge.article_id,
            publisher=badge.publisher_id,
        )
        return same.exclude(pk=badge.pk)

    def for_list(self) -> BadgeQuerySet:
        """Load whom the desk's list names, without the articles' texts."""
        heavy = heavy_fields_of("article")
        return self.select_related("person", "article", "publisher", "granted_by").defer(*heavy)
