"""
Keeps what hashtags and links were like before a change, so that undoing it restores exactly that.

Written for hundreds of thousands of links: the statements are one for all, on both engines.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Exists, F, Max, OuterRef, QuerySet, Value

from reader.accounts.models import User
from reader.hashtags.announcements import announce_hashtags, announce_links, announce_replacement
from reader.hashtags.counts import count_links
from reader.hashtags.models import (
    WORDS_MAX_LENGTH,
    ArticleHashtag,
    Hashtag,
    HashtagAddress,
    HashtagChange,
    LinkBefore,
)
from reader.hashtags.outcomes import Outcome
from reader.hashtags.querysets import ArticleHashtagQuerySet
from reader.hashtags.services.rules import checked, require_seen

FIELDS = ("name", "slug", "alias_of_id", "is_blocked", "gathers")
LINK_FIELDS = ("source", "state", "place", "score", "is_counted", "decided_by_id")
SHOWN = ArticleHashtag.State.SHOWN
ANNOUNCED_AT_ONCE = 500
# A name cannot have a dash, so nothing is ever called that.
NOBODYS = "-{pk}"


def begin_change(
    kind: str,
    words: str,
    hashtags: Iterable[Hashtag],
    *,
    by: User | None,
    reason: str,
    gains: Hashtag | None = None,
) -> HashtagChange:
    """
    Write down how these hashtags are; call it before anything is changed.

    The one that `gains` articles may become known to readers only by that.
    """
    rows = list(hashtags)
    change = HashtagChange(
        kind=kind,
        words=words[:WORDS_MAX_LENGTH],
        reason=" ".join(reason.split()),
        before={
            "hashtags": {row.pk: {name: getattr(row, name) for name in FIELDS} for row in rows}
        },
        made_by=by,
    )
    if gains is not None and not gains.is_known:
        change.before["unknown"] = gains.pk
    checked(change)
    change.hashtags.set(rows)
    return change


def end_change(
    change: HashtagChange,
    outcome: Outcome,
    *,
    seen: Outcome | None = None,
    made: Iterable[Hashtag] = (),
    leads_to: int = 0,
) -> HashtagChange:
    """
    Note what came of it. Undone, the hashtags that it made are gone and lead somewhere.

    Refuse what is not as it was `seen`: somebody else came first.
    """
    require_seen(outcome, seen)
    rows = list(made)
    if rows:
        change.before |= {"made": [row.pk for row in rows], "leads_to": leads_to}
        change.hashtags.add(*rows)
    change.counts = {name: getattr(outcome, name) for name in Outcome.__slots__}
    change.save(update_fields=["before", "counts"])
    announce_hashtags([row.pk for row in change.hashtags.all()])
    return change


def remember_links(
    change: HashtagChange, links: QuerySet[ArticleHashtag], *, became: str, existed: bool = True
) -> int:
    """Write down links that are about to become something, in one statement; return how many."""
    rows = links.order_by().values_list(
        Value(change.pk), Value(became), Value(existed), F("pk"), *map(F, LINK_FIELDS)
    )
    sql, params = rows.query.sql_with_params()
    columns = ", ".join(("change_id", "became", "existed", "link_id", *LINK_FIELDS))
    with connection.cursor() as cursor:
        table = LinkBefore._meta.db_table
        cursor.execute(f"INSERT INTO {table} ({columns}) {sql}", params)
        return cursor.rowcount


def remembered(change: HashtagChange, **which: Any) -> ArticleHashtagQuerySet:
    """Give the links that were written down for a change."""
    kept = LinkBefore.objects.filter(change=change, **which)
    links: ArticleHashtagQuerySet = ArticleHashtag.objects.filter(pk__in=kept.values("link_id"))
    return links


def seen_otherwise(change: HashtagChange) -> list[int]:
    """
    Give the articles that are found under other hashtags because of a change.

    Not those of a merge that had both: one of the two links stands for the other. Only where what
    stands is not shown a reader sees less.
    """
    if change.kind == HashtagChange.Kind.SPLIT:
        links = remembered(change)
    else:
        into = Hashtag.objects.filter(changes=change, alias_of=None)
        names = [pk for hashtag in into for pk in hashtag.link_ids]
        others = ArticleHashtag.objects.standing().filter(hashtag__in=names)
        others = others.filter(article=OuterRef("article")).exclude(state=SHOWN)
        links = remembered(change, state=SHOWN).filter(Exists(others))
    return sorted(set(links.values_list("article", flat=True)))


def announce_articles(article_ids: Sequence[int]) -> None:
    for start in range(0, len(article_ids), ANNOUNCED_AT_ONCE):
        announce_links(article_ids[start : start + ANNOUNCED_AT_ONCE])


def last_link() -> int:
    return ArticleHashtag.objects.aggregate(last=Max("pk"))["last"] or 0


def restore(change: HashtagChange) -> None:
    """Make hashtags and links what they were, and keep every address alive."""
    made = change.before.get("made", [])
    articles = seen_otherwise(change)
    addresses = dict(change.hashtags.values_list("slug", "pk"))
    worked = set(change.hashtags.known().values_list("slug", flat=True))
    gained = Hashtag.objects.filter(pk=change.before.get("unknown")).first()
    if gained is not None:
        Hashtag.objects.filter(pk=gained.pk).update(known_from=None)
    _restore_links(change)
    if made:
        _remove_made(change, made)
    _restore_hashtags({int(pk): row for pk, row in change.before["hashtags"].items()})
    _keep_addresses(addresses, made, change.before.get("leads_to", 0))
    count_links(*change.hashtags.all())
    _keep_known(change, worked, gained)
    announce_articles(articles)


def _restore_links(change: HashtagChange) -> None:
    remembered(change, existed=False).filter(state=SHOWN).delete()
    links, before = ArticleHashtag._meta.db_table, LinkBefore._meta.db_table
    plain = ", ".join(f"{name} = b.{name}" for name in LINK_FIELDS if name != "decided_by_id")
    statement = f"""
        UPDATE {links} AS link SET {plain},
            decided_by_id = (SELECT u.id FROM {User._meta.db_table} u WHERE u.id = b.decided_by_id)
        FROM {before} b
        WHERE b.change_id = %s AND b.existed AND link.id = b.link_id AND link.state = b.became
    """  # noqa: S608 (names of our tables)
    with connection.cursor() as cursor:
        cursor.execute(statement, [change.pk])
    # What was published or withdrawn meanwhile is counted as it is now.
    kept = remembered(change, existed=True)
    kept.filter(is_counted=False).visibly_shown().update(is_counted=True)
    kept.filter(is_counted=True).not_visibly_shown().update(is_counted=False)
    LinkBefore.objects.filter(change=change).delete()


def _remove_made(change: HashtagChange, made: Collection[int]) -> None:
    """Take away what a change made; what such a hashtag has got since goes where it leads."""
    target = Hashtag.objects.get(pk=change.before["leads_to"])
    there = ArticleHashtag.objects.of_hashtags(target.meant).values("article")
    later = ArticleHashtag.objects.filter(hashtag__in=made)
    later.exclude(article__in=there).update(hashtag=target.meant)
    later.delete()
    HashtagAddress.objects.filter(hashtag__in=made).update(hashtag=target)
    announce_replacement(dict.fromkeys(made, target.meant.pk))
    Hashtag.objects.filter(pk__in=made).delete()


def _restore_hashtags(rows: dict[int, dict[str, Any]]) -> None:
    """Give each its fields back; two may have swapped their names."""
    current = Hashtag.objects.in_bulk(rows)
    for pk, hashtag in current.items():
        if hashtag.slug != rows[pk]["slug"]:
            Hashtag.objects.filter(pk=pk).update(slug=NOBODYS.format(pk=pk))
    # An alias has no articles, so what is one again loses them first; count_links() follows.
    for pk in current:
        count = {"article_count": 0} if rows[pk]["alias_of_id"] else {}
        Hashtag.objects.filter(pk=pk).update(**rows[pk], **count)


def _keep_addresses(addresses: dict[str, int], made: Collection[int], leads_to: int) -> None:
    lost = set(addresses) - set(
        Hashtag.objects.filter(slug__in=addresses).values_list("slug", flat=True)
    )
    for slug in sorted(lost):
        target = leads_to if addresses[slug] in made else addresses[slug]
        HashtagAddress.objects.update_or_create(slug=slug, defaults={"hashtag_id": target})


def _keep_known(change: HashtagChange, worked: set[str], gained: Hashtag | None) -> None:
    """Have addresses that worked lead to what readers know of, if they do not know the name now."""
    names = Hashtag.objects.filter(slug__in=worked)
    hidden = set(names.values_list("slug", flat=True))
    hidden -= set(names.known().values_list("slug", flat=True))
    known = change.hashtags.canonical().known().order_by("pk").first()
    if known is not None:
        for slug in sorted(hidden):
            keep_address(slug, known)
    elif gained is not None and hidden:
        # Its own articles were seen meanwhile, and are gone.
        Hashtag.objects.filter(pk=gained.pk).update(known_from=gained.known_from)


def keep_address(slug: str, hashtag: Hashtag) -> None:
    """Have an address lead somewhere for as long as readers know of none that has the name."""
    HashtagAddress.objects.update_or_create(slug=slug, defaults={"hashtag": hashtag})
