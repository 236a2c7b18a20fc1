"""Which hashtags search engines may know of."""

from typing import Any

from django.db import models

from reader.hashtags.models import Hashtag


def hashtags() -> models.QuerySet[Any]:
    return Hashtag.objects.shown().only("slug")
