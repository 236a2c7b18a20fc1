"""One hashtag at the desk: what it has, what editors decided, and what they decide now."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from reader.articles.places import NUMBER
from reader.deciding import OUTDATED, answer_decision, say_or_refuse
from reader.hashtags import services
from reader.hashtags.decisions import OneHashtagForm
from reader.hashtags.forms import FORMS, DescribeForm
from reader.hashtags.models import Hashtag, HashtagChange
from reader.hashtags.rivers import river_page

TEMPLATE = "admin/hashtags/hashtag/of_hashtag.html"
LOG_SIZE = 30
ARTICLES_SHOWN = 10


def of_hashtag(request: HttpRequest, hashtag: Hashtag, *, site: AdminSite) -> HttpResponse:
    """Show a hashtag with its log; say what a decision would change, then carry it out."""
    may_change = request.user.has_perm("hashtags.change_hashtag")
    forms: dict[str, Any] = {
        name: form(hashtag=hashtag, auto_id=f"{name}-%s") for name, form in FORMS.items()
    }
    described = {"description": hashtag.description}
    forms["describe"] = DescribeForm(auto_id="describe-%s", initial=described)

    def decide(do: str, what: str) -> str:
        if not may_change:
            raise PermissionDenied
        if do not in forms:
            act = partial(_undo, hashtag, do, what, by=request.user)
            return say_or_refuse(request, act, services.HashtagRefused)
        forms[do] = filled = _filled(request, hashtag, do)
        if _say_if_outdated(request, hashtag):
            return ""
        if isinstance(filled, DescribeForm):
            words = _describe(hashtag, filled, by=request.user)
        else:
            words = filled.carry_out(request.POST.get("seen", ""), by=request.user)
        if not words:
            # A colleague may have come in between.
            _say_if_outdated(request, hashtag)
        return words

    def context() -> dict[str, Any]:
        page = _page_of(hashtag, forms)
        return {**site.each_context(request), **page, "may_change": may_change}

    look, _, name = request.POST.get("do", "").partition(":")
    if look == "look" and name in FORMS and may_change:
        forms[name] = filled = FORMS[name](request.POST, hashtag=hashtag, auto_id=f"{name}-%s")
        if not _say_if_outdated(request, hashtag):
            filled.look()
        status = 200 if filled.outcome else 422
        return TemplateResponse(request, TEMPLATE, context(), status=status)
    return answer_decision(request, TEMPLATE, decide=decide, context=context)


def _say_if_outdated(request: HttpRequest, hashtag: Hashtag) -> bool:
    """Tell an editor whose page was open while the hashtag became an alias; it has no forms."""
    hashtag = Hashtag.objects.select_related("alias_of").get(pk=hashtag.pk)
    if hashtag.alias_of is not None:
        messages.error(request, f"{OUTDATED} {hashtag} means {hashtag.alias_of} now.")
    return hashtag.alias_of is not None


def _filled(request: HttpRequest, hashtag: Hashtag, name: str) -> OneHashtagForm | DescribeForm:
    if name == "describe":
        return DescribeForm(request.POST, auto_id="describe-%s")
    return FORMS[name](request.POST, hashtag=hashtag, auto_id=f"{name}-%s")


def _describe(hashtag: Hashtag, filled: DescribeForm, *, by: Any) -> str:
    if not filled.is_valid():
        return ""
    words = filled.cleaned_data["description"]
    try:
        services.describe_hashtag(hashtag, description=words, by=by)
    except services.HashtagRefused as refusal:
        filled.add_error(None, str(refusal))
        return ""
    return "The description is saved."


def _undo(hashtag: Hashtag, do: str, what: str, *, by: Any) -> str:
    if do != "undo" or not NUMBER.fullmatch(what):
        return ""
    change = hashtag.changes.filter(pk=what).first()
    if change is None:
        return ""
    services.undo_hashtag_change(change, by=by)
    return f"Undone: {change.words}."


def _page_of(hashtag: Hashtag, forms: dict[str, Any]) -> dict[str, Any]:
    hashtag = Hashtag.objects.select_related("alias_of").get(pk=hashtag.pk)
    log = list(HashtagChange.objects.of_hashtag(hashtag).for_desk()[:LOG_SIZE])
    page = river_page(hashtag, after=None, size=ARTICLES_SHOWN) if not hashtag.alias_of else None
    return {
        "title": "Hashtag",
        "subtitle": str(hashtag),
        "hashtag": hashtag,
        "aliases": list(hashtag.aliases.order_by("slug")),
        "articles": [link.article for link in page.items] if page else [],
        "forms": forms,
        # An alias offers none of them, but nothing that was typed is lost.
        "typed": next((form for form in forms.values() if form.is_bound), None),
        "log": log,
        "untouched": "No editor has changed this hashtag, or all of it was undone.",
        "last": next((change for change in log if change.undone_at is None), None),
        "list_url": reverse("admin:hashtags_hashtag_changelist"),
    }
