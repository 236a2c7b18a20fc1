from django.apps import AppConfig

from reader.accounts.roles import MODERATOR, grant


class ThreadsConfig(AppConfig):
    name = "comments.threads"
    verbose_name = "Comments"

    def ready(self) -> None:
        grant(MODERATOR, permissions=["threads.view_comment", "threads.view_thread"])
