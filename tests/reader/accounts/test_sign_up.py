"""Signing up, in and out, a forgotten password, and that looking costs nobody a cookie."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from reader.accounts.models import User
from reader.accounts.names import BadName
from reader.accounts.services import rename_user
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "quiet broadsheet 7"


def sign_up(client, **changes):
    fields = {"name": "Mara", "email": "Mara@mail.example", "password1": PASSWORD}
    return client.post(reverse("account_signup"), fields | changes)


def log_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def seen_as(client):
    """Tell what the masthead offers: the person's name or the ways in."""
    html = client.get(reverse("accounts:profile"), follow=True).content.decode()
    return re.findall(
        r'<a href="/account/(?:login/|signup/|)[?"][^>]*>([^<]+)</a>', html.split("<main")[0]
    )


def test_signing_up_makes_a_person_known_by_the_name_they_gave_and_logs_them_in(client):
    response = sign_up(client)

    person = User.objects.get()
    assert (person.name, person.email) == ("Mara", "mara@mail.example")
    assert not person.is_staff
    assert response.url == reverse("articles:front")
    assert seen_as(client) == ["Mara"]


def test_the_letter_after_signing_up_confirms_the_address(client):
    sign_up(client)

    (letter,) = mail.outbox
    assert letter.subject == "Foldline: Confirm your e-mail address"
    link = re.search(r"http://testserver(/\S+)", letter.body)[1]
    page = client.get(link)
    assert "mara@mail.example" in page.content.decode()
    client.post(link)
    assert User.objects.get().emailaddress_set.get().verified


def test_an_address_signs_up_once_whatever_its_case(client):
    make_user(email="mara@mail.example")

    response = sign_up(client)

    assert "There is an account with this e-mail address already." in response.content.decode()
    assert User.objects.count() == 1


def test_a_weak_password_is_told_in_the_summary_and_beside_the_field_and_the_rest_is_kept(client):
    html = sign_up(client, password1="1234").content.decode()

    sentence = "This password is too short. It must contain at least 8 characters."
    assert f'<a href="#id_password1">Password: {sentence}</a>' in html
    assert re.search(rf'<p class="error" id="id_password1_error">{sentence}', html)
    control = re.search(r"<input[^>]*id_password1[^>]*>", html)[0]
    assert "id_password1_error" in re.search(r'aria-describedby="([^"]*)"', control)[1]
    assert 'value="Mara"' in html
    assert "1234" not in html


def test_fields_tell_the_browser_what_they_hold_and_forbid_no_paste(client):
    pages = {
        "account_signup": {"name", "email", "new-password"},
        "account_login": {"email", "current-password"},
    }
    for name, expected in pages.items():
        main = client.get(reverse(name)).content.decode().split("<main")[1]
        assert set(re.findall(r'autocomplete="([\w-]+)"', main)) == expected
        assert "placeholder" not in main
        assert "onpaste" not in main


def test_a_person_logs_in_whatever_the_case_of_the_address_and_out_again(client):
    person = make_user("Theo", email="theo@mail.example", password=PASSWORD)

    response = log_in(client, "Theo@Mail.example")

    assert response.url == reverse("articles:front")
    assert client.session["_auth_user_id"] == str(person.pk)

    response = client.post(reverse("account_logout"))

    assert response.url == reverse("articles:front")
    assert seen_as(client) == ["Log in", "Sign up"]
    assert client.cookies["sessionid"].value == ""
    assert "messages" not in client.cookies


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client):
    make_user(email="theo@mail.example", password=PASSWORD)

    answers = [log_in(client, "theo@mail.example", "wrong"), log_in(client, "no@mail.example")]

    for answer in answers:
        main = answer.content.decode().split("<main")[1]
        assert "That e-mail address and password do not match." in main
    assert "_auth_user_id" not in client.session


def test_logging_in_leads_back_to_where_the_reader_came_from_but_never_to_another_site(client):
    make_user(email="theo@mail.example", password=PASSWORD)
    fields = {"login": "theo@mail.example", "password": PASSWORD}
    page = client.get(reverse("account_login"), {"next": "/publishers/"}).content.decode()
    assert '<input type="hidden" name="next" value="/publishers/">' in page

    back = client.post(reverse("account_login"), fields | {"next": "/publishers/"})
    client.post(reverse("account_logout"))
    away = client.post(reverse("account_login"), fields | {"next": "https://other.example/"})

    assert back.url == "/publishers/"
    assert away.url == reverse("articles:front")


@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_reset_password", "articles:front"]
)
def test_looking_sets_no_cookie_and_prints_no_token(client, name):
    response = client.get(reverse(name))

    assert response.cookies == {}
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_a_form_for_somebody_with_a_session_carries_the_token(client):
    client.force_login(make_user())

    html = client.get(reverse("accounts:profile")).content.decode()

    assert html.count('name="csrfmiddlewaretoken"') == html.count('method="post"') == 2


