"""The articles of a hashtag, newest first, with those of what was merged into it."""

from __future__ import annotations

from collections.abc import Sequence

from reader.articles.models import Article
from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.keyset import NEWEST_FIRST, Page, keyset_page, merged_keys, merged_page

FIELDS = ("-listed_at", "-article_id")
# However many names there are, each gives at least this part of a sample.
LEAST_SHARES = 10


def river_page(hashtag: Hashtag, *, after: str | None, size: int) -> Page[ArticleHashtag]:
    """Load a page of links with their articles; as quick on the last page as on the first."""
    shown = ArticleHashtag.objects.visibly_shown()
    if len(hashtag.link_ids) == 1:
        links = shown.filter(hashtag=hashtag).with_articles()
        return keyset_page(links, after=after, fields=FIELDS, size=size)
    return merged_page(
        shown,
        under=("hashtag", hashtag.link_ids),
        rows=ArticleHashtag.objects.with_articles(),
        after=after,
        fields=FIELDS,
        size=size,
    )


def articles_page(hashtag_ids: Sequence[int], *, after: str | None, size: int) -> Page[Article]:
    """Load a page of the articles whose links are stored under any of these, each article once."""
    return merged_page(
        ArticleHashtag.objects.visibly_shown(),
        under=("hashtag", hashtag_ids),
        rows=Article.objects.for_list(),
        after=after,
        fields=FIELDS,
        size=size,
        key="article_id",
        row_fields=NEWEST_FIRST,
    )


def newest_articles(hashtag: Hashtag, count: int) -> list[int]:
    """
    Return the keys of the newest articles in one query along indexes; some may be hidden.

    The gate is for the caller: here it would be asked for each row of every name that was merged
    into this. Of many names none gives more than its share three times over.
    """
    share = max(count // LEAST_SHARES, count * 3 // len(hashtag.link_ids))
    return merged_keys(
        ArticleHashtag.objects.filter(state=ArticleHashtag.State.SHOWN),
        under=("hashtag", hashtag.link_ids),
        after=None,
        fields=FIELDS,
        count=count,
        key="article_id",
        each=min(count, share),
    )
