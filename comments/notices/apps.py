from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "comments.notices"
    verbose_name = "Notices"

    def ready(self) -> None:
        from comments.notices.panels import replies_panel  # noqa: PLC0415  (models)
        from comments.notices.services import (  # noqa: PLC0415  (models)
            forget_mentions,
            notify_claimer,
            notify_of_comment,
        )
        from comments.threads.rules import (  # noqa: PLC0415
            on_claimed,
            on_published,
            on_unmentioned,
        )
        from reader.accounts.panels import add_panel  # noqa: PLC0415

        on_published(notify_of_comment)
        on_unmentioned(forget_mentions)
        on_claimed(notify_claimer)
        add_panel(replies_panel)
