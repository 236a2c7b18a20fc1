"""What editors decide about hashtags: tag, merge, rename, block. Their decisions stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from reader.accounts.models import User
from reader.articles.models import Article
from reader.hashtags.counts import move_counts
from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.hashtags.naming import fold

Source = ArticleHashtag.Source
State = ArticleHashtag.State


class HashtagRefused(Exception):
    """A rule forbids the change. The message is for the editor."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge moves, or would move."""

    moved: int
    # Articles that have both hashtags; of the two links one goes.
    shared: int
    # Other names that now mean the same.
    aliases: int

    @property
    def words(self) -> str:
        """What it does to articles, for the editor."""
        if self.moved:
            both = f", {self.shared} already had both" if self.shared else ""
            return f"{self.moved} article{'' if self.moved == 1 else 's'} moved{both}"
        return (
            f"nothing to move; {'every article had both' if self.shared else 'no article had it'}"
        )


def create_hashtag(*, name: str, description: str = "", by: User | None) -> Hashtag:
    """Make a hashtag; refuse a name that another one has, whatever its case and accents."""
    _require_editor(by)
    name = name.strip().lstrip("#")
    other = Hashtag.objects.filter(slug=fold(name)).select_related("alias_of").first()
    if other is not None:
        means = f", an alias of {other.alias_of}" if other.alias_of else ""
        raise HashtagRefused(f"There is {other} already{means}.")
    return _checked(Hashtag(name=name, slug=fold(name), description=description))


@transaction.atomic
def tag_article(article: Article, *, name: str, by: User | None) -> ArticleHashtag:
    """
    Give an article a hashtag, made when it is new; an alias gives what it means.

    Accepts a suggestion and takes back a rejection, too. From then on the link is the editor's.
    """
    _require_editor(by)
    article = Article.objects.select_for_update().get(pk=article.pk)
    hashtag = Hashtag.objects.meant_by(name.strip().lstrip("#")).first()
    if hashtag is None:
        hashtag = create_hashtag(name=name, by=by)
    hashtag = hashtag.alias_of or hashtag
    if hashtag.is_blocked:
        raise HashtagRefused(f"{hashtag} is blocked.")
    before = ArticleHashtag.objects.filter(article=article, hashtag=hashtag).first()
    link = before or ArticleHashtag(article=article, hashtag=hashtag)
    was_counted = link.is_counted
    link.source, link.state, link.decided_by = Source.EDITOR, State.SHOWN, by
    link.place, link.score = 0, 1
    link.listed_at, link.is_counted = article.listed_at, article.is_visible
    link.save()
    move_counts({hashtag.pk: link.is_counted - was_counted})
    return link


@transaction.atomic
def untag_article(article: Article, *, hashtag: Hashtag, by: User | None) -> None:
    """Take a hashtag from an article; it is never suggested for it again."""
    _require_editor(by)
    article = Article.objects.select_for_update().get(pk=article.pk)
    hashtag = hashtag.alias_of or hashtag
    link, _ = ArticleHashtag.objects.get_or_create(
        article=article,
        hashtag=hashtag,
        defaults={"source": Source.EDITOR, "state": State.REJECTED, "listed_at": article.listed_at},
    )
    was_counted = link.is_counted
    link.state, link.is_counted, link.decided_by = State.REJECTED, False, by
    link.save(update_fields=["state", "is_counted", "decided_by"])
    move_counts({hashtag.pk: -int(was_counted)})


def plan_merge(source: Hashtag, into: Hashtag) -> Merge:
    """Say what merge_hashtags() would do, without doing it."""
    links = ArticleHashtag.objects.filter(hashtag=source)
    shared = links.filter(article__in=_articles_of(into)).count()
    return Merge(moved=links.count() - shared, shared=shared, aliases=source.aliases.count())


@transaction.atomic
def merge_hashtags(source: Hashtag, into: Hashtag, *, by: User | None) -> Merge:
    """
    Make `source` an alias of `into`: its articles and its aliases move, its address moves on.

    Where an article has both, what an editor decided counts before what was suggested, and the
    target's link before the source's.
    """
    _require_editor(by)
    both = _locked(source, into)
    source, into = both[source.pk], both[into.pk]
    for hashtag in (source, into):
        if hashtag.alias_of_id is not None:
            raise HashtagRefused(f"{hashtag} is an alias already; merge what it means.")
    if into.is_blocked and not source.is_blocked:
        raise HashtagRefused(f"{into} is blocked; its articles would vanish. Unblock it first.")
    links = ArticleHashtag.objects.filter(hashtag=source)
    plan = plan_merge(source, into)
    # The target's suggestion gives way to the source's decision…
    decided = links.decided_by_editor().values("article")
    ArticleHashtag.objects.filter(hashtag=into, article__in=decided).undecided().delete()
    # …and in every other case the source's link goes.
    links.filter(article__in=_articles_of(into)).delete()
    links.update(hashtag=into)
    source.aliases.update(alias_of=into)
    source.alias_of, source.article_count = into, 0
    source.save(update_fields=["alias_of", "article_count"])
    into.article_count = ArticleHashtag.objects.filter(hashtag=into, is_counted=True).count()
    into.save(update_fields=["article_count"])
    return plan


