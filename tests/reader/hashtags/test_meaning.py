"""The same thing is the same hashtag, whichever of its names a person writes."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comments.threads.services import post_comment
from reader.accounts.roles import EDITOR
from reader.hashtags import services
from reader.hashtags.finding import find_any_hashtag, find_hashtag, pages_of
from reader.hashtags.forms import KnownHashtagField
from reader.hashtags.meaning import meanings
from reader.hashtags.models import ArticleHashtag, Hashtag
from reader.hashtags.services import HashtagRefused
from tests.factories import make_article, make_user
from tests.reader.desk.forms import change_of, form_of

OTHERS = ("usa", "unitedstates", "UnitedStatesOfAmerica", "U.S.A.", "unitedstate")


def plain(name):
    """Make a hashtag that readers know, whatever its name is another name of."""
    hashtag = Hashtag.objects.create(name=name, slug=name.lower())
    services.tag_article(make_article(), name=name, by=None)
    return hashtag


@pytest.fixture
def editor(db, client):
    person = make_user(is_staff=True)
    person.groups.add(Group.objects.get(name=EDITOR))
    client.force_login(person)
    return person


@pytest.fixture
def us(db):
    services.tag_article(make_article(), name="US", by=None)
    return Hashtag.objects.get(slug="us")


def test_a_key_is_itself_before_its_other_names_and_those_before_plurals():
    assert meanings("unitedstates")[:2] == ("unitedstates", "us")
    assert meanings("unitedstates").index("us") < meanings("unitedstates").index("unitedstate")
    assert meanings("tariffs") == ("tariffs", "tariff", "tariffes")
    assert "donaldtrump" in meanings("trump")
    assert "estadosunidos" in meanings("eeuu")
    assert meanings("") == ("",)


@pytest.mark.parametrize("word", OTHERS)
def test_every_name_leads_to_the_one_hashtag(client, us, word):
    assert find_hashtag(word) == us
    assert pages_of([word]) == {word: "/hashtags/us/"}
    services.tag_article(article := make_article(), name=word.replace(".", ""), by=None)
    assert ArticleHashtag.objects.get(article=article).hashtag == us
    assert client.get(f"/hashtags/{word}/")["Location"] == "/hashtags/us/"
    assert client.get(f"/hashtags/{word}/feed.atom")["Location"] == "/hashtags/us/feed.atom"
    assert "/following/us/" in client.get(f"/following/{word}/")["Location"]


def test_other_names_come_before_a_misprint_in_the_singular(us):
    misprint = plain("UnitedState")
    assert find_hashtag("UnitedStates") == us
    assert pages_of(["UnitedStates", "UnitedState"]) == {
        "UnitedStates": "/hashtags/us/",
        "UnitedState": misprint.get_absolute_url(),
    }


def test_a_comment_links_all_names(us):
    services.tag_article(make_article(), name="RepublicanParty", by=None)
    text = "About #UnitedStates and #US and #Republicans and #Nobody"
    html = post_comment(make_article(), text=text).comment.body_html
    assert html.count('href="/hashtags/us/"') == 2
    assert 'href="/hashtags/republicanparty/"' in html
    assert html.count("/hashtags/") == 3


def test_the_search_understands_all_names(client, us):
    article = make_article("Ferries sail", text="A ferry.")
    services.tag_article(article, name="US", by=None)
    for query in ({"q": "hashtag:usa ferry"}, {"q": "ferry", "hashtag": "UnitedStates"}):
        page = client.get("/search/", query).content.decode()
        assert "No article here has the hashtag" not in page
        assert f"/articles/{article.pk}/" in page


def test_a_hashtag_of_exactly_that_name_wins(us):
    own = plain("USA")
    assert find_hashtag("usa") == own
    assert pages_of(["USA"]) == {"USA": own.get_absolute_url()}
    assert services.named_hashtag("usa", by=None) == own
    assert find_hashtag("unitedstates") == us


def test_an_alias_of_exactly_that_name_wins(us):
    gold = plain("Gold")
    services.alias_hashtag("USA", of=gold, by=None)
    assert find_hashtag("usa") == gold
    assert find_hashtag("unitedstates") == us


@pytest.mark.parametrize("change", ["merge", "rename"])
def test_what_was_merged_or_renamed_leads_on_under_all_names(us, change):
    if change == "merge":
        america = plain("America")
        services.merge_hashtags(us, america, by=None)
    else:
        america = services.rename_hashtag(us, name="America", by=None)
    for word in OTHERS:
        assert find_hashtag(word) == america
        assert pages_of([word]) == {word: "/hashtags/america/"}


def test_an_address_that_worked_once_leads_on_before_all_names(us):
    gold = plain("Gold")
    services.alias_hashtag("USA", of=gold, by=None)
    services.undo_hashtag_change(gold.changes.get(), by=None)
    assert not Hashtag.objects.filter(slug="usa").exists()
    assert find_any_hashtag("usa") == gold
    assert find_any_hashtag("unitedstates") == us


def test_what_is_blocked_is_so_under_all_names(client, us):
    plain("UnitedState")
    services.block_hashtag(us, by=None)
    for word in ("usa", "unitedstates"):
        assert find_hashtag(word) is None
        assert pages_of([word]) == {}
        assert client.get(f"/hashtags/{word}/").status_code == 410
        with pytest.raises(HashtagRefused, match="#US is blocked"):
            services.tag_article(make_article(), name=word, by=None)


def test_no_name_tells_what_only_a_draft_has(db):
    Hashtag.objects.create(name="US", slug="us")
    for word in OTHERS:
        assert find_any_hashtag(word) is None
        assert pages_of([word]) == {}


def test_as_many_statements_for_many_words_as_for_few(us):
    def statements(words):
        with CaptureQueriesContext(connection) as asked:
            assert pages_of(words)
        return len(asked)

    assert statements(["usa"]) == statements([*OTHERS, *(f"word{n}" for n in range(50))]) == 1


def test_one_name_takes_two_statements_however_many_hashtags_there_are(us):
    def statements():
        with CaptureQueriesContext(connection) as asked:
            assert find_any_hashtag("usa") == us
        return len(asked)

    few = statements()
    Hashtag.objects.bulk_create(Hashtag(name=f"H{n}", slug=f"h{n}") for n in range(50))
    assert statements() == few == 2


@pytest.mark.django_db
@pytest.mark.parametrize("keyword", ["United States", "USA", "U.S.", "US", "usa", "U.S.A."])
def test_a_publisher_s_keyword_gives_the_same(keyword):
    article = make_article(text="Words.", keywords=[keyword])
    assert [link.hashtag.name for link in article.hashtag_links.all()] == ["US"]


@pytest.mark.django_db
def test_a_misprint_in_a_text_gives_the_same():
    text = "The minister expects the United State to agree. He said the United State would pay."
    article = make_article("Minister speaks of the United State", text=text)
    assert "us" in {link.hashtag.slug for link in article.hashtag_links.all()}


@pytest.mark.django_db
def test_an_article_gets_the_usual_name_though_nothing_has_it_yet():
    services.tag_article(make_article(), name="USA", by=None)
    assert list(Hashtag.objects.values_list("name", flat=True)) == ["US"]


@pytest.mark.parametrize(("state", "sent"), [("shown", "USA"), ("rejected", "UnitedStates")])
def test_the_panel_of_an_article_makes_no_second_hashtag(client, us, editor, state, sent):
    article = make_article(text="Words.")
    form = form_of(client.get(change_of(article)))
    form |= {"hashtag_links-0-name": sent, "hashtag_links-0-state": state}
    assert client.post(change_of(article), form).status_code == 302
    link = ArticleHashtag.objects.get(article=article)
    assert (link.hashtag, link.state) == (us, state)
    assert list(Hashtag.objects.all()) == [us]


def test_the_panel_rejects_what_is_not_there_yet_under_its_usual_name(client, editor):
    article = make_article(text="Words.")
    form = form_of(client.get(change_of(article)))
    form |= {"hashtag_links-0-name": "USA", "hashtag_links-0-state": "rejected"}
    assert client.post(change_of(article), form).status_code == 302
    assert ArticleHashtag.objects.get(article=article).hashtag.name == "US"


def test_adding_another_name_at_the_desk_is_refused_with_what_there_is(client, us, editor):
    with pytest.raises(HashtagRefused, match="There is #US already: #USA is another name of it"):
        services.create_hashtag(name="USA", by=None)
    answer = client.post(reverse("admin:hashtags_hashtag_add"), {"name": "USA", "description": ""})
    assert "There is #US already: #USA is another name of it." in answer.content.decode()
    assert Hashtag.objects.count() == 1


@pytest.mark.django_db
def test_adding_another_name_of_what_is_not_there_yet_names_that():
    with pytest.raises(HashtagRefused, match="#USA is another name of #US"):
        services.create_hashtag(name="USA", by=None)


def test_what_is_split_off_or_merged_goes_to_the_one_hashtag(us):
    america = plain("America")
    article = ArticleHashtag.objects.get(hashtag=america).article_id
    services.split_hashtag(america, services.Choice((article,)), into="USA", by=None)
    assert KnownHashtagField().clean("USA") == us
    assert set(Hashtag.objects.values_list("name", flat=True)) == {"US", "America"}
