"""How large threads are, and who answers whom. Knows no database and no words."""

from __future__ import annotations

from array import array
from bisect import bisect
from itertools import accumulate
from random import Random

from comments.threads.tree import MAX_DEPTH

HUGE_THREAD = 50_000
# All threads but one stay below this.
LARGE_THREAD = 20_000
# Of all articles, those somebody commented on.
DISCUSSED_SHARE = 0.6
# In a thread with more comments than this, two people may go down to the last level.
DUEL_FROM = 400
ROOT_SHARE = 0.35
# Of the huge thread, the direct replies to its first comment: 13,600 of 50,000.
CROWD_SHARE = 0.272
NOBODY = -1


def thread_sizes(articles: int, comments: int, random: Random) -> array:
    """Give every article its number of comments, by Zipf, in random order; they add up."""
    huge = min(HUGE_THREAD, max(1, comments // 10))
    discussed = max(1, min(int(articles * DISCUSSED_SHARE), comments - huge))
    weights = list(accumulate((rank + 5) ** -0.95 for rank in range(discussed - 1)))
    left, sizes = comments - huge, array("L", [huge])
    if weights:
        spare, before = left - len(weights), 0.0
        for weight in weights:
            share = int(spare * (weight - before) / weights[-1])
            sizes.append(1 + min(share, LARGE_THREAD, huge))
            before = weight
        # What rounding and the limit left over goes to threads by chance, as weight has it.
        for _ in range(left - (sum(sizes) - huge)):
            at = 1 + bisect(weights, random.random() * weights[-1])
            if sizes[at] >= min(LARGE_THREAD, huge):
                at = 1 + int(random.random() * len(weights))
            sizes[at] += 1
    else:
        sizes[0] += left
    sizes.extend([0] * (articles - len(sizes)))
    random.shuffle(sizes)
    return sizes


def answers(size: int, random: Random, *, crowded: bool = False) -> tuple[list[int], list[int]]:
    """
    Say for each comment which one it answers, as its place in time, and how deep it stands.

    Half of the replies go to what was said just now, which makes exchanges, the others to what was
    said long ago. In a crowded thread a large part answers the very first comment.
    """
    parents, depths = [], []
    chance = random.random
    crowd = ROOT_SHARE + (CROWD_SHARE if crowded else 0)
    recent = crowd + (1 - crowd) / 2
    duel = size // 3 if size > DUEL_FROM and (crowded or chance() < 0.25) else size
    for place in range(size):
        draw = chance()
        if duel < place <= duel + MAX_DEPTH + 1:
            parent = place - 1
        elif place == 0 or draw < ROOT_SHARE:
            parent = NOBODY
        elif draw < crowd:
            parent = 0
        elif draw < recent:
            parent = place - 1 - int(chance() * min(place, 12))
        else:
            parent = int(place * chance() ** 2)
        if parent != NOBODY and depths[parent] >= MAX_DEPTH:
            parent = parents[parent]
        parents.append(parent)
        depths.append(0 if parent == NOBODY else depths[parent] + 1)
    return parents, depths
