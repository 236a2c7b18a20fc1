from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    name = "comments.threads"
    verbose_name = "Comments"

    def ready(self) -> None:
        from reader.accounts.roles import MODERATOR, grant

        grant(MODERATOR, permissions=["threads.view_comment", "threads.view_thread"])
