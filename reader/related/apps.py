from django.apps import AppConfig

from reader.accounts.roles import EDITOR, grant


class RelatedConfig(AppConfig):
    name = "reader.related"
    verbose_name = "Related articles"

    def ready(self) -> None:
        from reader.articles.announcements import after_import, on_change  # noqa: PLC0415  (models)
        from reader.related.listeners import (  # noqa: PLC0415
            cluster_imported,
            note_changes,
            relate_imported,
        )

        on_change(note_changes)
        after_import("relate", relate_imported)
        after_import("stories", cluster_imported)
        grant(
            EDITOR,
            permissions=[
                "related.add_relatedlink",
                "related.change_relatedlink",
                "related.delete_relatedlink",
                "related.view_relatedlink",
            ],
        )
