"""A guest's comments become the comments of a person with an account."""

import pytest
from django.urls import reverse
from django.utils import timezone

from comments.threads.guests import COOKIE_NAME
from comments.threads.models import Comment, Thread, Vote
from comments.threads.people import Writer, hash_key
from comments.threads.services import (
    change_comment_status,
    claim_comments,
    close_thread,
    edit_comment,
    erase_withdrawn,
    vote_comment,
    withdraw_comment,
)
from comments.threads.services.counting import find_lies
from reader.accounts.models import User
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db

PROFILE = reverse("accounts:profile")
CLAIM = reverse("threads:guest_comments")
PASSWORD = "quiet broadsheet 7"


def by_guest(article=None, *, key="k", **fields):
    return make_comment(article, guest_name="Li", guest_key=key, **fields)


def test_comments_of_one_key_become_a_persons_and_no_others():
    ada, article = make_user("Ada"), make_article()
    mine = [by_guest(article), by_guest(article, held=True), by_guest()]
    others = [by_guest(article, key="other"), make_comment(article), make_comment(author=ada)]
    versions = dict(Thread.objects.values_list("pk", "version"))

    assert claim_comments(ada, guest_key="k") == 3

    for comment in mine:
        comment.refresh_from_db()
        assert (comment.author, comment.guest_name, comment.guest_key_hash) == (ada, "", "")
        assert Thread.objects.get(pk=comment.article_id).version == versions[comment.article_id] + 1
    for comment in others:
        before = comment.author_id, comment.guest_name, comment.guest_key_hash
        comment.refresh_from_db()
        assert (comment.author_id, comment.guest_name, comment.guest_key_hash) == before
    assert mine[1].status == "held"


def test_claiming_again_does_nothing_and_so_does_a_second_person_with_the_key():
    ada, bo = make_user(), make_user()
    comment = by_guest()
    claim_comments(ada, guest_key="k")

    assert claim_comments(ada, guest_key="k") == 0
    assert claim_comments(bo, guest_key="k") == 0
    assert claim_comments(bo, guest_key="") == 0
    comment.refresh_from_db()
    assert comment.author == ada


def test_only_what_stands_is_claimed():
    ada, article = make_user(), make_article()
    standing, withdrawn, erased, removed = (by_guest(article) for _ in range(4))
    for comment in (withdrawn, erased):
        withdraw_comment(comment, by=Writer(guest_key="k"))
    Comment.objects.filter(pk=erased.pk).update(erase_at=timezone.now())
    erase_withdrawn()
    change_comment_status(removed, to="removed")

    assert claim_comments(ada, guest_key="k") == 1

    assert list(Comment.objects.by_author(ada)) == [standing]
    withdrawn.refresh_from_db()
    assert (withdrawn.guest_name, withdrawn.guest_key_hash) == ("Li", hash_key("k"))


def test_no_key_claims_nothing_though_many_comments_have_none():
    make_comment()
    Comment.objects.update(guest_key_hash="")

    assert claim_comments(make_user(), guest_key="") == 0
    assert Comment.objects.get().author is None


def test_a_vote_on_what_turns_out_to_be_ones_own_is_taken_back_and_every_count_is_true():
    ada, bo = make_user(), make_user()
    weak = by_guest()
    strong = by_guest(parent=weak)
    for voter in (ada, bo):
        vote_comment(strong, by=Writer(voter), value=1)
        vote_comment(weak, by=Writer(voter), value=-1)
    close_thread(weak.article)

    claim_comments(ada, guest_key="k")

    for comment in (weak, strong):
        comment.refresh_from_db()
    assert (weak.up, weak.down, strong.up, strong.down) == (0, 1, 1, 0)
    assert set(Vote.objects.values_list("voter", flat=True)) == {bo.pk}
    assert find_lies(weak.article_id) == []


def test_what_is_claimed_can_be_edited_from_everywhere():
    ada = make_user()
    comment = by_guest()
    claim_comments(ada, guest_key="k")

    edited = edit_comment(comment, text="Other words.", by=Writer(ada))

    assert edited.body_src == "Other words."


