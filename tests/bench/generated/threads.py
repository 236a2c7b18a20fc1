"""Threads: comments with every count true, votes, revisions, badges and what readers have seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random

from comments.badges.models import Badge
from comments.threads.counts import Counted, recount
from comments.threads.models import Comment, CommentRevision, ReadMark, Thread, Vote
from comments.threads.ranking import own_rank
from comments.threads.render import RENDERER_VERSION
from comments.threads.tree import path_below
from tests.bench.generated.articles import DAY, Told
from tests.bench.generated.people import People
from tests.bench.generated.shapes import HUGE_THREAD, NOBODY, answers
from tests.bench.generated.storing import Sheet, Store, moment
from tests.bench.generated.talk import say
from tests.bench.generated.words import person_name

TABLES = [Thread, Comment, CommentRevision, Vote, ReadMark, Badge]
PUBLISHED, HELD, WITHDRAWN, REMOVED = "published", "held", "withdrawn", "removed"
IMPORTED_SHARE, QUESTIONS_SHARE = 0.08, 0.02
GUEST_SHARE, EDITED_SHARE, PICKED_SHARE = 0.2, 0.02, 0.002
# Readers who were in a thread, per comment.
MARKS_SHARE = 0.1
STAFF_PER_PUBLISHER = 3


@dataclass(slots=True)
class Drawn:
    """A thread while it is made; lists run in the order of its numbers."""

    told: Told
    parents: list[int]
    depths: list[int]
    moments: list[int]
    statuses: list[str]
    # Numbers of people; None for guests and for what was imported.
    authors: list[int | None]
    imported: bool
    has_questions: bool
    guests: set[int]
    pks: list[int] = field(default_factory=list)


class Threads:
    """
    Makes the threads of some articles at a time, their comments mixed by date as on a real site.

    Neighbours in the table then belong to different threads, which is what a page has to live with.
    """

    def __init__(self, people: People, *, seed: int, until: int, comments: int, votes: int) -> None:
        self.people, self.seed, self.until = people, seed, until
        self.votes_each, self.votes_owed = votes / max(1, comments), 0.0
        self.crowd_size = min(HUGE_THREAD, max(1, comments // 10))
        self.next_pk = 1
        self.threads = Sheet(
            Thread, "article_id", "last_seq", "last_arrival", "mode", "is_open", "closed_at",
            "version",
        )  # fmt: skip
        self.comments = Sheet(
            Comment, "id", "article_id", "parent_id", "depth", "seq", "path", "arrival", "rank",
            "best", "lifted_by", "up", "down", "imported_score", "reply_count", "desc_count",
            "status", "in_tree", "is_picked", "is_answered", "body_src", "body_html",
            "renderer_version", "revision_no", "lang", "author_id", "guest_name", "guest_key_hash",
            "created_at", "edited_at", "record_id",
        )  # fmt: skip
        self.revisions = Sheet(
            CommentRevision, "comment_id", "number", "body_src", "body_html", "written_at"
        )
        self.votes = Sheet(Vote, "comment_id", "voter_id", "value", "voted_at")
        self.marks = Sheet(ReadMark, "reader_id", "article_id", "seen", "latest", "visited_at")
        self.badges = Sheet(Badge, "person_id", "kind", "article_id", "publisher_id", "granted_at")

    def store_staff(self, store: Store, publishers: int) -> None:
        store.write(
            self.badges,
            (
                (1 + (publisher * 7 + number) % self.people.count, "staff", None, publisher,
                 moment(self.until))
                for publisher in range(1, publishers + 1)
                for number in range(min(STAFF_PER_PUBLISHER, self.people.count))
            ),
        )  # fmt: skip

    def store(self, store: Store, window: Sequence[tuple[Told, int]]) -> dict[int, int]:
        """Write the threads of some articles; return how many comments of each are published."""
        drawn = [(self._draw(told, size), told, size) for told, size in window if size]
        self._number([each for each, _, _ in drawn])
        rows: list[tuple] = []
        threads: list[tuple] = []
        beside: dict[Sheet, list[tuple]] = {
            sheet: [] for sheet in (self.revisions, self.votes, self.marks, self.badges)
        }
        published = {}
        for thread, told, _ in drawn:
            random = Random(f"{self.seed} words {told.pk}")
            rows += self._comment_rows(thread, random, beside)
            arrived = sum(status != HELD for status in thread.statuses)
            beside[self.marks] += self._marks(thread, arrived, random)
            beside[self.badges] += self._guest_badges(thread)
            threads.append(self._thread_row(thread, arrived, random))
            published[told.pk] = thread.statuses.count(PUBLISHED)
        store.write(self.threads, threads)
        rows.sort()
        store.write(self.comments, rows)
        for sheet, lines in beside.items():
            store.write(sheet, lines)
        return published

    def _draw(self, told: Told, size: int) -> Drawn:
        random = Random(f"{self.seed} thread {told.pk}")
        is_crowded = size >= self.crowd_size
        parents, depths = answers(size, random, crowded=is_crowded)
        days = random.expovariate(1 / 3) + (20 if size > 1000 else 1)
        span = max(1, min(int(days * DAY), self.until - told.listed))
        moments = [told.listed + int(span * ((at + random.random()) / size) ** 2)
                   for at in range(size)]  # fmt: skip
        imported = not is_crowded and random.random() < IMPORTED_SHARE
        questions = not imported and random.random() < QUESTIONS_SHARE
        guests = {self.people.anybody(random)} if questions else set()
        answered = set(parents)
        statuses, authors = [], []
        for at in range(size):
            statuses.append(_status(random, is_answered=at in answered, may_wait=not imported))
            author = None
            if questions and depths[at] == 1 and random.random() < 0.3:
                (author,) = guests
            elif not imported and random.random() >= GUEST_SHARE:
                author = self.people.anybody(random)
            authors.append(author)
        return Drawn(told, parents, depths, moments, statuses, authors, imported, questions, guests)

    def _number(self, threads: Sequence[Drawn]) -> None:
        """Number the comments of all threads as they came; within a thread that is their order."""
        in_time = sorted(
            (when, thread, at)
            for thread, drawn in enumerate(threads)
            for at, when in enumerate(drawn.moments)
        )
        for drawn in threads:
            drawn.pks = [0] * len(drawn.moments)
        for pk, (_, thread, at) in enumerate(in_time, self.next_pk):
            threads[thread].pks[at] = pk
        self.next_pk += len(in_time)

    def _comment_rows(
        self, thread: Drawn, random: Random, beside: dict[Sheet, list[tuple]]
    ) -> list[tuple]:
        size, told, pks = len(thread.pks), thread.told, thread.pks
        votes = self._cast_votes(thread, random, beside[self.votes])
        scores = [_imported_score(random) if thread.imported else None for _ in range(size)]
        ranks = [
            own_rank(up=up, down=down, imported_score=score)
            for (up, down), score in zip(votes, scores, strict=True)
        ]
        counted = {
            each.pk: each
            for each in recount(
                Counted(
                    pks[at],
                    None if thread.parents[at] == NOBODY else pks[thread.parents[at]],
                    thread.statuses[at] == PUBLISHED,
                    ranks[at],
                    thread.authors[at] in thread.guests,
                )
                for at in reversed(range(size))
            )
        }
        rows, paths, arrivals = [], [], count(1)
        for at, pk in enumerate(pks):
            parent, status, author = thread.parents[at], thread.statuses[at], thread.authors[at]
            path = path_below("" if parent == NOBODY else paths[parent], at + 1)
            paths.append(path)
            words, markup = ("", "") if status == WITHDRAWN else say(told.voice, random)
            when, edited_at, revision = thread.moments[at], None, 1
            if status == PUBLISHED and not thread.imported and random.random() < EDITED_SHARE:
                edited_at, revision = moment(min(when + 600, self.until)), 2
                beside[self.revisions].append((pk, 1, *say(told.voice, random), moment(when)))
            is_guest = author is None and not thread.imported
            counts = counted[pk]
            rows.append((
                pk, told.pk, counts.parent_id, thread.depths[at], at + 1, path,
                None if status == HELD else next(arrivals),
                ranks[at], counts.best, counts.lifted_by, *votes[at], scores[at],
                counts.reply_count, counts.desc_count, status, counts.in_tree,
                status == PUBLISHED and random.random() < PICKED_SHARE, counts.is_answered,
                words, markup, RENDERER_VERSION, revision, told.voice.tag, author,
                person_name(random) if author is None else "",
                f"{random.getrandbits(256):064x}" if is_guest else "",
                moment(when), edited_at, f"c{at + 1}" if thread.imported else None,
            ))  # fmt: skip
        return rows

    def _cast_votes(
        self, thread: Drawn, random: Random, rows: list[tuple]
    ) -> list[tuple[int, int]]:
        """Cast the thread's share of all votes, most for what was said early."""
        size = len(thread.pks)
        counts = [[0, 0] for _ in range(size)]
        self.votes_owed += size * self.votes_each
        cast: set[tuple[int, int]] = set()
        # Where everybody has voted already, some votes fall to the next thread.
        for _ in range(int(self.votes_owed * 1.2)):
            if self.votes_owed < 1:
                break
            at = int(size * random.random() ** 2.5)
            voter = self.people.anybody(random)
            voted = (at, voter)
            if voted in cast or thread.authors[at] == voter or thread.statuses[at] == HELD:
                continue
            cast.add(voted)
            self.votes_owed -= 1
            # Some comments are liked by all, some divide.
            is_for = random.random() < 0.45 + 0.55 * (thread.pks[at] * 0x9E3779B1 % 1024 / 1024)
            counts[at][not is_for] += 1
            when = min(thread.moments[at] + int(random.random() * DAY), self.until)
            rows.append((thread.pks[at], voter, 1 if is_for else -1, moment(when)))
        return [(up, down) for up, down in counts]

    def _marks(self, thread: Drawn, arrived: int, random: Random) -> list[tuple]:
        readers = {
            self.people.anybody(random)
            for _ in range(int(len(thread.pks) * MARKS_SHARE + random.random()))
        }
        rows = []
        for reader in sorted(readers):
            latest = int((arrived + 1) * random.random() ** 0.5)
            seen, when = int((latest + 1) * random.random()), random.choice(thread.moments)
            rows.append((reader, thread.told.pk, seen, latest, moment(when)))
        return rows

    def _guest_badges(self, thread: Drawn) -> list[tuple]:
        listed_at = moment(thread.told.listed)
        return [(guest, "expert", thread.told.pk, None, listed_at) for guest in thread.guests]

    def _thread_row(self, thread: Drawn, arrived: int, random: Random) -> tuple:
        size = len(thread.pks)
        is_open = size >= self.crowd_size or random.random() > 0.03
        return (
            thread.told.pk, size, arrived, "questions" if thread.has_questions else "discussion",
            is_open, None if is_open else moment(min(thread.moments[-1] + DAY, self.until)), size,
        )  # fmt: skip


def _status(random: Random, *, is_answered: bool, may_wait: bool) -> str:
    """Draw a status; only what nobody answered can still be waiting."""
    draw = random.random()
    if draw < 0.012:
        return WITHDRAWN
    if draw < 0.024:
        return REMOVED
    return HELD if draw < 0.028 and may_wait and not is_answered else PUBLISHED


def _imported_score(random: Random) -> int:
    return int(random.lognormvariate(0.8, 1.2)) * (-1 if random.random() < 0.1 else 1)
