"""Give articles the hashtags that their keywords and texts suggest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reader.articles.models import Article
from reader.hashtags.announcements import announce_links
from reader.hashtags.counts import Moves, move_counts, recount_hashtags
from reader.hashtags.extract import SHOWN_MOST, Suggestion, choose, ranked
from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.hashtags.naming import spellings
from reader.hashtags.querysets import MEANT
from reader.hashtags.turns import share_turn

Source = ArticleHashtag.Source
State = ArticleHashtag.State

# As many texts as are held in memory at once.
BATCH_SIZE = 500
# SQLite takes 32,766 parameters a statement at most; PostgreSQL plans long lists slowly.
NAMES_A_QUERY = 1000
LINK_FIELDS = ("source", "state", "place", "score", "listed_at", "is_counted")


def suggest_hashtags(article_ids: Sequence[int], *, bulk: bool = False) -> None:
    """
    Make the hashtags of articles fit their keywords and texts as they are now.

    What an editor added or rejected stays. Hears of every change to articles, so it also counts an
    article in when it is published and out when it is withdrawn. Reading a text takes about a
    millisecond.
    """
    for start in range(0, len(article_ids), BATCH_SIZE):
        with transaction.atomic():
            _suggest_batch(article_ids[start : start + BATCH_SIZE])


def suggest_everywhere(*, again: bool = False, say: Callable[[str], None]) -> int:
    """Suggest for articles that have none yet, or `again` for all; return for how many."""
    articles = Article.objects.all() if again else Article.objects.filter(hashtag_links=None)
    ids = list(articles.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH_SIZE):
        batch = ids[start : start + BATCH_SIZE]
        suggest_hashtags(batch)
        say(f"{start + len(batch)} of {len(ids)} articles read")
    return len(ids)


def remove_unused_hashtags() -> int:
    """Delete hashtags that no article and no decision of an editor needs; return how many."""
    _, deleted = Hashtag.objects.unused().delete()
    return deleted.get("hashtags.Hashtag", 0)


@dataclass(slots=True)
class _Text:
    """What of an article decides its hashtags."""

    pk: int
    suggestions: list[Suggestion]
    listed_at: datetime
    is_visible: bool


def _suggest_batch(article_ids: Sequence[int]) -> None:
    texts = list(_read(article_ids))
    share_turn()
    kept: dict[int, list[ArticleHashtag]] = defaultdict(list)
    for link in ArticleHashtag.objects.filter(article__in=article_ids).annotate(meant=MEANT):
        kept[link.article_id].append(link)
    hashtags = _Hashtags(one for text in texts for one in text.suggestions)
    changes = _Changes()
    for text in texts:
        changes.fit(text, kept[text.pk], hashtags)
    changes.write()
    if len(texts) < len(set(article_ids)):
        # An article that was deleted took its links along, and nobody knows of which hashtags.
        recount_hashtags()


def _read(article_ids: Sequence[int]) -> Iterator[_Text]:
    """Read and lock articles, so that what is written fits what was read."""
    now = timezone.now()
    articles = Article.objects.filter(pk__in=article_ids).order_by("pk")
    rows = articles.select_for_update(of=("self",)).values_list(
        "pk", "title", "standfirst", "body_text", "keywords", "language", "publisher__name",
        "listed_at", "shown_from",
    )  # fmt: skip
    for pk, title, standfirst, text, keywords, language, publisher, listed_at, shown_from in rows:
        suggestions = ranked(
            title=title,
            standfirst=standfirst,
            text=text,
            keywords=keywords,
            language=language,
            publisher=publisher or "",
        )
        is_visible = shown_from is not None and shown_from <= now
        yield _Text(pk, choose(suggestions), listed_at, is_visible)


class _Hashtags:
    """The hashtags that suggestions stand for: aliases followed, missing ones made."""

    def __init__(self, suggestions: Iterable[Suggestion]) -> None:
        wanted = {one.slug: one for one in suggestions}
        self._by_slug: dict[str, Hashtag] = {}
        self._load({slug for one in wanted.values() for slug in _spellings(one)})
        missing: dict[str, Suggestion] = {}
        for one in wanted.values():
            if not any(slug in self._by_slug or slug in missing for slug in _spellings(one)):
                missing[one.slug] = one
        # In one order, so that two imports never wait for each other.
        Hashtag.objects.bulk_create(
            [Hashtag(name=missing[slug].name, slug=slug) for slug in sorted(missing)],
            ignore_conflicts=True,
        )
        self._load(missing)

    def _load(self, slugs: Iterable[str]) -> None:
        names = list(slugs)
        for start in range(0, len(names), NAMES_A_QUERY):
            some = names[start : start + NAMES_A_QUERY]
            found = Hashtag.objects.filter(slug__in=some).select_related("alias_of")
            self._by_slug.update((hashtag.slug, hashtag) for hashtag in found)

    def meant_by(self, suggestion: Suggestion) -> Hashtag | None:
        """Return the hashtag to use, None for a blocked one."""
        for slug in _spellings(suggestion):
            hashtag = self._by_slug.get(slug)
            if hashtag is not None:
                hashtag = hashtag.alias_of or hashtag
                return None if hashtag.is_blocked else hashtag
        return None


def _spellings(suggestion: Suggestion) -> tuple[str, ...]:
    return (suggestion.slug,) if suggestion.is_name else spellings(suggestion.slug)


class _Changes:
    """What has to be written so that links fit texts."""

    def __init__(self) -> None:
        self.new: list[ArticleHashtag] = []
        self.changed: list[ArticleHashtag] = []
        self.gone: list[int] = []
        self.moves = Moves()
        self.articles: list[int] = []

    def fit(self, text: _Text, links: list[ArticleHashtag], hashtags: _Hashtags) -> None:
        doubled = [link for link in links if link.state == State.DOUBLED]
        links = [link for link in links if link.state != State.DOUBLED]
        by_hashtag = {_meant(link): link for link in links}
        decided = [link for link in links if _is_decided(link)]
        room = SHOWN_MOST - sum(link.state == State.SHOWN for link in decided)
        place = 0
        # What stays, whatever the text says.
        kept = {_meant(link) for link in decided}
        wanted: set[int] = set()
        for suggestion in text.suggestions:
            hashtag = hashtags.meant_by(suggestion)
            if hashtag is None or hashtag.pk in wanted or hashtag.pk in kept or place >= room:
                continue
            place += 1
            wanted.add(hashtag.pk)
            link = by_hashtag.get(hashtag.pk)
            state = _state_of(link)
            fresh = ArticleHashtag(
                article_id=text.pk,
                hashtag_id=hashtag.pk,
                source=Source.KEYWORD if suggestion.is_keyword else Source.SUGGESTED,
                state=state,
                place=place,
                score=suggestion.score,
                listed_at=text.listed_at,
                is_counted=text.is_visible and state == State.SHOWN,
            )
            if link is None:
                self.new.append(fresh)
                self.moves.count(fresh, int(fresh.is_counted))
            else:
                self._change(link, fresh)
        for link in decided:
            is_counted = text.is_visible and link.state == State.SHOWN
            self._change(link, link, listed_at=text.listed_at, is_counted=is_counted)
        for link in (*links, *doubled):
            if _meant(link) not in wanted and _meant(link) not in kept:
                self.gone.append(link.pk)
                self.moves.count(link, -link.is_counted)
            elif link.state == State.DOUBLED:
                self._change(link, link, listed_at=text.listed_at)
        if not text.is_visible:
            for link in links:
                # Named, because the moment at which the article opens may be another now.
                self.moves.count(link, 0)
        self.articles.append(text.pk)

    def _change(self, link: ArticleHashtag, fresh: ArticleHashtag, **values: object) -> None:
        values = {name: getattr(fresh, name) for name in LINK_FIELDS} | values
        if any(getattr(link, name) != value for name, value in values.items()):
            self.moves.count(link, -link.is_counted)
            for name, value in values.items():
                setattr(link, name, value)
            self.moves.count(link, int(link.is_counted))
            self.changed.append(link)

    def write(self) -> None:
        ArticleHashtag.objects.filter(pk__in=self.gone).delete()
        ArticleHashtag.objects.bulk_update(self.changed, LINK_FIELDS, batch_size=BATCH_SIZE)
        ArticleHashtag.objects.bulk_create(self.new, batch_size=BATCH_SIZE * 4)
        move_counts(self.moves)
        announce_links(self.articles)


def _meant(link: ArticleHashtag) -> int:
    meant: int = link.meant  # type: ignore[attr-defined]
    return meant


def _is_decided(link: ArticleHashtag) -> bool:
    return link.source == Source.EDITOR or link.state == State.REJECTED


def _state_of(link: ArticleHashtag | None) -> str:
    """Say whether readers see a suggestion: what they saw once does not wait again."""
    is_reviewed = settings.HASHTAG_SUGGESTIONS == "review"
    if is_reviewed and (link is None or link.state == State.WAITING):
        return State.WAITING
    return State.SHOWN
