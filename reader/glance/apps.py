from django.apps import AppConfig


class GlanceConfig(AppConfig):
    name = "reader.glance"
    verbose_name = "At a glance"

    def ready(self) -> None:
        # Not before the models are loaded.
        from reader.articles.announcements import on_change  # noqa: PLC0415
        from reader.glance.services import refresh_key_points  # noqa: PLC0415

        on_change(refresh_key_points)
