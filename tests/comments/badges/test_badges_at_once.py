"""Two moderators give the same badge in the same moment."""

from threading import Event

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from comments.badges.models import Badge
from comments.badges.services import grant_badge
from tests.at_once import at_once
from tests.factories import make_article, make_moderator, make_user

pytestmark = pytest.mark.django_db(transaction=True)

ADD = reverse("admin:badges_badge_add")
# Long enough for the second to look, find nothing and come to wait for the first.
WAIT_SECONDS = 1


def while_one_is_given(badge, second):
    """Have `second` begin after a badge is written, and before that is committed."""
    is_written, never = Event(), Event()

    def first():
        with transaction.atomic():
            badge.save()
            is_written.set()
            never.wait(WAIT_SECONDS)

    def wait_and_run():
        assert is_written.wait(60)
        second()

    return at_once([first, wait_and_run])


@pytest.fixture
def place():
    return {"person": make_user("Ada"), "kind": "expert", "article": make_article()}


def test_the_second_is_refused_in_words(place):
    moderator, refusals = make_moderator("Mo"), []

    def second():
        try:
            with transaction.atomic():
                grant_badge(Badge(**place), by=moderator)
        except ValidationError as refusal:
            refusals.extend(refusal.messages)

    assert while_one_is_given(Badge(**place), second) == []

    assert "This person has that badge there already." in refusals
    assert Badge.objects.count() == 1


def test_the_desk_gives_the_form_back_with_those_words(place):
    desk, answers = Client(), []
    desk.force_login(make_moderator("Mo"))
    fields = {
        "person": place["person"].pk,
        "kind": place["kind"],
        "article": place["article"].pk,
        "words": "",
    }

    problems = while_one_is_given(Badge(**place), lambda: answers.append(desk.post(ADD, fields)))

    assert problems == []
    assert "This person has that badge there already." in answers[0].content.decode()
    assert Badge.objects.count() == 1
