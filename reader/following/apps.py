from django.apps import AppConfig


class FollowingConfig(AppConfig):
    name = "reader.following"
    verbose_name = "Following"

    def ready(self) -> None:
        from reader.accounts.panels import add_panel  # noqa: PLC0415  (models)
        from reader.following.panels import following_panel  # noqa: PLC0415

        add_panel(following_panel)
