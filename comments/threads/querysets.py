"""Every question about comments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from comments.threads.ranking import Lifter
from comments.threads.tree import MAX_DEPTH, path_after, seqs_in
from reader.articles.models import Article
from reader.articles.querysets import heavy_fields_of

if TYPE_CHECKING:
    from comments.threads.models import (  # noqa: F401  (types only)
        Comment,
        Footprint,
        ReadMark,
        Thread,
    )
    from comments.threads.people import Writer
    from comments.threads.senders import Sender
    from reader.accounts.models import User


class ThreadQuerySet(models.QuerySet["Thread"]):
    def with_article(self) -> ThreadQuerySet:
        """Load what its article is called, without that article's text."""
        return self.select_related("article").defer(*heavy_fields_of("article"))

    def mode_of(self, article_id: int) -> str:
        """Say what kind of thread an article has; one nobody has written in is a discussion."""
        found = self.filter(pk=article_id).values_list("mode", flat=True).first()
        return found or "discussion"


class CommentQuerySet(models.QuerySet["Comment"]):
    """What the site asks about comments. Thread pages are read by reading.py, in one statement."""

    def on_visible_articles(self) -> CommentQuerySet:
        """Ask the gate of each comment's article; not IN, which SQLite answers by listing all."""
        return self.filter(Exists(Article.objects.visible().filter(pk=OuterRef("article_id"))))

    def public(self) -> CommentQuerySet:
        """Keep what everybody may read; a published comment can always be reached in its thread."""
        return self.on_visible_articles().filter(status="published")

    def for_action(self) -> CommentQuerySet:
        """Keep what somebody may still act on; who may do what is for the services to say."""
        left = Q(in_tree=True) | Q(status="held") | Q(erase_at__gt=timezone.now())
        reachable = self.on_visible_articles().filter(left)
        return reachable.with_article_and_author()

    def with_article_and_author(self) -> CommentQuerySet:
        """Load whose it is and under which article, without that article's text."""
        heavy = heavy_fields_of("article")
        return self.select_related("article", "author").defer("record_extra", *heavy)

    def for_list(self) -> CommentQuerySet:
        """Load what a flat list shows beside the words."""
        return self.with_article_and_author().select_related("article__publisher")

    def by_author(self, user: User) -> CommentQuerySet:
        return self.filter(author=user)

    def by_writer(self, writer: Writer) -> CommentQuerySet:
        """Keep what a person wrote, else what a guest did; nobody wrote nothing."""
        if writer.user_id is not None:
            return self.filter(author=writer.user_id)
        return self.filter(guest_key_hash=writer.key_hash).exclude(guest_key_hash="")

    def not_by(self, writer: Writer) -> CommentQuerySet:
        """Leave out what this person wrote, by account or by the key in their browser."""
        others = self if writer.user_id is None else self.exclude(author=writer.user_id)
        if not writer.key_hash:
            return others
        return others.exclude(author__isnull=True, guest_key_hash=writer.key_hash)

    def arrived_after(self, number: int | OuterRef) -> CommentQuerySet:
        """Keep what was published after the comment of this number and still is."""
        return self.filter(status="published", arrival__gt=number)

    def by_guest(self, key_hash: str, footprints: FootprintQuerySet) -> CommentQuerySet:
        """Keep what the guest with this key wrote, and what left one of these footprints."""
        has_key = Q(guest_key_hash=key_hash) & ~Q(guest_key_hash="")
        return self.filter(has_key | Exists(footprints.filter(comment=OuterRef("pk"))))

    def newest_first(self) -> CommentQuerySet:
        return self.order_by("-id")

    def people_called(self, names: set[str]) -> models.QuerySet[Any, tuple[int, str]]:
        """Give the people of these names who wrote here; of one name, who wrote last comes last."""
        theirs = self.filter(status="published", author__is_active=True, author__name__in=names)
        people = theirs.order_by().values_list("author", "author__name")
        return (
            people.annotate(last=Max("arrival"))
            .order_by("last")
            .values_list("author", "author__name")
        )

    def to_erase(self, now: datetime) -> CommentQuerySet:
        """Keep what was withdrawn and can no longer be taken back, longest ago first."""
        return self.filter(erase_at__lte=now).order_by("erase_at")

    def waiting(self) -> CommentQuerySet:
        """Keep what waits for a moderator, longest first."""
        held = self.filter(status="held").order_by("created_at", "id")
        return held.with_article_and_author()

    def in_thread(self, article_id: int) -> CommentQuerySet:
        """Keep one thread in reading order, oldest first, each reply below its parent."""
        return self.filter(article_id=article_id).order_by("path")

    def below(self, comment: Comment) -> CommentQuerySet:
        """Keep the whole branch that hangs from a comment, without the comment itself."""
        return self.filter(
            article_id=comment.article_id,
            path__gt=comment.path,
            path__lt=path_after(comment.path),
        ).order_by("path")

    def above(self, comment: Comment, *, nearest: int = MAX_DEPTH) -> CommentQuerySet:
        """Keep what a comment answers, up to the first of its branch; top first."""
        seqs = seqs_in(comment.path)[:-1][-nearest:]
        return self.filter(article_id=comment.article_id, seq__in=seqs).order_by("depth")

    def best_lifter(self, parent_id: int) -> Lifter | None:
        """Find the reply that lifts a comment most, by walking its replies from the best."""
        # IN, because for a plain truth SQLite does not use the index, and sorts them all.
        replies = self.filter(parent=parent_id, in_tree__in=[True]).order_by("best")
        lifting = replies.filter(Q(status="published") | Q(lifted_by__isnull=False))
        found = lifting.values_list("best", "lifted_by", "pk").first()
        return Lifter(found[0], found[1] or found[2]) if found else None

    def of_guest(self, key_hash: str) -> CommentQuerySet:
        """Keep what the guest with this key wrote and no person has claimed."""
        return self.filter(author=None, guest_key_hash=key_hash).exclude(guest_key_hash="")

    def standing(self) -> CommentQuerySet:
        """Keep what is shown, or waits to be."""
        return self.filter(status__in=["published", "held"])

    def in_place(self, article_id: int, *, below: int | None) -> CommentQuerySet:
        """Keep what answers the same comment, or stands first in the thread when that is None."""
        # Not a parent that is null: SQLite would look through the first comments of all threads.
        place = {"depth": 0} if below is None else {"parent": below}
        return self.filter(article_id=article_id, **place)

    def said_again(self, comment: Comment) -> CommentQuerySet:
        """Keep what its writer posted after a comment in the same place and words, and stands."""
        again = self.standing().in_place(comment.article_id, below=comment.parent_id)
        return again.filter(
            seq__gt=comment.seq,
            author=comment.author_id,
            guest_key_hash=comment.guest_key_hash,
            body_src=comment.body_src,
        )

    def answers_to(self, person: User, article_id: int) -> CommentQuerySet:
        """Keep what others publicly answered to a person under an article, as it came."""
        theirs = self.filter(article_id=article_id, parent__author=person, status="published")
        return theirs.exclude(author=person.pk).order_by("arrival")

    def published_by(self, people: set[int]) -> CommentQuerySet:
        return self.filter(status="published", author__in=people)

    def votes_counted(self) -> dict[int, tuple[int, int]]:
        """Count the votes for and against each comment that has any."""
        counted = self.filter(votes__value__in=[1, -1]).order_by().values("pk")
        counted = counted.annotate(  # type: ignore[assignment]
            for_it=Count("votes", filter=Q(votes__value=1)),
            against_it=Count("votes", filter=Q(votes__value=-1)),
        )
        return {row["pk"]: (row["for_it"], row["against_it"]) for row in counted}


