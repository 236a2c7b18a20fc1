"""Nobody can ask whether a hashtag exists that no visible article has had."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from unittest import mock

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from comments.threads.services import post_comment
from reader.articles import services as articles
from reader.articles.models import Article
from reader.following.services import follow_hashtag
from reader.hashtags import services
from reader.hashtags.counts import check_hashtags
from reader.hashtags.finding import find_hashtag, pages_of
from reader.hashtags.knowing import unsettled
from reader.hashtags.models import Hashtag, HashtagChange
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db
Status = Article.Status


def make(status=Status.DRAFT, **fields):
    """Make an article of which the hashtag #Takeover is the publisher's own keyword."""
    return make_article(text="Words.", keywords=["Takeover"], status=status, **fields)


def later(**span):
    """Let time pass: nothing is written and no worker runs."""
    return mock.patch.object(timezone, "now", return_value=timezone.now() + timedelta(**span))


def is_known(client, slug="takeover"):
    """Ask in every way that a stranger has; all of them must say the same."""
    answers = {
        client.get(f"/hashtags/{slug}/").status_code != 404,
        *(client.get(f"/hashtags/{slug}/feed.{form}").status_code != 404 for form in FORMS),
        find_hashtag(slug) is not None,
        slug in pages_of([slug]),
        client.get(f"/following/{slug}/").status_code != 404,
        f"/hashtags/{slug}/" in post_comment(make_article(), text=f"#{slug}").comment.body_html,
        "No article here has the hashtag" not in client.get(
            "/search/", {"q": f"hashtag:{slug}"}
        ).content.decode(),
    }  # fmt: skip
    assert len(answers) == 1
    return answers.pop()


FORMS = ("atom", "rss", "json")


def test_what_only_a_draft_is_about_is_not_there(client):
    draft = make()
    assert not is_known(client)
    assert not is_known(client, "takeovers")

    articles.publish_article(draft)
    assert is_known(client)


def test_one_that_waits_for_an_editor_is_not_there(client, settings):
    settings.HASHTAG_SUGGESTIONS = "review"
    article = make(Status.PUBLISHED)
    assert not is_known(client)

    services.accept_suggestions(article.hashtag_links.values_list("pk", flat=True), by=None)
    assert is_known(client)


def test_one_that_an_editor_made_is_there_with_its_first_article(client):
    services.create_hashtag(name="Takeover", by=None)
    assert not is_known(client)

    services.tag_article(make_article(), name="Takeover", by=None)
    assert is_known(client)


def test_it_opens_with_the_article_by_the_clock_alone(client):
    articles.publish_article(make(), at=timezone.now() + timedelta(hours=2))
    make(Status.PUBLISHED, embargo_until=timezone.now() + timedelta(hours=3))
    assert not is_known(client)

    with later(hours=1):
        assert not is_known(client)
    with later(hours=2, minutes=1):
        assert is_known(client)


def test_another_moment_or_none_at_all_is_heeded(client):
    article = articles.publish_article(make(), at=timezone.now() + timedelta(hours=2))
    articles.publish_article(article, at=timezone.now() + timedelta(hours=5))
    with later(hours=3):
        assert not is_known(client)
    with later(hours=6):
        assert is_known(client)

    articles.unpublish_article(article)
    with later(hours=6):
        assert not is_known(client)


def test_an_article_that_is_deleted_before_its_moment_never_had_it(client):
    article = articles.publish_article(make(), at=timezone.now() + timedelta(hours=2))
    articles.delete_articles([article])
    with later(hours=3):
        assert not is_known(client)


@pytest.mark.parametrize("end", ["withdraw_article", "unpublish_article", "delete_articles"])
def test_what_was_seen_once_stays(client, end):
    article = make(Status.PUBLISHED)

    getattr(articles, end)([article] if end == "delete_articles" else article)

    assert is_known(client)


def test_it_stays_where_no_worker_ran_between_opening_and_withdrawal(client):
    article = articles.publish_article(make(), at=timezone.now() + timedelta(hours=2))
    with later(hours=3):
        articles.withdraw_article(article)
        assert is_known(client)


