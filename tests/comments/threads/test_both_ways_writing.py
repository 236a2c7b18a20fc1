"""Writing comes to the same without a script and with htmx."""

from comments.threads.models import Comment
from tests.comments.threads.pages import words
from tests.comments.threads.worlds import both_ways


def texts(status="published"):
    return list(
        Comment.objects.filter(status=status).order_by("seq").values_list("body_src", flat=True)
    )


@both_ways
def test_a_guest_has_the_first_word(world):
    assert world.reader.thread.select_one(".invitation")

    world.post("The first word.", name="Jo")

    assert texts() == ["The first word."]
    assert not world.reader.thread.select_one(".invitation")
    assert words(world.reader.thread.select_one("[data-comment-count]")) == "1"


@both_ways
def test_somebody_who_is_logged_in_posts(world):
    world.sign_in()

    world.post("From Ada.")
    world.open()
    world.post("From Ada again.")

    assert texts() == ["From Ada.", "From Ada again."]
    assert Comment.objects.filter(author=world.ada).count() == 2


@both_ways
def test_replies_hang_below_what_they_answer(world):
    mara = world.said_by_mara("Who knows why?")
    world.open()

    world.post("The captain.", parent=mara, name="Jo")
    captain = Comment.objects.get(body_src="The captain.")
    world.open()
    world.post("Does he?", parent=captain)

    assert captain.parent == mara
    assert Comment.objects.get(body_src="Does he?").parent == captain
    mara.refresh_from_db()
    assert (mara.reply_count, mara.desc_count) == (1, 2)


@both_ways
def test_the_same_words_sent_twice_are_one_comment(world):
    world.post("Once.", name="Jo", times=2)

    assert texts() == ["Once."]


@both_ways
def test_a_second_click_of_somebody_logged_in_is_no_second_reply(world):
    mara = world.said_by_mara("Who knows why?")
    world.sign_in()

    world.post("Once.", parent=mara, times=2)

    assert texts() == ["Who knows why?", "Once."]


@both_ways
def test_authors_change_their_words(world):
    world.sign_in()
    world.post("Frist.")
    own = Comment.objects.get()
    world.open()

    world.reader.follow(world.reader.link(f"comment-{own.pk}", "Edit"))
    world.reader.send(world.reader.form(f"edit-form-{own.pk}"), text="First.")

    assert texts() == ["First."]


@both_ways
def test_a_guest_changes_words_from_the_same_browser(world):
    world.post("Frist.", name="Jo")
    own = Comment.objects.get()
    world.open()

    world.reader.follow(world.reader.link(f"comment-{own.pk}", "Edit"))
    world.reader.send(world.reader.form(f"edit-form-{own.pk}"), text="First.")

    assert texts() == ["First."]


def withdraw(world, comment):
    world.open()
    world.reader.follow(world.reader.link(f"comment-{comment.pk}", "Withdraw"))
    world.reader.send(world.reader.form(f"withdraw-{comment.pk}"))


@both_ways
def test_what_is_withdrawn_goes(world):
    world.post("Not that.", name="Jo")

    withdraw(world, Comment.objects.get())

    assert texts("withdrawn") == ["Not that."]
    world.article.refresh_from_db()
    assert world.article.comment_count == 0


@both_ways
def test_replies_stay_below_what_is_withdrawn(world):
    world.sign_in()
    world.post("Not that.")
    own = Comment.objects.get()
    world.said_by_mara("But why?", parent=own)

    withdraw(world, own)

    assert texts("withdrawn") == ["Not that."]
    assert texts() == ["But why?"]


@both_ways
def test_what_is_withdrawn_can_be_had_back(world):
    world.post("Not that. Or yes.", name="Jo")
    own = Comment.objects.get()
    withdraw(world, own)
    undo = world.reader.page.select_one(f"form[action='/comments/{own.pk}/restore/']")

    world.reader.send(undo)

    assert texts() == ["Not that. Or yes."]


@both_ways
def test_a_preview_posts_nothing_and_keeps_the_words(world):
    form = world.reader.form("form-new")
    button = form.select_one("button[name=preview]")

    world.reader.send(form, button=button, text="*Loud* words.", name="Jo")

    assert texts() == []
    form = world.reader.form("form-new")
    assert "Loud" in words(form)
    assert form.select_one("em").get_text() == "Loud"
    world.reader.send(form)
    assert texts() == ["*Loud* words."]


@both_ways(COMMENT_GUESTS="held")
def test_what_waits_for_a_moderator_is_seen_by_its_author_alone(world):
    world.post("May I?", name="Jo")

    assert texts("held") == ["May I?"]
    assert "Only you can see this" in words(world.reader.thread)