class Browser:
    """A browser that has commented as a guest."""

    def __init__(self, client, article, *texts):
        self.client = client
        for text in texts:
            address = reverse("threads:article_comments", args=[article.pk])
            client.post(address, {"text": text, "name": "Li"})

    @property
    def is_guest(self):
        cookie = self.client.cookies.get(COOKIE_NAME)
        return bool(cookie and cookie.value)

    def sign_up(self):
        fields = {"name": "Mara", "email": "mara@mail.example", "password1": PASSWORD}
        return self.page(self.client.post(reverse("account_signup"), fields).url)

    def page(self, address=PROFILE):
        return self.client.get(address).content.decode()


def test_who_signs_up_is_asked_whose_they_are_and_takes_them_along(client):
    article = make_article()
    browser = Browser(client, article, "One.", "Two.")
    assert browser.is_guest

    landing = browser.sign_up()
    assert "You wrote 2 comments here as a guest." in landing
    assert f'<a href="{PROFILE}#guest">Take them along</a>' in landing
    assert "Make them mine" in browser.page()

    answer = client.post(CLAIM, {"whose": "mine"}, follow=True)

    html = answer.content.decode()
    assert "2 comments are yours now." in html
    assert "as a guest" not in html
    assert not browser.is_guest
    mara = User.objects.get()
    assert {each.author for each in Comment.objects.all()} == {mara}


def test_who_says_they_are_not_theirs_is_not_asked_again_and_they_stay_a_guests(client):
    browser = Browser(client, make_article(), "One.")
    browser.sign_up()

    html = client.post(CLAIM, {"whose": "other"}, follow=True).content.decode()

    assert "This browser no longer knows them." in html
    assert "as a guest" not in html
    assert not browser.is_guest
    comment = Comment.objects.get()
    assert (comment.author, comment.guest_name) == (None, "Li")
    assert comment.guest_key_hash


@pytest.mark.parametrize("said", [{}, {"whose": ""}, {"whose": "theirs"}])
def test_who_says_nothing_of_whose_they_are_changes_nothing(client, said):
    browser = Browser(client, make_article(), "One.")
    browser.sign_up()

    answer = client.post(CLAIM, said)

    assert answer.status_code == 400
    assert "Please go back and try again." in answer.content.decode()
    assert browser.is_guest
    assert "You wrote 1 comment here as a guest." in browser.page()


def test_what_is_promised_is_what_is_taken_along(client):
    article = make_article()
    browser = Browser(client, article, "One.", "Two.", "Three.")
    gone = Comment.objects.get(body_src="Two.")
    client.post(reverse("threads:comment_delete", args=[gone.pk]))
    assert "You wrote 2 comments here as a guest." in browser.sign_up()

    answer = client.post(CLAIM, {"whose": "mine"}, follow=True)

    assert "2 comments are yours now." in answer.content.decode()
    gone.refresh_from_db()
    assert gone.author is None


def test_two_browsers_of_one_person_bring_what_each_of_them_wrote(client):
    from django.test import Client  # noqa: PLC0415

    article = make_article()
    first = Browser(client, article, "From the phone.")
    second = Browser(Client(), article, "From the desk.")
    first.sign_up()
    client.post(CLAIM, {"whose": "mine"})
    fields = {"login": "mara@mail.example", "password": PASSWORD}
    second.client.post(reverse("account_login"), fields)
    assert "You wrote 1 comment here as a guest." in second.page()

    second.client.post(CLAIM, {"whose": "mine"})

    assert {str(each.author) for each in Comment.objects.all()} == {"Mara"}


def test_others_and_strangers_claim_nothing(client):
    comment = by_guest()

    answer = client.post(CLAIM, {"whose": "mine"})
    # Where one is led after logging in is fetched, and only a form's post claims anything.
    assert answer.url == f"{reverse('account_login')}?next={PROFILE}"
    client.force_login(make_user())
    assert "as a guest" not in client.get(PROFILE).content.decode()
    client.cookies[COOKIE_NAME] = "forged:key"
    client.post(CLAIM, {"whose": "mine"})

    comment.refresh_from_db()
    assert comment.guest_key_hash == hash_key("k")


def test_a_browser_without_comments_is_asked_nothing(client):
    html = Browser(client, make_article()).sign_up()

    assert "as a guest" not in html
