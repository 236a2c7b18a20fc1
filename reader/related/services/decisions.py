"""What editors decide. No recomputation writes to these rows, and each change can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from reader.accounts.models import User
from reader.articles.models import Article
from reader.deciding import OUTDATED
from reader.related.models import RelatedChange, RelatedLink

Kind = RelatedLink.Kind
Change = RelatedChange.Kind
IMPORTED_REASON = "From the imported record"
# All that makes a decision what it is.
DECIDED_FIELDS = ("kind", "slot", "reason", "made_by_id", "made_at", "expires_at")
MOMENTS = ("made_at", "expires_at")


class RelatedRefused(Exception):
    """The decision makes no sense. The message is for the editor."""


def pin_related(
    article: Article,
    other: Article,
    *,
    by: User | None,
    reason: str = "",
    slot: int | None = None,
    expires_at: datetime | None = None,
    seen: datetime | None = None,
) -> RelatedLink:
    """
    Put `other` on top of the article's list; readers see it, and the reason, at once.

    Pins stand by `slot`, the newer first where two have the same; without one it goes below the
    others. Replaces an earlier decision about the pair, but none that was made after the editor had
    `seen` the list. Raise RelatedRefused when it cannot be.
    """
    decision = {"by": by, "reason": reason, "slot": slot, "expires_at": expires_at}
    return _decide(article, other, Kind.PINNED, seen=seen, **decision)


def ban_related(
    article: Article,
    other: Article,
    *,
    by: User | None,
    reason: str = "",
    expires_at: datetime | None = None,
    seen: datetime | None = None,
) -> RelatedLink:
    """
    Keep `other` out of the article's list; the list of `other` stays as it is.

    Replaces an earlier decision about the pair, as pin_related() does.
    """
    decision = {"by": by, "reason": reason, "expires_at": expires_at}
    return _decide(article, other, Kind.BANNED, seen=seen, **decision)


@transaction.atomic
def clear_override(
    article: Article, other: Article, *, by: User | None = None, reason: str = ""
) -> bool:
    """
    End the pin or ban of a pair, so that what was worked out counts again; tell whether one was.

    The row stays, as a record of who decided what, and so that an import does not pin it again.
    """
    _lock_list(article, other)
    link = RelatedLink.objects.decided().in_force().filter(article=article, other=other).first()
    if link is None:
        return False
    _note(article, Change.CLEAR, [other.pk], about=other, by=by, reason=reason)
    link.expires_at = timezone.now()
    link.save(update_fields=["expires_at"])
    return True


@transaction.atomic
def move_pin(article: Article, other: Article, *, to: int, by: User | None) -> int:
    """
    Move a pin to a place among the pins, 1 on top; return where it stands then.

    The others close up. A place beyond the last is the last. Raise RelatedRefused when it is not
    pinned.
    """
    _lock_list(article, other)
    pins = list(RelatedLink.objects.pins_of(article))
    moved = next((pin for pin in pins if pin.other_id == other.pk), None)
    if moved is None:
        raise RelatedRefused("Only a pinned article has a place.")
    pins.remove(moved)
    place = min(max(to, 1), len(pins) + 1)
    pins.insert(place - 1, moved)
    changed = [pin for slot, pin in enumerate(pins, 1) if pin.slot != slot]
    if changed:
        ids = [pin.other_id for pin in changed]
        _note(article, Change.MOVE, ids, about=other, by=by, reason=f"To place {place}")
        for slot, pin in enumerate(pins, 1):
            pin.slot = slot
        RelatedLink.objects.bulk_update(changed, ["slot"])
    return place


@transaction.atomic
def undo_last_change(
    article: Article, *, by: User | None, change_id: int | None = None
) -> RelatedChange:
    """
    Put back what stood before the last change that is not undone yet, exactly as it was.

    Undoing again goes back one further. Raise RelatedRefused when there is nothing left, or when
    the last change is not the one that the editor saw.
    """
    _lock_list(article)
    change = RelatedChange.objects.about(article).standing().first()
    if change is None:
        raise RelatedRefused("There is nothing to undo.")
    if change_id is not None and change.pk != change_id:
        raise RelatedRefused("Somebody changed the list meanwhile. Look again.")
    for other_id, row in change.before.items():
        _restore(article, int(other_id), row)
    change.undone_at, change.undone_by = timezone.now(), by
    change.save(update_fields=["undone_at", "undone_by"])
    return change


@transaction.atomic
def _decide(
    article: Article, other: Article, kind: str, *, seen: datetime | None, **fields: Any
) -> RelatedLink:
    if article.pk == other.pk:
        raise RelatedRefused("An article cannot be related to itself.")
    now = timezone.now()
    if fields["expires_at"] is not None and fields["expires_at"] <= now:
        raise RelatedRefused("That moment has already passed.")
    _lock_list(article, other)
    decided = RelatedChange.objects.about(article).filter(other=other)
    if seen is not None and decided.since(seen).exists():
        raise RelatedRefused(OUTDATED)
    pair = RelatedLink.objects.decided().filter(article=article, other=other)
    link = pair.first() or RelatedLink(article=article, other=other)
    # Before the row is touched: it is to tell what stood there until now.
    done = Change.PIN if kind == Kind.PINNED else Change.BAN
    reason = " ".join(fields["reason"].split())
    link.kind = kind
    link.reason = reason
    link.made_by = fields["by"]
    link.made_at = now
    link.expires_at = fields["expires_at"]
    link.slot = fields.get("slot")
    if kind == Kind.PINNED and link.slot is None:
        link.slot = _last_slot(article) + 1
    link.full_clean()
    _note(article, done, [other.pk], about=other, by=fields["by"], reason=reason)
    link.save()
    return link


def _lock_list(article: Article, other: Article | None = None) -> None:
    """
    Let one editor at a time change the list of an article; links may still refer to it.

    A row about another article holds on to that one too: both are taken in the order in which
    delete_articles() takes them, or the two would wait for each other.
    """
    ids = {article.pk} if other is None else {article.pk, other.pk}
    rows = Article.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    if set(rows.values_list("pk", flat=True)) != ids:
        raise RelatedRefused("The article was deleted meanwhile.")


def _note(
    article: Article,
    kind: str,
    touched: Iterable[int],
    *,
    about: Article,
    by: User | None,
    reason: str,
) -> None:
    """Write into the log what is done, and what was decided until now about the pairs touched."""
    ids = list(touched)
    rows = RelatedLink.objects.decided().filter(article=article, other__in=ids)
    before: dict[str, dict[str, Any] | None] = dict.fromkeys(map(str, ids))
    for other_id, *values in rows.values_list("other_id", *DECIDED_FIELDS):
        # Moments as text to the last digit; JSON's own way of writing them rounds.
        before[str(other_id)] = {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in zip(DECIDED_FIELDS, values, strict=True)
        }
    words = " ".join(reason.split())
    change = RelatedChange(
        article=article, other=about, made_by=by, kind=kind, reason=words, before=before
    )
    change.full_clean()
    change.save()


def _restore(article: Article, other_id: int, row: dict[str, Any] | None) -> None:
    pair = RelatedLink.objects.decided().filter(article=article, other=other_id)
    if row is None:
        pair.delete()
        return
    values: dict[str, Any] = {
        name: parse_datetime(value) if name in MOMENTS and value else value
        for name, value in row.items()
    }
    # Who made it may have gone since.
    if values["made_by_id"] and not User.objects.filter(pk=values["made_by_id"]).exists():
        values["made_by_id"] = None
    # Nothing is left of the pair when the other article was deleted.
    pair.update(**values)


def _last_slot(article: Article) -> int:
    pins = RelatedLink.objects.in_force().filter(article=article, kind=Kind.PINNED)
    return pins.aggregate(last=Max("slot"))["last"] or 0


def pin_imported(article_ids: Sequence[int]) -> int:
    """
    Pin articles imported as `role: related` to the main article of their file; return how many.

    Leaves alone every pair about which there is or was a decision.
    """
    imported = Article.objects.filter(
        pk__in=article_ids, record_extra__role="related", record_extra__has_key="related_to"
    ).order_by("pk")
    wanted = [
        (str(extra["related_to"]), pk) for pk, extra in imported.values_list("pk", "record_extra")
    ]
    names = {name for name, _ in wanted}
    mains = dict(Article.objects.filter(record_id__in=names).values_list("record_id", "pk"))
    pairs = [(mains[name], pk) for name, pk in wanted if mains.get(name, pk) != pk]
    decided = RelatedLink.objects.decided().filter(article__in=mains.values())
    known = set(decided.values_list("article_id", "other_id"))
    slots = {
        main: decided.filter(article=main).aggregate(last=Max("slot"))["last"] or 0
        for main in {main for main, _ in pairs}
    }
    links = []
    for main, other in pairs:
        if (main, other) in known:
            continue
        slots[main] += 1
        links.append(
            RelatedLink(
                article_id=main,
                other_id=other,
                kind=Kind.PINNED,
                slot=slots[main],
                reason=IMPORTED_REASON,
            )
        )
    RelatedLink.objects.bulk_create(links, ignore_conflicts=True)
    return len(links)
