"""What editors decide about stories. No recomputation changes it, and each change can be undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from reader.accounts.models import User
from reader.articles.models import Article
from reader.deciding import OUTDATED
from reader.stories.models import Story, StoryChange, StoryExclusion, StoryMember
from reader.stories.services.remembering import remember, restore
from reader.stories.services.settling import settle
from reader.stories.services.writing import alone

Kind = StoryChange.Kind
WORDS_MAX_LENGTH = 500
NAME_SHOWN = 100


class StoryRefused(Exception):
    """The change makes no sense. The message is for the editor."""


@alone
def rename_story(story: Story, *, title: str, by: User | None, reason: str = "") -> StoryChange:
    """Give a story the editor's own title; an empty one shows the earliest headline again."""
    story = _current(story, by)
    before = remember(stories=[story.pk])
    title = " ".join(title.split())
    words = f"Renamed to “{title}”" if title else "Named after its earliest article again"
    story.title = title
    _check(story)
    story.save(update_fields=["title"])
    settle([story.pk])
    return _note(Kind.RENAMED, words, before, by, reason)


def lock_story(story: Story, *, by: User | None, reason: str = "") -> StoryChange:
    """Let only editors put articles into a story or take them out."""
    return _set_lock(story, True, by, reason)


def unlock_story(story: Story, *, by: User | None, reason: str = "") -> StoryChange:
    return _set_lock(story, False, by, reason)


@alone
def merge_stories(story: Story, *, into: Story, by: User | None, reason: str = "") -> StoryChange:
    """
    Make two stories one: the articles of `story` move, and its address leads to `into`.

    From then on all these articles are placed by the editor, so that no recomputation parts them;
    what was taken out of either stays out.
    """
    story, into = _current(story, by), _current(into, by)
    if story.pk == into.pk:
        raise StoryRefused("Choose two different stories.")
    both = StoryMember.objects.filter(story__in=[story, into])
    articles = list(both.values_list("article_id", flat=True))
    followers = list(story.merged_stories.values_list("pk", flat=True))
    before = remember(stories=[into.pk, story.pk, *followers], articles=articles)
    StoryExclusion.objects.filter(story=into, article__in=articles).delete()
    _exclude(into, _excluded(story) - set(articles) - _excluded(into), by, reason)
    both.filter(story=story).update(story=into)
    _place(articles, by, reason)
    Story.objects.filter(pk__in=[story.pk, *followers]).update(merged_into=into, article_count=0)
    settle([into.pk])
    return _note(Kind.MERGED, f"Merged {_name(story)} into {_name(into)}", before, by, reason)


@alone
def split_story(
    story: Story, *, article_ids: Collection[int], by: User | None, reason: str = ""
) -> Story:
    """
    Begin a story with some articles of another, and return it.

    No recomputation brings the two together again: each excludes what the other has.
    """
    story = _current(story, by)
    members = set(story.members.values_list("article_id", flat=True))
    chosen = members & set(article_ids)
    if not chosen or len(chosen) < len(set(article_ids)):
        raise StoryRefused("Choose articles of this story.")
    if chosen == members:
        raise StoryRefused("Leave at least one article in the story.")
    new = Story.objects.create()
    before = remember(stories=[story.pk, new.pk], articles=sorted(chosen))
    StoryMember.objects.filter(article__in=chosen).update(story=new)
    _place(chosen, by, reason)
    _exclude(story, chosen, by, reason)
    _exclude(new, members - chosen, by, reason)
    settle([story.pk, new.pk])
    count = f"{len(chosen)} article{'' if len(chosen) == 1 else 's'}"
    before["begun"] = [new.pk]
    _note(Kind.SPLIT, f"Split {count} off {_name(story)}", before, by, reason)
    new.refresh_from_db()
    return new


def move_article(
    article: Article, *, story: Story | None, by: User | None, reason: str = ""
) -> StoryChange:
    """Do with one article what move_articles() does with several."""
    return move_articles([article], story=story, by=by, reason=reason)


@alone
def move_articles(
    articles: Collection[Article],
    *,
    story: Story | None,
    by: User | None,
    reason: str = "",
    out_of: Story | None = None,
) -> StoryChange:
    """
    Put articles into a story, or into none; each stays out of the one it was in.

    All of them or nothing, and one undo for all. With `out_of` they must all be in that story.
    """
    _require_editor(by)
    target = _current(story, by) if story else None
    ids, left = _places_of(articles)
    if out_of is not None and any(left.get(pk) != out_of.pk for pk in ids):
        raise StoryRefused(OUTDATED)
    touched = list(dict.fromkeys([*([target.pk] if target else []), *left.values()]))
    if not touched:
        raise StoryRefused("The article is in no story.")
    before = remember(stories=touched, articles=ids)
    names = {pk: _name(one) for pk, one in Story.objects.with_headline().in_bulk(touched).items()}
    _move(ids, left, target, by, reason)
    settle(touched)
    if target is None:
        from_where = " and ".join(names[pk] for pk in touched)
        words = f"Took {_what(ids)} out of {from_where}"
    else:
        words = f"Put {_what(ids)} into {names[target.pk]}"
    return _note(Kind.MOVED, words, before, by, reason)


