from django.apps import AppConfig

from comments.threads.rules import before_quiet_edit, before_reply
from reader.accounts.roles import MODERATOR, grant


class ModerationConfig(AppConfig):
    name = "comments.moderation"
    verbose_name = "Moderation"

    def ready(self) -> None:
        from comments.moderation.services import (  # noqa: PLC0415  (models)
            is_on_record,
            refuse_reporters,
        )

        before_reply(refuse_reporters)
        before_quiet_edit(is_on_record)
        grant(
            MODERATOR,
            permissions=[
                "moderation.moderate",
                "moderation.view_moderationaction",
                "moderation.view_report",
            ],
        )
