from django.apps import AppConfig


class FollowingConfig(AppConfig):
    name = "reader.following"
    verbose_name = "Following"

    def ready(self) -> None:
        from reader.accounts.panels import add_panel  # noqa: PLC0415  (models)
        from reader.following.panels import following_panel  # noqa: PLC0415
        from reader.following.services import move_follows  # noqa: PLC0415
        from reader.hashtags.announcements import on_replacement  # noqa: PLC0415

        add_panel(following_panel)
        on_replacement(move_follows)
