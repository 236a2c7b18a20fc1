"""One article's related list at the desk: what was worked out beside what readers see."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reader.articles.models import Article
from reader.articles.places import NUMBER
from reader.deciding import answer_decision, say_or_refuse
from reader.related import services
from reader.related.forms import MOST_SLOTS, ListForm
from reader.related.models import RelatedChange, RelatedLink
from reader.related.sidebar import Item, Sidebar, both_lists

LOG_SIZE = 30
BLOCK_NAMES = (
    ("picks", "Picked by the editors"),
    ("coverage", "Coverage of this story"),
    ("background", "Background"),
    ("since", "Since then"),
)


@require_http_methods(["GET", "HEAD", "POST"])
def of_article(request: HttpRequest, article_id: int, *, site: AdminSite) -> HttpResponse:
    """Show both lists and the log of one article; carry out what the editor decides about them."""
    article = get_object_or_404(Article.objects.for_page(), pk=article_id)
    if not request.user.has_perm("articles.publish_article"):
        raise PermissionDenied
    filled: list[ListForm] = []

    def decide(do: str, what: str) -> str:
        if do in ("pin", "ban"):
            form = ListForm(request.POST)
            filled.append(form)
            return _decide(article, form, do, by=request.user) if form.is_valid() else ""
        act = partial(_change, request, article, do, what)
        return say_or_refuse(request, act, services.RelatedRefused)

    return answer_decision(
        request,
        "admin/related/of_article.html",
        decide=decide,
        context=lambda: {**site.each_context(request), **_page_of(article, *filled)},
    )


def _decide(article: Article, form: ListForm, do: str, *, by: Any) -> str:
    """Pin or ban; say what was done, or nothing when the form says why not."""
    wanted = form.cleaned_data
    other = wanted["other"]
    decision = {"by": by} | {name: wanted[name] for name in ("reason", "expires_at", "seen")}
    try:
        if do == "pin":
            services.pin_related(article, other, slot=wanted["slot"], **decision)
            return f"Pinned at place {_rank(article, other)}: {other.headline}"
        services.ban_related(article, other, **decision)
    except services.RelatedRefused as refusal:
        form.add_error(None, str(refusal))
        return ""
    return f"Kept out: {other.headline}"


def _change(request: HttpRequest, article: Article, do: str, what: str) -> str:
    """Move, clear or undo; say what was done, or nothing when it could not be."""
    by: Any = request.user
    if do == "undo" and NUMBER.fullmatch(what):
        change = services.undo_last_change(article, by=by, change_id=int(what))
        return f"Undone: {change.words}"
    other = Article.objects.filter(pk=what).first() if NUMBER.fullmatch(what) else None
    if other is not None and do == "clear":
        if services.clear_override(article, other, by=by):
            return f"Left to the machine again: {other.headline}"
    elif other is not None and do in ("up", "down", "place"):
        place = services.move_pin(article, other, to=_place(request, article, other, do), by=by)
        return f"Now at place {place}: {other.headline}"
    return ""


def _place(request: HttpRequest, article: Article, other: Article, done: str) -> int:
    typed = request.POST.get("slot", "")
    if done == "place":
        return int(typed) if typed.isdecimal() and len(typed) < 4 else 1
    now = _rank(article, other)
    return now - 1 if done == "up" else now + 1


def _rank(article: Article, other: Article) -> int:
    """Say which of the pins it is, whatever their numbers are."""
    pins = RelatedLink.objects.pins_of(article).values_list("other_id", flat=True)
    return next((place for place, pk in enumerate(pins, 1) if pk == other.pk), 1)


def _page_of(article: Article, form: ListForm | None = None) -> dict[str, Any]:
    # Before anything is read.
    made_at = timezone.now()
    machine, final = both_lists(article)
    decisions = list(RelatedLink.objects.decided_about(article))
    pins = [link for link in decisions if link.kind == RelatedLink.Kind.PINNED]
    bans = [link for link in decisions if link.kind == RelatedLink.Kind.BANNED]
    # Below all pins, those too that readers cannot see now.
    next_slot = _typeable(max((link.slot or 0 for link in pins), default=0) + 1)
    places = {link.other_id: place for place, link in enumerate(pins, 1)}
    by_other = {link.other_id: link for link in decisions}
    seen = {item.other.pk for item in final.items}
    shown_by_machine = {item.other.pk for item in machine.items}
    found = [
        Item(link.other, link.why_shown, link.score)
        for link in RelatedLink.objects.found_for(article)
        if link.other_id not in shown_by_machine
    ]
    log = list(RelatedChange.objects.about(article).for_desk()[:LOG_SIZE])
    return {
        "title": "Related articles",
        "subtitle": article.headline,
        "article": article,
        "seen": made_at.isoformat(),
        "machine": _blocks(machine, by_other, places, seen),
        "further": [_line(item, by_other, places, seen) for item in found],
        "final": _blocks(final, by_other, places, seen),
        "last_pin": len(pins),
        "unseen_pins": [link for link in pins if link.other_id not in seen],
        "bans": bans,
        "next_slot": next_slot,
        "form": form or ListForm(initial={"slot": next_slot}),
        "log": log,
        "may_change": True,
        "untouched": "No editor has changed this list, or all of it was undone.",
        "last": RelatedChange.objects.about(article).standing().for_desk().first(),
        "list_url": reverse("admin:articles_article_changelist"),
        "form_url": reverse("admin:articles_article_change", args=[article.pk]),
    }


def _blocks(
    sidebar: Sidebar, decisions: dict[int, RelatedLink], places: dict[int, int], seen: set[int]
) -> list[dict[str, Any]]:
    return [
        {"name": words, "lines": [_line(item, decisions, places, seen) for item in items]}
        for block, words in BLOCK_NAMES
        if (items := getattr(sidebar, block))
    ]


def _line(
    item: Item, decisions: dict[int, RelatedLink], places: dict[int, int], seen: set[int]
) -> dict[str, Any]:
    link = decisions.get(item.other.pk)
    return {
        "item": item,
        "other": item.other,
        "decision": link,
        # Among all pins, those that readers cannot see now included.
        "place": places.get(item.other.pk),
        "slot": _typeable(link.slot) if link else None,
        "is_seen": item.other.pk in seen,
    }


def _typeable(slot: int | None) -> int | None:
    """Nothing in place of a number that a form would not take; that puts it below the others."""
    return slot if slot and slot <= MOST_SLOTS else None
