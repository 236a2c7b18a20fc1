from django.apps import AppConfig

from reader.schedule import every


class ReaderConfig(AppConfig):
    name = "reader"
    verbose_name = "Site"

    def ready(self) -> None:
        # Inline: these name models, which exist only from here on.
        from reader import housekeeping  # noqa: PLC0415

        every(24 * 3600, "clear expired sessions", housekeeping.clear_expired_sessions)
        every(24 * 3600, "forget old task results", housekeeping.forget_old_task_results)
        every(600, "offer lost tasks again", housekeeping.offer_lost_tasks_again)
