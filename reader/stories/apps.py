from django.apps import AppConfig

from reader.accounts.roles import EDITOR, grant


class StoriesConfig(AppConfig):
    name = "reader.stories"
    verbose_name = "Stories"

    def ready(self) -> None:
        from reader.articles.announcements import on_change  # noqa: PLC0415  (models)
        from reader.stories.listeners import note_changes  # noqa: PLC0415

        on_change(note_changes)
        grant(
            EDITOR,
            permissions=[
                "stories.change_story",
                "stories.view_story",
            ],
        )
