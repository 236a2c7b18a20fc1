"""What editors decide about hashtags themselves. Each change is logged, and can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from reader.accounts.models import User
from reader.hashtags.models import Hashtag, HashtagChange
from reader.hashtags.naming import fold
from reader.hashtags.outcomes import Outcome, together
from reader.hashtags.services.merging import carry_out_merge, plan_merge, require_mergeable
from reader.hashtags.services.remembering import NOBODYS, begin_change, end_change, keep_address
from reader.hashtags.services.rules import (
    HashtagRefused,
    as_stored,
    bare_name,
    checked,
    require_editor,
    require_no_alias,
    require_seen,
)
from reader.hashtags.turns import alone

Kind = HashtagChange.Kind


@alone
def merge_hashtags(
    source: Hashtag,
    into: Hashtag,
    *,
    by: User | None,
    reason: str = "",
    seen: Outcome | None = None,
) -> HashtagChange:
    """
    Make `source` an alias of `into`: its articles count there, and its address leads there.

    Where an article has both, what an editor decided counts before what was suggested, and the
    target's link before the source's. No link is moved, so a million take no longer than one.
    Here as below: what would come of it and was not `seen` is refused.
    """
    require_editor(by)
    source, into = as_stored(source, into)
    require_mergeable(source, into)
    return carry_out_merge(source, into, by=by, reason=reason, seen=seen)


@alone
def merge_all_hashtags(
    sources: Sequence[Hashtag],
    into: Hashtag,
    *,
    by: User | None,
    reason: str = "",
    seen: Outcome | None = None,
) -> Outcome:
    """Merge several, or none of them when one is refused; each can be undone by itself."""
    changes = [merge_hashtags(source, into, by=by, reason=reason) for source in sources]
    outcome = together(change.outcome for change in changes)
    require_seen(outcome, seen)
    return outcome


def plan_alias(name: str, *, of: Hashtag) -> Outcome:
    """Say what alias_hashtag() would do; refuse what would change nothing, too."""
    known = Hashtag.objects.with_name(bare_name(name)).first()
    if known is None:
        (of,) = as_stored(of)
        require_no_alias(of)
        return Outcome(articles=of.article_count, aliases=1)
    if known.alias_of is not None or known == of:
        raise HashtagRefused(f"{known} means {known.meant} already.")
    return plan_merge(known, of)


@alone
def alias_hashtag(
    name: str, *, of: Hashtag, by: User | None, reason: str = "", seen: Outcome | None = None
) -> Hashtag:
    """Make a name mean `of`; a hashtag that has the name already is merged into it."""
    require_editor(by)
    name = bare_name(name)
    known = Hashtag.objects.with_name(name).first()
    if known is not None and known.alias_of_id is None:
        merge_hashtags(known, of, by=by, reason=reason, seen=seen)
    elif known is not None and known.alias_of_id != of.pk:
        raise HashtagRefused(f"{known} means {known.alias_of} already.")
    elif known is None:
        (of,) = as_stored(of)
        require_no_alias(of)
        alias = Hashtag(name=name, slug=fold(name), alias_of=of, is_blocked=of.is_blocked)
        alias.known_from = timezone.now()
        change = begin_change(Kind.ALIASED, f"#{name} means {of}", [of], by=by, reason=reason)
        outcome = plan_alias(name, of=of)
        known = checked(alias)
        end_change(change, outcome, seen=seen, made=[alias], leads_to=of.pk)
        return alias
    known.refresh_from_db()
    return known


def plan_rename(hashtag: Hashtag, *, name: str) -> Outcome:
    """Say what rename_hashtag() would do: whether the old name becomes an alias."""
    other = _namesake(hashtag, name)
    is_new = other is None and fold(bare_name(name)) != hashtag.slug
    return Outcome(articles=hashtag.article_count, aliases=int(is_new))


def _namesake(hashtag: Hashtag, name: str) -> Hashtag | None:
    """Give the alias that has that name and would get the old one; refuse any other hashtag's."""
    other = Hashtag.objects.with_name(bare_name(name)).exclude(pk=hashtag.pk).first()
    if other is not None and other.alias_of_id != hashtag.pk:
        raise HashtagRefused(f"There is {other} already. Merge the two instead.")
    return other


@alone
def rename_hashtag(
    hashtag: Hashtag,
    *,
    name: str,
    by: User | None,
    reason: str = "",
    seen: Outcome | None = None,
) -> Hashtag:
    """
    Give a hashtag another name; the old one becomes an alias, so its address still leads here.

    Refuses a name that another hashtag has: merging the two is what is meant then. An alias of this
    one gives its name and gets the old one.
    """
    require_editor(by)
    (hashtag,) = as_stored(hashtag)
    name = bare_name(name)
    old_name, old_slug, slug = hashtag.name, hashtag.slug, fold(name)
    if name == old_name:
        return hashtag
    other = _namesake(hashtag, name)
    outcome = plan_rename(hashtag, name=name)
    touched = [hashtag, other] if other is not None else [hashtag]
    change = begin_change(
        Kind.RENAMED, f"Renamed {hashtag} to #{name}", touched, by=by, reason=reason
    )
    if other is not None:
        Hashtag.objects.filter(pk=other.pk).update(slug=NOBODYS.format(pk=other.pk))
    hashtag.name, hashtag.slug = name, slug
    checked(hashtag, update_fields=["name", "slug"])
    made = []
    if other is not None:
        Hashtag.objects.filter(pk=other.pk).update(name=old_name, slug=old_slug)
        if hashtag.is_known and not other.is_known:
            keep_address(old_slug, hashtag)
    elif slug != old_slug:
        means, hides = hashtag.meant, hashtag.is_blocked
        made = [Hashtag(name=old_name, slug=old_slug, alias_of=means, is_blocked=hides)]
        made[0].known_from = hashtag.known_from if hashtag.is_known else None
        made[0].save()
    end_change(change, outcome, seen=seen, made=made, leads_to=hashtag.pk)
    return hashtag


def plan_block(hashtag: Hashtag) -> Outcome:
    """Say what block_hashtag() and unblock_hashtag() would do."""
    return Outcome(articles=hashtag.article_count, aliases=hashtag.aliases.count())


def block_hashtag(
    hashtag: Hashtag, *, by: User | None, reason: str = "", seen: Outcome | None = None
) -> HashtagChange | None:
    """Show a hashtag nowhere and suggest it never again; unblocking brings all back."""
    return _set_block(hashtag, True, by, reason, seen)


def unblock_hashtag(
    hashtag: Hashtag, *, by: User | None, reason: str = "", seen: Outcome | None = None
) -> HashtagChange | None:
    return _set_block(hashtag, False, by, reason, seen)


@alone
def _set_block(
    hashtag: Hashtag, is_blocked: bool, by: User | None, reason: str, seen: Outcome | None
) -> HashtagChange | None:
    """An alias hides and appears with what it means; return nothing where that is so already."""
    require_editor(by)
    (hashtag,) = as_stored(hashtag)
    hashtag = hashtag.meant
    if hashtag.is_blocked == is_blocked:
        return None
    rows = [hashtag, *hashtag.aliases.order_by("pk")]
    kind, verb = (Kind.BLOCKED, "Blocked") if is_blocked else (Kind.UNBLOCKED, "Unblocked")
    change = begin_change(kind, f"{verb} {hashtag}", rows, by=by, reason=reason)
    outcome = plan_block(hashtag)
    Hashtag.objects.filter(pk__in=[row.pk for row in rows]).update(is_blocked=is_blocked)
    return end_change(change, outcome, seen=seen)
