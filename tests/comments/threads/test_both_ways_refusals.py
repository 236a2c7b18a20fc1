"""What is refused is refused with the same words, without a script and with htmx."""

from comments.moderation.models import Report
from comments.threads.models import Comment, Vote
from comments.threads.people import Writer
from comments.threads.services import close_thread, withdraw_comment
from tests.comments.threads.worlds import both_ways, raw_post


def kept(world, name="form-new"):
    return world.reader.form(name).select_one("textarea").get_text().removeprefix("\n")


@both_ways
def test_an_empty_comment(world):
    world.post("   ", name="Jo")

    assert world.reader.status == 422
    assert world.reader.errors == ["Write a few words first."]
    assert not Comment.objects.exists()


@both_ways
def test_a_comment_that_is_too_long(world):
    world.post("x" * 4212, name="Jo")

    assert world.reader.errors == ["That is 212 characters over 4,000. Could you shorten it?"]
    assert kept(world) == "x" * 4212
    assert not Comment.objects.exists()


@both_ways
def test_an_edit_that_leaves_nothing(world):
    world.sign_in()
    world.post("Something.")
    own = Comment.objects.get()
    world.open()

    world.reader.follow(world.reader.link(f"comment-{own.pk}", "Edit"))
    world.reader.send(world.reader.form(f"edit-form-{own.pk}"), text=" ")

    assert world.reader.errors == ["Write a few words first."]
    assert Comment.objects.get().body_src == "Something."


@both_ways
def test_a_thread_that_closed_meanwhile(world):
    close_thread(world.article)

    world.post("Too late.", name="Jo")

    assert len(world.reader.errors) == 1
    assert world.reader.errors[0].startswith("Comments closed")
    assert kept(world) == "Too late."
    assert not Comment.objects.exists()


@both_ways
def test_a_parent_that_went_meanwhile(world):
    parent = world.said_by_mara("Going.")
    world.open()
    world.reader.follow(world.reader.link(f"comment-{parent.pk}", "Reply"))
    withdraw_comment(parent, by=Writer(guest_key="m"))

    world.reader.send(world.reader.form(f"form-{parent.pk}"), text="Too late.", name="Jo")

    assert world.reader.errors == ["This comment can no longer be answered."]
    assert "Too late." in [field.get_text().strip() for field in world.reader.page("textarea")]
    assert Comment.objects.count() == 1


@both_ways
def test_a_vote_on_ones_own_comment(world):
    world.sign_in()
    world.post("Mine.")
    own = Comment.objects.get()
    world.open()
    assert not world.reader.page.select(".vote__button[aria-pressed]")

    assert raw_post(world, own, "vote", value="1").status_code == 403
    assert not Vote.objects.exists()


@both_ways
def test_a_session_that_ended_meanwhile(world):
    world.sign_in()
    world.reader.lose_session()

    world.post("Still mine.")

    assert world.reader.status == 422
    assert world.reader.errors == ["You were logged out. Log in and your comment will be waiting."]
    assert kept(world) == "Still mine."
    assert not Comment.objects.exists()


@both_ways(COMMENT_GUESTS="off")
def test_a_site_without_guests(world):
    assert not world.reader.page.select("#form-new")
    assert "Log in to be the first" in world.reader.thread.get_text()
    world.sign_in()

    world.post("From Ada.")

    assert Comment.objects.get().author == world.ada


@both_ways
def test_a_report_without_a_reason(world):
    comment = world.said_by_mara("Buy my boats.")
    world.open()
    world.reader.follow(world.reader.link(f"comment-{comment.pk}", "Report"))

    world.reader.send(world.reader.form(f"report-{comment.pk}"), note="No reason.")

    assert world.reader.status == 422
    assert len(world.reader.errors) == 1
    assert not Report.objects.exists()


@both_ways(RATE_LIMITS=True)
def test_a_sixth_comment_within_a_minute(world):
    world.sign_in()
    for number in range(5):
        world.post(f"Number {number}.")
        world.open()

    world.post("Number 5.")

    assert [error.partition(" in ")[0] for error in world.reader.errors] == ["You can post again"]
    assert Comment.objects.count() == 5
