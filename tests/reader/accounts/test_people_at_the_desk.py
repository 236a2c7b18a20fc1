"""Who at the desk may do what to people, judged by what is stored afterwards."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from reader.accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/accounts/user/"
RIGHTS = ("is_active", "is_staff", "is_superuser")


def in_role(role):
    person = make_user(role.title(), is_staff=True)
    person.groups.add(Group.objects.get(name=role))
    return person


def page_of(person):
    return reverse("admin:accounts_user_change", args=[person.pk])


def save(client, person, **fields):
    """Post the form as a browser would, and on top of it whatever `fields` say."""
    client.post(page_of(person), {"email": person.email, "name": person.name, **fields})
    return User.objects.get(pk=person.pk)


def everything():
    """All that one could wish for in one forged post."""
    return {
        "email": "mine@evil.example",
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "groups": list(Group.objects.values_list("pk", flat=True)),
        "user_permissions": list(Permission.objects.values_list("pk", flat=True)[:5]),
        "password": "forged",
        "password1": "a forged one 7",
        "password2": "a forged one 7",
    }


def rights(person):
    person = User.objects.get(pk=person.pk)
    return (
        *(getattr(person, name) for name in RIGHTS),
        person.email,
        person.password,
        set(person.groups.values_list("name", flat=True)),
        person.user_permissions.count(),
    )


def test_a_chief_gives_and_takes_roles_and_suspends(client):
    client.force_login(in_role("chief"))
    person = make_user("Mara")
    editor = Group.objects.get(name="editor")

    mara = save(client, person, is_active="on", is_staff="on", groups=[editor.pk])
    assert (mara.is_active, mara.is_staff, list(mara.groups.all())) == (True, True, [editor])
    assert mara.has_perm("articles.publish_article")

    mara = save(client, person, name="Mara of the desk")
    assert (mara.name, mara.is_active, mara.is_staff) == ("Mara of the desk", False, False)
    assert not mara.groups.exists()


def test_a_chief_looks_at_groups_and_changes_none(client):
    client.force_login(in_role("chief"))
    group = Group.objects.get(name="author")
    address = reverse("admin:auth_group_change", args=[group.pk])
    before = set(group.permissions.all())

    assert "author" in client.get(reverse("admin:auth_group_changelist")).content.decode()
    every = list(Permission.objects.values_list("pk", flat=True))
    client.post(address, {"name": "author", "permissions": every})
    client.post(reverse("admin:auth_group_add"), {"name": "kings", "permissions": every})

    assert set(group.permissions.all()) == before
    assert not Group.objects.filter(name="kings").exists()


def test_a_moderator_suspends_a_reader_who_is_out_at_once(client, client_class):
    reader = make_user("Theo")
    theirs = client_class()
    theirs.force_login(reader)
    assert theirs.get(reverse("accounts:profile")).status_code == 200
    client.force_login(in_role("moderator"))

    assert "Theo" in client.get(PEOPLE).content.decode()
    assert not save(client, reader).is_active

    assert theirs.get(reverse("accounts:profile")).status_code == 302
    assert save(client, reader, is_active="on").is_active


@pytest.fixture
def client_class(client):
    return type(client)


def test_a_moderator_changes_nothing_else_of_a_reader(client):
    client.force_login(in_role("moderator"))
    reader = make_user("Theo")
    before = rights(reader)

    save(client, reader, name="Renamed", **everything())

    assert rights(reader) == before
    assert User.objects.get(pk=reader.pk).name == "Theo"


@pytest.mark.parametrize("other", ["moderator", "editor", "chief"])
def test_a_moderator_does_not_suspend_who_works_at_the_desk(client, other):
    person = in_role(other)
    client.force_login(in_role("moderator"))

    assert save(client, person).is_active


@pytest.mark.parametrize("role", ["chief", "moderator", "editor", "author"])
def test_nobody_raises_their_own_rights(client, role):
    me = in_role(role)
    client.force_login(me)
    before = rights(me)

    save(client, me, **everything())

    assert rights(me) == before


@pytest.mark.parametrize("role", ["chief", "moderator", "editor", "author"])
def test_nobody_below_a_superuser_touches_one_or_makes_one(client, role):
    client.force_login(in_role(role))
    boss = make_user("Boss", is_staff=True, is_superuser=True)
    reader = make_user("Theo")
    before = rights(boss)

    save(client, boss, name="Nobody", is_active="", groups=[])
    save(client, reader, **everything())
    client.post(f"{PEOPLE}add/", {"email": "x@mail.example", "name": "X", **everything()})
    delete = {"action": "delete_selected", "_selected_action": [boss.pk, reader.pk], "post": "yes"}
    client.post(PEOPLE, delete)
    client.post(reverse("admin:accounts_user_delete", args=[reader.pk]), {"post": "yes"})

    assert rights(boss) == before
    assert User.objects.get(pk=boss.pk).name == "Boss"
    theo = User.objects.get(pk=reader.pk)
    assert (theo.is_superuser, theo.email) == (False, reader.email)
    assert theo.user_permissions.count() == 0
    assert not User.objects.filter(email="x@mail.example").exists()


@pytest.mark.parametrize("role", ["chief", "moderator"])
def test_nobody_below_a_superuser_sets_another_persons_password(client, role):
    client.force_login(in_role(role))
    reader = make_user("Theo")
    address = reverse("admin:auth_user_password_change", args=[reader.pk])
    new = {"password1": "a forged one 7", "password2": "a forged one 7", "usable_password": "true"}

    answers = [client.get(address), client.post(address, new)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert User.objects.get(pk=reader.pk).check_password("a long password")


@pytest.mark.parametrize("role", ["chief", "moderator"])
def test_who_is_a_superuser_is_not_shown_and_cannot_be_asked_for(client, role):
    client.force_login(in_role(role))
    boss = make_user("Boss", is_staff=True, is_superuser=True)

    html = client.get(page_of(boss)).content.decode().split("<main")[1]

    assert "superuser" not in html.lower()
    assert boss.password[:12] not in html
    for lookup in ("is_superuser=1", "user_permissions=1", "password__startswith=m"):
        assert client.get(f"{PEOPLE}?{lookup}").status_code == 400


def test_groups_that_an_operator_made_are_neither_given_nor_lost(client):
    client.force_login(in_role("chief"))
    kings = Group.objects.create(name="kings")
    author = Group.objects.get(name="author")
    king, reader = make_user("King"), make_user("Theo")
    king.groups.add(kings)

    save(client, king, is_active="on", is_staff="on", groups=[author.pk])
    save(client, reader, is_active="on", is_staff="on", groups=[kings.pk])

    assert set(king.groups.all()) == {kings, author}
    assert not reader.groups.exists()


@pytest.mark.parametrize("role", ["editor", "author"])
def test_other_roles_do_not_see_people(client, role):
    client.force_login(in_role(role))

    assert client.get(PEOPLE).status_code == 403
    assert client.get(page_of(make_user())).status_code == 403


def test_a_superuser_does_all_of_it(admin_client):
    person = make_user("Theo")

    theo = save(admin_client, person, email="new@mail.example", is_active="on", is_superuser="on")

    assert (theo.email, theo.is_superuser) == ("new@mail.example", True)
    assert "Superuser" in admin_client.get(page_of(theo)).content.decode()