def test_a_forgotten_password_is_replaced_through_the_letter(client):
    make_user("Theo", email="theo@mail.example", password="the old one 7")

    client.post(reverse("account_reset_password"), {"email": "theo@mail.example"})

    (letter,) = mail.outbox
    assert letter.subject == "Foldline: Choose a new password"
    link = re.search(r"http://testserver(/\S+)", letter.body)[1]
    form = client.get(link, follow=True)
    address = form.request["PATH_INFO"]
    client.post(address, {"password1": PASSWORD, "password2": PASSWORD})
    client.logout()
    log_in(client, "theo@mail.example")
    assert seen_as(client) == ["Theo"]


def test_asking_for_a_password_of_nobody_is_answered_like_that_of_somebody(client):
    make_user(email="theo@mail.example")

    answers = [
        client.post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in ("theo@mail.example", "nobody@mail.example")
    ]

    assert answers[0].content == answers[1].content
    assert [letter.to for letter in mail.outbox] == [
        ["theo@mail.example"],
        ["nobody@mail.example"],
    ]


def test_a_person_changes_the_name_others_see(client):
    person = make_user("Theo")
    client.force_login(person)

    response = client.post(reverse("accounts:profile"), {"name": "Theo of the harbour"})

    assert response.url == reverse("accounts:profile")
    person.refresh_from_db()
    assert person.name == "Theo of the harbour"
    assert "Your name is changed." in client.get(response.url).content.decode()


UNSEEN = "Write a name that can be seen."
UNSHOWABLE = "There is a character in the name that cannot be shown."


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("\u200b", UNSEEN),
        ("\u202e\u2066", UNSEEN),
        ("\u2060 \u00a0", UNSEEN),
        ("Ada\x07", UNSHOWABLE),
        ("Ada\x9b", UNSHOWABLE),
    ],
)
def test_a_name_that_cannot_be_seen_is_refused_wherever_it_is_given(client, name, sentence):
    answer = sign_up(client, name=name)

    assert f'<a href="#id_name">Your name: {sentence}</a>' in answer.content.decode()
    assert not User.objects.exists()
    client.force_login(make_user("Theo"))
    answer = client.post(reverse("accounts:profile"), {"name": name})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with pytest.raises(BadName, match=sentence):
        rename_user(User.objects.get(), name=name)
    assert User.objects.get().name == "Theo"


def test_marks_that_turn_the_text_and_extra_spaces_are_left_out_of_a_name(client):
    sign_up(client, name=" \u202eAda\t Byron\u2066 ")

    assert User.objects.get().name == "Ada Byron"


def test_names_in_every_script_are_kept_as_written(client):
    for number, name in enumerate(["نور الدين", "किरण", "李雷", "Zoë O’Neill-Čapek", "👩‍🚀"]):
        client.logout()
        sign_up(client, name=name, email=f"n{number}@mail.example")
        assert User.objects.get(email=f"n{number}@mail.example").name == name


def test_an_address_too_long_to_keep_is_refused_and_not_cut(client):
    long = "a" * 60 + "@" + ".".join(["b" * 60] * 3) + ".example"
    email = long.replace("@", "@" + "c" * (255 - len(long) - 1) + ".")
    assert len(email) == 255

    answer = sign_up(client, email=email)

    sentence = "An e-mail address has 254 characters at most."
    assert f'<a href="#id_email">Email: {sentence}</a>' in answer.content.decode()
    assert not User.objects.exists()
    client.force_login(make_user())
    answer = client.post(reverse("account_email"), {"email": email, "action_add": ""})
    assert sentence in answer.content.decode()
    assert mail.outbox == []


def test_a_name_too_long_is_refused_and_given_back(client):
    client.force_login(make_user("Theo"))

    response = client.post(reverse("accounts:profile"), {"name": "n" * 61})

    assert response.status_code == 422
    assert "n" * 61 in response.content.decode()
    assert User.objects.get().name == "Theo"


def test_the_account_page_sends_strangers_to_log_in(client):
    response = client.get(reverse("accounts:profile"))

    assert response.url == f"{reverse('account_login')}?next={reverse('accounts:profile')}"


def test_the_desk_refuses_a_name_that_cannot_be_seen(admin_client):
    person = make_user("Theo")
    address = reverse("admin:accounts_user_change", args=[person.pk])

    answer = admin_client.post(address, {"email": person.email, "name": "\u200b"})

    assert UNSEEN in answer.content.decode()
    assert User.objects.get(pk=person.pk).name == "Theo"
