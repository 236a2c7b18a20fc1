"""Large sites: all articles are related batch by batch, and whatever ends that, it goes on."""

from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reader.articles import services as articles
from reader.articles.models import Article
from reader.related.models import ArticleTerms, RelatedLink, Survey, TermFrequency, TermPosting
from reader.related.services import go_on_relating, relate_all, relate_articles
from reader.related.services.counting import mend_counts
from reader.related.services.walking import COUNT, LIST, POST, READ
from reader.related.tasks import relate_changed, relate_everything
from tests.factories import make_article
from tests.reader.related.test_services import (
    counted_terms,
    make_articles,
    quiet,
    recounted_terms,
    stored_lists,
)
from tests.reader.related.texts import ALONE, ARABIC, BRIDGE, CHINESE, FERRY

SURVEYING, WALKING = "reader.related.services.surveying", "reader.related.services.walking"


class BrokenOff(Exception):
    pass


@contextmanager
def broken_off_after(statements):
    """End whatever goes on, in the middle of a transaction, instead of its next statement."""
    left = statements

    def run(execute, *statement):
        nonlocal left
        left -= 1
        if left < 0 and not statement[0].startswith(("ROLLBACK", "RELEASE", "SAVEPOINT")):
            raise BrokenOff
        return execute(*statement)

    with connection.execute_wrapper(run):
        yield


def relate_with_interruptions():
    """Relate all, broken off again and again; return the steps at which that happened."""
    steps = []
    for attempt in range(400):
        try:
            with broken_off_after(6 + attempt):
                relate_all(say=quiet)
        except BrokenOff:
            survey = Survey.objects.first()
            steps.append((survey.step, survey.reached) if survey else (READ, 0))
        else:
            return steps
    raise AssertionError(f"no end in sight: {steps[-3:]}")


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(f"{SURVEYING}.BATCH_SIZE", 3)
    monkeypatch.setattr(f"{WALKING}.BATCH_SIZE", 3)
    monkeypatch.setattr(f"{WALKING}.LISTS_A_BATCH", 2)


@pytest.fixture
def large_site(monkeypatch, small_batches):
    """Let a handful of articles count as too many for one pass."""
    monkeypatch.setattr(f"{SURVEYING}.MOST_AT_ONCE", 3)


@pytest.fixture
def site(db):
    return make_articles([*FERRY, *BRIDGE, *ALONE, *ARABIC, *CHINESE])


def everything():
    postings = TermPosting.objects.values_list("article", "term")
    return stored_lists(), counted_terms(), set(postings)


def test_batch_by_batch_lists_are_those_of_the_pass_over_all(site, monkeypatch, small_batches):
    relate_all(say=quiet)
    at_once = everything()
    ArticleTerms.objects.all().delete()
    RelatedLink.objects.all().delete()
    TermFrequency.objects.all().delete()
    monkeypatch.setattr(f"{SURVEYING}.MOST_AT_ONCE", 3)

    assert relate_all(say=quiet) == len(site)

    assert everything() == at_once
    assert Survey.objects.get().articles == len(site)


def test_broken_off_anywhere_it_goes_on_batch_by_batch(site, large_site):
    relate_all(say=quiet)
    undisturbed = everything()
    for model in (ArticleTerms, RelatedLink, TermFrequency, TermPosting, Survey):
        model.objects.all().delete()

    steps = relate_with_interruptions()

    assert {step for step, _ in steps} >= {READ, COUNT, POST, LIST}
    # Never back, and inside a step on with the next batch.
    assert steps == sorted(steps)
    assert len({reached for step, reached in steps if step == LIST}) > 2
    assert everything() == undisturbed
    assert counted_terms() == recounted_terms()


def test_a_pass_over_all_broken_off_while_it_writes_lists_keeps_those(site, small_batches):
    relate_all(say=quiet)
    undisturbed = everything()
    for model in (ArticleTerms, RelatedLink, TermFrequency, TermPosting, Survey):
        model.objects.all().delete()

    steps = relate_with_interruptions()

    assert len({reached for step, reached in steps if step == LIST}) > 2
    assert steps == sorted(steps)
    assert everything() == undisturbed


def test_readers_keep_the_old_lists_while_new_ones_are_made(site, large_site):
    relate_all(say=quiet)
    before = stored_lists()

    while not go_on_relating(seconds=0):
        assert stored_lists() == before


def test_a_worker_gives_others_their_turn_after_each_batch(site, large_site):
    rounds = 1

    while not go_on_relating(seconds=0):
        rounds += 1

    assert rounds > len(site) // 2
    assert stored_lists()[site[0].pk]


def test_going_on_is_said_and_can_be_refused(site, large_site):
    relate_all(say=quiet)
    go_on_relating(seconds=0)
    go_on, anew = StringIO(), StringIO()

    call_command("relate_articles", "--all", stdout=go_on)
    go_on_relating(seconds=0)
    call_command("relate_articles", "--all", "--from-start", stdout=anew)

    assert go_on.getvalue().startswith("Going on with what was begun at ")
    assert "Going on" not in anew.getvalue()
    assert f"{len(site)} of {len(site)} articles related" in anew.getvalue()


