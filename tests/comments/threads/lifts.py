"""Lifts worked out the slow way, from the rule alone: what the tests hold the site's against."""

from comments.threads.models import Comment
from comments.threads.ranking import own_rank

MOST = 2**20 - 1
PENALTY = round(0.2 * MOST)
NO_VOTES = own_rank(up=0, down=0, imported_score=None)


def naive_lifts(article):
    """Tell the sort key of every comment of an article, and whose worth it is."""
    comments = {comment.pk: comment for comment in Comment.objects.filter(article=article)}
    replies = {pk: [] for pk in comments}
    for comment in comments.values():
        if comment.parent_id:
            replies[comment.parent_id].append(comment)

    def is_drawn(comment):
        return comment.status == "published" or any(map(is_drawn, replies[comment.pk]))

    def stands(comment):
        choices = [(comment.rank, 0, 0, None)]
        for reply in replies[comment.pk]:
            rank, by = stands(reply)
            if (
                rank < NO_VOTES
                and is_drawn(reply)
                and (reply.status == "published" or by is not None)
            ):
                choices.append((rank + PENALTY, 1, reply.pk, by or reply.pk))
        rank, _, _, by = min(choices)
        return rank, by

    found = {}
    for pk, comment in comments.items():
        rank, by = stands(comment)
        found[pk] = (rank * 2**43 + pk, by)
    return found


def stored_lifts(article):
    rows = Comment.objects.filter(article=article).values_list("pk", "best", "lifted_by")
    return {pk: (best, by) for pk, best, by in rows}
