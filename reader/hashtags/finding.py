"""What a typed hashtag means, and what articles carry lately."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from reader.articles.models import Article
from reader.hashtags.meaning import meanings
from reader.hashtags.models import ArticleHashtag, Hashtag, HashtagAddress
from reader.hashtags.naming import fold, spellings
from reader.hashtags.querysets import rank_of
from reader.hashtags.rivers import links_around

LATELY_AMONG = 150
LIST_SHOWS = 3
# Nobody gives an article more.
ALL = 1_000


def find_hashtag(word: str) -> Hashtag | None:
    """Return the hashtag that a word of an address or a text means; None for a blocked one, too."""
    hashtag = find_any_hashtag(word)
    return None if hashtag is None or hashtag.is_blocked else hashtag


def find_any_hashtag(word: str) -> Hashtag | None:
    """Return the hashtag that a word means or meant once, blocked or not, if readers know of it."""
    slug = fold(word)
    hashtag = Hashtag.objects.known().meant_by(word).first()
    if hashtag is None or hashtag.slug not in spellings(slug):
        # What was an address once leads on before the word is a name of anything else.
        slugs = (slug,) if hashtag else meanings(slug)
        former = HashtagAddress.objects.filter(slug__in=slugs).exclude(slug="")
        former = former.filter(hashtag__in=Hashtag.objects.known())
        address = former.select_related("hashtag__alias_of").order_by(rank_of(slugs)).first()
        hashtag = address.hashtag if address else hashtag
    return hashtag.meant if hashtag else None


def pages_of(words: Collection[str]) -> dict[str, str]:
    """Give the pages of what many words mean, in one query; other spellings and names count."""
    meant = {word: [slug for slug in meanings(fold(word)) if slug] for word in words}
    wanted = {slug for slugs in meant.values() for slug in slugs}
    found = Hashtag.objects.known().filter(slug__in=wanted).select_related("alias_of")
    by_slug = {hashtag.slug: hashtag.meant for hashtag in found}
    pages: dict[str, str] = {}
    for word, slugs in meant.items():
        hashtag = next((by_slug[slug] for slug in slugs if slug in by_slug), None)
        if hashtag is not None and not hashtag.is_blocked:
            pages[word] = hashtag.get_absolute_url()
    return pages


@dataclass(frozen=True)
class Neighbours:
    """Where to read on in the river of one hashtag."""

    hashtag: Hashtag
    newer: Article | None
    older: Article | None


def neighbours_of(article: Article, hashtags: Iterable[Hashtag]) -> Neighbours | None:
    """
    Return what stands beside an article under its first hashtag with others.

    In one query; in three where others were merged into that hashtag.
    """
    hashtag = next((each for each in hashtags if each.article_count > 1), None)
    if hashtag is None:
        return None
    newer = older = None
    found = links_around(article, hashtag)
    for link in sorted(found, key=lambda link: (link.listed_at, link.article_id), reverse=True):
        if (link.listed_at, link.article_id) > (article.listed_at, article.pk):
            newer = link.article
        else:
            older = older or link.article
    return Neighbours(hashtag, newer, older) if newer or older else None


def seen_lately(*, count: int = 12) -> list[Hashtag]:
    """Return the hashtags that most of the newest articles carry, in two queries."""
    rows = ArticleHashtag.objects.in_latest_articles(LATELY_AMONG)[:count]
    return _best({row["meant"]: row["lately"] for row in rows}, count)


def attach_hashtags(articles: Iterable[Article], *, most: int = LIST_SHOWS) -> None:
    """Give each article of a list that has none yet its `shown_hashtags`, in one query for all."""
    articles = [article for article in articles if not hasattr(article, "shown_hashtags")]
    shown: dict[int, list[Hashtag]] = {article.pk: [] for article in articles}
    if shown:
        for link in ArticleHashtag.objects.for_articles(shown):
            if len(shown[link.article_id]) < most:
                shown[link.article_id].append(link.hashtag.meant)
    for article in articles:
        article.shown_hashtags = shown[article.pk]  # type: ignore[attr-defined]


def names_of(articles: Sequence[Article]) -> dict[int, list[str]]:
    """Name all hashtags of articles in one query, and leave them there as `shown_hashtags`."""
    attach_hashtags(articles, most=ALL)
    return {
        article.pk: [hashtag.name for hashtag in article.shown_hashtags]  # type: ignore[attr-defined]
        for article in articles
    }


def _best(weights: dict[int, float], count: int) -> list[Hashtag]:
    best = sorted(weights, key=lambda pk: (-weights[pk], pk))[:count]
    found = Hashtag.objects.in_bulk(best)
    return [found[pk] for pk in best if pk in found]
