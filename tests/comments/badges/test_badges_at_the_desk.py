"""Giving and taking badges at the desk."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from comments.badges.models import Badge
from tests.factories import (
    make_article,
    make_comment,
    make_moderator,
    make_publisher,
    make_user,
)

pytestmark = pytest.mark.django_db

ADD = reverse("admin:badges_badge_add")
CHOICES = reverse("admin:badges_badge_choices")


@pytest.fixture
def moderator(client):
    moderator = make_moderator("Mo")
    client.force_login(moderator)
    return moderator


def give(client, person, kind, *, words="", **where):
    fields = {name: thing.pk for name, thing in where.items()}
    return client.post(ADD, {"person": person.pk, "kind": kind, "words": words} | fields)


def errors_of(response):
    return dict(response.context["adminform"].form.errors.items())


def test_who_gave_a_badge_and_when_is_kept(client, moderator):
    person, article = make_user("Ada"), make_article()

    give(client, person, "expert", article=article, words="tides")

    badge = Badge.objects.get()
    assert (badge.person, badge.article, badge.words) == (person, article, "tides")
    assert badge.granted_by == moderator
    html = client.get(reverse("admin:badges_badge_changelist")).content.decode()
    assert f"under “{article.headline}”" in html


def test_a_badge_that_cannot_be_is_refused_in_words(client, moderator):
    person, article, gazette = make_user(), make_article(), make_publisher()

    def wrong(kind, **where):
        return errors_of(give(client, person, kind, **where))

    assert wrong("author") == {"article": ["Name the article that the person wrote."]}
    assert wrong("staff", article=article) == {
        "publisher": ["Name the publisher that the person works for."],
        "article": ["Staff is named for a publisher, not for an article."],
    }
    assert wrong("expert", publisher=gazette) == {
        "publisher": ["An expert is named for an article, or everywhere."]
    }
    assert wrong("moderator") == {
        "person": ["Only who has the role of a moderator can have this badge."]
    }
    assert not Badge.objects.exists()


@pytest.mark.parametrize("where", ["article", "publisher", "everywhere"])
def test_the_same_badge_is_given_once(client, moderator, where):
    person = make_user()
    kind, place = {
        "article": ("author", {"article": make_article()}),
        "publisher": ("staff", {"publisher": make_publisher()}),
        "everywhere": ("expert", {}),
    }[where]
    give(client, person, kind, **place)

    again = give(client, person, kind, **place)

    assert errors_of(again) == {"kind": ["This person has that badge there already."]}
    assert Badge.objects.count() == 1


def test_the_words_of_a_badge_can_be_changed_and_nothing_else(client, moderator):
    person = make_user()
    give(client, person, "expert", words="tides")
    badge = Badge.objects.get()

    client.post(
        reverse("admin:badges_badge_change", args=[badge.pk]),
        {"words": "tides and moons", "person": moderator.pk, "kind": "moderator"},
    )

    badge.refresh_from_db()
    assert (badge.words, badge.person, badge.kind) == ("tides and moons", person, "expert")


def test_a_question_is_answered_as_long_as_its_answer_is_a_guests(client, moderator):
    expert = make_user()
    question = make_comment()
    make_comment(parent=question, author=expert)

    def is_answered():
        question.refresh_from_db()
        return question.is_answered

    assert not is_answered()
    give(client, expert, "expert", article=question.article)
    assert is_answered()
    badge = Badge.objects.get()
    client.post(reverse("admin:badges_badge_delete", args=[badge.pk]), {"post": "yes"})
    assert not is_answered()
    give(client, expert, "expert", article=question.article)
    client.post(
        reverse("admin:badges_badge_changelist"),
        {"action": "delete_selected", "_selected_action": Badge.objects.get().pk, "post": "yes"},
    )
    assert not is_answered()
    assert not Badge.objects.exists()


@pytest.mark.parametrize("way", ["the person loses the role", "the role loses its people"])
def test_a_moderators_badge_goes_with_the_role(client, moderator, way):
    other = make_moderator("Bo")
    give(client, moderator, "moderator")
    give(client, other, "moderator")
    give(client, moderator, "expert")
    assert Badge.objects.count() == 3
    role = Group.objects.get(name="moderator")

    if way == "the person loses the role":
        moderator.groups.remove(role)
    else:
        role.user_set.remove(moderator)

    assert set(Badge.objects.values_list("person", "kind")) == {
        (other.pk, "moderator"),
        (moderator.pk, "expert"),
    }


def test_who_becomes_the_chief_keeps_the_badge(client, moderator):
    give(client, moderator, "moderator")
    moderator.groups.add(Group.objects.get(name="chief"))

    moderator.groups.remove(Group.objects.get(name="moderator"))

    assert Badge.objects.get().person == moderator


def test_fields_offer_what_readers_can_see_and_whom_the_desk_knows(client, moderator):
    make_user("Ada Byron")
    make_article("Harbour board votes")
    make_article("Harbour plan, not out yet", status="draft")
    make_publisher("Harbour Gazette")

    def offered(field, term):
        query = {
            "app_label": "badges",
            "model_name": "badge",
            "field_name": field,
            "term": term,
        }
        answer = client.get(CHOICES, query).json()
        return [each["text"] for each in answer["results"]]

    assert offered("person", "byron") == ["Ada Byron"]
    assert offered("article", "harbour") == ["Harbour board votes"]
    assert offered("publisher", "harbour") == ["Harbour Gazette"]
    assert f'data-ajax--url="{CHOICES}"' in client.get(ADD).content.decode()


@pytest.mark.parametrize("role", ["author", "editor", None])
def test_others_neither_give_badges_nor_see_who_could_have_one(client, role):
    person = make_user(is_staff=True)
    if role:
        person.groups.add(Group.objects.get(name=role))
    client.force_login(person)

    assert give(client, person, "expert").status_code == 403
    query = {"app_label": "badges", "model_name": "badge", "field_name": "person", "term": ""}
    assert client.get(CHOICES, query).status_code == 403
    assert not Badge.objects.exists()
