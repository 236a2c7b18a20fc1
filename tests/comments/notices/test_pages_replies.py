"""The page of a person's replies, and their feed."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from comments.notices.models import Inbox, Notice
from comments.notices.services import notify_of_comment
from comments.threads.models import Comment
from comments.threads.services import change_comment_status, claim_comments
from tests.factories import make_article, make_comment, make_user
from tests.reader.articles.test_feeds import FORMS, titles_of

pytestmark = pytest.mark.django_db

PAGE = reverse("notices:reply_list")
KEY = reverse("notices:feed_key")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ada(client):
    ada = make_user("Ada")
    client.force_login(ada)
    return ada


@pytest.fixture
def root(ada):
    return make_comment(make_article("Night ferry"), author=ada, text="When does it sail?")


def read(client, address=PAGE, **fields):
    return BeautifulSoup(client.get(address, **fields).content, "html.parser")


def titles(soup):
    return [" ".join(each.get_text(" ").split()) for each in soup.select("main .comment__title")]


def feed_addresses(soup):
    return [link["href"] for link in soup.select("main a[href*='feed.']")]


def test_replies_and_mentions_stand_latest_first_with_who_and_where(client, ada, root):
    make_comment(parent=root, text="At *seven*.", author=make_user("Bo"))
    elsewhere = make_comment(make_article("Biscuits"), text="Ask @Ada.", guest_name="Li")
    notify_of_comment(elsewhere, frozenset({ada.pk}))

    soup = read(client)

    assert [re.sub(r" (\d+ \w+ ago|just now|now)(?= new$)", "", each) for each in titles(soup)] == [
        "Li mentioned you on Biscuits new",
        "Bo replied to you on Night ferry new",
    ]
    assert "<em>seven</em>" in str(soup)
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"


def test_what_came_since_the_last_look_is_marked_and_counted_on_the_account_page(client, ada, root):
    make_comment(parent=root)
    make_comment(parent=root)

    def account():
        html = read(client, reverse("accounts:profile")).select_one(f"a[href='{PAGE}']").parent
        return " ".join(html.get_text().split())

    assert account() == "Replies to you, 2 new"
    client.head(PAGE)
    client.get(PAGE, headers={"Sec-Purpose": "prefetch"})
    assert [each.endswith(" new") for each in titles(read(client))] == [True, True]
    assert account() == "Replies to you"
    make_comment(parent=root)

    assert account() == "Replies to you, 1 new"
    assert [each.endswith(" new") for each in titles(read(client))] == [True, False, False]


def test_pages_follow_each_other_and_show_each_reply_once(client, ada, root):
    replies = [make_comment(parent=root) for _ in range(23)]
    first = read(client)
    more = first.select_one(".thread__more a")["href"]
    make_comment(parent=root)

    part = read(client, more, headers=HTMX)

    shown = [each["id"] for soup in (first, part) for each in soup.select("article")]
    assert shown == [f"comment-{reply.pk}" for reply in reversed(replies)]
    assert part.select_one("main") is None
    assert part.select_one("article").has_attr("autofocus")
    assert client.get(PAGE, {"after": "nonsense"}).status_code == 404
    # Reading on is no look at what came meanwhile.
    assert Inbox.objects.get().seen == Notice.objects.get(comment=replies[-1]).pk


def test_a_page_costs_as_many_questions_for_three_replies_as_for_one(
    client, ada, root, django_assert_num_queries
):
    make_comment(parent=root, author=make_user())
    client.get(PAGE)
    with django_assert_num_queries(4):
        client.get(PAGE)
    for _ in range(2):
        make_comment(parent=root, author=make_user())
    client.get(PAGE)

    with django_assert_num_queries(4):
        assert len(titles(read(client))) == 3


def test_strangers_are_asked_to_log_in_and_nobody_sees_anothers_replies(client, ada, root):
    make_comment(parent=root, text="For Ada alone.")
    stranger = Client()

    assert stranger.get(PAGE).url == f"{reverse('account_login')}?next={PAGE}"
    stranger.force_login(make_user())
    assert "For Ada alone." not in str(read(stranger))
    assert "Nobody has answered you yet." in str(read(stranger))


def test_the_feed_tells_a_program_without_a_session_in_every_form(client, ada, root):
    reply = make_comment(parent=root, text="At seven.", author=make_user("Bo"))
    hidden = make_comment(parent=root, text="Hidden.")
    change_comment_status(hidden, to=Comment.Status.REMOVED)
    addresses = feed_addresses(read(client))
    program = Client()
    assert len(addresses) == len(FORMS) == 3

    for address in addresses:
        response = program.get(address)
        assert titles_of(response) == ["Bo replied to you on Night ferry"]
        assert "private" in response["Cache-Control"]
        assert "no-cache" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"
        assert response.cookies == {}
    entry = program.get(addresses[-1]).json()["items"][0]
    assert entry["content_html"] == "<p>At seven.</p>"
    assert entry["url"] == f"http://testserver/comments/{reply.pk}/"


def test_a_new_key_closes_the_old_addresses(client, ada, root):
    make_comment(parent=root)
    old = feed_addresses(read(client))[0]

    html = client.post(KEY, follow=True).content.decode()
    new = feed_addresses(BeautifulSoup(html, "html.parser"))[0]

    assert "Your feed has a new address; the old one is closed." in html
    assert old != new
    assert Client().get(old).status_code == 404
    assert len(titles_of(Client().get(new))) == 1


def test_a_key_is_nobodys_when_it_is_forged_or_its_owner_suspended(client, ada, root):
    address = feed_addresses(read(client))[0]
    path, _, key = address.partition("?key=")
    other = make_user()

    assert Client().get(path).status_code == 404
    for forged in (f"{other.pk}.1", f"{other.pk}.1:{key.partition('%3A')[2]}", "x" * 5000, "é:é"):
        assert Client().get(path, {"key": forged}).status_code == 404
    assert Client().get(address).status_code == 200
    ada.is_active = False
    ada.save(update_fields=["is_active"])
    assert Client().get(address).status_code == 404


def test_ones_own_words_are_neither_listed_nor_counted_nor_fed(client, ada, root):
    make_comment(parent=root, text="Mine.", guest_name="Li", guest_key="k")
    make_comment(parent=root, text="Not mine.", guest_name="Kim", guest_key="other")
    claim_comments(ada, guest_key="k")

    panel = read(client, reverse("accounts:profile")).select_one(f"a[href='{PAGE}']").parent
    page = read(client)
    feed = client.get(feed_addresses(page)[0]).content.decode()

    assert " ".join(panel.get_text().split()) == "Replies to you, 1 new"
    for shown in (str(page), feed):
        assert "Not mine." in shown
        assert ">Mine." not in shown


def test_who_has_to_log_in_for_another_key_comes_back_to_the_page_of_replies(client):
    assert client.post(KEY).url == f"{reverse('account_login')}?next={PAGE}"