def test_a_blocked_one_that_nobody_has_seen_is_not_gone_but_never_was(client):
    make()
    services.block_hashtag(Hashtag.objects.get(slug="takeover"), by=None)
    assert not is_known(client)


def test_an_alias_that_was_typed_is_known_as_what_it_means(client):
    make()
    takeover = Hashtag.objects.get(slug="takeover")
    services.alias_hashtag("Merger", of=takeover, by=None)
    assert not is_known(client, "merger")

    services.tag_article(make_article(), name="Merger", by=None)
    assert client.get("/hashtags/merger/").status_code == 301
    assert is_known(client)


def rows():
    return list(Hashtag.objects.order_by("pk").values())


def secret_and_known():
    make()
    services.tag_article(make_article(), name="Merger", by=None)
    return Hashtag.objects.get(slug="takeover"), Hashtag.objects.get(slug="merger")


@pytest.mark.parametrize("hours", [0, 2])
def test_what_nobody_knows_leads_nowhere_while_it_is_merged_and_undoing_that_is_exact(
    client, hours
):
    secret, known = secret_and_known()
    if hours:
        article = Article.objects.get(status=Status.DRAFT)
        articles.publish_article(article, at=timezone.now() + timedelta(hours=hours))
    before = rows()

    change = services.merge_hashtags(secret, known, by=None)
    assert not is_known(client)
    assert is_known(client, "merger")
    assert unsettled() == []
    services.undo_hashtag_change(change, by=None)

    assert rows() == before
    assert not is_known(client)
    with later(hours=3):
        assert is_known(client) == bool(hours)


def test_articles_that_open_while_it_is_merged_make_its_name_known_for_good(client):
    secret, known = secret_and_known()
    change = services.merge_hashtags(secret, known, by=None)
    article = articles.publish_article(Article.objects.get(status=Status.DRAFT))
    assert client.get("/hashtags/takeover/")["Location"] == "/hashtags/merger/"
    assert pages_of(["takeover"]) == {"takeover": "/hashtags/merger/"}

    articles.withdraw_article(article)
    assert client.get("/hashtags/takeover/")["Location"] == "/hashtags/merger/"
    services.undo_hashtag_change(change, by=None)
    assert is_known(client)


def test_what_gets_the_name_of_a_known_one_opens_and_its_address_leads_on_when_that_is_undone(
    client,
):
    secret, known = secret_and_known()
    before = rows()
    change = services.merge_hashtags(known, secret, by=None)
    assert client.get("/hashtags/merger/")["Location"] == "/hashtags/takeover/"
    assert client.get("/hashtags/takeover/").status_code == 200

    services.undo_hashtag_change(change, by=None)

    assert rows() == before
    assert client.get("/hashtags/takeover/")["Location"] == "/hashtags/merger/"
    assert client.get("/hashtags/merger/").status_code == 200
    articles.publish_article(Article.objects.get(status=Status.DRAFT))
    assert client.get("/hashtags/takeover/").status_code == 200


def test_what_articles_are_split_off_to_is_known_only_till_that_is_undone(client):
    _, known = secret_and_known()
    before = rows()
    choice = services.Choice(article_ids=(known.article_links.get().article_id,))
    change = services.split_hashtag(known, choice, into="Takeover", by=None)
    assert client.get("/hashtags/takeover/").status_code == 200

    services.undo_hashtag_change(change, by=None)

    assert rows() == before
    assert client.get("/hashtags/takeover/")["Location"] == "/hashtags/merger/"


def test_a_rename_to_a_merged_name_that_nobody_knew_loses_no_address(client):
    secret, known = secret_and_known()
    services.merge_hashtags(secret, known, by=None)
    before = rows()
    services.rename_hashtag(known, name="Takeover", by=None)
    assert client.get("/hashtags/merger/")["Location"] == "/hashtags/takeover/"

    services.undo_hashtag_change(HashtagChange.objects.latest("pk"), by=None)

    assert rows() == before
    assert client.get("/hashtags/takeover/")["Location"] == "/hashtags/merger/"


