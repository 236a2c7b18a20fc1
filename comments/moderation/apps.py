from django.apps import AppConfig

from comments.threads.rules import before_reply
from reader.accounts.roles import MODERATOR, grant


class ModerationConfig(AppConfig):
    name = "comments.moderation"
    verbose_name = "Moderation"

    def ready(self) -> None:
        from comments.moderation.services import refuse_reporters  # noqa: PLC0415

        before_reply(refuse_reporters)
        grant(
            MODERATOR,
            permissions=[
                "moderation.moderate",
                "moderation.view_moderationaction",
                "moderation.view_report",
            ],
        )