def test_what_is_published_and_withdrawn_during_a_pass_is_in_no_list_wrongly(site, large_site):
    relate_all(say=quiet)
    late = make_article("Lowmarsh bridge", text="Ilse Brandt shut the Lowmarsh bridge again.")
    gone = site[1]
    for done in range(100):
        if done == 4:
            relate_articles([late.pk])
        if done == 7:
            articles.withdraw_article(gone)
            relate_articles([gone.pk])
        if go_on_relating(seconds=0):
            break

    lists = stored_lists()
    assert late.pk in lists[site[3].pk]
    assert gone.pk not in lists
    assert not RelatedLink.objects.filter(other=gone).exists()
    assert counted_terms() == recounted_terms()


def test_many_new_texts_begin_the_pass_anew(site, large_site):
    relate_all(say=quiet)
    while Survey.objects.get().step != LIST:
        go_on_relating(seconds=0)
    ArticleTerms.objects.update(method=0)

    go_on_relating(seconds=0)

    assert Survey.objects.get().step == READ
    while not go_on_relating(seconds=0):
        pass
    assert counted_terms() == recounted_terms()
    assert ArticleTerms.objects.related().count() == len(site)


def test_wrong_counts_are_found_and_mended(site):
    relate_all(say=quiet)
    term = TermFrequency.objects.filter(term__gt=0).first().term
    TermFrequency.objects.filter(term=term).update(articles=77)
    TermFrequency.objects.put([(123456789, "en", 5)])

    assert mend_counts() == 2

    assert counted_terms() == recounted_terms()
    assert mend_counts() == 0


class NeighbourTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ferry = make_articles(FERRY)
        cls.bridge = make_articles(BRIDGE)
        make_articles([*ALONE, *ARABIC, *CHINESE])
        relate_all(say=quiet)

    def rows(self):
        return set(RelatedLink.objects.values_list("pk", "article", "other", "score"))

    def test_a_new_article_touches_its_neighbours_and_nobody_else(self):
        before = self.rows()
        late = make_article("Lowmarsh bridge", text="Ilse Brandt shut the Lowmarsh bridge again.")

        relate_articles([late.pk])

        touched = {article for _, article, *_ in before ^ self.rows()} - {late.pk}
        around = set(RelatedLink.objects.filter(other=late).values_list("article", flat=True))
        self.assertTrue({article.pk for article in self.bridge} <= touched)
        self.assertEqual(touched, around)

    def test_a_full_list_makes_room_and_keeps_its_other_rows(self):
        page = self.ferry[0]
        for n in range(14):
            make_article(f"Ferry {n}", text=f"Ellery Line ferry note{n} gull{n} tern{n}.")
        relate_all(say=quiet)
        before = {row for row in self.rows() if row[1] == page.pk}
        self.assertEqual(len(before), 10)

        late = make_article("Strike", text=FERRY[1][1] + " Mara Quill waited at the quay.")
        relate_articles([late.pk])

        after = {row for row in self.rows() if row[1] == page.pk}
        self.assertEqual(len(after), 10)
        self.assertEqual(len(before - after), 1)
        self.assertEqual({row[2] for row in after - before}, {late.pk})

    def test_what_is_withdrawn_or_embargoed_is_gone_before_anything_is_worked_out(self):
        page, gone, later = self.ferry
        self.assertTrue({gone.pk, later.pk} <= shown(page))

        articles.withdraw_article(gone)
        until = later.published_at.replace(year=later.published_at.year + 1)
        articles.publish_article(later, embargo_until=until)

        self.assertFalse({gone.pk, later.pk} & shown(page))

    def test_a_corrected_headline_stands_in_the_lists_at_once(self):
        articles.edit_article(self.ferry[1], by=None, title="Corrected")

        links = RelatedLink.objects.filter(article=self.ferry[0]).shown().with_other()
        self.assertIn("Corrected", {link.other.title for link in links})

    def test_a_deleted_article_is_gone_with_its_links(self):
        pk = self.ferry[1].pk
        Article.objects.filter(pk=pk).delete()

        self.assertNotIn(pk, shown(self.ferry[0]))


def shown(page):
    links = RelatedLink.objects.filter(article=page).shown()
    return set(links.values_list("other", flat=True))


def test_a_site_that_has_outgrown_its_last_pass_is_weighed_anew_by_the_worker(site, large_site):
    relate_all(say=quiet)
    Survey.objects.update(articles=3)
    before = Survey.objects.get().made_at

    relate_changed.enqueue([site[0].pk])

    survey = Survey.objects.get()
    assert survey.articles == len(site)
    assert survey.made_at > before


def test_only_one_worker_weighs_a_site_anew(site, large_site):
    relate_all(say=quiet)
    Survey.objects.update(articles=3)
    DBTaskResult.objects.create(
        task_path=relate_everything.module_path,
        backend_name="default",
        status="RUNNING",
        started_at=timezone.now(),
        args_kwargs={"args": [], "kwargs": {}},
        run_after=timezone.now(),
    )

    relate_changed.enqueue([site[0].pk])

    assert Survey.objects.get().articles == 3
