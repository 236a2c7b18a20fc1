"""
Two hashtags become one.

No link is moved: the source becomes an alias, and what asks for the articles of a hashtag asks for
those that are stored under its aliases, too. Written are only the links of articles that had both.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, F, Max, Q

from reader.accounts.models import User
from reader.hashtags.counts import count_links
from reader.hashtags.knowing import make_known, settle_known
from reader.hashtags.models import ArticleHashtag, Hashtag, HashtagChange
from reader.hashtags.outcomes import Outcome
from reader.hashtags.querysets import RANK, ArticleHashtagQuerySet
from reader.hashtags.services.remembering import (
    announce_articles,
    begin_change,
    end_change,
    remember_links,
    remembered,
    seen_otherwise,
)
from reader.hashtags.services.rules import HashtagRefused, as_stored, require_no_alias

State = ArticleHashtag.State


def plan_merge(source: Hashtag, into: Hashtag) -> Outcome:
    """Say what merge_hashtags() would do, without doing it; refuse what it would refuse."""
    return plan_merges([source], into)


def plan_merges(sources: Sequence[Hashtag], into: Hashtag) -> Outcome:
    """
    Say what merge_all_hashtags() would do, all of it together.

    Whatever the order: an article keeps one of its links, the one of the highest rank.
    """
    into, *found = as_stored(into, *sources)
    for source in found:
        require_mergeable(source, into)
    links = ArticleHashtag.objects.of_hashtags(into, *found).standing()
    moving = ArticleHashtag.objects.of_hashtags(*found).standing().count()
    best = (
        links.annotate(rank=RANK)
        .order_by()
        .values("article")
        .annotate(best=Max("rank"), best_counted=Max("rank", filter=Q(is_counted=True)))
    )
    # Of equal rank either all are counted or none: they are of one article.
    left = best.aggregate(
        every=Count("best"), counted=Count("best", filter=Q(best=F("best_counted")))
    )
    shared = links.count() - left["every"]
    return Outcome(
        moved=moving - shared,
        shared=shared,
        articles=left["counted"],
        aliases=sum(source.aliases.count() for source in found),
    )


def require_mergeable(source: Hashtag, into: Hashtag) -> None:
    require_no_alias(source, into)
    if into.is_blocked and not source.is_blocked:
        raise HashtagRefused(f"{into} is blocked; its articles would vanish. Unblock it first.")


def carry_out_merge(
    source: Hashtag, into: Hashtag, *, by: User | None, reason: str, seen: Outcome | None
) -> HashtagChange:
    """Do it; the caller has checked both and holds the turn."""
    aliases = list(source.aliases.order_by("pk"))
    change = begin_change(
        HashtagChange.Kind.MERGED,
        f"Merged {source} into {into}",
        [source, into, *aliases],
        by=by,
        reason=reason,
        gains=into,
    )
    moved = _standing(source).count()
    shared = sum(
        remember_links(change, links, became=State.DOUBLED) for links in _losers(source, into)
    )
    if shared:
        remembered(change).update(state=State.DOUBLED, is_counted=False)
    gathered = [pk for pk in source.link_ids if ArticleHashtag.objects.filter(hashtag=pk).exists()]
    Hashtag.objects.filter(pk__in=[source.pk, *(alias.pk for alias in aliases)]).update(
        alias_of=into, article_count=0, is_blocked=into.is_blocked, gathers=[]
    )
    into.gathers = [*into.gathers, *gathered]
    into.save(update_fields=["gathers"])
    if source.is_known:
        make_known(into)
    count_links(into)
    settle_known([source.pk, *(alias.pk for alias in aliases)])
    if shared:
        announce_articles(seen_otherwise(change))
    outcome = Outcome(moved - shared, shared, into.article_count, len(aliases))
    return end_change(change, outcome, seen=seen)


def _standing(hashtag: Hashtag) -> ArticleHashtagQuerySet:
    return ArticleHashtag.objects.of_hashtags(hashtag).standing()


def _losers(source: Hashtag, into: Hashtag) -> list[ArticleHashtagQuerySet]:
    """Give for each article that has both the one link that does not stand: of each, those."""
    theirs, ours = _standing(source), _standing(into)
    return [ours.beaten_by(theirs, if_equal=False), theirs.beaten_by(ours, if_equal=True)]
