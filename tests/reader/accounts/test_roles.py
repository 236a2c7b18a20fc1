"""The roles of the desk are groups with permissions."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from reader.accounts import roles
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def permissions_of(role, room=""):
    names = Group.objects.get(name=role).permissions.values_list(
        "content_type__app_label", "codename"
    )
    return {f"{app}.{codename}" for app, codename in names if app.startswith(room)}


def test_every_role_is_a_group_with_what_the_rooms_granted_it():
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ROLES)
    for role in roles.ROLES:
        assert permissions_of(role) == roles.granted(role)


def test_the_chief_may_all_that_anybody_may():
    for role in roles.ROLES:
        assert roles.granted(role) <= roles.granted(roles.CHIEF)


def test_an_unknown_role_is_refused():
    with pytest.raises(ValueError, match="'boss' is not a role"):
        roles.grant("boss", permissions=["articles.view_article"])


def test_a_grant_taken_back_leaves_the_group_with_the_next_migration(monkeypatch):
    monkeypatch.setattr(roles, "_grants", roles.defaultdict(set))
    roles.grant(roles.AUTHOR, permissions=["articles.view_article", "articles.view_section"])
    roles.write_grants(apps.get_app_config("articles"), using="default")
    assert permissions_of("author", "articles") == {
        "articles.view_article",
        "articles.view_section",
    }

    monkeypatch.setattr(roles, "_grants", roles.defaultdict(set))
    roles.grant(roles.AUTHOR, permissions=["articles.view_article"])
    roles.write_grants(apps.get_app_config("articles"), using="default")

    for role in ("author", "chief"):
        assert permissions_of(role, "articles") == {"articles.view_article"}


def test_what_an_operator_added_in_another_room_stays(monkeypatch):
    monkeypatch.setattr(roles, "_grants", roles.defaultdict(set))
    extra = Permission.objects.get(codename="view_group")
    Group.objects.get(name="author").permissions.set([extra])
    roles.grant(roles.AUTHOR, permissions=["articles.view_article"])

    for config in apps.get_app_configs():
        roles.write_grants(config, using="default")

    assert permissions_of("author") == {"auth.view_group", "articles.view_article"}


def test_somebody_in_a_group_may_what_the_role_may():
    person = make_user()
    person.groups.add(Group.objects.get(name="chief"))

    for permission in roles.granted(roles.CHIEF):
        assert person.has_perm(permission)
