"""Stories out as JSON records: the articles of each that readers may see, the earliest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from reader.stories.models import Story, StoryMember

CHUNK_SIZE = 200


def export_stories() -> Iterator[dict[str, Any]]:
    """Give every story that readers may see; its number stays as long as the story does."""
    ids = Story.objects.shown().order_by("pk").values_list("pk", flat=True)
    walk = ids.iterator(chunk_size=CHUNK_SIZE)
    while chunk := list(islice(walk, CHUNK_SIZE)):
        told: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for member in StoryMember.objects.for_export(chunk):
            article = member.article
            told[member.story_id].append(
                {"id": article.public_id, "url": article.original_url or None}
            )
        for story_id in chunk:
            # An embargo may have begun since the story was found.
            if len(told[story_id]) > 1:
                yield {"story": story_id, "articles": told[story_id]}