def test_the_old_name_of_what_nobody_knew_stays_unknown(client):
    make()
    services.rename_hashtag(Hashtag.objects.get(), name="Merger", by=None)
    services.tag_article(make_article(), name="Merger", by=None)
    assert is_known(client, "merger")
    assert not is_known(client)


def test_a_split_makes_nothing_known_that_only_hidden_articles_get(client):
    hidden = make_article(status=Status.DRAFT)
    for article in (hidden, make_article()):
        services.tag_article(article, name="Business", by=None)
    choice = services.Choice(article_ids=(hidden.pk,))

    services.split_hashtag(Hashtag.objects.get(slug="business"), choice, into="Takeover", by=None)

    assert not is_known(client)


def test_a_follow_of_what_is_unknown_is_not_offered(client):
    make()
    client.force_login(make_user())
    assert client.post("/following/takeover/", {"wanted": "yes"}).status_code == 404


def test_a_recount_finds_and_mends_it(client):
    make(Status.PUBLISHED)
    Hashtag.objects.update(known_from=None)
    assert unsettled() == [Hashtag.objects.get().pk]

    assert [*check_hashtags(repair=True)] == [
        "#Takeover: from when readers know of it is not what its articles say"
    ]

    assert unsettled() == []
    assert is_known(client)


def test_finding_it_is_one_step_however_many_have_it(django_assert_num_queries):
    articles.publish_article(make(), at=timezone.now() + timedelta(hours=2))
    with django_assert_num_queries(2):
        assert find_hashtag("takeover") is None
    follow_hashtag(
        services.tag_article(make_article(), name="Ferry", by=None).hashtag, by=make_user()
    )
    with django_assert_num_queries(1):
        assert find_hashtag("ferry").name == "Ferry"


def test_an_upgrade_hides_what_only_drafts_have_and_loses_no_other_address(client):
    make()
    for name, end in (("Ferry", ""), ("Harbour", "withdraw_article"), ("Quay", "delete_articles")):
        article = make_article()
        services.tag_article(article, name=name, by=None)
        if end:
            getattr(articles, end)([article] if end == "delete_articles" else article)
    later_on = make_article(status=Status.DRAFT)
    services.tag_article(later_on, name="Storm", by=None)
    articles.publish_article(later_on, at=timezone.now() + timedelta(hours=2))
    services.alias_hashtag("Boats", of=Hashtag.objects.get(slug="ferry"), by=None)
    Hashtag.objects.update(known_from=None)

    migration = import_module("reader.hashtags.migrations.0004_known_from")
    migration.settle(apps, SimpleNamespace(connection=connection))
    migration = import_module("reader.hashtags.migrations.0006_known_aliases")
    migration.keep(apps, SimpleNamespace(connection=connection))

    for slug in ("ferry", "boats", "harbour", "quay"):
        assert find_hashtag(slug) is not None, slug
    assert [slug for slug in ("takeover", "storm") if find_hashtag(slug)] == []
    with later(hours=3):
        assert find_hashtag("storm") is not None
    assert unsettled() == []


def test_an_upgrade_loses_no_address_of_what_was_seen_and_put_off():
    tomorrow = timezone.now() + timedelta(days=1)
    for name, end in (("Ferry", ""), ("Harbour", "comment"), ("Quay", "merge"), ("Pier", "draft")):
        article = make_article()
        hashtag = services.tag_article(article, name=name, by=None).hashtag
        if end in ("comment", "draft"):
            post_comment(article, text="When?")
        if end == "merge":
            boats = services.tag_article(article, name="Boats", by=None).hashtag
            services.merge_hashtags(boats, hashtag, by=None)
        if end == "draft":
            articles.unpublish_article(article)
        else:
            articles.publish_article(article, at=tomorrow)
    Hashtag.objects.update(known_from=None)

    migration = import_module("reader.hashtags.migrations.0004_known_from")
    migration.settle(apps, SimpleNamespace(connection=connection))

    # Of the ferry nothing tells that anybody has seen it.
    slugs = ("ferry", "harbour", "quay", "pier")
    assert [slug for slug in slugs if find_hashtag(slug)] == ["harbour", "quay", "pier"]
    with later(days=2):
        assert find_hashtag("ferry") is not None
    assert unsettled() == []
