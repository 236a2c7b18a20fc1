from django.apps import AppConfig

from reader.accounts.roles import EDITOR, grant


class RelatedConfig(AppConfig):
    name = "reader.related"
    verbose_name = "Related articles"

    def ready(self) -> None:
        from reader.articles.announcements import after_import, on_change  # noqa: PLC0415  (models)
        from reader.related.listeners import note_changes, relate_imported  # noqa: PLC0415

        on_change(note_changes)
        after_import("relate", relate_imported)
        grant(
            EDITOR,
            permissions=[
                "related.add_relatedlink",
                "related.change_relatedlink",
                "related.delete_relatedlink",
                "related.view_relatedlink",
            ],
        )
