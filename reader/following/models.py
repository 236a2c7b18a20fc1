"""What people follow."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from reader.following.querysets import FollowQuerySet
from reader.hashtags.models import Hashtag


class Follow(models.Model):
    """That somebody follows a hashtag; a merge leaves it where it is, and it counts as meant."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows"
    )
    hashtag = models.ForeignKey(Hashtag, on_delete=models.CASCADE, related_name="follows")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            # Also serves what a person follows: of().
            models.UniqueConstraint(fields=["user", "hashtag"], name="following_follow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} follows {self.hashtag}"
