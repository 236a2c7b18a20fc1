"""Somebody is called by name in the moment in which their account is deleted at the desk."""

import pytest
from django.db import connection
from django.db.models.signals import post_delete
from django.urls import reverse

from comments.badges.models import Badge
from comments.notices.models import Notice
from reader.accounts.models import User
from tests.at_once import at_once
from tests.factories import make_comment, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="one writes after the other, nothing is meanwhile"
    ),
]


@pytest.fixture
def ada():
    """Somebody who gets a notice when theirs are deleted already, and their account is not."""
    ada, comment, problems = make_user("Ada"), make_comment(), []
    Badge.objects.create(person=ada, kind="expert")

    def call(**kwargs):
        post_delete.disconnect(call, sender=Badge)
        notice = Notice(person=ada, comment=comment, reason="mention")
        problems.extend(at_once([notice.save]))

    post_delete.connect(call, sender=Badge, weak=False)
    yield ada
    post_delete.disconnect(call, sender=Badge)
    assert problems == []


@pytest.mark.parametrize("way", ["on a page of their own", "in the list"])
def test_the_account_goes_with_what_was_made_meanwhile(client, ada, way):
    client.force_login(make_user("Boss", is_staff=True, is_superuser=True))
    if way == "in the list":
        address = reverse("admin:accounts_user_changelist")
        fields = {"action": "delete_selected", "_selected_action": [ada.pk], "post": "yes"}
    else:
        address = reverse("admin:accounts_user_delete", args=[ada.pk])
        fields = {"post": "yes"}

    page = client.post(address, fields, follow=True)

    assert not User.objects.filter(pk=ada.pk).exists()
    assert not Notice.objects.exists()
    assert [str(said).count("deleted") for said in page.context["messages"]] == [1]
