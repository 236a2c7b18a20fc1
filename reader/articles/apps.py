from django.apps import AppConfig

from reader.accounts.roles import AUTHOR, EDITOR, grant
from reader.schedule import every


class ArticlesConfig(AppConfig):
    name = "reader.articles"
    verbose_name = "Articles"

    def ready(self) -> None:
        from reader.articles.services import publish_due_articles  # noqa: PLC0415  (names models)

        # Readers see a scheduled article at its moment; its status and the rooms above follow.
        every(2, "publish what is due", publish_due_articles)
        grant(
            AUTHOR,
            EDITOR,
            permissions=[
                "articles.add_article",
                "articles.change_article",
                "articles.view_article",
                "articles.view_publisher",
                "articles.view_section",
            ],
        )
        grant(
            EDITOR,
            permissions=[
                "articles.publish_article",
                "articles.add_publisher",
                "articles.change_publisher",
                "articles.add_section",
                "articles.change_section",
            ],
        )
        # An article takes its thread along: withdrawing is the way, deleting is for the chief.
        grant(permissions=["articles.delete_article"])
