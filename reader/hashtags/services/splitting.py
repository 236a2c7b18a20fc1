"""Some articles of a hashtag get another one instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, Value

from reader.accounts.models import User
from reader.articles.models import Article, Publisher
from reader.hashtags.counts import count_links
from reader.hashtags.meaning import usual_name
from reader.hashtags.models import ArticleHashtag, Hashtag, HashtagChange
from reader.hashtags.naming import fold
from reader.hashtags.outcomes import Outcome
from reader.hashtags.querysets import ArticleHashtagQuerySet
from reader.hashtags.services.remembering import (
    announce_articles,
    begin_change,
    end_change,
    last_link,
    remember_links,
    remembered,
    seen_otherwise,
)
from reader.hashtags.services.rules import (
    HashtagRefused,
    as_stored,
    bare_name,
    checked,
    require_editor,
    require_no_alias,
)
from reader.hashtags.turns import alone

Source = ArticleHashtag.Source
State = ArticleHashtag.State


@dataclass(frozen=True, slots=True)
class Choice:
    """Which articles of a hashtag: all that is given must fit."""

    article_ids: tuple[int, ...] = ()
    # Each word must be in the title or the standfirst.
    words: str = ""
    publisher: Publisher | None = None
    since: datetime | None = None
    until: datetime | None = None

    def links_of(self, hashtag: Hashtag) -> ArticleHashtagQuerySet:
        links = ArticleHashtag.objects.of_hashtags(hashtag).filter(state=State.SHOWN)
        if self.article_ids:
            links = links.filter(article__in=self.article_ids)
        for word in self.words.split():
            links = links.filter(
                Q(article__title__icontains=word) | Q(article__standfirst__icontains=word)
            )
        if self.publisher is not None:
            links = links.filter(article__publisher=self.publisher)
        if self.since is not None:
            links = links.filter(listed_at__gte=self.since)
        if self.until is not None:
            links = links.filter(listed_at__lt=self.until)
        return links

    @property
    def is_empty(self) -> bool:
        return not (
            self.article_ids or self.words.split() or self.publisher or self.since or self.until
        )


def plan_split(hashtag: Hashtag, choice: Choice, *, into: str) -> Outcome:
    """Say what split_hashtag() would do, without doing it; refuse what it would refuse."""
    hashtag, target = _checked(hashtag, choice, into)
    chosen = choice.links_of(hashtag)
    count = chosen.count()
    if target is None:
        return Outcome(moved=count, articles=chosen.filter(is_counted=True).count())
    theirs = ArticleHashtag.objects.of_hashtags(target).standing()
    gains = chosen.filter(is_counted=True).exclude(
        article__in=theirs.filter(is_counted=True).values("article")
    )
    shared = chosen.filter(article__in=theirs.values("article")).count()
    return Outcome(count - shared, shared, target.article_count + gains.count())


@alone
def split_hashtag(
    hashtag: Hashtag,
    choice: Choice,
    *,
    into: str,
    by: User | None,
    reason: str = "",
    seen: Outcome | None = None,
) -> HashtagChange:
    """
    Give some articles another hashtag instead, one that is new or one that is there.

    For each of them the old one is rejected, so that no suggestion brings it back.
    """
    require_editor(by)
    hashtag, target = _checked(hashtag, choice, into)
    made = []
    name = target.name if target else usual_name(bare_name(into))
    rows = [hashtag, target] if target else [hashtag]
    change = begin_change(
        HashtagChange.Kind.SPLIT,
        f"Split #{name} off {hashtag}",
        rows,
        by=by,
        reason=reason,
        gains=target,
    )
    if target is None:
        target = checked(Hashtag(name=name, slug=fold(name)))
        made = [target]
    moved = remember_links(change, choice.links_of(hashtag), became=State.REJECTED)
    shared = _give(change, target, by)
    remembered(change, became=State.REJECTED).update(
        state=State.REJECTED, is_counted=False, decided_by=by
    )
    count_links(hashtag, target)
    announce_articles(seen_otherwise(change))
    outcome = Outcome(moved - shared, shared, target.article_count)
    return end_change(change, outcome, seen=seen, made=made, leads_to=hashtag.pk)


def _checked(hashtag: Hashtag, choice: Choice, into: str) -> tuple[Hashtag, Hashtag | None]:
    """Load what is split and, where it is there, what its articles get; refuse what is not done."""
    (hashtag,) = as_stored(hashtag)
    require_no_alias(hashtag)
    target = _target(into)
    if target is not None and (target.is_blocked or target == hashtag):
        why = "is blocked" if target.is_blocked else "is the one you split"
        raise HashtagRefused(f"{target} {why}.")
    if choice.is_empty:
        raise HashtagRefused("Say which articles.")
    if not choice.links_of(hashtag).exists():
        raise HashtagRefused(f"No article of {hashtag} is like that.")
    return hashtag, target


def _give(change: HashtagChange, target: Hashtag, by: User | None) -> int:
    """Give the chosen articles the other hashtag; return how many had it in some way already."""
    chosen = remembered(change, became=State.REJECTED)
    theirs = ArticleHashtag.objects.of_hashtags(target).standing()
    theirs = theirs.filter(article__in=chosen.values("article"))
    shared = theirs.count()
    undecided = theirs.exclude(source=Source.EDITOR, state=State.SHOWN)
    remember_links(change, undecided, became=State.SHOWN)
    last = last_link()
    _insert(chosen.exclude(article__in=theirs.values("article")), target, by)
    new = ArticleHashtag.objects.filter(pk__gt=last, hashtag=target)
    remember_links(change, new, became=State.SHOWN, existed=False)
    is_visible = Exists(Article.objects.visible().filter(pk=OuterRef("article_id")))
    remembered(change, became=State.SHOWN, existed=True).update(
        source=Source.EDITOR, state=State.SHOWN, is_counted=is_visible, decided_by=by
    )
    return shared


def _insert(like: ArticleHashtagQuerySet, target: Hashtag, by: User | None) -> None:
    """Make links of the target like others, in one statement."""
    fixed = {
        "hashtag_id": target.pk,
        "source": Source.EDITOR.value,
        "state": State.SHOWN.value,
        "decided_by_id": by.pk if by else None,
    }
    copied = ("article_id", "place", "score", "listed_at", "is_counted")
    known = {name: value for name, value in fixed.items() if value is not None}
    rows = like.order_by().values_list(*map(Value, known.values()), *map(F, copied))
    sql, params = rows.query.sql_with_params()
    table, columns = ArticleHashtag._meta.db_table, ", ".join((*known, *copied))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) {sql}", params)


def _target(name: str) -> Hashtag | None:
    known = Hashtag.objects.called(bare_name(name)).first()
    return known.meant if known else None
