"""Editors pick comments out for those who read only the best."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from comments.moderation.models import ModerationAction, Report
from comments.moderation.services import (
    approve_comment,
    hold_comment,
    pick_comment,
    report_comment,
)
from comments.threads.models import Comment, Thread
from comments.threads.people import Writer
from comments.threads.services import CommentRefused, withdraw_comment
from tests.comments.threads.pages import HTMX
from tests.factories import make_comment, make_moderator, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    editor = make_user("Edda", is_staff=True)
    editor.groups.add(Group.objects.get(name="editor"))
    return editor


def address(comment):
    return reverse("moderation:comment_pick", args=[comment.pk])


def is_picked(comment):
    return Comment.objects.get(pk=comment.pk).is_picked


def log_of(comment):
    actions = ModerationAction.objects.about(comment)
    return [(action.kind, str(action.moderator)) for action in actions]


def test_a_pick_is_logged_moves_the_threads_version_and_can_be_taken_back(editor):
    comment = make_comment()
    version = Thread.objects.get().version

    pick_comment(comment, by=editor)
    pick_comment(comment, by=editor)
    assert is_picked(comment)
    pick_comment(comment, by=make_moderator("Mo"), is_picked=False)

    assert not is_picked(comment)
    assert log_of(comment) == [("unpick", "Mo"), ("pick", "Edda")]
    assert Thread.objects.get().version == version + 2


def test_only_what_everybody_may_read_is_picked(editor):
    ada = make_user()
    held, gone = make_comment(held=True), make_comment(author=ada)
    withdraw_comment(gone, by=Writer(ada))

    for comment in (held, gone):
        with pytest.raises(CommentRefused, match="no longer shown"):
            pick_comment(comment, by=editor)
        assert log_of(comment) == []


@pytest.mark.parametrize("role", ["author", None])
def test_others_pick_nothing_and_are_offered_nothing(client, role):
    person = make_user(is_staff=True)
    if role:
        person.groups.add(Group.objects.get(name=role))
    comment = make_comment()

    with pytest.raises(PermissionDenied):
        pick_comment(comment, by=person)
    for visitor in (None, person):
        if visitor:
            client.force_login(visitor)
        assert client.post(address(comment), {"picked": "1"}).status_code == 403
        assert "/pick/" not in client.get(comment.article.get_absolute_url()).content.decode()
    assert not is_picked(comment)


def test_without_javascript_the_editor_comes_back_to_the_comment(client, editor):
    comment = make_comment()
    client.force_login(editor)
    page = comment.article.get_absolute_url()
    assert f'action="/comments/{comment.pk}/pick/"' in client.get(page).content.decode()

    answer = client.post(
        address(comment), {"picked": "1"}, headers={"Referer": f"http://testserver{page}"}
    )

    assert (answer.status_code, answer.url) == (303, f"{page}#comment-{comment.pk}")
    assert is_picked(comment)
    html = client.get(page).content.decode()
    assert "Editor’s pick" in html
    assert "No longer pick" in html


def test_with_htmx_the_comment_takes_its_own_place_and_says_what_happened(client, editor):
    comment = make_comment()
    client.force_login(editor)
    target = {"HX-Target": f"comment-{comment.pk}"}

    picked = client.post(address(comment), {"picked": "1"}, headers=HTMX | target).content.decode()
    unpicked = client.post(address(comment), {}, headers=HTMX | target).content.decode()

    assert f'<article class="comment"\n         id="comment-{comment.pk}"' in picked
    assert '<p id="say" hx-swap-oob="innerHTML">Picked.</p>' in picked
    assert "Editor’s pick" in picked
    assert "Editor’s pick" not in unpicked
    assert "No longer picked.</p>" in unpicked


def test_a_pick_answers_no_report_and_stands_in_no_decisions_way(editor):
    comment, moderator = make_comment(), make_moderator()
    report_comment(comment, by=Writer(make_user()), reason="spam")

    pick_comment(comment, by=editor)
    assert Report.objects.unresolved().count() == 1
    seen = Comment.objects.get()
    held = hold_comment(seen, moderator=moderator, after_action=0)
    approve_comment(held, moderator=moderator)

    assert is_picked(comment)
    assert [kind for kind, _ in log_of(comment)] == ["approve", "hold", "pick"]


def test_moderators_pick_many_at_the_desk(client):
    comments = [make_comment() for _ in range(2)]
    held = make_comment(held=True)
    client.force_login(make_moderator("Mo"))
    selected = [comment.pk for comment in (*comments, held)]
    changelist = reverse("admin:threads_comment_changelist")

    html = client.post(
        changelist, {"action": "pick", "_selected_action": selected}, follow=True
    ).content.decode()

    assert [is_picked(comment) for comment in (*comments, held)] == [True, True, False]
    assert html.count("Picked: ") == 2
    assert "This comment is no longer shown." in html
    client.post(changelist, {"action": "unpick", "_selected_action": selected})
    assert not Comment.objects.filter(is_picked=True).exists()
