"""Work outside the request."""

from django_tasks import task

from reader.stories.services.settling import settle_stories


@task()
def settle_changed(story_ids: list[int]) -> None:
    """Make stories fit articles that changed or are gone."""
    settle_stories(story_ids)