class ReadMarkQuerySet(models.QuerySet["ReadMark"]):
    """How far readers have come. A visit that was last noted by the moment `visit` is over."""

    def of(self, reader: User, article: Article) -> ReadMarkQuerySet:
        return self.filter(reader=reader, article=article.pk)

    def move(self, *, last_arrival: int, now: datetime, visit: datetime) -> int:
        """Note a visit that showed all up to `last_arrival`; tell how many marks changed."""
        shows_more = Q(latest__lt=last_arrival)
        begins = Q(visited_at__lte=visit)
        return self.filter(shows_more | begins & Q(seen__lt=F("latest"))).update(
            seen=Case(When(begins, then=F("latest")), default=F("seen")),
            latest=Greatest(F("latest"), Value(last_arrival)),
            visited_at=now,
        )

    def catch_up(self, *, seen: int) -> int:
        """Note that nothing up to `seen` is new any more; tell how many marks there are."""
        return self.update(
            seen=Greatest(F("seen"), Value(seen)), latest=Greatest(F("latest"), Value(seen))
        )

    def new_counts(
        self, reader: User, articles: Iterable[Article], *, visit: datetime
    ) -> dict[int, int]:
        """
        Count, by article, the comments that would be new to a reader who opened it now.

        Articles they never visited, and those without anything new, are left out.
        """
        from comments.threads.models import Comment  # noqa: PLC0415  (the model has this queryset)

        theirs = Comment.objects.filter(~Q(author=reader) | Q(author=None))
        came = theirs.filter(article=OuterRef("article")).arrived_after(OuterRef("known"))
        counts = came.order_by().values("article").annotate(n=Count("pk")).values("n")
        known = Case(When(visited_at__lte=visit, then=F("latest")), default=F("seen"))
        marks = self.filter(reader=reader, article__in=[article.pk for article in articles])
        counted = marks.annotate(known=known, n=Coalesce(Subquery(counts), 0)).filter(n__gt=0)
        return dict(counted.values_list("article", "n"))


class FootprintQuerySet(models.QuerySet["Footprint"]):
    """What guests did in the last moments."""

    def of_comments(self) -> FootprintQuerySet:
        return self.filter(act="comment")

    def of_reports(self) -> FootprintQuerySet:
        return self.filter(act="report")

    def of_stranger(self, sender: Sender | None) -> FootprintQuerySet:
        """Keep what one browser without a key did; nobody did nothing."""
        if sender is None or not sender.stranger_hash:
            return self.none()
        return self.filter(stranger_hash=sender.stranger_hash)

    def from_address(self, sender: Sender | None) -> FootprintQuerySet:
        """Keep what guests at one address did."""
        return self.none() if sender is None else self.filter(address_hash=sender.address_hash)

    def latest_moments(self, count: int) -> models.QuerySet[Any, datetime]:
        return self.order_by("-at").values_list("at", flat=True)[:count]

    def since(self, moment: datetime) -> FootprintQuerySet:
        return self.filter(at__gte=moment)

    def older_than(self, moment: datetime) -> FootprintQuerySet:
        return self.filter(at__lt=moment)
