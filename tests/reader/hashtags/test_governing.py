"""Whatever editors change about hashtags, in whatever order: undone it was never there."""

import re

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.articles.services import withdraw_article
from reader.hashtags import announcements, services
from reader.hashtags.finding import find_any_hashtag
from reader.hashtags.knowing import unsettled
from reader.hashtags.models import ArticleHashtag, Hashtag, HashtagChange, LinkBefore
from reader.hashtags.services import Choice, HashtagRefused
from tests.factories import make_article, make_user

NAMES = ("Ferry", "Ships", "Boats", "Harbour")
# Spellings of those, and new ones.
TYPED = (*NAMES, "FERRY", "ferries", "Boat", "Walkout", "Quay", "walk_out")
# Spellings that no row has.
OTHERS = ("ferries", "boat", "harbours")
ARTICLES = 7


def rows():
    """Every column of every hashtag and link."""
    return (
        list(Hashtag.objects.order_by("pk").values()),
        list(ArticleHashtag.objects.order_by("pk").values()),
    )


def rows_of(hashtag_ids):
    """Those of some hashtags."""
    hashtags, links = rows()
    return (
        [row for row in hashtags if row["id"] in hashtag_ids],
        [row for row in links if row["hashtag_id"] in hashtag_ids],
    )


def broken():
    """Whatever should never be: wrong counts, chains of aliases, two links that mean the same."""
    seen, twice = set(), []
    for link in ArticleHashtag.objects.standing().select_related("hashtag__alias_of"):
        key = (link.article_id, link.hashtag.meant.pk)
        twice += [key] if key in seen else []
        seen.add(key)
    gathered = {pk for one in Hashtag.objects.all() for pk in one.gathers}
    stored = ArticleHashtag.objects.filter(hashtag__alias_of__isnull=False)
    return [
        *services.wrong_counts().items(),
        *Hashtag.objects.filter(alias_of__alias_of__isnull=False),
        *Hashtag.objects.filter(alias_of__isnull=False).exclude(gathers=[]),
        *twice,
        *(set(stored.values_list("hashtag", flat=True)) - gathered),
        *unsettled(),
    ]


def make_site():
    """Make four hashtags, and articles that have them in every way."""
    articles = [make_article(f"Number {n}", text="Words.") for n in range(ARTICLES)]
    hashtags = [services.create_hashtag(name=name, by=None) for name in NAMES]
    kinds = [
        ("suggested", "shown"),
        ("editor", "shown"),
        ("keyword", "rejected"),
        ("suggested", "waiting"),
        ("editor", "rejected"),
    ]
    for number, article in enumerate(articles):
        for place, hashtag in enumerate(hashtags):
            step = number * 3 + place * (number + 1)
            if step % 4 == 3:
                continue
            source, state = kinds[step % len(kinds)]
            ArticleHashtag.objects.create(
                article=article, hashtag=hashtag, source=source, state=state, place=place,
                score=0.5, listed_at=article.listed_at, is_counted=state == "shown",
            )  # fmt: skip
    withdraw_article(articles[0])
    services.recount_hashtags()
    return articles


numbers = st.integers(0, 5)
names = st.sampled_from(TYPED)
changes = st.one_of(
    st.tuples(st.just("merge"), numbers, numbers),
    st.tuples(st.just("alias"), numbers, names),
    st.tuples(st.just("rename"), numbers, names),
    st.tuples(st.just("split"), numbers, names, st.sets(st.integers(0, ARTICLES - 1), min_size=1)),
    st.tuples(st.just("block"), numbers),
    st.tuples(st.just("unblock"), numbers),
    st.tuples(st.just("undo"), numbers),
)


def pick(number):
    every = list(Hashtag.objects.order_by("pk"))
    return every[number % len(every)]


def carry_out(step, articles):
    """Do it; return its dry run. None where there is none to compare with."""
    what, number, *rest = step
    hashtag = pick(number)
    if what == "merge":
        other = pick(rest[0])
        plan = services.plan_merge(hashtag, other)
        services.merge_hashtags(hashtag, other, by=None)
        return plan
    if what == "alias":
        plan = services.plan_alias(rest[0], of=hashtag)
        services.alias_hashtag(rest[0], of=hashtag, by=None)
        return plan
    if what == "rename":
        plan = services.plan_rename(hashtag, name=rest[0])
        services.rename_hashtag(hashtag, name=rest[0], by=None)
        return plan
    if what == "split":
        choice = Choice(article_ids=tuple(articles[n].pk for n in sorted(rest[1])))
        plan = services.plan_split(hashtag, choice, into=rest[0])
        services.split_hashtag(hashtag, choice, into=rest[0], by=None)
        return plan
    plan = services.plan_block(hashtag.meant)
    getattr(services, f"{what}_hashtag")(hashtag, by=None)
    return plan


