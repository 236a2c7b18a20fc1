from reader.stories.models import StoryMember


def stories_now():
    """List the articles of each story that has some, the story with the oldest article first."""
    stories = {}
    for article, story in StoryMember.objects.order_by("article").values_list("article", "story"):
        stories.setdefault(story, set()).add(article)
    return sorted(stories.values(), key=min)
