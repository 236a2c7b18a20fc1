"""Reading and judging come to the same without a script and with htmx."""

from comments.moderation.models import Report
from comments.threads.models import Comment, Vote
from tests.comments.threads.pages import words
from tests.comments.threads.worlds import both_ways
from tests.factories import make_thread


def votes():
    return list(Vote.objects.values_list("voter__name", "value"))


@both_ways
def test_a_vote_is_cast_changed_and_taken_back(world):
    comment = world.said_by_mara("Judge me.")
    world.sign_in()

    world.vote(comment, "up")
    assert votes() == [("Ada", 1)]
    world.open()
    world.vote(comment, "down")
    assert votes() == [("Ada", -1)]
    world.open()
    world.vote(comment, "down")
    assert votes() == []


@both_ways
def test_a_vote_moves_a_comment_up(world):
    world.said_by_mara("Older.")
    newer = world.said_by_mara("Newer.")
    world.sign_in()

    world.vote(newer, "up")

    world.open()
    assert world.reader.reads()[0] == f"comment-{newer.pk}"


@both_ways
def test_a_stranger_is_led_to_the_log_in(world):
    comment = world.said_by_mara("Judge me.")
    world.open()

    world.reader.follow(world.reader.link(f"comment-{comment.pk}-vote", "Log in to vote"))

    assert world.reader.address.startswith("/account/login/?next=")
    assert votes() == []


def read_on(world):
    """Follow the thread to its end; give what was shown on the way, in order."""
    shown = world.reader.reads()
    while more := world.reader.page.select_one(".thread__more a"):
        world.reader.follow(more)
        shown += [each for each in world.reader.reads() if each not in shown]
    return [int(each.removeprefix("comment-")) for each in shown]


@both_ways
def test_reading_on_reaches_every_comment_once(world):
    comments = make_thread(world.article, [None] * 45)
    world.open()

    assert read_on(world) == [comment.pk for comment in comments]
    world.open()


@both_ways
def test_replies_that_were_left_out_are_fetched(world):
    comments = make_thread(world.article, [None, *[1] * 7])
    world.open()
    assert len(world.reader.reads()) == 4
    assert words(world.reader.page.select_one(".branch__fold > summary")).startswith("7 replies")

    assert read_on(world) == [comment.pk for comment in comments]
    world.open()


@both_ways
def test_an_order_is_chosen(world):
    oldest_first = [f"comment-{comment.pk}" for comment in make_thread(world.article, [None] * 3)]
    world.open()

    world.reader.follow(world.reader.link("comments", "Newest"))
    assert world.reader.reads() == oldest_first[::-1]
    world.reader.follow(world.reader.link("comments", "Oldest"))
    assert world.reader.reads() == oldest_first


@both_ways
def test_a_filter_is_chosen_and_left(world):
    world.said_by_mara("Nothing special.")
    picked = world.said_by_mara("Well said.")
    Comment.objects.filter(pk=picked.pk).update(is_picked=True)
    world.open()

    world.reader.follow(world.reader.page.select_one("#comments a[href*='only=picks']"))

    assert world.reader.reads() == [f"comment-{picked.pk}"]
    world.reader.follow(world.reader.page.select_one("#only-all"))
    assert len(world.reader.reads()) == 2


@both_ways
def test_a_report_reaches_the_moderators(world):
    comment = world.said_by_mara("Buy my boats.")
    world.open()
    world.reader.follow(world.reader.link(f"comment-{comment.pk}", "Report"))
    form = world.reader.form(f"report-{comment.pk}")
    reason = form.select_one("input[name=reason]")["value"]

    world.reader.send(form, reason=reason, note="They sell boats.")

    report = Report.objects.get()
    assert (report.comment, report.reason, report.note) == (comment, reason, "They sell boats.")
    assert "A moderator will look at it" in world.reader.page.get_text()
    world.open()
