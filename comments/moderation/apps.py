from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "comments.moderation"
    verbose_name = "Moderation"

    def ready(self) -> None:
        from reader.accounts.roles import MODERATOR, grant

        grant(
            MODERATOR,
            permissions=[
                "moderation.moderate",
                "moderation.view_moderationaction",
                "moderation.view_report",
            ],
        )
