from reader.stories.models import Story, StoryExclusion, StoryMember


def stories_now():
    """List the articles of each story that has some, the story with the oldest article first."""
    stories = {}
    for article, story in StoryMember.objects.order_by("article").values_list("article", "story"):
        stories.setdefault(story, set()).add(article)
    return sorted(stories.values(), key=min)


def decisions_now():
    """Everything about stories that an editor can change, except the log."""
    stories = Story.objects.order_by("pk")
    return {
        "stories": list(stories.values("pk", "title", "slug", "is_locked", "merged_into")),
        "members": list(StoryMember.objects.order_by("pk").values()),
        "exclusions": list(
            StoryExclusion.objects.order_by("story", "article").values(
                "story", "article", "made_by", "made_at", "reason"
            )
        ),
    }
