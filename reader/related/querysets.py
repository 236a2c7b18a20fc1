"""Every question about related articles, and about the numbers behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from django.db import connections, models
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.expressions import RawSQL
from django.utils import timezone

from reader.articles.models import Article
from reader.articles.querysets import heavy_fields_of
from reader.related.blocks import PLACES
from reader.related.profiles import METHOD, NEVER_READ, Keys
from reader.related.similarity import Frequencies

if TYPE_CHECKING:
    # Named in quotes below: the models import this module.
    from reader.related.models import (  # noqa: F401
        ArticleTerms,
        RelatedChange,
        RelatedLink,
        TermFrequency,
        TermPosting,
    )

SIDEBAR_SIZE = PLACES
ROWS_A_STATEMENT = 500
TERMS_A_STATEMENT = 50_000


class RelatedLinkQuerySet(models.QuerySet["RelatedLink"]):
    def automatic(self) -> RelatedLinkQuerySet:
        return self.filter(kind="automatic")

    def decided(self) -> RelatedLinkQuerySet:
        """Keep what editors decided, whether it still holds or not."""
        return self.filter(kind__in=["pinned", "banned"])

    def put_automatic(self, rows: Iterable[tuple[int, int, float, str]]) -> None:
        """Add automatic links: (article, other, score, why)."""
        connection = connections[self.db]
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        _insert(
            self,
            ("article_id", "other_id", "score", "why", "kind", "reason", "made_at"),
            ((*row, "automatic", "", now) for row in rows),
        )

    def in_force(self) -> RelatedLinkQuerySet:
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()))

    def uncovered(self) -> RelatedLinkQuerySet:
        """Leave out decisions that ended, and what was worked out about a decided pair."""
        decision = self.model.objects.decided().in_force()
        covered = decision.filter(article=OuterRef("article"), other=OuterRef("other"))
        return self.in_force().exclude(Q(kind="automatic") & Exists(covered))

    def shown(self) -> RelatedLinkQuerySet:
        """Keep what readers get: what is not banned, when both articles may be seen."""
        visible = Article.objects.visible()
        return (
            self.uncovered()
            .exclude(kind="banned")
            .filter(Exists(visible.filter(pk=OuterRef("article"))))
            .filter(Exists(visible.filter(pk=OuterRef("other"))))
        )

    def best_first(self) -> RelatedLinkQuerySet:
        """Order a list: pins by slot, the newer of two in one slot first, then the most alike."""
        return self.order_by(
            # By the alphabet from behind: pinned, banned, automatic.
            "-kind",
            F("slot").asc(nulls_last=True),
            F("score").desc(nulls_last=True),
            "-made_at",
            "other",
        )

    def pins_of(self, article: Article) -> RelatedLinkQuerySet:
        """Keep the pins of one article that hold, in their order."""
        return self.in_force().filter(article=article, kind="pinned").best_first()

    def with_other(self) -> RelatedLinkQuerySet:
        """Load the other article and its publisher along, without the text."""
        heavy = heavy_fields_of("other")
        return self.select_related("other__publisher").defer(*heavy)

    def for_desk(self) -> RelatedLinkQuerySet:
        """Load lists as an editor works on them: decisions first, banned and hidden ones too."""
        return self.uncovered().best_first().with_other()

    def decided_about(self, article: Article) -> RelatedLinkQuerySet:
        """Load what editors decided about one list and still holds, and who did."""
        decided = self.filter(article=article).decided().in_force()
        return decided.best_first().with_other().select_related("made_by")

    def found_for(self, article: Article) -> RelatedLinkQuerySet:
        """Load what was worked out for one list, as far as readers may see it."""
        return self.filter(article=article).automatic().shown().best_first().with_other()

    def for_export(self, articles: Iterable[Article]) -> RelatedLinkQuerySet:
        """Load the whole lists of some articles, each best first."""
        return self.filter(article__in=articles).shown().best_first().with_other()


class RelatedChangeQuerySet(models.QuerySet["RelatedChange"]):
    def about(self, article: Article) -> RelatedChangeQuerySet:
        """Keep what was decided about the list of one article, the latest first."""
        return self.filter(article=article).order_by("-pk")

    def since(self, moment: datetime) -> RelatedChangeQuerySet:
        """Keep what was decided or undone after a moment, of that only what makes a difference."""
        made = Q(made_at__gt=moment, undone_at__isnull=True)
        return self.filter(made | Q(made_at__lte=moment, undone_at__gt=moment))

    def standing(self) -> RelatedChangeQuerySet:
        return self.filter(undone_at__isnull=True)

    def for_desk(self) -> RelatedChangeQuerySet:
        return self.select_related("other", "made_by", "undone_by").defer(*heavy_fields_of("other"))


class ArticleTermsQuerySet(models.QuerySet["ArticleTerms"]):
    def visible(self) -> ArticleTermsQuerySet:
        # Not by article__in=…, for which SQLite would list all visible articles of the site first.
        return self.filter(Exists(Article.objects.visible().filter(pk=OuterRef("article"))))

    def hidden(self) -> ArticleTermsQuerySet:
        """Keep those whose article readers may not see (any more)."""
        # Not by exclude(article__in=…), for which PostgreSQL would read all articles for each.
        return self.exclude(Exists(Article.objects.visible().filter(pk=OuterRef("article"))))

    def counted(self) -> ArticleTermsQuerySet:
        """Keep those that the term frequencies count; others cannot be weighed yet."""
        return self.filter(norm__isnull=False)

    def uncounted(self) -> ArticleTermsQuerySet:
        return self.filter(norm__isnull=True)

    def read_as_it_stands(self) -> ArticleTermsQuerySet:
        """Keep those made from the text as it is now, by the method of now."""
        return self.filter(method=METHOD, revision=F("article__revision_number"))

    def without_meaning(self) -> ArticleTermsQuerySet:
        """Keep those of which words are known and no meaning, as where the vectors were broken."""
        return self.filter(meaning=b"").exclude(keys=b"")

    def read_again(self) -> None:
        """Let the next pass read these texts as if it never had."""
        self.update(method=NEVER_READ)

    def set_norms(self, norms: dict[int, float]) -> None:
        """Note the length of the weights of each article."""
        table = self.model._meta.db_table
        with connections[self.db].cursor() as cursor:
            # bulk_update() writes a CASE with a branch for each row; this is ten times as quick.
            cursor.executemany(
                f"UPDATE {table} SET norm = %s WHERE article_id = %s",  # noqa: S608
                [(norm, pk) for pk, norm in norms.items()],
            )

    def note_related(self) -> None:
        self.update(related_at=timezone.now())

    def not_related_since(self, moment: datetime | None) -> ArticleTermsQuerySet:
        return self.filter(Q(related_at__isnull=True) | Q(related_at__lte=moment))

    def related(self) -> ArticleTermsQuerySet:
        return self.read_as_it_stands().filter(related_at__isnull=False)

    def with_facts(self) -> ArticleTermsQuerySet:
        """Load what choosing needs to know of the article, not its text."""
        return self.select_related("article__publisher").only(
            *(field.name for field in self.model._meta.fields),
            "article__published_at",
            "article__publisher__name",
        )


class TermPostingQuerySet(models.QuerySet["TermPosting"]):
    def candidates(self, terms: list[tuple[int, float]], *, besides: int, count: int) -> list[int]:
        """
        Name the articles that share most of the weighed terms, best first; one statement.

        Its cost is the number of postings of these terms, so the caller leaves out the busy ones.
        """
        if not terms:
            return []
        values = ", ".join(["(%s, %s)"] * len(terms))
        # A cross join keeps SQLite from walking the whole table and looking up the few terms.
        statement = f"""
            WITH wanted(term, weight) AS (VALUES {values})
            SELECT posting.article_id
            FROM wanted CROSS JOIN {self.model._meta.db_table} posting
            WHERE posting.term = wanted.term AND posting.article_id <> %s
            GROUP BY posting.article_id
            ORDER BY SUM(posting.weight * CAST(wanted.weight AS double precision)) DESC,
                posting.article_id
            LIMIT %s
        """  # noqa: S608 (a table's own name and placeholders)
        with connections[self.db].cursor() as cursor:
            cursor.execute(statement, [*(part for term in terms for part in term), besides, count])
            return [row[0] for row in cursor.fetchall()]

    def put(self, rows: Iterable[tuple[int, int, float]]) -> None:
        """Add (article, term, weight)."""
        _insert(self, ("article_id", "term", "weight"), rows)


class TermFrequencyQuerySet(models.QuerySet["TermFrequency"]):
    def by_language(self, keys: Keys) -> dict[str, Frequencies]:
        """Load how often these terms occur in each language; one statement."""
        rows = self.filter(term__in=many([self.model.ALL, *keys.tolist()], self.db))
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        totals: dict[str, int] = {}
        for language, term, articles in rows.values_list("language", "term", "articles"):
            if term == self.model.ALL:
                totals[language] = articles
            else:
                found[language].append((term, articles))
        frequencies = {}
        for language in sorted(totals.keys() | found.keys()):
            keys, articles = np.array(sorted(found[language]), np.int64).reshape(-1, 2).T.copy()
            frequencies[language] = Frequencies(totals.get(language, 0), keys, articles)
        return frequencies

    def whole(self) -> Iterator[tuple[str, int, Keys, Keys]]:
        """Give each language with its articles, all its terms in order, and their counts."""
        languages = self.filter(term=self.model.ALL).values_list("language", "articles")
        for language, total in dict(languages).items():
            rows = self.filter(language=language).exclude(term=self.model.ALL)
            parts = [(np.empty(0, np.int64), np.empty(0, np.int64))]
            last = None
            while part := list(
                (rows if last is None else rows.filter(term__gt=last))
                .order_by("term")
                .values_list("term", "articles")[:TERMS_A_STATEMENT]
            ):
                last = part[-1][0]
                both = np.array(part, np.int64)
                parts.append((both[:, 0], both[:, 1]))
            terms, counts = zip(*parts, strict=True)
            yield language, total, np.concatenate(terms), np.concatenate(counts)

    def total(self) -> int:
        """Count the articles of all languages."""
        return self.filter(term=self.model.ALL).aggregate(all=Sum("articles"))["all"] or 0

    def move(self, changes: dict[tuple[str, int], int]) -> None:
        """
        Add to the counts of (language, term), also below zero.

        In order of the terms, so that two writers wait for each other instead of locking up.
        """
        rows = sorted((term, language, by) for (language, term), by in changes.items() if by)
        _insert(
            self,
            ("term", "language", "articles"),
            rows,
            "ON CONFLICT (term, language) DO UPDATE "
            f"SET articles = {self.model._meta.db_table}.articles + excluded.articles",
        )

    def put(self, rows: Iterable[tuple[int, str, int]]) -> None:
        """Add (term, language, articles)."""
        _insert(self, ("term", "language", "articles"), rows)


def many(numbers: Iterable[int], database: str) -> RawSQL:
    """
    Give numbers to look for as one value.

    With a placeholder for each, thousands take longer to write down than to find.
    """
    listed = ",".join(map(str, numbers))
    if connections[database].vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [f"{{{listed}}}"])
    return RawSQL("SELECT value FROM json_each(%s)", [f"[{listed}]"])


def _insert(
    queryset: models.QuerySet,
    columns: tuple[str, ...],
    rows: Iterable[tuple],
    conflict: str = "",
) -> None:
    """Insert plain values; making an object of each row would be most of the cost."""
    holders = f"({', '.join(['%s'] * len(columns))})"
    table = queryset.model._meta.db_table
    walk = iter(rows)
    with connections[queryset.db].cursor() as cursor:
        while part := list(islice(walk, ROWS_A_STATEMENT)):
            values = ", ".join([holders] * len(part))
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values} {conflict}",  # noqa: S608
                [value for row in part for value in row],
            )