@alone
def begin_story_with(
    articles: Collection[Article], *, by: User | None, reason: str = ""
) -> StoryChange:
    """Begin a story with articles, whatever they were in; each stays out of where it was."""
    _require_editor(by)
    ids, left = _places_of(articles)
    if len(ids) < 2:
        raise StoryRefused("A story begins with two different articles.")
    new = Story.objects.create()
    before = remember(stories=[*dict.fromkeys(left.values()), new.pk], articles=ids)
    before["begun"] = [new.pk]
    _move(ids, left, new, by, reason)
    settle([*left.values(), new.pk])
    words = f"Began a story with {_what(ids)}"
    return _note(Kind.MOVED, words, before, by, reason)


def _places_of(articles: Collection[Article]) -> tuple[list[int], dict[int, int]]:
    """Give the keys of articles that are all there, and by key, in order, the story each is in."""
    ids = sorted({article.pk for article in articles})
    if Article.objects.filter(pk__in=ids).count() < len(ids):
        raise StoryRefused(
            "That article is gone." if len(ids) == 1 else "One of these articles is gone."
        )
    return ids, dict(sorted(StoryMember.objects.of(ids).items()))


def _move(
    ids: Collection[int], left: dict[int, int], target: Story | None, by: User | None, reason: str
) -> None:
    from_where: dict[int, set[int]] = defaultdict(set)
    for article, story in left.items():
        if target is None or story != target.pk:
            from_where[story].add(article)
    for former in Story.objects.filter(pk__in=from_where):
        _exclude(former, from_where[former.pk] - _excluded(former), by, reason)
    if target is None:
        StoryMember.objects.filter(article__in=ids).delete()
        return
    StoryExclusion.objects.filter(story=target, article__in=ids).delete()
    places = Article.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "listed_at")
    StoryMember.objects.bulk_create(
        [StoryMember(article_id=pk, story=target, listed_at=moment) for pk, moment in places],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["story", "listed_at"],
    )
    _place(ids, by, reason)


@alone
def undo_story_change(change: StoryChange, *, by: User | None) -> None:
    """
    Make stories what they were before a change, exactly.

    Refused for a change that was undone already, and while a later one of the same stories stands.
    """
    _require_editor(by)
    change = StoryChange.objects.get(pk=change.pk)
    if change.undone_at is not None:
        raise StoryRefused("That was undone already.")
    if StoryChange.objects.has_later_than(change):
        raise StoryRefused("Undo the later changes of these stories first.")
    settle(restore(change.before, begun=change.before.get("begun", [])))
    change.undone_at, change.undone_by = timezone.now(), by
    change.save(update_fields=["undone_at", "undone_by"])


@alone
def _set_lock(story: Story, is_locked: bool, by: User | None, reason: str) -> StoryChange:
    story = _current(story, by)
    if story.is_locked == is_locked:
        raise StoryRefused(f"{_name(story)} is {'' if is_locked else 'not '}locked already.")
    before = remember(stories=[story.pk])
    Story.objects.filter(pk=story.pk).update(is_locked=is_locked)
    kind, verb = (Kind.LOCKED, "Locked") if is_locked else (Kind.UNLOCKED, "Unlocked")
    return _note(kind, f"{verb} {_name(story)}", before, by, reason)


def _require_editor(by: User | None) -> None:
    """Refuse whoever is no editor; nobody at all means a command of the operator."""
    if by is not None and not by.has_perm("stories.change_story"):
        raise StoryRefused("Only editors may change stories.")


def _current(story: Story, by: User | None) -> Story:
    """Load a story as it is now; refuse whoever may not change it, and one that has ended."""
    _require_editor(by)
    found = Story.objects.with_headline().filter(pk=story.pk).first()
    if found is None:
        raise StoryRefused("That story is gone.")
    if found.merged_into_id is not None:
        raise StoryRefused(f"{_name(found)} was merged into another story.")
    return found


def _place(articles: Collection[int], by: User | None, reason: str) -> None:
    """Note that an editor put these articles where they are; whom an editor named before stays."""
    StoryMember.objects.filter(article__in=articles, placed_by_editor=False).update(
        placed_by_editor=True, made_by=by, made_at=timezone.now(), reason=_clean(reason)
    )


def _exclude(story: Story, articles: Collection[int], by: User | None, reason: str) -> None:
    StoryExclusion.objects.bulk_create(
        [
            StoryExclusion(story=story, article_id=pk, made_by=by, reason=_clean(reason))
            for pk in sorted(articles)
        ],
        ignore_conflicts=True,
    )


def _excluded(story: Story) -> set[int]:
    return set(story.exclusions.values_list("article_id", flat=True))


def _note(
    kind: str, words: str, before: dict[str, Any], by: User | None, reason: str
) -> StoryChange:
    change = StoryChange(
        kind=kind, words=words[:WORDS_MAX_LENGTH], before=before, made_by=by, reason=_clean(reason)
    )
    _check(change)
    change.save()
    change.stories.set([int(pk) for pk in before["stories"]])
    return change


def _check(row: Story | StoryChange) -> None:
    try:
        row.full_clean()
    except ValidationError as problem:
        raise StoryRefused(" ".join(problem.messages)) from problem


def _clean(reason: str) -> str:
    return " ".join(reason.split())


def _name(story: Story) -> str:
    return f"“{_short(str(story))}”"


def _what(ids: Collection[int]) -> str:
    if len(ids) == 1:
        return f"“{_short(Article.objects.only('title', 'excerpt').get(pk__in=ids).headline)}”"
    return f"{len(ids)} articles"


def _short(text: str) -> str:
    return text if len(text) <= NAME_SHOWN else f"{text[: NAME_SHOWN - 1]}…"
