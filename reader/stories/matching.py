"""Which story each group of articles becomes, so that stories live on. Imports nothing of ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Standing:
    """How the stories stand, and what of it is not for a machine to change."""

    # Article → story.
    placed: Mapping[int, int]
    # Articles that an editor put where they are.
    anchored: Set[int] = frozenset()
    # Stories that stay exactly as they are.
    locked: Set[int] = frozenset()
    # Stories that an editor had a hand in: they are never given up.
    marked: Set[int] = frozenset()
    # Stories that others lead to: they are never given up either.
    leaned_on: Set[int] = frozenset()
    # Articles that readers cannot see for now: no group has them, yet they may come back.
    hidden: Set[int] = frozenset()
    # (story, article): an editor took it out.
    excluded: Set[tuple[int, int]] = frozenset()

    def is_fixed(self, article: int) -> bool:
        return article in self.anchored or self.placed.get(article) in self.locked


@dataclass(slots=True)
class Plan:
    """What has to change; whatever is not named stays."""

    # Article → the story that it goes to.
    moves: dict[int, int] = field(default_factory=dict)
    # The articles of each new story, ascending.
    begun: list[list[int]] = field(default_factory=list)
    # Articles that are in no story any more.
    leaving: list[int] = field(default_factory=list)
    # Stories that end → the story that most of their articles went to, if there is one.
    ended: dict[int, int | None] = field(default_factory=dict)


def match_groups(groups: Sequence[Collection[int]], standing: Standing) -> Plan:
    """
    Give each group the story that it continues, and say what changes by that.

    A story goes on in the group with which it shares most articles; where an editor had a hand in a
    story, and most of it is in the group, before any other story. The order of the groups, and of
    the articles in them, does not matter.
    """
    sets = _disjoint(groups)
    chosen = _choose_stories(sets, standing)
    plan, staying = Plan(), set[int]()
    for index, group in enumerate(sets):
        loose = sorted(article for article in group if not standing.is_fixed(article))
        story = chosen.get(index)
        if story is not None:
            loose = [article for article in loose if (story, article) not in standing.excluded]
            staying.update(article for article in loose if standing.placed.get(article) == story)
            plan.moves.update({a: story for a in loose if standing.placed.get(a) != story})
        elif len(loose) > 1:
            plan.begun.append(loose)
    claimed = staying.union(plan.moves, *plan.begun)
    # What no group goes on with stays together where an editor had a hand in it, or where it waits
    # for an article.
    awaiting = {standing.placed[pk] for pk in standing.hidden if pk in standing.placed}
    held = (standing.marked | awaiting) - set(chosen.values())
    for article, story in standing.placed.items():
        stays = article in claimed or standing.is_fixed(article) or article in standing.hidden
        if not stays and story not in held:
            plan.leaving.append(article)
    _end_stories(plan, standing)
    plan.leaving.sort()
    return plan


def _disjoint(groups: Iterable[Collection[int]]) -> list[list[int]]:
    """Order the groups by their smallest article; leave out what stands in an earlier one."""
    seen: set[int] = set()
    sets = []
    for group in sorted(sorted(set(group)) for group in groups):
        fresh = [article for article in group if article not in seen]
        seen.update(fresh)
        if len(fresh) > 1:
            sets.append(fresh)
    return sets


def _choose_stories(sets: Sequence[Sequence[int]], standing: Standing) -> dict[int, int]:
    sizes = Counter(standing.placed.values())
    rows, majorities = [], {}
    for index, group in enumerate(sets):
        here = Counter(standing.placed[a] for a in group if a in standing.placed)
        loose = here - Counter(standing.placed[a] for a in group if a in standing.anchored)
        for story, overlap in here.items():
            if story in standing.locked:
                continue
            majorities[index, story] = 2 * overlap > here.total()
            mostly = story in standing.marked and 2 * overlap > sizes[story]
            rows.append((mostly, overlap, loose[story], -story, -index))
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, _, story, index in sorted(rows, reverse=True):
        story, index = -story, -index
        if index in chosen:
            continue
        # What an editor merged a machine may still tell apart: both halves belong to the story.
        merged = majorities[index, story] and any(
            a in standing.anchored and standing.placed[a] == story for a in sets[index]
        )
        if story not in taken or merged:
            chosen[index] = story
            taken.add(story)
    return chosen


def _end_stories(plan: Plan, standing: Standing) -> None:
    """End the stories that are left with one article or none, and let that article go."""
    going = set(plan.leaving).union(plan.moves, *plan.begun)
    left = Counter(story for article, story in standing.placed.items() if article not in going)
    left.update(plan.moves.values())
    waited_for = {standing.placed[pk] for pk in standing.hidden - going if pk in standing.placed}
    kept = standing.marked | standing.locked | standing.leaned_on | waited_for
    touched = {standing.placed[article] for article in going if article in standing.placed}
    ending = {story for story in touched if left[story] < 2 and story not in kept}
    heirs: dict[int, Counter[int]] = {story: Counter() for story in ending}
    sizes: Counter[int] = Counter()
    for article, story in standing.placed.items():
        if story not in ending:
            continue
        sizes[story] += 1
        target = plan.moves.get(article)
        if target is not None and target not in ending:
            heirs[story][target] += 1
        elif article not in going:
            plan.leaving.append(article)
    for story in sorted(ending):
        best = min(heirs[story].items(), key=lambda heir: (-heir[1], heir[0]), default=None)
        is_heir = best is not None and 2 * best[1] >= sizes[story]
        plan.ended[story] = best[0] if best is not None and is_heir else None
