"""What editors decide. No recomputation writes to these rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from reader.accounts.models import User
from reader.articles.models import Article
from reader.related.models import RelatedLink

Kind = RelatedLink.Kind
IMPORTED_REASON = "From the imported record"


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
) -> RelatedLink:
    """
    Put `other` on top of the article's list; readers see it, and the reason, at once.

    Pins stand by `slot`, the newer first where two have the same; without one it goes below the
    others. Replaces an earlier decision about the pair. Raise RelatedRefused when it cannot be.
    """
    return _decide(
        article, other, Kind.PINNED, by=by, reason=reason, slot=slot, expires_at=expires_at
    )


def ban_related(
    article: Article,
    other: Article,
    *,
    by: User | None,
    reason: str = "",
    expires_at: datetime | None = None,
) -> RelatedLink:
    """
    Keep `other` out of the article's list; the list of `other` stays as it is.

    Replaces an earlier decision about the pair. Raise RelatedRefused when it cannot be.
    """
    return _decide(article, other, Kind.BANNED, by=by, reason=reason, expires_at=expires_at)


def clear_override(article: Article, other: Article) -> bool:
    """
    End the pin or ban of a pair, so that what was worked out counts again; tell whether one was.

    The row stays, as a record of who decided what, and so that an import does not pin it again.
    """
    decisions = RelatedLink.objects.decided().in_force().filter(article=article, other=other)
    return decisions.update(expires_at=timezone.now()) > 0


@transaction.atomic
def _decide(article: Article, other: Article, kind: str, **fields: Any) -> RelatedLink:
    if article.pk == other.pk:
        raise RelatedRefused("An article cannot be related to itself.")
    now = timezone.now()
    if fields["expires_at"] is not None and fields["expires_at"] <= now:
        raise RelatedRefused("That moment has already passed.")
    pair = RelatedLink.objects.decided().filter(article=article, other=other)
    link = pair.select_for_update().first() or RelatedLink(article=article, other=other)
    link.kind = kind
    link.reason = " ".join(fields["reason"].split())
    link.made_by = fields["by"]
    link.made_at = now
    link.expires_at = fields["expires_at"]
    link.slot = fields.get("slot")
    if kind == Kind.PINNED and link.slot is None:
        link.slot = _last_slot(article) + 1
    link.full_clean()
    link.save()
    return link


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
