"""What stands beside a hashtag: others, publishers and languages, among its newest articles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Subquery
from django.utils.translation import get_language_info

from reader.articles.models import Article
from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.hashtags.rivers import newest_articles

# So many of its newest articles say it, so that a busy hashtag costs no more than another.
AMONG = 120
HASHTAGS_SHOWN = 8
PUBLISHERS_SHOWN = 6
# A pair is worth a word from so many articles on, and from this share of those looked at.
SUPPORT_LEAST = 2
SUPPORT_SHARE = 0.02
# Seen beside it so many times as often as anywhere.
LIFT_LEAST = 1.2


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the articles that were looked at are of one publisher."""

    name: str
    slug: str
    count: int


@dataclass(frozen=True, slots=True)
class Company:
    among: int = 0
    hashtags: list[Hashtag] = field(default_factory=list)
    publishers: list[Share] = field(default_factory=list)
    # Codes with what speakers call their language.
    languages: list[tuple[str, str]] = field(default_factory=list)


def company_of(hashtag: Hashtag) -> Company:
    """Look among the newest articles of a hashtag, in a few queries of bounded cost."""
    newest = Article.objects.visible().filter(pk__in=newest_articles(hashtag, AMONG)).order_by()
    rows = list(newest.values_list("pk", "publisher__name", "publisher__slug", "language"))
    if not rows:
        return Company()
    publishers = Counter((name, slug) for _, name, slug, _ in rows if slug)
    languages = {language for *_, language in rows if language}
    ordered = sorted(publishers.items(), key=lambda item: (-item[1], item[0]))
    return Company(
        among=len(rows),
        hashtags=_often_seen_with(hashtag, [pk for pk, *_ in rows]),
        publishers=[Share(*names, count) for names, count in ordered[:PUBLISHERS_SHOWN]],
        languages=sorted((code, _own_name(code)) for code in languages),
    )


def _often_seen_with(hashtag: Hashtag, newest: list[int]) -> list[Hashtag]:
    """
    Order what stands beside a hashtag by lift, where enough articles have both.

    Lift, the «interest» of Brin, Motwani, Ullman and Tsur (1997), is how many times as often
    articles of this hashtag have the other as all articles have it. Rare pairs are discounted as
    Pantel and Lin (2002) do it, by c / (c + 1), or a chance meeting of two rare ones would win.
    """
    least = max(SUPPORT_LEAST, round(len(newest) * SUPPORT_SHARE))
    # So many articles there may be at most: nothing counts the visible ones without a walk.
    keys = Article.objects.values("pk")
    first, last = keys.order_by("pk")[:1], keys.order_by("-pk")[:1]
    [ends] = Article.objects.order_by().values_list(Subquery(first), Subquery(last))[:1]
    stored = ends[1] - ends[0] + 1
    ranks: dict[int, float] = {}
    for row in ArticleHashtag.objects.beside(hashtag, among=newest):
        together = row["together"]
        lift = together / len(newest) / (row["busy"] / stored)
        if together >= least and lift >= LIFT_LEAST:
            ranks[row["meant"]] = lift * together / (together + 1)
    best = sorted(ranks, key=lambda pk: (-ranks[pk], pk))[:HASHTAGS_SHOWN]
    found = Hashtag.objects.in_bulk(best)
    return [found[pk] for pk in best if pk in found]


def _own_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return code