@transaction.atomic
def alias_hashtag(name: str, *, of: Hashtag, by: User | None) -> Hashtag:
    """Make a name mean `of`; a hashtag that has the name already is merged into it."""
    _require_editor(by)
    name = name.strip().lstrip("#")
    known = Hashtag.objects.filter(slug=fold(name)).first()
    if known is None:
        target = _locked(of)[of.pk]
        if target.alias_of_id is not None:
            raise HashtagRefused(f"{target} is an alias itself.")
        return _checked(Hashtag(name=name, slug=fold(name), alias_of=target))
    if known.alias_of_id is None:
        merge_hashtags(known, of, by=by)
    elif known.alias_of_id != of.pk:
        raise HashtagRefused(f"{known} means {known.alias_of} already.")
    known.refresh_from_db()
    return known


@transaction.atomic
def rename_hashtag(hashtag: Hashtag, *, name: str, by: User | None) -> Hashtag:
    """
    Give a hashtag another name; the old one becomes an alias, so its address still leads here.

    Refuses a name that another hashtag has: merging the two is what is meant then.
    """
    _require_editor(by)
    hashtag = _locked(hashtag)[hashtag.pk]
    name = name.strip().lstrip("#")
    old_name, old_slug = hashtag.name, hashtag.slug
    hashtag.name, hashtag.slug = name, fold(name)
    if hashtag.slug != old_slug:
        other = Hashtag.objects.filter(slug=hashtag.slug).first()
        if other is not None and other.alias_of_id != hashtag.pk:
            raise HashtagRefused(f"There is {other} already. Merge the two instead.")
        if other is not None:
            other.delete()
    hashtag = _checked(hashtag, update_fields=["name", "slug"])
    if hashtag.slug != old_slug:
        means = hashtag.alias_of or hashtag
        Hashtag.objects.create(name=old_name, slug=old_slug, alias_of=means)
    return hashtag


def describe_hashtag(hashtag: Hashtag, *, description: str, by: User | None) -> None:
    """Say what a hashtag is about; readers see it on its page."""
    _require_editor(by)
    Hashtag.objects.filter(pk=hashtag.pk).update(description=description.strip())


def block_hashtag(hashtag: Hashtag, *, by: User | None) -> None:
    """Show a hashtag nowhere and suggest it never again; unblocking brings all back."""
    _require_editor(by)
    Hashtag.objects.filter(pk=hashtag.pk).update(is_blocked=True)


def unblock_hashtag(hashtag: Hashtag, *, by: User | None) -> None:
    _require_editor(by)
    Hashtag.objects.filter(pk=hashtag.pk).update(is_blocked=False)


def _require_editor(by: User | None) -> None:
    """Refuse whoever is no editor; nobody at all means a command of the operator."""
    if by is not None and not by.has_perm("hashtags.change_hashtag"):
        raise HashtagRefused("Only editors may change hashtags.")


def _articles_of(hashtag: Hashtag) -> Any:
    return ArticleHashtag.objects.filter(hashtag=hashtag).values("article")


def _locked(*hashtags: Hashtag) -> dict[int, Hashtag]:
    """Lock hashtags in one order, whoever asks; refuse one that is gone or given twice."""
    rows = Hashtag.objects.select_for_update().filter(pk__in=[one.pk for one in hashtags])
    found = {row.pk: row for row in rows.order_by("pk")}
    if len(found) < len(hashtags):
        gone = any(one.pk not in found for one in hashtags)
        raise HashtagRefused("That hashtag is gone." if gone else "Choose two different hashtags.")
    return found


def _checked(hashtag: Hashtag, **how: Any) -> Hashtag:
    """Save a hashtag that people named."""
    try:
        hashtag.full_clean()
    except ValidationError as problem:
        raise HashtagRefused(" ".join(problem.messages)) from problem
    hashtag.save(**how)
    return hashtag
