"""
Two hashtags become one.

No link is moved: the source becomes an alias, and what asks for the articles of a hashtag asks for
those that are stored under its aliases, too. Written are only the links of articles that had both.
"""

from __future__ import annotations

from reader.accounts.models import User
from reader.hashtags.counts import count_links
from reader.hashtags.models import ArticleHashtag, Hashtag, HashtagChange
from reader.hashtags.outcomes import Outcome
from reader.hashtags.querysets import ArticleHashtagQuerySet
from reader.hashtags.services.remembering import (
    announce_articles,
    begin_change,
    end_change,
    remember_links,
    remembered,
    seen_otherwise,
)

State = ArticleHashtag.State


def plan_merge(source: Hashtag, into: Hashtag) -> Outcome:
    """Say what merge_hashtags() would do, without doing it."""
    losers = _losers(source, into)
    shared = sum(links.count() for links in losers)
    counted = sum(links.filter(is_counted=True).count() for links in losers)
    both = ArticleHashtag.objects.of_hashtags(source, into).filter(is_counted=True).count()
    return Outcome(
        moved=_standing(source).count() - shared,
        shared=shared,
        articles=both - counted,
        aliases=source.aliases.count(),
    )


def carry_out_merge(
    source: Hashtag, into: Hashtag, *, by: User | None, reason: str
) -> HashtagChange:
    """Do it; the caller has checked both and holds the turn."""
    aliases = list(source.aliases.order_by("pk"))
    change = begin_change(
        HashtagChange.Kind.MERGED,
        f"Merged {source} into {into}",
        [source, into, *aliases],
        by=by,
        reason=reason,
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
    count_links(into)
    if shared:
        announce_articles(seen_otherwise(change))
    return end_change(change, Outcome(moved - shared, shared, into.article_count, len(aliases)))


def _standing(hashtag: Hashtag) -> ArticleHashtagQuerySet:
    return ArticleHashtag.objects.of_hashtags(hashtag).standing()


def _losers(source: Hashtag, into: Hashtag) -> list[ArticleHashtagQuerySet]:
    """Give for each article that has both the one link that does not stand: of each, those."""
    theirs, ours = _standing(source), _standing(into)
    return [ours.beaten_by(theirs, if_equal=False), theirs.beaten_by(ours, if_equal=True)]
