"""Following a hashtag, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext

from reader.accounts.models import User
from reader.articles.models import Article
from reader.following.models import Follow
from reader.hashtags.models import Hashtag
from reader.hashtags.rivers import articles_page
from reader.keyset import Page

# Each is a walk along an index when the page of what somebody follows is made.
FOLLOWS_MAX = 150


class FollowRefused(Exception):
    """Nobody may follow that, or not so many; the message is for who wanted to."""


@transaction.atomic
def follow_hashtag(hashtag: Hashtag, *, by: User) -> None:
    """Follow what a hashtag means; following it again changes nothing."""
    # One at a time for each person, so that two clicks are one follow and no limit is passed.
    User.objects.select_for_update().get(pk=by.pk)
    hashtag = hashtag.meant
    if hashtag.is_blocked:
        raise FollowRefused(gettext("This hashtag is not used any more."))
    follows = Follow.objects.of(by)
    if follows.meaning(hashtag).exists():
        return
    if follows.count_meanings() >= FOLLOWS_MAX:
        words = gettext("Nobody can follow more than %(n)d hashtags. Unfollow one first.")
        raise FollowRefused(words % {"n": FOLLOWS_MAX})
    Follow.objects.create(user=by, hashtag=hashtag)


def unfollow_hashtag(hashtag: Hashtag, *, by: User) -> None:
    """Follow it no more, under whatever name that began."""
    Follow.objects.of(by).meaning(hashtag.meant).delete()


def move_follows(leads_to: Mapping[int, int]) -> None:
    """
    Let people follow what hashtags lead to, before those go; nobody follows anything twice.

    Listens to hashtags.
    """
    for gone, meant in leads_to.items():
        there = Follow.objects.meaning(Hashtag.objects.get(pk=meant))
        moving = Follow.objects.filter(hashtag=gone).exclude(user__in=there.values("user"))
        moving.update(hashtag=meant)


def followed_by(person: User) -> list[Hashtag]:
    """Return what somebody follows, each once and by name, blocked ones left out; one query."""
    follows = Follow.objects.of(person).with_hashtags()
    meant = {follow.hashtag.meant for follow in follows}
    shown = [hashtag for hashtag in meant if not hashtag.is_blocked]
    return sorted(shown, key=lambda hashtag: hashtag.slug)


def newest_articles(hashtags: Sequence[Hashtag], *, after: str | None, size: int) -> Page[Article]:
    """Load a page of the articles that have any of some hashtags, each once, in two queries."""
    keys = [pk for hashtag in hashtags for pk in hashtag.link_ids]
    return articles_page(keys, after=after, size=size)
