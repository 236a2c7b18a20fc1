"""
Relates all articles through the index, batch by batch: where there are too many for one pass.

Each batch is a transaction that also notes how far it came, so whatever ends it, the next call goes
on there. Memory holds the term frequencies and one batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import monotonic

from reader.articles.announcements import Progress
from reader.related.models import ArticleTerms, RelatedLink, Survey, TermPosting
from reader.related.querysets import ArticleTermsQuerySet
from reader.related.services.counting import all_frequencies, count_articles, mend_counts
from reader.related.services.relating import LIST_SIZE, LinkRow, link_row
from reader.related.services.writing import current_survey, move_survey, write_alone
from reader.related.shelf import Shelf
from reader.related.similarity import NOTHING_COUNTED, Frequencies, length_of, strongest
from reader.related.storage import item_from, profile_from
from reader.related.vicinity import POSTED_TERMS, Vicinity

# The steps of a pass, in the order in which Survey.step goes through them.
READ, MEND, COUNT, POST, LIST, DONE = range(6)

BATCH_SIZE = 500
# Lists take longer to work out, and when somebody else wrote meanwhile that is done while all wait.
LISTS_A_BATCH = 100
# Weights in the index that are this near to what they should be stay as they are.
NEAR_ENOUGH = 0.02
SECONDS_PER_WORD = 5

# What a batch reads gives what it writes.
Write = Callable[[], None]
Work = Callable[[Sequence[ArticleTerms]], Write]


class Unfinished(Exception):
    """The time is over; the next call goes on where this one was."""


def stop_in_time(until: float | None) -> None:
    """Raise Unfinished when it is later than that. Asked after a batch, so each call does one."""
    if until is not None and monotonic() > until:
        raise Unfinished


@dataclass
class Walk:
    """A pass over all articles that was begun at some time. Ends by Unfinished after `until`."""

    survey: Survey
    say: Progress
    until: float | None = None
    said_at: float = field(default_factory=monotonic)

    def go(self) -> None:
        """Do what is left of the pass once all texts are read."""
        if self._is_at(MEND):
            mend_counts()
            self._leave(MEND)
        # Whoever is counted has a norm, so that those still to count are found without a mark.
        self._walk(COUNT, ArticleTerms.objects.uncounted(), _count)
        if not (self._is_at(POST) or self._is_at(LIST)):
            return
        frequencies = all_frequencies()
        counted = ArticleTerms.objects.counted()
        self._walk(POST, counted, partial(_post, frequencies))
        shown = counted.visible().with_facts()
        self._walk(LIST, shown, partial(_list, frequencies), size=LISTS_A_BATCH)

    def _walk(
        self, step: int, rows: ArticleTermsQuerySet, work: Work, *, size: int = BATCH_SIZE
    ) -> None:
        """Take the articles of a step in the order of their keys, batch by batch."""
        total = rows.count() if self._is_at(step) else 0
        left = rows.filter(pk__gt=self.survey.reached).count() if total else 0
        while self._is_at(step):
            batch = list(rows.filter(pk__gt=self.survey.reached).order_by("pk")[:size])
            if not batch:
                self._leave(step)
                left = 0
            else:
                write = work(batch)
                write_alone(partial(self._write, batch, write, rows, work))
                left -= len(batch)
            if total and (not batch or monotonic() - self.said_at > SECONDS_PER_WORD):
                self.said_at = monotonic()
                self.say(f"{total - left} of {total} articles {SAID[step]}")
            stop_in_time(self.until)

    def _write(
        self,
        batch: Sequence[ArticleTerms],
        write: Write,
        rows: ArticleTermsQuerySet,
        work: Work,
    ) -> None:
        if not move_survey(self.survey, step=self.survey.step, reached=batch[-1].pk):
            return
        # Ours is the turn after the one that was read before.
        if current_survey().turn != self.survey.turn + 1:
            write = work(list(rows.filter(pk__in=[row.pk for row in batch]).order_by("pk")))
        write()

    def _is_at(self, step: int) -> bool:
        """Look where the pass is; another process may have taken it further, or ended it."""
        now = current_survey()
        if now.begun_at != self.survey.begun_at:
            return False
        self.survey = now
        return now.step == step

    def _leave(self, step: int) -> None:
        write_alone(partial(move_survey, self.survey, step=step + 1, reached=0))


SAID = {COUNT: "counted", POST: "indexed", LIST: "related"}


def _count(rows: Sequence[ArticleTerms]) -> Write:
    return partial(count_articles, rows)


def _post(frequencies: dict[str, Frequencies], rows: Sequence[ArticleTerms]) -> Write:
    """Weigh articles, and put the terms that tell most about them into the index."""
    norms: dict[int, float] = {}
    wanted: dict[int, dict[int, float]] = {}
    for row in rows:
        profile = profile_from(row)
        weights = frequencies.get(row.language, NOTHING_COUNTED).weigh(profile)
        norms[row.pk] = length_of(weights)
        wanted[row.pk] = dict(strongest(profile.keys, weights / norms[row.pk], POSTED_TERMS))
    stored: dict[int, dict[int, float]] = defaultdict(dict)
    postings = TermPosting.objects.filter(article__in=list(wanted))
    for pk, term, weight in postings.values_list("article_id", "term", "weight"):
        stored[pk][term] = weight
    # Most of a second pass says what is there already, and each row written costs as much as ten
    # that are read.
    changed = [pk for pk, terms in wanted.items() if not _are_near(terms, stored[pk])]

    def write() -> None:
        ArticleTerms.objects.set_norms(norms)
        TermPosting.objects.filter(article__in=changed).delete()
        TermPosting.objects.put((pk, *term) for pk in changed for term in wanted[pk].items())

    return write


def _are_near(wanted: dict[int, float], stored: dict[int, float]) -> bool:
    return wanted.keys() == stored.keys() and all(
        abs(weight - stored[term]) <= NEAR_ENOUGH * weight for term, weight in wanted.items()
    )


def _list(frequencies: dict[str, Frequencies], rows: Sequence[ArticleTerms]) -> Write:
    """Make the lists of some articles; what is around all of them is read at once."""
    shelf = Shelf()
    around = []
    for row in rows:
        item = item_from(row)
        # Whoever looks things up for hundreds of candidates does so in a short list.
        own = {name: each.limited_to(item.profile.keys) for name, each in frequencies.items()}
        around.append(Vicinity(item, own, shelf))
    shelf.load(pk for each in around for pk in each.named)
    shelf.load_shingles(pk for each in around for pk in each.read_again(LIST_SIZE))
    picked = [each.picked(LIST_SIZE) for each in around]
    shelf.load_faces(one.article for each in picked for one in each)
    wanted: dict[int, list[LinkRow]] = {
        each.item.article: [link_row(each.item.article, entry) for entry in each.told(own)]
        for each, own in zip(around, picked, strict=True)
    }
    stored: dict[int, list[tuple]] = defaultdict(list)
    links = RelatedLink.objects.automatic().filter(article__in=list(wanted))
    for link in links.order_by("article", "-score", "other").values_list(
        "article_id", "other_id", "score", "why"
    ):
        stored[link[0]].append(link)
    changed = [pk for pk, links in wanted.items() if sorted(links) != sorted(stored[pk])]

    def write() -> None:
        RelatedLink.objects.automatic().filter(article__in=changed).delete()
        RelatedLink.objects.put_automatic(link for pk in changed for link in wanted[pk])
        ArticleTerms.objects.filter(pk__in=list(wanted)).note_related()

    return write
