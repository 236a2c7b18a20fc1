"""Which stories search engines may know of."""

from typing import Any

from django.db import models

from reader.stories.models import Story


def stories() -> models.QuerySet[Any]:
    return Story.objects.current().shown().with_headline().only("title", "updated_at")
