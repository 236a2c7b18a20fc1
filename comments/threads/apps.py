from django.apps import AppConfig

from comments.badges.rules import on_change
from reader.accounts.panels import add_panel, on_arrival
from reader.accounts.roles import EDITOR, MODERATOR, grant
from reader.articles.announcements import before_deletion
from reader.schedule import every


class ThreadsConfig(AppConfig):
    name = "comments.threads"
    verbose_name = "Comments"

    def ready(self) -> None:
        from comments.threads.panels import greet_guest, guest_panel  # noqa: PLC0415  (models)
        from comments.threads.sample_edition import load_sample_comments  # noqa: PLC0415  (models)
        from comments.threads.services import (  # noqa: PLC0415  (models)
            erase_withdrawn,
            forget_footprints,
        )
        from comments.threads.services.answering import refresh_answers  # noqa: PLC0415  (models)
        from comments.threads.services.locking import lock_threads  # noqa: PLC0415  (models)
        from reader.articles.sample_edition import on_sample_loaded  # noqa: PLC0415  (models)

        on_sample_loaded(load_sample_comments)
        on_change(refresh_answers)
        before_deletion(lock_threads)
        add_panel(guest_panel)
        on_arrival(greet_guest)
        every(60, "forget what guests leave behind", forget_footprints)
        every(60, "erase what was withdrawn", erase_withdrawn)
        grant(MODERATOR, permissions=["threads.view_comment"])
        grant(
            EDITOR,
            MODERATOR,
            permissions=["threads.change_thread", "threads.pick_comment", "threads.view_thread"],
        )
