from django.apps import AppConfig

from reader.accounts.roles import MODERATOR, grant


class ThreadsConfig(AppConfig):
    name = "comments.threads"
    verbose_name = "Comments"

    def ready(self) -> None:
        from comments.threads.sample_edition import load_sample_comments  # noqa: PLC0415  (models)
        from reader.articles.sample_edition import on_sample_loaded  # noqa: PLC0415  (models)

        on_sample_loaded(load_sample_comments)
        grant(MODERATOR, permissions=["threads.view_comment", "threads.view_thread"])
