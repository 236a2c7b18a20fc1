"""What editors decide about the hashtags of articles: add, accept, reject. It stays."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from reader.accounts.models import User
from reader.articles.models import Article
from reader.hashtags.announcements import announce_links
from reader.hashtags.counts import Moves, move_counts
from reader.hashtags.meaning import usual_name
from reader.hashtags.models import ArticleHashtag, Hashtag, LinkBefore
from reader.hashtags.naming import fold
from reader.hashtags.services.rules import (
    HashtagRefused,
    as_stored,
    bare_name,
    cleaned,
    require_editor,
    require_no_alias,
)
from reader.hashtags.turns import share_turn

Source = ArticleHashtag.Source
State = ArticleHashtag.State


@transaction.atomic
def create_hashtag(*, name: str, description: str = "", by: User | None) -> Hashtag:
    """
    Make a hashtag; refuse a name that another one has, whatever its case and accents.

    Another name of what texts call otherwise is refused, too: imports would fill a second hashtag.
    """
    require_editor(by)
    share_turn()
    require_new(name)
    hashtag = _new(name, description=description)
    hashtag.save()
    return hashtag


def require_new(name: str) -> None:
    """Refuse a name under which create_hashtag() makes nothing; say what there is instead."""
    name = bare_name(name)
    other = Hashtag.objects.with_name(name).first()
    if other is not None:
        means = f", an alias of {other.alias_of}" if other.alias_of else ""
        raise HashtagRefused(f"There is {other} already{means}.")
    usual = usual_name(name)
    if fold(usual) != fold(name):
        there = Hashtag.objects.with_name(usual).first()
        if there is None:
            raise HashtagRefused(f"#{name} is another name of #{usual}. Make that one instead.")
        raise HashtagRefused(f"There is {there.meant} already: #{name} is another name of it.")


def _new(name: str, **values: str) -> Hashtag:
    name = bare_name(name)
    hashtag: Hashtag = cleaned(Hashtag(name=name, slug=fold(name), **values))
    return hashtag


@transaction.atomic
def describe_hashtag(hashtag: Hashtag, *, description: str, by: User | None) -> None:
    """Say what a hashtag is about; readers see it on its page, so an alias has none."""
    require_editor(by)
    share_turn()
    require_no_alias(*as_stored(hashtag))
    Hashtag.objects.filter(pk=hashtag.pk).update(description=description.strip())


@transaction.atomic
def tag_article(article: Article, *, name: str, by: User | None) -> ArticleHashtag:
    """
    Give an article a hashtag, made when it is new; an alias gives what it means.

    Accepts a suggestion and takes back a rejection, too. From then on the link is the editor's.
    """
    require_editor(by)
    article = Article.objects.select_for_update().get(pk=article.pk)
    hashtag = named_hashtag(name, by=by)
    if hashtag.pk is None:
        hashtag.save()
    link = _standing(article, hashtag) or ArticleHashtag(article=article, hashtag=hashtag)
    moves = Moves()
    if link.is_counted:
        moves.count(link, -1)
    link.source, link.state, link.decided_by = Source.EDITOR, State.SHOWN, by
    link.place, link.score = 0, 1
    link.listed_at, link.is_counted = article.listed_at, article.is_visible
    link.save()
    moves.count(link, int(link.is_counted))
    move_counts(moves)
    announce_links([article.pk])
    return link


def named_hashtag(name: str, *, by: User | None, to_reject: bool = False) -> Hashtag:
    """
    Give what a name means for an article: what there is or, not stored yet, a new one.

    Refuse what tag_article() refuses. It stays so till the commit, for nobody changes hashtags.
    """
    require_editor(by)
    share_turn()
    found = Hashtag.objects.meant_by(bare_name(name)).first()
    hashtag = found.meant if found else _new(usual_name(bare_name(name)))
    if hashtag.is_blocked and not to_reject:
        raise HashtagRefused(f"{hashtag} is blocked.")
    return hashtag


@transaction.atomic
def untag_article(article: Article, *, hashtag: Hashtag, by: User | None) -> None:
    """Take a hashtag from an article; it is never suggested for it again."""
    require_editor(by)
    article = Article.objects.select_for_update().get(pk=article.pk)
    share_turn()
    hashtag = Hashtag.objects.select_related("alias_of").get(pk=hashtag.pk).meant
    link = _standing(article, hashtag) or ArticleHashtag(
        article=article, hashtag=hashtag, source=Source.EDITOR, listed_at=article.listed_at
    )
    _reject([link], by)


@transaction.atomic
def accept_suggestions(link_ids: Collection[int], *, by: User | None) -> int:
    """Show what waits, as the editor's own, each at its place; return how many waited still."""
    links = _waiting(link_ids, by)
    moves = Moves()
    for link in links:
        link.source, link.state, link.decided_by = Source.EDITOR, State.SHOWN, by
        link.listed_at, link.is_counted = link.article.listed_at, link.article.is_visible
        moves.count(link, int(link.is_counted))
    ArticleHashtag.objects.bulk_update(
        links, ["source", "state", "decided_by", "listed_at", "is_counted"]
    )
    move_counts(moves)
    announce_links(sorted({link.article_id for link in links}))
    return len(links)


@transaction.atomic
def reject_suggestions(link_ids: Collection[int], *, by: User | None) -> int:
    """Reject what waits, for good; return how many waited still."""
    links = _waiting(link_ids, by)
    _reject(links, by)
    return len(links)


def _waiting(link_ids: Collection[int], by: User | None) -> list[ArticleHashtag]:
    require_editor(by)
    links = ArticleHashtag.objects.filter(pk__in=link_ids)
    articles = Article.objects.filter(pk__in=links.values("article")).order_by("pk")
    known = {article.pk: article for article in articles.select_for_update()}
    share_turn()
    waiting = list(links.filter(state=State.WAITING).order_by("pk"))
    for link in waiting:
        link.article = known[link.article_id]
    return waiting


def _reject(links: list[ArticleHashtag], by: User | None) -> None:
    """Reject links; an undone merge brings back none of the same article that meant the same."""
    moves = Moves()
    for link in links:
        moves.count(link, -link.is_counted)
        link.state, link.is_counted, link.decided_by = State.REJECTED, False, by
        link.save()
        behind = ArticleHashtag.objects.filter(article=link.article_id, state=State.DOUBLED)
        meant = link.hashtag.meant
        LinkBefore.objects.filter(
            link_id__in=list(behind.of_hashtags(meant).values_list("pk", flat=True)),
            became=State.DOUBLED,
        ).update(state=State.REJECTED, is_counted=False, decided_by_id=by.pk if by else None)
    move_counts(moves)
    announce_links(sorted({link.article_id for link in links}))


def _standing(article: Article, hashtag: Hashtag) -> ArticleHashtag | None:
    """Give the link of an article that means a hashtag, under whatever name it is stored."""
    links = ArticleHashtag.objects.filter(article=article).of_hashtags(hashtag)
    standing: ArticleHashtag | None = links.standing().first()
    return standing