def undo_one(number, before):
    """Take back one of the changes that stand; it works exactly, or says what stands in the way."""
    standing = list(HashtagChange.objects.filter(undone_at=None).order_by("-pk"))
    if not standing:
        return
    change = standing[number % len(standing)]
    later = list(HashtagChange.objects.after(change))
    touched = set(change.hashtags.values_list("pk", flat=True))
    try:
        services.undo_hashtag_change(change, by=None)
    except HashtagRefused as refusal:
        assert later
        assert f"“{later[0].words}”" in str(refusal)
    else:
        assert later == []
        hashtags, links = before[change.pk]
        assert rows_of(touched) == (
            [row for row in hashtags if row["id"] in touched],
            [row for row in links if row["hashtag_id"] in touched],
        )


def addresses():
    """Those that work."""
    slugs = {*Hashtag.objects.values_list("slug", flat=True), *OTHERS}
    return {slug for slug in slugs if find_any_hashtag(slug) is not None}


@pytest.mark.django_db
def test_whatever_is_changed_and_undone_all_is_as_it_was_and_no_address_is_lost(full, client):
    articles = make_site()
    start = rows()

    @settings(
        max_examples=400 if full else 16,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=not full,
    )
    @given(st.lists(changes, min_size=1, max_size=9))
    def check(steps):
        with transaction.atomic():
            sequence(steps)
            transaction.set_rollback(True)

    def sequence(steps):
        before, worked = {}, addresses()
        # No visible article has #Boats.
        assert worked == {"ferry", "ferries", "ships", "harbour", "harbours"}
        for step in steps:
            last = HashtagChange.objects.order_by("-pk").first()
            was = rows()
            if step[0] == "undo":
                undo_one(step[1], before)
            else:
                try:
                    plan = carry_out(step, articles)
                except HashtagRefused:
                    assert rows() == was, step
                else:
                    made = HashtagChange.objects.filter(pk__gt=last.pk if last else 0)
                    assert len(made) <= 1
                    for change in made:
                        before[change.pk] = was
                        assert change.outcome == plan, step
            assert broken() == [], step
            worked |= addresses()
            assert [slug for slug in worked if find_any_hashtag(slug) is None] == [], step
        for form in ("", "feed.atom"):
            slug = sorted(worked)[len(steps) % len(worked)]
            answer = client.get(f"/hashtags/{slug}/{form}", follow=True)
            assert answer.status_code in (200, 410), slug
        for change in HashtagChange.objects.filter(undone_at=None).order_by("-pk"):
            services.undo_hashtag_change(change, by=None)
        assert rows() == start
        assert not LinkBefore.objects.exists()
        assert [slug for slug in worked if find_any_hashtag(slug) is None] == []

    check()


@pytest.fixture
def site(db):
    return make_site()


def hashtag(name):
    return Hashtag.objects.get(name=name)


def test_an_entry_keeps_its_id_and_old_feeds_lead_to_the_one_there_is(client, site):
    services.recount_hashtags()

    def entries(slug):
        feed = client.get(f"/hashtags/{slug}/feed.json", follow=True).json()
        return {item["id"] for item in feed["items"]}

    both = entries("ferry") | entries("ships")
    assert both

    services.merge_hashtags(hashtag("Ferry"), hashtag("Ships"), by=None)

    answer = client.get("/hashtags/ferry/feed.json")
    assert (answer.status_code, answer["Location"]) == (301, "/hashtags/ships/feed.json")
    assert entries("ships") <= both
    assert len(entries("ships")) == hashtag("Ships").article_count


def test_a_feed_is_the_same_one_when_its_hashtag_gets_another_name(client, site):
    def feed_id(slug):
        text = client.get(f"/hashtags/{slug}/feed.atom", follow=True).content.decode()
        return re.search(r"<id>([^<]+)</id>", text)[1]

    ferry, ships = feed_id("ferry"), feed_id("ships")
    change = services.rename_hashtag(hashtag("Ferry"), name="Walkout", by=None).changes.get()
    assert feed_id("walkout") == feed_id("ferry") == ferry != ships
    assert ferry.startswith("tag:testserver")

    services.undo_hashtag_change(change, by=None)
    assert feed_id("ferry") == ferry


def test_the_river_of_what_was_merged_has_every_article_once_and_in_order(site, client):
    extra = [make_article(f"More {n}", text="Words.", hours_ago=50 - n) for n in range(70)]
    for number, article in enumerate(extra):
        for name in ("Ferry", "Ships", "Boats")[number % 3 : number % 3 + 1 + number % 2]:
            services.tag_article(article, name=name, by=None)
    for name in ("Ferry", "Boats"):
        services.merge_hashtags(hashtag(name), hashtag("Ships"), by=None)

    seen, address = [], reverse("hashtags:hashtag_detail", args=["ships"])
    after = ""
    while after is not None:
        page = client.get(address, {"after": after} if after else {}).context["page"]
        seen += [(article.listed_at, article.pk) for article in page.items]
        after = page.next_cursor

    assert len(seen) == len(set(seen)) == hashtag("Ships").article_count > 50
    assert seen == sorted(seen, reverse=True)


