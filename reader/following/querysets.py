"""Every question about what people follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from reader.accounts.models import User
from reader.hashtags.models import Hashtag
from reader.hashtags.querysets import MEANT

if TYPE_CHECKING:
    # Named in quotes below: the models import this module.
    from reader.following.models import Follow  # noqa: F401


class FollowQuerySet(models.QuerySet["Follow"]):
    def of(self, person: User) -> FollowQuerySet:
        return self.filter(user=person)

    def meaning(self, hashtag: Hashtag) -> FollowQuerySet:
        """Keep follows of a hashtag, those that began with what is its alias by now included."""
        return self.filter(Q(hashtag=hashtag) | Q(hashtag__alias_of=hashtag))

    def count_meanings(self) -> int:
        """Count what is followed: two names that mean the same by now are one."""
        return self.order_by().values_list(MEANT).distinct().count()

    def with_hashtags(self) -> FollowQuerySet:
        """Load what is followed, and what it means."""
        return self.select_related("hashtag__alias_of")