def test_what_happened_to_articles_since_outlives_an_undo(site):
    ferry, ships = hashtag("Ferry"), hashtag("Ships")
    late = [make_article(f"Late {n}", text="Words.") for n in range(3)]
    for article in late:
        for name in ("Ferry", "Ships"):
            services.tag_article(article, name=name, by=None)
    change = services.merge_hashtags(ferry, ships, by=None)
    withdraw_article(late[0])
    services.untag_article(late[1], hashtag=ships, by=None)
    fresh = make_article("Fresh", text="Words.", keywords=["ferries"])

    services.undo_hashtag_change(change, by=None)

    assert services.wrong_counts() == {}
    assert broken() == []
    of_late = ArticleHashtag.objects.filter(article=late[1])
    assert set(of_late.values_list("state", flat=True)) == {"rejected"}
    assert ArticleHashtag.objects.get(article=fresh).hashtag == ships


def test_a_split_is_not_taken_back_by_a_suggestion(db):
    articles = [make_article(text="Words.", keywords=["ferry"]) for _ in range(3)]
    ferry = Hashtag.objects.get(slug="ferry")
    ids = tuple(article.pk for article in articles[:2])

    services.split_hashtag(ferry, Choice(article_ids=ids), into="IslandFerry", by=None)
    services.suggest_hashtags([article.pk for article in articles])

    found = ArticleHashtag.objects.for_articles(ids)
    assert [link.hashtag.name for link in found] == ["IslandFerry", "IslandFerry"]
    ferry.refresh_from_db()
    assert ferry.article_count == 1


def test_a_split_by_words_publisher_and_time(db):
    old = make_article("The old ferry", text="Words.", hours_ago=50, keywords=["harbour"])
    new = make_article("The new ferry", text="Words.", hours_ago=2, keywords=["harbour"])
    make_article("A tram", text="Words.", hours_ago=2, keywords=["harbour"])
    harbour = Hashtag.objects.get(slug="harbour")
    by_words = Choice(words="ferry the")
    assert services.plan_split(harbour, by_words, into="Ferry").moved == 2
    since = Choice(words="ferry", since=new.listed_at)
    assert list(since.links_of(harbour).values_list("article", flat=True)) == [new.pk]
    until = Choice(until=new.listed_at)
    assert list(until.links_of(harbour).values_list("article", flat=True)) == [old.pk]


def test_refusals_name_what_stands_in_the_way(site):
    ferry, ships, boats = hashtag("Ferry"), hashtag("Ships"), hashtag("Boats")
    first = services.merge_hashtags(ferry, ships, by=None)
    second = services.merge_hashtags(ships, boats, by=None)

    with pytest.raises(HashtagRefused, match="Undo first what came later: “Merged #Ships into"):
        services.undo_hashtag_change(first, by=None)
    services.undo_hashtag_change(second, by=None)
    with pytest.raises(HashtagRefused, match="undone already"):
        services.undo_hashtag_change(second, by=None)
    with pytest.raises(HashtagRefused, match="Only editors"):
        services.undo_hashtag_change(first, by=make_user())
    services.undo_hashtag_change(first, by=None)


def test_the_log_keeps_who_when_and_why(site):
    editor = make_user(is_superuser=True)

    services.block_hashtag(hashtag("Ferry"), by=editor, reason="  Not a  subject ")

    change = HashtagChange.objects.get()
    assert (change.made_by, change.reason, change.words) == (
        editor, "Not a subject", "Blocked #Ferry"
    )  # fmt: skip


def test_articles_that_are_found_otherwise_are_announced_and_no_others(site, monkeypatch):
    heard = []
    monkeypatch.setattr(announcements, "_links_listeners", [heard.extend])
    article = make_article(text="Words.")
    both = make_article(text="Words.")
    for one, names in ((article, ("Ferry", "Ships")), (both, ("Ferry", "Ships"))):
        for name in names:
            services.tag_article(one, name=name, by=None)
    ArticleHashtag.objects.filter(article=article, hashtag__name="Ferry").update(source="suggested")
    services.untag_article(article, hashtag=hashtag("Ships"), by=None)
    ArticleHashtag.objects.exclude(article__in=[article, both]).delete()
    heard.clear()

    change = services.merge_hashtags(hashtag("Ferry"), hashtag("Ships"), by=None)
    assert heard == [article.pk]
    services.undo_hashtag_change(change, by=None)
    assert heard == [article.pk, article.pk]
